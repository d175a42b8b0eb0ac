"""``assess check`` and the manners of every command: all problems at once, documented exit codes, no traceback ever."""

import io
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tiny import FOLDER

from assess.cli import check, explain
from assess.cli.main import main
from assess.files import write_atomically
from assess.problems import CATALOGUE, MissingMeansError

SOUND = (Path(__file__).parent / "broken" / "sound.yaml").read_text()
NINE = """\
rubric: tiny 0.1
relationship: {parties: {A: {code: AA, name: Aland}, B: {code: BB}}}
as_of: 2026-11-31
answered_by: {side: neutral, role: analyst}
evidence:
  talks: {title: Joint record of the talks, date: 2026-06-01, grade: A, source: both}
answers:
  ONE-1: unknown
  ONE-01: {level: 6, evidence: [talks]}
  ONE-02: {level: 2, evidence: [talks]}
  ONE-03: {A: unknown}
  TRE-01: {level: 2, evidence: [tallks]}
  TRE-02: {disputed: [3, 1], evidence: [talks]}
"""


def run(*arguments: object, rubric: bool = True) -> tuple[int, str, str]:
    """Run the program on the rubric of the tests; return its exit code, stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([*map(str, arguments), *(["--rubric", str(FOLDER)] if rubric else [])])
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound questionnaire, named without its folder."""
    monkeypatch.chdir(tmp_path)
    Path("q.yaml").write_text(SOUND)
    return Path("q.yaml")


# --- folders -------------------------------------------------------------------------------------


def test_every_questionnaire_below_a_folder_is_checked_in_the_order_of_the_names(sheet: Path) -> None:
    Path("desk/asia").mkdir(parents=True)
    Path("desk/b.yaml").write_text(SOUND.replace("level: 3", "level: 9"))
    Path("desk/asia/a.yaml").write_text(SOUND.replace("ONE-01", "ONE-1"))
    Path("desk/sound.yaml").write_text(SOUND)
    Path("desk/notes.txt").write_text("no questionnaire")
    Path("desk/partners.yaml").write_text("portfolio: Partners\nfiles: [b.yaml]\n")
    code, out, err = run("check", "desk")
    told = [line.split(" ", 2)[:2] for line in out.splitlines() if not line.startswith(" ")]
    assert (code, told, err) == (
        1, [["desk/asia/a.yaml:8:3", "Q205"], ["desk/b.yaml:8:19", "Q206"]], "2 errors, 0 warnings\n"
    )


def test_a_folder_without_questionnaires_is_told(sheet: Path) -> None:
    Path("desk").mkdir()
    assert run("check", "desk", "q.yaml")[1:] == (
        "desk B804 no questionnaire is in this folder\n"
        "    Rule: A folder is searched for files that end in .yaml or .yml, with all folders below it.\n"
        "    Way out: Name the folder in which the questionnaires are.\n",
        "1 error, 0 warnings\n"
    )


# --- all at once --------------------------------------------------------------------------------


def test_nine_mistakes_are_told_at_once_in_the_order_of_their_lines(sheet: Path) -> None:
    sheet.write_text(NINE)
    code, out, err = run("check", sheet)
    told = [line for line in out.splitlines() if not line.startswith(" ")]
    assert told == [
        "q.yaml:2:57 Q201 the key name is missing",
        "q.yaml:3:8 Q203 «2026-11-31» does not fit here: there is no such day in the calendar",
        "q.yaml:4:21 Q203 «neutral» does not fit here: it should be A, B, both or third",
        "q.yaml:8:3 Q205 the indicator ONE-1 is not in the rubric (did you mean ONE-01, ONE-03?)",
        "q.yaml:9:19 Q206 the level 6 does not exist; levels go from 0 to 5",
        "q.yaml:10:11 Q211 ONE-02 asks for an answer of each side; this is one answer for both",
        "q.yaml:11:12 Q210 ONE-03 asks for one answer for the pair, not for side A",
        "q.yaml:12:33 Q207 the evidence tallks is cited but not listed (did you mean talks?)",
        "q.yaml:13:22 Q214 the two values 3 and 1 must rise, from the lower to the higher level",
    ]
    assert (code, err) == (1, "9 errors, 0 warnings\n")


