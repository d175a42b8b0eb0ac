"""In an editor: the YAML language server reads our schema, and completes, explains and checks while one types."""

import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SERVER = HERE / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
EXAMPLES = HERE.parent / "examples"
MODELINE = "# yaml-language-server: $schema=questionnaire.schema.json\n"
HEAD = MODELINE + """rubric: cyberdialog 1.0
relationship:
  parties: {A: {code: UA, name: Ukraine}, B: {code: EU, name: European Union}}
as_of: 2026-11-23
answered_by: {side: both, role: desk officer}
"""


class Editor:
    """A client of the language server over its standard streams."""

    def __init__(self, node: str, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)
        self.process = subprocess.Popen([node, str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.problems: dict[str, list[dict[str, Any]]] = {}
        self.call("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {
            "workspace": {"configuration": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {},
                             "completion": {"completionItem": {"documentationFormat": ["markdown"]}}}}})
        self.tell("initialized", {})

    def close(self) -> None:
        """End the server that this client started."""
        self.call("shutdown", None)
        self.tell("exit", None)
        self.process.wait(timeout=30)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while (line := stream.readline()) != b"\r\n":
            assert line, "the language server ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(stream.read(length))
        return message

    def _serve(self, message: dict[str, Any]) -> None:
        """Answer what the server asks, and keep the diagnostics that it sends."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self.problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            yaml = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False},
                    "schemas": {}}
            settings = [yaml if item.get("section") == "yaml" else {} for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": settings})
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def call(self, method: str, params: Any) -> Any:
        number = next(self.numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._serve(message)

    def open(self, name: str, text: str) -> str:
        """Open a file of the folder with this text, and return its address."""
        uri = (self.folder / name).as_uri()
        (self.folder / name).write_text(text)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def diagnostics(self, name: str, text: str) -> list[str]:
        """Return the line (from 1) and message of every complaint about a text."""
        uri = self.open(name, text)
        while uri not in self.problems:
            self._serve(self._receive())
        return [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in self.problems.pop(uri)]

    def at(self, method: str, name: str, text: str) -> Any:
        """Ask about the place of the mark | in a text."""
        before, _, after = text.partition("|")
        uri = self.open(name, before + after)
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return self.call(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": position})


@pytest.fixture(scope="module")
def editor(node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    if not SERVER.exists():
        if os.environ.get("CI"):
            pytest.fail("the language server is not installed; make test installs it")
        pytest.skip("the language server is not installed; make test installs it")
    folder = tmp_path_factory.mktemp("editor")
    shutil.copy(EXAMPLES / "questionnaire.schema.json", folder)
    editor = Editor(node, folder)
    yield editor
    editor.close()


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_the_editor_has_no_complaint_about_an_example(editor: Editor, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert editor.diagnostics(path.name, text if text.startswith(MODELINE) else MODELINE + text) == []


@pytest.mark.parametrize(("wrong", "line", "says"), [
    ("answers:\n  TRU-99: 1\n", 8, "Property TRU-99 is not allowed."),
    ("answers:\n  TRU-01: 9\n", 8, 'Value must be 0 | 1 | 2 | 3 | 4 | "unknown".'),
    ("answers:\n  TRU-01: {level: high}\n", 8, "Value must be 0 | 1 | 2 | 3 | 4."),
    ("evidence:\n  x: {title: T, grade: D, source: A}\n", 8, "Value is not accepted. Valid values:"),
    ("evidence:\n  x: {title: T, grade: A}\n", 8, "Missing property \"source\"."),
    ("answers:\n  TRU-01: {level: 1\n", 9, "Flow map"),
])
def test_the_editor_complains_about_a_broken_file_at_its_line(editor: Editor, wrong: str, line: int, says: str) -> None:
    found = editor.diagnostics(f"broken-{abs(hash(wrong))}.yaml", HEAD + wrong)
    assert any(text.startswith(f"{line}: ") and says in text for text in found), found


def labels(found: Any) -> list[str]:
    items = found["items"] if isinstance(found, dict) else found
    return [item["label"] for item in items]


def test_the_editor_completes_indicators_levels_and_keys_of_evidence(editor: Editor) -> None:
    assert {"TRU-01", "TRU-02"} <= set(labels(editor.at("completion", "c1.yaml", HEAD + "answers:\n  TRU|\n")))
    levels = editor.at("completion", "c2.yaml", HEAD + "answers:\n  TRU-01: |\n")
    assert {"0", "1", "2", "3", "4", "unknown"} <= set(labels(levels))
    keys = labels(editor.at("completion", "c3.yaml", HEAD + "evidence:\n  x:\n    title: T\n    |\n"))
    assert {"grade", "source", "url"} <= set(keys)


def hover(editor: Editor, name: str, text: str) -> str:
    shown: str = editor.at("hover", name, HEAD + text)["contents"]["value"]
    return shown.replace("\\", "")


def test_the_editor_shows_the_question_with_all_levels_and_the_sentence_of_the_one_that_is_chosen(
    editor: Editor
) -> None:
    schema = json.loads((EXAMPLES / "questionnaire.schema.json").read_text(encoding="utf-8"))
    levels = {level["const"]: level["description"] for level in schema["$defs"]["TRU-01.level"]["oneOf"]}
    everything = hover(editor, "h1.yaml", "answers:\n  TRU|-01: {level: 3}\n")
    assert all(f"- **{level}** {text}\n" in f"{everything}\n" for level, text in levels.items()), everything
    chosen = hover(editor, "h2.yaml", "answers:\n  TRU-01: |3\n")
    assert [text in chosen for text in levels.values()] == [False, False, False, True, False]
