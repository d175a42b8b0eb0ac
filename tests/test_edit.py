"""Changing single entries of a questionnaire: they say what was meant, and every other line stays as it was."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assess import yamlio
from assess.problems.model import InputError
from assess.questionnaire.edit import edited

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))
RAW = {path.name: path.read_bytes() for path in EXAMPLES}
LONG = {"level": 3, "confidence": "low", "evidence": ["a", "b"], "note": "As the office says: «yes» # no remark"}


def changed(text: str, path: tuple[str, ...], value: Any) -> str:
    return edited(text.encode(), {path: value}, "t.yaml").decode()


@pytest.mark.parametrize(("before", "value", "after"), [
    ("answers:\n  X: unknown  # ask Olena\n  Y: 1\n", 2, "answers:\n  X: 2  # ask Olena\n  Y: 1\n"),
    ("answers:\n  X: unknown  # ask Olena\n  Y: 1\n", {"level": 2},
     "answers:\n  X:  # ask Olena\n    level: 2\n  Y: 1\n"),
    ("answers:\n    X:   1\n", {"level": 2, "note": "ok"}, "answers:\n    X:\n      level: 2\n      note: ok\n"),
    ("answers:\n  X: {level: 1, # weak\n     note: n}  # tail\n  Y: 1\n", {"level": 2},
     "answers:\n  # weak\n  # tail\n  X:\n    level: 2\n  Y: 1\n"),
    ("answers:\n  X:\n    # who knows\n    level: 1 # weak\n    note: old # by phone\n\n  # next\n  Y: 1\n",
     {"level": 2, "evidence": ["e"]},
     "answers:\n  X:\n    # who knows\n    level: 2 # weak\n    evidence: [e]\n    # by phone\n\n  # next\n  Y: 1\n"),
    ("answers:\n  X:\n    level: 1\n    note: >-\n      long\n      note\n\n  # next\n  Y: 1\n",
     {"level": 1, "note": "ok"},
     "answers:\n  X:\n    level: 1\n    note: ok\n\n  # next\n  Y: 1\n"),
    ("answers:\n  X: 1\n", {"level": 1, "note": "two\nlines"},
     "answers:\n  X:\n    level: 1\n    note: |-\n      two\n      lines\n"),
    ("answers: {X: 1}\nnote: n\n", 2, "answers:\n  X: 2\nnote: n\n"),
    ("answers:\n\n  # the first\n  Z: 1", 2, "answers:\n\n  # the first\n  Z: 1\n  X: 2"),
    ("answers:\n  # remark\n\n  # another\n\n# top\nnote: n\n", 2,
     "answers:\n  # remark\n\n  # another\n\n  X: 2\n\n# top\nnote: n\n"),
    ("answers: null\n", 2, "answers:\n  X: 2\n"),
    ("note: n # tail\n", 2, "note: n # tail\n\nanswers:\n  X: 2\n"),
    ("answers:\n  X: 1\n  Y: 2 # second\n", None, "answers:\n  Y: 2 # second\n"),
    ("answers:\n  Y: 2\n  X: 1 # first\n", None, "answers:\n  Y: 2\n  # first\n"),
])  # fmt: skip
def test_one_answer_is_changed_and_what_stands_around_it_stays(before: str, value: Any, after: str) -> None:
    assert changed(before, ("answers", "X"), value) == after
    for end in ("\r\n", "\r"):
        other = before.replace("\n", end)
        assert changed(other, ("answers", "X"), value) == after.replace("\n", end)
    assert edited(b"\xef\xbb\xbf" + before.encode(), {("answers", "X"): value}, "t") == b"\xef\xbb\xbf" + after.encode()


def test_a_text_with_odd_line_ends_is_left_alone_and_hides_nothing_behind_it() -> None:
    text = "# one\u2028two\nanswers:\n  Y: {note: a\u2028b\x85} # see\u2029there\n  X: 1\n"
    assert changed(text, ("answers", "X"), 2) == text.replace("X: 1", "X: 2")


def test_a_date_is_written_as_a_date_and_a_text_that_looks_like_one_in_quotes() -> None:
    assert changed("as_of: 2026-01-02 # day\n", ("as_of",), date(2026, 3, 4)) == "as_of: 2026-03-04 # day\n"
    assert changed("note: n\n", ("note",), "2026-03-04") == "note: '2026-03-04'\n"


def test_a_new_answer_stands_after_the_one_that_it_follows() -> None:
    text = "answers:\n  # one\n  A: 1 # tail\n\n  # three\n  C: 3\n"
    assert edited(text.encode(), {("answers",): {"A": 1, "B": 2, "C": 3}}, "t").decode() == (
        "answers:\n  # one\n  A: 1 # tail\n  B: 2\n\n  # three\n  C: 3\n"
    )


def test_an_answer_that_others_share_by_an_alias_is_not_changed() -> None:
    with pytest.raises(InputError) as caught:
        changed("answers:\n  X: &same {level: 1}\n  Y: *same\n", ("answers", "X"), 2)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place), dict(problem.values)) == ("T760", "t.yaml:2:6", {"key": "answers.X"})


def test_a_file_in_one_bracket_is_written_anew_unless_its_remarks_would_be_lost() -> None:
    assert changed("{note: why, answers: {X: 1}}\n", ("answers", "X"), 2) == "note: why\nanswers:\n  X: 2\n"
    assert changed("{note: why} # why\n", ("note",), "why") == "{note: why} # why\n"
    with pytest.raises(InputError) as caught:
        changed("# why\n{note: why, answers: {X: 1}} # asked\n", ("answers", "X"), 2)
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place), dict(problem.values)) == ("T760", "t.yaml:2:26", {"key": "answers.X"})


@st.composite
def change(draw: st.DrawFn) -> tuple[str, tuple[str, ...], Any]:
    """An example, the path of one of its entries or of a new one, and a new value."""
    name = draw(st.sampled_from(sorted(RAW)))
    data: Any = yamlio.parse(RAW[name], name).data
    section = draw(st.sampled_from(["evidence", "answers", "challenges", "bodies"]))
    key = draw(st.sampled_from([*(data.get(section) or {}), "NEW-01"]))
    letters = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\u2028\u2029")
    text = st.text(letters, min_size=1)
    value = draw(st.sampled_from([2, "unknown", LONG, {"A": 1, "B": LONG}]) | st.fixed_dictionaries({"note": text}))
    return name, (section, key), value


@settings(max_examples=40, deadline=None)
@given(change())
def test_every_line_outside_of_the_entry_stays_byte_for_byte(given_change: tuple[str, tuple[str, ...], Any]) -> None:
    name, path, value = given_change
    raw = RAW[name]
    before = yamlio.parse(raw, name)
    done = edited(raw, {path: value}, name)
    old, new = raw.splitlines(keepends=True), done.splitlines(keepends=True)
    at = before.marks[path].key[0] - 1 if path in before.marks else None
    head = sum(1 for a, b in zip(old, new, strict=False) if a == b) if at is None else at
    if at is not None:
        assert old[:at] == new[:at] or all(line.lstrip().startswith(b"#") for line in set(new[at:]) - set(old[at:]))
    after = [mark.key[0] - 1 for key, mark in before.marks.items() if mark.key[0] - 1 > head and len(key) == 2]
    tail = len(old) - min(after) if after else 0
    assert old[len(old) - tail :] == new[len(new) - tail :]
    remarks = [line for line in old if line.lstrip().startswith(b"#")]
    known = set(remarks)
    assert [line for line in new if line in known] == remarks
    assert edited(done, {path: (before.data.get(path[0]) or {}).get(path[1], value)}, name)  # type: ignore[union-attr,call-overload]
    if len(raw) < 40_000:  # another reader of YAML understands the same; it is slow
        assert YAML(typ="safe", pure=True).load(done)[path[0]][path[1]] == value