def test_several_files_are_told_one_after_the_other_and_one_bad_one_decides(sheet: Path) -> None:
    Path("bad.yaml").write_text("- 1\n")
    code, out, err = run("check", sheet, "bad.yaml", sheet)
    assert (code, out.splitlines()[0], err) == (
        1, "bad.yaml:1:1 Y111 the file holds a list, not a mapping of keys to values", "1 error, 0 warnings\n"
    )


def test_json_tells_the_same_to_machines(sheet: Path) -> None:
    sheet.write_text(SOUND.replace("level: 3", "level: 9"))
    assert run("check", sheet, "--json") == (1, """\
[
  {
    "file": "q.yaml",
    "line": 8,
    "column": 19,
    "path": "answers.ONE-01.level",
    "code": "Q206",
    "severity": "error",
    "message": "the level 9 does not exist; levels go from 0 to 5",
    "rule": "A level is one of the rubric's levels, written as a whole number.",
    "way_out": "Choose the highest level whose anchor and all lower anchors hold.",
    "nearest": []
  }
]
""", "")


def test_a_broken_rubric_is_told_in_place_of_the_questionnaire_in_json_as_well(sheet: Path) -> None:
    code, out, _ = run("check", sheet, "--rubric", "cyberdialogue", "--json", rubric=False)
    assert (code, '"code": "R306"' in out, '"cyberdialog"' in out) == (1, True, True)


# --- exit codes ---------------------------------------------------------------------------------


def test_0_says_that_nothing_forbids_scoring(sheet: Path) -> None:
    assert run("check", sheet) == (0, "", "0 errors, 0 warnings\n")


def test_0_stands_even_with_warnings(sheet: Path) -> None:
    sheet.write_text(SOUND + "  TRE-01: 2\n")
    code, out, err = run("check", sheet)
    assert (code, " Q215 " in out, err) == (0, True, "0 errors, 1 warning\n")


@pytest.mark.parametrize("command", ["check", "score", "explain"])
def test_1_says_that_the_file_has_errors_whatever_the_command(sheet: Path, command: str) -> None:
    sheet.write_text(SOUND.replace("level: 3", "level: 9"))
    code, out, err = run(command, sheet, *(["index"] if command == "explain" else []))
    assert (code, "q.yaml:8:19 Q206 " in out + err, Path("out").exists()) == (1, True, False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "Error: Missing argument 'FILES...'."),
        (["chekc", "q.yaml"], "Error: No such command 'chekc'."),
        (["check", "--colour", "q.yaml"], "--colour"),
        (["score", "q.yaml", "--format", "odt"], "choose from json, html, pdf, docx, xlsx, csv"),
    ],
)
def test_2_says_that_the_command_was_typed_wrong(sheet: Path, arguments: list[str], told: str) -> None:
    code, out, err = run(*arguments, rubric=False)
    assert (code, out, told in err) == (2, "", True)


def test_3_says_that_the_machine_lacks_something(sheet: Path) -> None:
    Path("out").write_text("not a folder")
    code, out, err = run("score", sheet, "--format", "json")
    assert (code, out, "out/q.json E502 out/q.json cannot be written" in err) == (3, "", True)


def fail(*_: Any, **__: Any) -> None:
    """Stand in for any function, with a fault that quotes an answer."""
    raise ZeroDivisionError("secret answer")


def test_4_says_in_one_line_that_the_program_is_at_fault_and_quotes_no_answer(
    sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "check_document", fail)
    code, out, err = run("check", sheet)
    assert (code, out, err.count("\n")) == (4, "", 1)
    assert err.startswith("Internal error: ZeroDivisionError in check.py:")
    assert err.endswith(
        " The fault is the program's, not yours. Please report this line with the command that you typed; "
        "with ASSESS_DEBUG=1 in the environment it shows more.\n"
    )
    assert "secret" not in err


def test_4_shows_the_traceback_only_when_asked_for(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "score", fail)
    monkeypatch.setenv("ASSESS_DEBUG", "1")
    code, _, err = run("explain", sheet, "index")
    assert (code, err.startswith("Traceback (most recent call last):\n"), "secret answer" in err) == (4, True, True)


