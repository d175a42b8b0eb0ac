"""``assess form`` without a browser: what it is given, and what it is asked to write."""

import os
import threading
from pathlib import Path

import pytest
from sheets import SOUND
from test_workbook import run
from tiny import FOLDER


@pytest.mark.parametrize(("options", "said"), [
    ("-o x.xlsx", ".xlsx is the ending of a workbook; add --xlsx, or choose the ending .html."),
    ("-o x.ODS", ".ods is the ending of a workbook; add --xlsx, or choose the ending .html."),
    ("--xlsx -o x.html", "With --xlsx the file is a workbook; .html is the ending of a web form."),
])
def test_a_name_that_promises_the_other_kind_of_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "form", "--parties", "UA,EU", "--rubric", FOLDER, *options.split())
    assert (code, out, err.splitlines()[-1], [*tmp_path.iterdir()]) == (2, "", f"Error: {said}", [])


def test_a_questionnaire_may_come_through_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    text = SOUND.read_text()
    threading.Thread(target=lambda: Path("pipe").write_text(text), daemon=True).start()
    assert run(capsys, "form", "--from", "pipe", "--rubric", FOLDER, "-o", "x.html") == (0, "x.html\n", "")
    assert text.splitlines()[-1].strip() in Path("x.html").read_text()
