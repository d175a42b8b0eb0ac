"""The form reads and checks what people write, or come to write by mistake, as ``assess check`` does."""

import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from tiny import HEAD_TEXT

from assess.cli.main import main
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from tests.formnode import Scripts, refused, told_by_check

TINY = Path(__file__).parents[1] / "tests" / "rubrics" / "tiny"


@pytest.fixture(scope="module")
def tiny() -> Rubric:
    return load_rubric(str(TINY))


@pytest.fixture(scope="module")
def scripts(node: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scripts]:
    folder = tmp_path_factory.mktemp("scripts")
    with pytest.raises(SystemExit) as ended:
        main(["form", "--parties", "AA,BB", "--names", "Aland,Bland", "--rubric", str(TINY), "--as-of", "2026-11-01",
              "-o", str(folder / "form.html")])
    assert ended.value.code == 0
    running = Scripts(node, folder / "form.html", folder)
    yield running
    running.close()


def differences(scripts: Scripts, tiny: Rubric, texts: list[str]) -> list[tuple[str, object, object]]:
    """Return each text of which the two sides say something else, or read something else."""
    found = []
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass")
        ours, theirs = scripts.told(raw), told_by_check(raw, tiny)
        if ours != theirs and not (refused(ours[0]) and refused(theirs[0])):
            found.append((text, ours, theirs))
    return found


# --- every kind of value in every kind of place -----------------------------------------------------

