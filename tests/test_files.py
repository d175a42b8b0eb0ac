"""Where files go, and who may read them."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sheets import sound
from test_workbook import run
from tiny import FOLDER, TINY

from assess.files import write_atomically
from assess.language import ENGLISH
from assess.questionnaire.blank import annotated


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to work in; whoever changes the umask finds the usual one again afterwards."""
    monkeypatch.chdir(tmp_path)
    before = os.umask(0o022)
    Path("a.yaml").write_text(annotated(sound(), TINY, ENGLISH))
    yield tmp_path
    os.umask(before)  # the process goes on


def mode(name: str | Path) -> str:
    return oct(Path(name).stat().st_mode & 0o777)


@pytest.mark.parametrize(("umask", "wanted"), [(0o077, "0o600"), (0o022, "0o644"), (0o027, "0o640")])
def test_who_may_read_a_new_file_is_what_the_user_has_set(
    folder: Path, capsys: pytest.CaptureFixture[str], umask: int, wanted: str
) -> None:
    os.umask(umask)
    assert run(capsys, "schema", "--rubric", FOLDER, "-o", "s.json")[0] == 0
    assert run(capsys, "score", "a.yaml", "--rubric", FOLDER, "--format", "json", "--out", "out")[0] == 0
    assert (mode("s.json"), mode("out/a.json")) == (wanted, wanted)


def test_a_file_that_is_written_anew_can_be_read_by_whoever_could_before(folder: Path) -> None:
    path = folder / "old"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert (mode(path), path.read_bytes()) == ("0o640", b"new")


@pytest.mark.parametrize("arguments", [
    "merge a.yaml a.yaml -o out", "new --from a.yaml --as-of 2026-12-01 -o out", "form --from a.yaml -o out.html",
    "form --from a.yaml --xlsx -o out.xlsx",
])
def test_nobody_may_read_a_copy_who_may_not_read_its_source(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: str
) -> None:
    Path("a.yaml").chmod(0o600)
    before = {*folder.iterdir()}
    assert run(capsys, *arguments.split(), "--rubric", FOLDER)[0] == 0
    assert [mode(path) for path in folder.iterdir() if path not in before] == ["0o600"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed_and_stays(folder: Path, capsys: pytest.CaptureFixture[str], there: bool) -> None:
    (folder / "real").mkdir()
    if there:
        Path("real/s.json").write_text("old")
    Path("s.json").symlink_to("real/s.json")
    assert run(capsys, "schema", "--rubric", FOLDER, "-o", "s.json", "--force")[:2] == (0, "s.json\n")
    assert Path("s.json").is_symlink()
    assert Path("real/s.json").read_text().startswith('{\n "$schema"')
    assert sorted(path.name for path in (folder / "real").iterdir()) == ["s.json"]


def test_a_pipe_is_written_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe").read_text()), daemon=True)
    reader.start()
    assert run(capsys, "schema", "--rubric", FOLDER, "-o", "pipe")[:2] == (0, "pipe\n")
    reader.join(10)
    assert [text[:12] for text in got] == ['{\n "$schema"']
    assert Path("pipe").is_fifo()


def test_the_standard_output_may_be_called_by_its_path(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_name = run(capsys, "schema", "--rubric", FOLDER, "-o", "/dev/stdout")
    assert by_name == run(capsys, "schema", "--rubric", FOLDER, "-o", "-")


@pytest.mark.parametrize("arguments", [
    "schema", "check a.yaml --json", "status a.yaml", "diff a.yaml a.yaml", "new --parties UA,EU -o -",
    "explain a.yaml index",
])
def test_an_output_without_room_is_told_as_such(folder: Path, arguments: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "assess", *arguments.split(), "--rubric", str(FOLDER)], stdout=full,
            stderr=subprocess.PIPE, check=False, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "Q2" not in line][-3:]) == (3, [
        "- E502 the standard output cannot be written: No space left on device",
        "    Rule: Results are written into the folder that --out names.",
        "    Way out: Choose another folder with --out, or free some space.",
    ])
