"""What others wrote into a file never drives the terminal of whoever looks at it."""

import json
from pathlib import Path

import pytest
from test_workbook import run
from tiny import FOLDER

EVIL = "\\e]0;owned\\a\\e[2J\\N\\u009b31m\\L\\x7f"  # as double quotes in YAML write it
SHOWN = "\\x1b]0;owned\\x07\\x1b[2J\\x85\\x9b31m\\u2028\\x7f"
HOSTILE = f"""\
rubric: tiny 0.1
relationship: {{parties: {{A: {{code: AA, name: "Al{EVIL}"}}, B: {{code: BB, name: Bland}}}}}}
as_of: 2026-11-01
answered_by: {{side: third, role: analyst}}
marking: "For{EVIL}"
evidence:
  "one{EVIL}": {{title: "Paper{EVIL}", url: "https://x{EVIL}", grade: A, source: both}}
  two: {{title: "Paper{EVIL}", date: 2026-06-01, grade: A, source: both}}
answers:
  ONE-01: {{level: 3, evidence: [two], note: "why{EVIL}", assigned: "unit{EVIL}"}}
  ONE-02: {{A: {{unknown: "why{EVIL}", assigned: "unit{EVIL}"}}, B: 1}}
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a hostile questionnaire, the same with errors, and one that says less."""
    monkeypatch.chdir(tmp_path)
    Path("evil.yaml").write_text(HOSTILE)
    Path("wrong.yaml").write_text(HOSTILE + f'"key{EVIL}": 1\nkind: "kind{EVIL}"\n')
    Path("calm.yaml").write_text(HOSTILE.replace(EVIL, ""))
    Path("named\x1b[2J.yaml").write_text(HOSTILE)
    return tmp_path


@pytest.mark.parametrize("arguments", [
    "check evil.yaml", "check wrong.yaml", "check wrong.yaml --json", "diff calm.yaml evil.yaml",
    "diff calm.yaml evil.yaml --json", "status evil.yaml calm.yaml", "status evil.yaml --json",
    "explain evil.yaml ONE-01", "explain evil.yaml ONE-01 --json", "roadmap evil.yaml",
    "score evil.yaml --format json --out out", "merge calm.yaml evil.yaml -o out.yaml",
    "merge wrong.yaml calm.yaml -o x",
    "check named\x1b[2J.yaml", "compare evil.yaml evil.yaml", "compare evil.yaml evil.yaml --json",
])
def test_no_sign_of_a_file_moves_the_cursor_or_ends_a_line(
    files: Path, capsys: pytest.CaptureFixture[str], arguments: str
) -> None:
    _, out, err = run(capsys, *arguments.split(" "), "--rubric", FOLDER)
    assert out + err
    assert [sign for sign in out + err if not sign.isprintable() and sign != "\n"] == []


def test_a_problem_shows_the_sign_by_its_number_on_one_line(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", "wrong.yaml", "--rubric", FOLDER)
    assert [line for line in out.splitlines() if "Q202" in line] == [
        f"wrong.yaml:12:1 Q202 the key key{SHOWN} is not known here"]


def test_data_for_programs_says_the_same_signs_as_the_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "diff", "calm.yaml", "evil.yaml", "--rubric", FOLDER, "--json")
    found = {row["field"]: row["new"] for row in json.loads(out)}
    assert found["marking"] == "For\x1b]0;owned\x07\x1b[2J\x85\x9b31m\u2028\x7f"