VALUES = (
    # numbers, and what other programs take for numbers
    "2", "2.0", "2e0", "0.2e1", "2.", ".5", "+3", "-0", "-0.0", "-1", "2.5", "00", "08", "1_000", "0x10", "0o7",
    "0b1", "1:30", "190:20:30", ".inf", "-.inf", ".nan", "1e400", "1e21", "1e-5", "0.0000001", "9007199254740993",
    "12345678901234567890", "999999999999999", "1000000000000000", "1" * 39, "1" * 40, "1" * 400, "3" * 45,
    # dates
    "2025", "2025.0", "2025e0", "2.025e3", "2025-13", "2025-02-30", "2024-02-29", "2025-1", "0000", "0000-01-01",
    "0001", "10000", "9999", "2026-12", "2026-11-02", "-2025", "2025-01-01T00:00:00Z", "2025-01-01 00:00:00",
    "'2025'",
    # words
    "", "~", "null", "NULL", "nULL", "true", "TRUE", "tRUE", "yes", "No", "on", "OFF", "y", "unknown", "Unknown",
    "unknwon", "member", "A", "low", "both", "''", '""', "' '", '"2"', "'NO'", "TLP:AMBER", "tlp amber", "TLP:PINK",
    # lists and mappings
    "[]", "{}", "[0, 2]", "[0, 2.0]", "[0.0, 2.0]", "[2, 0]", "[~]", "[null, 2]", "[a, b]", "[[0, 2]]", "[a: b]",
    "{level: 2}", "{level: 2.0}", "{level: '2'}", "{level: true}", "{level: ~}", "{level: -0}",
    "{disputed: [0, 2.0]}", "{disputed: [~]}", "{between: [0, 2]}", "{unknown: }", "{unknown: false}", "{unknown: 3}",
    "{A: 1.0, B: 2.0}", "{A: , B: }", "{status: }", "{status: true}", "{level: 2, level: 3}", '{"level":2}', "{1: 2}",
    "{null: 2}", "{a}", "{level:2}",
    # tags, anchors, merge keys
    "!!str 2", "!!int 2", '!!int "2"', "!!float 2", "!!null ''", "!!bool yes", "!!timestamp 2025", "!foo x", "! x",
    "!!binary aa", "!!set {a}", "&a 2", "*a", "{level: &x 2, note: *x}", "{<<: {level: 2}}", "<<", "{!foo level: 2}",
    "{&x level: 2}",
    # signs
    "a\u2028b", "2\u2028", "\u2028", "a\u2029c", "a\x85b", "2\x85", '"a\u2028b"', '"a\\u2028b"', "a # b\u2028c",
    "a\tb", "\t2", "2\t", "\xa0", "\u3000", "a\ufeffb", "\ufeff", '"\\ud83d\\ude00"', '"\\ud800"', "😀", '"a\\u0000"',
    '"\\x07"', "a\x80", "a\x7f", "a\x07", "-", "=", ":", ":a", "-a", "#", "a#b", "@x", "`x", "%x", "|", ">", "[1",
    "{a", "'x", '"x', "]", "a: b", "a:b", "'it''s'", "'''", "'a'''", '"a\\"', "'x'# c", "[2]# c", "[2,# c\n2]",
    "{a: 1,\nb: 2}", "'a\nb'", '"a\n\nb"', "[0,\n\t2]", "{a:[1]}", "{a:}", "{a\n: 2}", "{a\nb: 2}", "|\n    x",
    ">-\n    x\n     y", "|2\n    x", "a\rb", "2\r", "x" * 1025, "x" * 201, "😀" * 301,
)
PLACES = (
    "answers: {ONE-01: %s}", "answers: {ONE-02: %s}", "answers: {ONE-02: {A: %s, B: 1}}", "answers:\n  ONE-01: %s",
    "answers: {ONE-01: {level: %s}}", "answers: {ONE-01: {level: 2, date: %s}}", "answers: {ONE-01: {disputed: %s}}",
    "answers: {ONE-01: {disputed: [0, %s]}}", "answers: {ONE-01: {between: %s}}", "answers: {ONE-01: {unknown: %s}}",
    "answers: {TRE-02: {not_applicable: %s}}", "answers: {ONE-01: {level: 2, confidence: %s}}",
    "answers: {ONE-01: {level: 2, review: %s}}", "answers: {ONE-01: {level: 2, evidence: [%s]}}",
    "answers: {ONE-01: {level: 2, note: %s}}", "answers: {ONE-01: {%s: 2}}", "answers: %s", "bodies: {BOD-1: %s}",
    "bodies: {BOD-1: {A: %s}}", "bodies: {BOD-1: {A: {status: %s}}}", "bodies: {BOD-1: {together: %s}}",
    "bodies: {BOD-1: {A: {status: active, date: %s}}}", "evidence: {e: {title: x, grade: A, source: A, date: %s}}",
    "evidence: {e: {title: %s, grade: A, source: A}}", "evidence: {e: {title: x, grade: %s, source: A}}",
    "evidence: {e: {title: x, grade: A, source: A, counter: %s}}",
    "evidence: {e: {title: x, grade: A, source: A, url: %s}}", "evidence: %s", "marking: %s", "note: %s", "kind: %s",
    "%s: 1", "answers:\n  ONE-01: &q %s\n  TRE-01: *q", "note:\n  %s", "note: %s\nkind: assessment",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_value_means_the_same_to_both_wherever_it_stands(scripts: Scripts, tiny: Rubric, place: str) -> None:
    assert differences(scripts, tiny, [f"{HEAD_TEXT}{place.replace('%s', value)}\n" for value in VALUES]) == []


def test_a_value_in_the_head_means_the_same_to_both(scripts: Scripts, tiny: Rubric) -> None:
    places = ("rubric: tiny 0.1", "as_of: 2026-11-01", "code: AA", "name: Aland", "side: third", "role: analyst")
    texts = [HEAD_TEXT.replace(one, f"{one.split(':')[0]}: {value}") for one, value in product(places, VALUES)]
    assert differences(scripts, tiny, texts) == []


# --- the whole file ------------------------------------------------------------------------------------

WHOLE = HEAD_TEXT + """\
# remark
kind: assessment
marking: TLP:AMBER
note: |
  two lines
    and more

  end
evidence:
  e1: {title: "Source one", date: 2025-03-01, grade: A, source: both, url: https://example.org/x}
  e2:
    title: >-
      folded
      title
    grade: B
    source: third
    publisher: 'P'
    counter: false
answers:
  ONE-01: {level: 2, evidence: [e1, e2], note: why}
  ONE-02:
    A: &q {level: 3, date: 2026}
    B: *q
  ONE-03: unknown
  TRE-01: {disputed: [0, 2], confidence: low}
  TRE-02: {not_applicable: 'it does not arise'}
  TWO-01: {unknown: because, between: [1, 3]}
challenges: {}
bodies:
  BOD-1: {A: active, B: {status: member, date: 2025-01}, together: 2}
  BOD-4: {unknown: because}
"""
AS_A_WHOLE = {
    "lines end with CR alone": WHOLE.replace("\n", "\r"),
    "lines end with CR and LF": WHOLE.replace("\n", "\r\n"),
    "lines end in all three ways": WHOLE.replace("\n", "\r", 3).replace("\n", "\r\n", 3),
    "a mark of the byte order": "\ufeff" + WHOLE,
    "two of them": "\ufeff\ufeff" + WHOLE,
    "a start and an end": f"---\n{WHOLE}...\n",
    "a second document": f"{WHOLE}---\n",
    "two starts": f"---\n---\n{WHOLE}",
    "YAML 1.1": f"%YAML 1.1\n---\n{WHOLE}",
    "YAML 1.2": f"%YAML 1.2\n---\n{WHOLE}",
    "YAML 1.3": f"%YAML 1.3\n---\n{WHOLE}",
    "another directive": f"%FOO x\n---\n{WHOLE}",
    "tags with a handle": "%TAG !x! tag:yaml.org,2002:\n---\n" + WHOLE.replace("ONE-03: ", "ONE-03: !x!str "),
    "an odd line end in a remark": WHOLE.replace("# remark", "# one\u2028two: 3"),
    "a line of a tab alone": WHOLE.replace("answers:\n", "answers:\n\t\n"),
    "a remark behind a tab": WHOLE.replace("# remark", "\t# remark"),
    "a tab inside a text of several lines": WHOLE.replace("    and more", "  \tand more"),
    "a tab inside brackets": WHOLE.replace("evidence: [e1, e2],", "evidence: [e1,\n\te2],"),
    "brackets that are not indented": WHOLE.replace("evidence: [e1, e2],", "evidence: [\ne1,\ne2\n],"),
    "a quoted text that is not indented": WHOLE.replace("'it does not arise'", "'it\ndoes\n\nnot arise'"),
    "a document end inside brackets": WHOLE.replace("evidence: [e1, e2],", "evidence: [\n---\ne1, e2],"),
    "a list with a tab behind its dash": WHOLE.replace("challenges: {}", "challenges:\n-\ta: 1"),
    "a key twice": WHOLE + "answers: {ONE-01: &r {note: yes, note: 3}}\nnote: *r\n",
    "a key that stands before its colon on a line of its own": WHOLE.replace("kind:", "kind\n  :"),
    "the models' own name beside that of the file": WHOLE.replace("arise'}", "arise', reason: y}"),
    "the models' own name for two levels": WHOLE.replace("[0, 2],", "[0, 2], values: [1, 3],"),
    "the models' own name in a body": WHOLE.replace("{unknown: because}\n", "{A: {unknown: x, reason: y}}\n"),
    "a key of nothing": WHOLE + ": 3\n",
    "a text deeper than its sign says": WHOLE.replace("note: |", "note: |4"),
    "a slip in capitals": WHOLE.replace("ONE-03:", "one-03:"),
    "a slip beyond the plane": WHOLE.replace("BOD-4:", "BOD-😀4:"),
    "UTF-16": "\x00".join(WHOLE),
}


@pytest.mark.parametrize("name", AS_A_WHOLE)
def test_a_file_means_the_same_to_both_however_it_is_written(scripts: Scripts, tiny: Rubric, name: str) -> None:
    assert differences(scripts, tiny, [AS_A_WHOLE[name]]) == []


def test_lines_that_end_in_another_way_and_brackets_that_are_not_indented_are_read(
    scripts: Scripts, tiny: Rubric
) -> None:
    """Agreement alone could be that of two refusals."""
    wanted = told_by_check(WHOLE.encode(), tiny)[1]
    for name in (*list(AS_A_WHOLE)[:4], "a tab inside brackets", "brackets that are not indented"):
        assert (name, scripts.told(AS_A_WHOLE[name].encode())[1]) == (name, wanted)


SLIPS = (
    "\n", "\n  ", "\n    ", " ", "  ", "\t", "\r", "\r\n", ":", ": ", ",", "- ", "-", "[", "]", "{", "}", "#", " # ",
    "'", '"', "|", ">", "*q", "!!str ", "!x ", "%", "@", "\\", "0", "2.0", "1e3", "yes", "null", "\u2028", "\x85",
    "\x00", "\xa0", "😀", "---\n", "\n...\n", "<<: *q\n", "A", "level: ", "unknown", "date: 2025-13\n", "{}", "''",
    '""', "08", "1:30", "\\u00e9", "\t# x\n", "|2\n", ">+\n",
)


def slipped(text: str, dice: random.Random) -> str:
    """Return a text in which somebody slipped: typed, deleted, or moved a line."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at, lines = dice.randrange(len(text)), text.split("\n")
        line = dice.randrange(len(lines))
        kind = dice.choice(("type", "type", "type", "delete", "replace", "double", "indent", "outdent"))
        if kind in ("double", "indent", "outdent"):
            said = lines[line]
            lines[line] = {"double": f"{said}\n{said}", "indent": f"  {said}", "outdent": said[2:]}[kind]
            text = "\n".join(lines)
        else:
            typed = "" if kind == "delete" else dice.choice(SLIPS)
            text = text[:at] + typed + text[at + (0 if kind == "type" else dice.randint(1, 6)):]
    return text


@pytest.mark.parametrize("seed", range(2, 8))
def test_a_file_in_which_somebody_slipped_means_the_same_to_both(scripts: Scripts, tiny: Rubric, seed: int) -> None:
    dice = random.Random(seed)
    assert differences(scripts, tiny, [slipped(WHOLE, dice) for _ in range(800)]) == []
