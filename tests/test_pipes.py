"""What comes through a pipe can be read but once: every command makes of it what it makes of a file."""

import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from test_workbook import run
from tiny import FOLDER

SOUND = (Path(__file__).parent / "broken" / "sound.yaml").read_bytes()
LATER = SOUND.replace(b"as_of: 2026", b"as_of: 2027")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def pipe(content: bytes) -> str:
    """Return the path of a pipe that holds ``content``, as a shell makes it of «<(…)»."""
    reading, writing = os.pipe()
    assert os.write(writing, content) == len(content)
    os.close(writing)
    return f"/dev/fd/{reading}"


def file(content: bytes, name: str) -> str:
    Path(name).write_bytes(content)
    return name


def outcome(capsys: pytest.CaptureFixture[str], command: str, *paths: str) -> tuple[object, ...]:
    """Return what a command said, with FILE for its inputs, and the contents of what it wrote into the folder out."""
    said = run(capsys, *command.format(*paths).split(), "--rubric", FOLDER)
    texts = []
    for text in said[1:]:
        for path in paths:
            text = text.replace(path, "FILE")
        texts.append([line for line in text.splitlines() if not line.startswith("out/")])
    return said[0], texts, sorted(_without_names(path, paths) for path in Path("out").rglob("*") if path.is_file())


def _without_names(path: Path, names: tuple[str, ...]) -> bytes:
    content = re.sub(rb'"name":"(ours|questionnaire)"', b'"name":"FILE"', path.read_bytes())  # that of a form
    for name in names:
        content = content.replace(name.encode(), b"FILE")
    return content


@pytest.mark.parametrize("command", [
    "check {0}", "check {0} {1}", "score {0} --format json --out out", "report {0} --format html --out out",
    "explain {0} ONE-01", "status {0} {1}", "diff {0} {1}", "compare {0} {1}", "roadmap {0} --budget 3",
    "new --from {0} --as-of 2027-11-01 -o out/new.yaml", "merge {0} {2} -o out/merged.yaml",
    "form --from {0} -o out/f.html",
    "portfolio {0} {1} --format json --out out --no-cache", "batch {0} {1} --format html --out out",
])
def test_a_pipe_is_read_as_a_file_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    wanted = outcome(
        capsys, command, file(SOUND, "ours.yaml"), file(LATER, "later.yaml"), file(SOUND, "theirs.yaml")
    )
    (tmp_path / "again").mkdir()
    monkeypatch.chdir(tmp_path / "again")
    assert outcome(capsys, command, pipe(SOUND), pipe(LATER), pipe(SOUND)) == wanted
    assert wanted[0] == 0


def test_a_report_of_a_pipe_carries_what_came_through_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "score", pipe(SOUND), "--format", "pdf", "--out", "out", "--rubric", FOLDER)[0] == 0
    carried = PdfReader(BytesIO(Path("out/aa-bb-2026-11-01.pdf").read_bytes())).attachments
    assert carried["questionnaire-1.yaml"] == [SOUND]


def test_a_result_that_comes_through_a_pipe_is_known_by_its_first_sign(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "score", file(SOUND, "ours.yaml"), "--format", "json", "--out", "out", "--rubric", FOLDER)
    result = Path("out/ours.json").read_bytes()
    assert run(capsys, "report", pipe(result), "--format", "html", "--out", "out", "--rubric", FOLDER)[0] == 0
    of_result = run(capsys, "compare", pipe(result), file(LATER, "later.yaml"), "--rubric", FOLDER)
    assert of_result == run(capsys, "compare", "out/ours.json", "later.yaml", "--rubric", FOLDER)


def test_a_manifest_that_comes_through_a_pipe_names_files_from_the_current_folder_on(
    capsys: pytest.CaptureFixture[str]
) -> None:
    file(SOUND, "ours.yaml")
    manifest = pipe(b"portfolio: P\nfiles: [ours.yaml, lost.yaml, 'a**b']\n")
    code, out, err = run(capsys, "check", manifest, "--rubric", FOLDER)
    assert (code, [line for line in out.splitlines() if line[0] != " "], err) == (1, [
        f"{manifest}:2:20 B801 there is no file lost.yaml", f"{manifest}:2:31 B801 there is no file a**b",
    ], "2 errors, 0 warnings\n")


def test_a_pipe_cannot_be_filled_in_since_no_answer_could_be_saved(capsys: pytest.CaptureFixture[str]) -> None:
    path = pipe(SOUND)
    code, _, err = run(capsys, "fill", path, "--rubric", FOLDER)
    assert (code, err.splitlines()[0]) == (
        1, f"{path} Y101 the file cannot be read: no answer can be saved into a pipe or a device")


def test_a_pipe_that_holds_too_much_is_told_as_a_file_is(capsys: pytest.CaptureFixture[str]) -> None:
    path = pipe(SOUND)
    code, out, _ = run(capsys, "check", path, "--rubric", FOLDER, "--max-bytes", "100")
    assert (code, out.splitlines()[0]) == (1, f"{path} Y105 the file has 101 bytes, more than the limit of 100")


@pytest.mark.parametrize("command", [
    "check", "score", "status", "portfolio", "batch", "verify", "fill", "report", "roadmap", "explain", "sign",
])
def test_a_path_that_the_system_cannot_even_look_for_is_told_and_ends_nothing(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    path = "x" * 300
    more = {"explain": ["ONE-01"], "sign": ["--pkcs12", "key.p12"]}.get(command, [])
    code, out, err = run(capsys, command, path, *more)
    told = [line for line in (out + err).splitlines() if line.startswith(path)]
    assert (code, told[:1]) == (1, [f"{path} Y101 the file cannot be read: File name too long"])