def test_an_interrupted_command_says_so_and_leaves_no_file(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(explain, "score", interrupt)
    assert run("explain", sheet, "index") == (1, "", "\nInterrupted; no file was left half-written.\n")
    assert sorted(path.name for path in Path().iterdir()) == ["q.yaml"]


def test_a_terminal_that_lacks_a_character_shows_its_number(sheet: Path) -> None:
    sheet.write_text(SOUND + "  Їжак: unknown\n")
    done = subprocess.run(
        [sys.executable, "-m", "assess", "check", "q.yaml", "--rubric", str(FOLDER)], capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        1, rb"q.yaml:9:3 Q205 the indicator \u0407\u0436\u0430\u043a is not in the rubric"
    )


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_message_rule_and_way_out_can_be_filled_with_nothing_known(code: str) -> None:
    from assess.language import ENGLISH
    from assess.problems import Place, Problem
    from assess.problems.render import as_text

    assert as_text([Problem(code, Place("q.yaml"))], ENGLISH).startswith(f"q.yaml {code} ")


# --- an interrupted write -----------------------------------------------------------------------


@pytest.mark.parametrize("step", ["os.fsync", "os.open", "pathlib.Path.replace", "pathlib.Path.chmod"])
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_midway_leaves_the_old_file_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(b"the old result")

    def broken(*_: Any, **__: Any) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(step, broken)
        with pytest.raises(MissingMeansError if isinstance(fault, OSError) else KeyboardInterrupt):
            write_atomically(path, b"the new result, twice as long")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"result.json": b"the old result"}


def test_a_write_that_succeeds_replaces_the_old_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "result.json"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert {p.name: p.read_bytes() for p in path.parent.iterdir()} == {"result.json": b"new"}


# --- whatever is written, never a traceback -----------------------------------------------------

FULL = SOUND + """\
  ONE-02: {A: {level: 2, evidence: [talks], date: 2026-05, confidence: low}, B: unknown}
  ONE-03: {unknown: not said, between: [1, 3], assigned: legal office}
  TWO-01:
    A: {disputed: [0, 2], evidence: [talks], note: "Both: yes"}
    B: {level: 1, evidence: [talks]}
  TRE-03: {not_applicable: excluded}
  TRE-01: 3
  TRE-02: {level: 0, evidence: [talks], review: true}
challenges:
  XX-1: {level: 4, evidence: [talks]}
  XX-2: {A: 1, B: 2}
bodies:
  BOD-1: {A: active, B: {status: member, evidence: [talks], date: 2026-01}, together: {level: 2}}
  BOD-2: unknown
  BOD-4: {A: {unknown: not listed}, B: ineligible}
note: |
  Several
  lines.
"""
ODD = (
    "", " ", "\n", "\t", ":", ": ", "-", "- ", "{", "}", "[", "]", ",", "#", "&a ", "*a", "!x ", "|", ">", "'", '"',
    "%", "---\n", "~", "null", "NO", "08", "-1", "5", "6", "1e400", ".inf", "99999999999999999999", "true", "A", "B",
    "pair", "unknown", "level", "state", "evidence", "between", "disputed", "2026-02-30", "0000", "9999-12-31",
    "\u0000", "\ud7ff", "\u2028", "\x85", "Ї", "{{ 7 * 7 }}", "{key}", "? ", "<<", "=", "id", "together", "values",
    "reason",
)
WORDS = st.one_of(st.sampled_from(ODD), st.text(max_size=4))
CHANGE = st.tuples(st.sampled_from(["delete", "double", "replace", "insert", "swap"]), st.floats(0, 0.999),
                   st.floats(0, 0.999), WORDS)


def pieces(text: str, unit: str) -> list[str]:
    """Cut a text into lines, or into words, signs and blanks."""
    import re

    return text.splitlines(keepends=True) if unit == "line" else re.findall(r"\w+|\s+|[^\w\s]", text)


def changed(text: str, unit: str, changes: list[tuple[str, float, float, str]]) -> str:
    """Return ``text`` after changes of its lines or words; places are shares of its length."""
    parts = pieces(text, unit)
    for kind, at, other, word in changes:
        if not parts:
            break
        here, there = int(at * len(parts)), int(other * len(parts))
        if kind == "swap":
            parts[here], parts[there] = parts[there], parts[here]
        else:
            part = parts[here]
            parts[here : here + 1] = {"delete": [], "double": [part, part], "replace": [word],
                                      "insert": [word, part]}[kind]
    return "".join(parts)


