"""The scripts of a form without its page, run by Node.js: thousands of texts are read and checked in seconds."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

from assess.language import ENGLISH
from assess.problems import InputError
from assess.problems.render import message
from assess.questionnaire.load import check_document
from assess.rubric.model import Rubric
from assess.yamlio import Plain, parse

Told = tuple[str, str, str, tuple[int, ...]]
"""Code, path, message, and for what the reader of YAML says line and column."""

_BEFORE = "const document = { getElementById: () => ({ textContent: DATA }) };\n"
_AFTER = """
async function heard(raw) {
  const said = (found) => [found.code, dotted(found.path), told(found).message, found.at ?? []];
  let read;
  try {
    const bytes = raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length);
    read = readYaml(await textOf({ arrayBuffer: async () => bytes }));
  } catch (refused) {
    if (!refused.code) throw refused;
    return [[said(refused)], null];
  }
  if (read.stopped !== null) return [read.problems.map(said), null];
  return [[...read.problems, ...checkQuestionnaire(copy(read.plain))].map(said), read.plain];
}
require("readline").createInterface({ input: process.stdin }).on("line", async (line) => {
  process.stdout.write(JSON.stringify(await heard(Buffer.from(line, "base64"))) + "\\n");
});
})();
"""


class Scripts:
    """The scripts of the form ``page``, up to those that draw, waiting for texts."""

    def __init__(self, node: str, page: Path, folder: Path) -> None:
        html = page.read_text()
        data = html.split('<script type="application/json" id="data">')[1].split("</script>")[0]
        script = html.split("<script>")[1].split("\n// --- state.js")[0]
        program = folder / "form.js"
        program.write_text(f"const DATA = {json.dumps(data)};\n{_BEFORE}{script}{_AFTER}")
        self.process = subprocess.Popen([node, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def told(self, raw: bytes) -> tuple[list[Told], Plain]:
        """Return what the form says of a file, and what it read; nothing where it refuses the file."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(base64.b64encode(raw) + b"\n")
        self.process.stdin.flush()
        found, plain = json.loads(self.process.stdout.readline())
        return _sorted(found), plain

    def close(self) -> None:
        """End the program."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def told_by_check(raw: bytes, rubric: Rubric) -> tuple[list[Told], Plain]:
    """Return what ``assess check`` says of a file, and what it read; nothing where it refuses the file."""
    data: Plain = None
    try:
        document = parse(raw, "f")
        data = document.data
        problems = check_document(document, rubric)[1]
    except InputError as error:
        problems = tuple(error.problems)
    return _sorted([
        (p.code, p.place.path, message(p, ENGLISH), (p.place.line, p.place.column) if p.code[0] == "Y" else ())
        for p in problems
    ]), data


def _sorted(found: list[Any]) -> list[Told]:
    return sorted({(code, path, said, tuple(at) if any(at) else ()) for code, path, said, at in found})


def refused(told: list[Told]) -> bool:
    """Whether a file is refused as a whole: the two parsers may stop at other signs then."""
    return any(code[0] == "Y" and code not in ("Y104", "Y120") for code, *_ in told)