def ends_well(folder: Path, content: bytes) -> None:
    """Check, score and explain a file with this content; each ends with 0 or 1 and tells problems, not faults."""
    path = folder / "q.yaml"
    path.write_bytes(content)
    checked, out, err = run("check", path)
    assert checked in (0, 1), err
    assert (checked == 1) == any(CATALOGUE[code].severity == "error" for code in CATALOGUE if f" {code} " in out)
    scored, _, err = run("score", path, "--format", "json", "--out", folder / "out")
    assert scored == checked, err
    explained, _, err = run("explain", path, "index")
    assert explained == checked, err


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(autouse=True)
def _tell_faults_in_full(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "folder" in request.fixturenames:
        monkeypatch.setenv("ASSESS_DEBUG", "1")


UNHURRIED = settings(deadline=None, max_examples=int(os.environ.get("FUZZ", "60")),
                     suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def test_the_questionnaire_that_is_changed_below_is_sound(folder: Path) -> None:
    (folder / "full.yaml").write_text(FULL)
    assert run("check", folder / "full.yaml")[0] == 0


@UNHURRIED
@given(st.one_of(st.text(), st.binary(), st.text("[]{}:-,&*!|>'\"%@`?# \n\tab1").map(str.encode)))
@example("a: 99999999999999999999999999999999999999999999\n")
@example("? ? ? a\n")
def test_no_text_at_all_brings_a_traceback(folder: Path, text: str | bytes) -> None:
    ends_well(folder, text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


@UNHURRIED
@given(st.sampled_from(["line", "word"]), st.lists(CHANGE, min_size=1, max_size=6))
def test_no_change_of_a_sound_questionnaire_brings_a_traceback(
    folder: Path, unit: str, changes: list[tuple[str, float, float, str]]
) -> None:
    ends_well(folder, changed(FULL, unit, changes).encode("utf-8", "surrogatepass"))


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 7), st.floats(), st.sampled_from(ODD)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(ODD), inner, max_size=3)),
    max_leaves=6,
)


@UNHURRIED
@given(st.integers(0, 200), VALUES)
def test_no_value_in_any_place_of_a_sound_questionnaire_brings_a_traceback(
    folder: Path, place: int, value: Any
) -> None:
    data = yaml.safe_load(FULL) | {"as_of": "2026-11-01"}
    owner, key = at(data, place)
    owner[key] = value
    ends_well(folder, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"))


@UNHURRIED
@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from(ODD))
def test_no_part_of_a_sound_questionnaire_in_the_place_of_another_brings_a_traceback(
    folder: Path, place: int, other: int, name: str
) -> None:
    data, again = (yaml.safe_load(FULL) | {"as_of": "2026-11-01"} for _ in range(2))
    (owner, key), (giver, given_key) = at(data, place), at(again, other)
    owner[key] = giver[given_key]
    if isinstance(owner, dict):
        owner[name] = owner[key]
    ends_well(folder, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"))


def at(data: Any, place: int) -> tuple[Any, Any]:
    """Return one of the places of nested lists and mappings as its owner and key; they are counted in a circle."""
    owners = list(inner(data))
    return owners[place % len(owners)]


def inner(data: Any) -> Any:
    """Yield every place of nested lists and mappings as its owner and key."""
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from inner(data[key])


RUBRIC_FILES = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.yaml"))


@UNHURRIED
@given(st.sampled_from(RUBRIC_FILES), st.integers(0, 500), VALUES)
def test_no_value_in_any_place_of_a_rubric_brings_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, folder: Path, file: Path, place: int, value: Any
) -> None:
    copy = shutil.copytree(FOLDER, tmp_path_factory.mktemp("rubric"), dirs_exist_ok=True)
    data = yaml.safe_load((FOLDER / file).read_text())
    owner, key = at(data, place)
    owner[key] = value
    (copy / file).write_bytes(yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"))
    (folder / "full.yaml").write_text(FULL)
    code, _, err = run("explain", folder / "full.yaml", "index", "--rubric", copy, rubric=False)
    assert code in (0, 1), err


def test_an_indicator_with_an_id_of_its_own_that_is_no_text_is_told_at_its_line(sheet: Path) -> None:
    copy = shutil.copytree(FOLDER, Path("rubric"))
    text = (copy / "challenges.yaml").read_text()
    (copy / "challenges.yaml").write_text(text.replace("      XX-1:\n", "      XX-1:\n        id: {a: b}\n"))
    code, out, _ = run("check", sheet, "--rubric", copy, rubric=False)
    assert (code, out.splitlines()[0]) == (
        1, "rubric/challenges.yaml:8:5 R303 a mapping does not fit here: it should be a text; "
           "if it looks like a number or a list, put it in quotes"
    )
