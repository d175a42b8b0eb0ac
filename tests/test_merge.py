"""Merging what two units filled in: nothing is lost, nothing is overwritten, and a person decides what differs."""

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import EVIDENCE, FOLDER, HEAD, TINY, questionnaire

from assess import yamlio
from assess.cli.main import main
from assess.desk.merge import Merged, merge
from assess.desk.wording import is_open
from assess.language import ENGLISH, translator
from assess.problems.model import InputError
from assess.questionnaire.blank import annotated, blank
from assess.questionnaire.edit import edited
from assess.questionnaire.entries import Spot, answer_at, changes_for, spots
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Answered, Questionnaire, Unknown
from assess.questionnaire.together import check_together

ONE, ONE2A, BODY = Spot("answers", "ONE-01", "pair"), Spot("answers", "ONE-02", "A"), Spot("bodies", "BOD-1", "A")
PLACES = list(spots(TINY))


def applied(a: Questionnaire, merged: Merged) -> Questionnaire:
    """Return the questionnaire that the merge makes of ``a``, by way of a file."""
    raw = annotated(a, TINY, ENGLISH).encode()
    document = yamlio.parse(raw, "a.yaml")
    changes = {**merged.header, **changes_for(document.data, TINY, merged.answers, merged.evidence)}
    return check_document(yamlio.parse(edited(raw, changes, "a.yaml"), "a.yaml"), TINY)[0]


def result(a: Questionnaire, b: Questionnaire, base: Questionnaire | None = None) -> Questionnaire:
    merged = merge(a, b, base, TINY)
    assert [conflict.name for conflict in merged.conflicts] == []
    return applied(a, merged)


def said(q: Questionnaire) -> dict[str, Any]:
    """Every answer by its place, and the sources."""
    return {**{str(spot): answer_at(q, spot) for spot in PLACES}, **q.evidence}


def answers(**given_answers: Any) -> Questionnaire:
    return questionnaire(answers={key.replace("_", "-"): value for key, value in given_answers.items()})


# --- known answers ------------------------------------------------------------------------------


def test_each_unit_gives_its_part() -> None:
    merged = result(answers(ONE_01=3), answers(ONE_02={"A": 2, "B": "unknown"}))
    assert (merged.answer("ONE-01", "pair"), merged.answer("ONE-02", "A")) == (Answered(level=3), Answered(level=2))


def test_the_same_level_from_both_has_the_evidence_of_both_and_the_only_note() -> None:
    merged = result(answers(ONE_01={"level": 3, "evidence": ["a-both"]}),
                    answers(ONE_01={"level": 3, "evidence": ["b-one"], "note": "seen", "confidence": "high"}))
    assert merged.answer("ONE-01", "pair") == Answered(
        level=3, evidence=("a-both", "b-one"), note="seen", confidence="high"
    )


@pytest.mark.parametrize(("ours", "theirs"), [
    (3, 1), (3, {"unknown": "no record"}), ({"level": 3, "note": "x"}, {"level": 3, "note": "y"}),
    ({"disputed": [1, 2]}, {"disputed": [1, 3]}),
    ({"unknown": True, "assigned": "x"}, {"unknown": True, "assigned": "y"}),
])
def test_two_different_answers_are_a_conflict_and_the_first_stays_unless_the_other_is_preferred(
    ours: Any, theirs: Any
) -> None:
    a, b = answers(ONE_01=ours), answers(ONE_01=theirs)
    merged = merge(a, b, None, TINY)
    assert [(c.name, c.a, c.b) for c in merged.conflicts] == [("ONE-01", answer_at(a, ONE), answer_at(b, ONE))]
    assert merged.answers == {}
    preferred = merge(a, b, None, TINY, lambda conflict: "b")
    assert (preferred.conflicts, preferred.answers) == ((), {ONE: answer_at(b, ONE)})


@pytest.mark.parametrize(("before", "ours", "theirs", "after"), [
    (1, 1, 2, 2), (1, 2, 1, 2), (1, "unknown", 1, "unknown"), (1, 2, 2, 2),
    ({"level": 2, "evidence": ["a-both", "b-one"]}, {"level": 2, "evidence": ["a-both"]},
     {"level": 2, "evidence": ["a-both", "b-one", "c-new"]}, {"level": 2, "evidence": ["a-both", "c-new"]}),
    ({"level": 2, "note": "x"}, {"level": 2}, {"level": 2, "note": "x", "confidence": "low"},
     {"level": 2, "confidence": "low"}),
])
def test_with_a_base_the_one_who_changed_an_answer_is_heard(before: Any, ours: Any, theirs: Any, after: Any) -> None:
    merged = result(answers(ONE_01=ours), answers(ONE_01=theirs), answers(ONE_01=before))
    assert answer_at(merged, ONE) == answer_at(answers(ONE_01=after), ONE)


def test_what_a_file_leaves_out_is_not_taken_away_and_two_changes_of_one_answer_are_a_conflict() -> None:
    assert answer_at(result(answers(ONE_01=2), answers(), answers(ONE_01=2)), ONE) == Answered(level=2)
    conflicts = merge(answers(ONE_01=2), answers(ONE_01="unknown"), answers(ONE_01=1), TINY).conflicts
    assert [(c.a, c.b) for c in conflicts] == [(Answered(level=2), Unknown())]


def test_one_id_for_two_sources_becomes_two_ids_and_the_citations_follow() -> None:
    other = EVIDENCE | {"b-one": {"title": "Another paper", "grade": "B", "source": "third"}}
    theirs = questionnaire(evidence=other, answers={"ONE-01": {"level": 2, "evidence": ["b-one"]}})
    merged = merge(answers(), theirs, None, TINY)
    assert merged.renamed == {"b-one": "b-one-2"}
    done = applied(answers(), merged)
    assert answer_at(done, ONE).evidence == ("b-one-2",)
    assert (done.evidence["b-one"].title, done.evidence["b-one-2"].title) == ("Press", "Another paper")


def test_one_source_described_in_two_ways_is_a_conflict_and_what_only_one_knows_is_taken() -> None:
    more = questionnaire(evidence=EVIDENCE | {"b-one": EVIDENCE["b-one"] | {"note": "page 3"}})
    assert result(answers(), more).evidence["b-one"].note == "page 3"
    graded = questionnaire(evidence=EVIDENCE | {"b-one": EVIDENCE["b-one"] | {"grade": "C"}})
    assert [c.name for c in merge(answers(), graded, None, TINY).conflicts] == ["evidence.b-one"]


def test_who_answers_is_a_conflict_unless_one_of_the_two_has_not_filled_it_in() -> None:
    desk = {"answered_by": {"side": "A", "role": "desk officer"}}
    assert [c.name for c in merge(answers(), questionnaire(**desk), None, TINY).conflicts] == ["answered_by"]
    for language in ("en", "uk"):
        role = translator(language)("to be filled in")
        empty = questionnaire(answered_by={"side": "third", "role": role})
        assert result(empty, questionnaire(**desk)).answered_by.role == "desk officer"


@pytest.mark.parametrize(("ours", "theirs", "before", "after"), [
    ("TLP:GREEN", "TLP:RED", None, "TLP:RED"), ("TLP:RED", "TLP:GREEN", None, "TLP:RED"),
    (None, "TLP:GREEN", None, "TLP:GREEN"), ("For official use", None, None, "For official use"),
    ("TLP:GREEN", "TLP:RED", "TLP:GREEN", "TLP:RED"), ("TLP:RED", "TLP:RED", "TLP:GREEN", "TLP:RED"),
    ("TLP:GREEN", "TLP:GREEN", "TLP:RED", "TLP:GREEN"),
])
def test_of_two_markings_the_narrower_stays(
    ours: str | None, theirs: str | None, before: str | None, after: str | None
) -> None:
    a, b, base = (questionnaire(marking=marking) for marking in (ours, theirs, before))
    assert (result(a, b, base if before else None).marking, result(b, a).marking) == (after, after)


@pytest.mark.parametrize(("ours", "theirs", "before"), [
    ("TLP:RED", "For official use", None), ("Secret", "For official use", None),
    ("TLP:RED", "TLP:GREEN", "TLP:RED"), (None, "TLP:GREEN", "TLP:GREEN"),
])
def test_a_person_decides_which_marking_holds_where_one_was_widened_or_neither_says_all(
    ours: str | None, theirs: str | None, before: str | None
) -> None:
    a, b, base = (questionnaire(marking=marking) for marking in (ours, theirs, before))
    assert [(c.name, c.a, c.b) for c in merge(a, b, base, TINY).conflicts] == [("marking", ours, theirs)]
    assert applied(a, merge(a, b, base, TINY, lambda conflict: "b")).marking == theirs
    assert applied(b, merge(b, a, base, TINY, lambda conflict: "b")).marking == ours


def test_with_a_base_a_text_of_the_header_that_the_second_took_away_is_gone() -> None:
    relationship = {**HEAD["relationship"], "title": "Old"}  # type: ignore[dict-item]
    full, bare = questionnaire(note="Old.", relationship=relationship), questionnaire()
    merged = result(full, bare, full)
    assert (merged.note, merged.relationship.title) == (None, None)
    assert result(full, bare).note == "Old."


# --- properties -----------------------------------------------------------------------------------

_IDS = st.lists(st.sampled_from(sorted(EVIDENCE)), max_size=2, unique=True)
_MORE = st.fixed_dictionaries({}, optional={
    "note": st.sampled_from(["x", "y"]), "assigned": st.sampled_from(["law", "tech"]), "evidence": _IDS,
})
_LEVEL = st.builds(lambda n, more: {"level": n, **more}, st.integers(0, 5), _MORE)
_ANSWER = (_LEVEL | st.just("unknown") | st.builds(lambda more: {"unknown": "why", **more}, _MORE)
           | st.just({"disputed": [1, 4]}) | st.just({"unknown": True, "between": [1, 2]}))


@st.composite
def filled(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire of the tiny rubric with some answers."""
    keys = draw(st.lists(st.sampled_from(sorted(TINY.indicators)), unique=True))
    given_answers: dict[str, Any] = {}
    for key in keys:
        slots = TINY.indicators[key].slots
        given_answers[key] = draw(_ANSWER) if slots == ("pair",) else {slot: draw(_ANSWER) for slot in slots}
    bodies = draw(st.dictionaries(st.sampled_from(sorted(TINY.bodies)), st.fixed_dictionaries(
        {"A": st.sampled_from(["unknown", *TINY.statuses])}), max_size=2))
    return questionnaire(answers=given_answers, bodies=bodies)


EMPTY = blank(TINY, answers().relationship.parties, answers().as_of, ENGLISH)


@settings(max_examples=25, deadline=None)
@given(filled())
def test_merging_a_file_with_itself_or_with_a_blank_changes_nothing(a: Questionnaire) -> None:
    for other in (a, EMPTY):
        merged = merge(a, other, None, TINY)
        assert (merged.answers, merged.evidence, merged.header, merged.conflicts) == ({}, {}, {}, ())
    assert said(result(EMPTY, a)) == said(a)
    assert said(result(a, a, a)) == said(a)


@settings(max_examples=60, deadline=None)
@given(filled(), filled())
def test_the_order_of_the_two_files_does_not_matter(a: Questionnaire, b: Questionnaire) -> None:
    one, other = merge(a, b, None, TINY), merge(b, a, None, TINY)
    assert [(c.name, c.a, c.b) for c in one.conflicts] == [(c.name, c.b, c.a) for c in other.conflicts]
    left = {str(spot): one.answers.get(spot, answer_at(a, spot)) for spot in PLACES}
    right = {str(spot): other.answers.get(spot, answer_at(b, spot)) for spot in PLACES}
    differ = {key for key in left if left[key] != right[key]}
    assert differ <= {".".join(c.path[1:]).replace(".", " ") for c in one.conflicts}


@settings(max_examples=60, deadline=None)
@given(filled(), filled(), st.none() | filled())
def test_no_answer_is_lost_it_stands_in_the_result_or_in_a_conflict_or_the_other_changed_it(
    a: Questionnaire, b: Questionnaire, base: Questionnaire | None
) -> None:
    merged = merge(a, b, base, TINY)
    conflicts = {".".join(c.path[1:]) for c in merged.conflicts}
    for spot in PLACES:
        if str(spot).replace(" ", ".") in conflicts:
            continue
        now = merged.answers.get(spot, answer_at(a, spot))
        before = answer_at(base, spot) if base else Unknown()
        for mine in (answer_at(a, spot), answer_at(b, spot)):
            head = mine.model_dump(include={"state", "level", "values", "status"})
            kept = head == now.model_dump(include={"state", "level", "values", "status"})
            assert kept or is_open(mine) or mine == before


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a.yaml and b.yaml, which differ in one answer and give one each."""
    monkeypatch.chdir(tmp_path)
    head = annotated(EMPTY, TINY, ENGLISH).split("answers:")[0].replace("to be filled in", "analyst")
    (tmp_path / "a.yaml").write_text(head + "answers:\n  ONE-01: 3  # seen in the file\n  TRE-01: 2\n")
    (tmp_path / "b.yaml").write_text(head + "answers:\n  # as the ministry says\n  ONE-01: 1\n  ONE-03: 4\n")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["merge", *arguments, "--rubric", str(FOLDER)])
    return (int(ended.value.code or 0), *capsys.readouterr())


LOST = """b.yaml:{line}:1 T764 not in the result: 1 remark of this file
    Rule: Remarks of the second file come along only with answers and sources that are taken from it.
    Way out: Look at the remarks from this line on, and copy by hand what is worth keeping.
"""


def test_a_conflict_is_told_with_both_answers_and_nothing_is_written(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "a.yaml", "b.yaml", "-o", "out.yaml")
    line = (files / "a.yaml").read_text().split("ONE-01: 3")[0].count("\n") + 1
    assert (code, out, (files / "out.yaml").exists()) == (1, "", False)
    assert err == (
        f"a.yaml:{line}:3 T762 ONE-01: here it says «level 3», at b.yaml:{line + 1}:3 «level 1»\n"
        "    Rule: Where two files answer differently, a person decides; nothing is overwritten silently.\n"
        "    Way out: --prefer ONE-01=a keeps the first, --prefer ONE-01=b the second; --prefer a or b settles all.\n"
        + LOST.format(line=line)
    )


def test_a_preference_settles_the_conflict_and_every_other_line_stays(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "a.yaml", "b.yaml", "-o", "out.yaml", "--prefer", "ONE-01=b")
    assert (code, out, err) == (0, "out.yaml\n", "")
    expected = (files / "a.yaml").read_text().replace(
        "  ONE-01: 3  # seen in the file\n",
        "  # as the ministry says\n  ONE-01:  # seen in the file\n    level: 1\n  ONE-03:\n    level: 4\n")
    assert (files / "out.yaml").read_text() == expected


def test_remarks_come_along_with_the_answers_and_sources_that_they_stand_at(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = (files / "a.yaml").read_text().split("evidence:\n")[0]
    (files / "a.yaml").write_text(head + "answers:\n  TRE-01: 2\n")
    (files / "b.yaml").write_text(
        head + "evidence:\n  # read in the archive\n  paper: {title: Paper, grade: C, source: A}  # scanned\n\n"
        "answers:\n  # as the ministry says\n  ONE-01:\n    # second call\n    level: 1  # at least\n"
        "    evidence: [paper]\n  # left alone\n  TRE-01: 2\n"
    )
    code, out, err = run(capsys, "a.yaml", "b.yaml", "-o", "-")
    assert code == 0
    assert "\nevidence:\n  # read in the archive\n  # scanned\n  paper:\n    title: Paper\n" in out
    assert out.endswith(
        "\nanswers:\n  # as the ministry says\n  # second call\n  # at least\n  ONE-01:\n    level: 1\n"
        "    evidence: [paper]\n  TRE-01: 2\n"
    )
    assert " T764 not in the result: 1 remark of this file\n" in err


def test_a_partial_merge_is_written_with_the_open_conflict_marked_for_review(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "a.yaml", "b.yaml", "-o", "out.yaml", "--partial")
    assert (code, out) == (1, "out.yaml\n")
    text = (files / "out.yaml").read_text()
    assert "  ONE-01:  # seen in the file\n    level: 3\n    review: true\n  ONE-03:\n    level: 4\n" in text


def test_a_file_merged_with_itself_is_itself_to_the_last_byte(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "a.yaml", "a.yaml", "--base", "a.yaml", "-o", "out.yaml") == (0, "out.yaml\n", "")
    assert (files / "out.yaml").read_bytes() == (files / "a.yaml").read_bytes()


def test_the_base_tells_who_changed_the_answer(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "base.yaml").write_text((files / "a.yaml").read_text())
    code, _, err = run(capsys, "a.yaml", "b.yaml", "--base", "base.yaml", "-o", "-")
    assert (code, "T762" in err) == (0, False)


@pytest.mark.parametrize(("option", "said_of_it"), [
    ("ONE-1=a", "Error: --prefer ONE-1: there is no conflict of this name.\n"),
    ("ONE-01=c", "Error: Invalid value for '--prefer': "
     "write a or b, or a conflict with one of them, such as TRU-01=b\n"),
])
def test_a_preference_that_is_misspelt_is_refused(
    files: Path, capsys: pytest.CaptureFixture[str], option: str, said_of_it: str
) -> None:
    code, out, err = run(capsys, "a.yaml", "b.yaml", "-o", "out.yaml", "--prefer", option)
    assert (code, out, (files / "out.yaml").exists()) == (2, "", False)
    assert err.endswith(said_of_it)


def test_a_rubric_may_be_named_with_more_or_fewer_parts_of_its_version(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (files / "a.yaml").read_text()
    (files / "short.yaml").write_text(text.replace("rubric: tiny 0.1", "rubric: tiny 0"))
    assert (files / "short.yaml").read_text() != text
    assert run(capsys, "a.yaml", "short.yaml", "-o", "out.yaml") == (0, "out.yaml\n", "")


def test_a_file_may_come_through_a_pipe_and_is_read_once(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe")
    text = (files / "b.yaml").read_text()
    threading.Thread(target=lambda: Path("pipe").write_text(text), daemon=True).start()
    code, out, err = run(capsys, "a.yaml", "pipe", "-o", "out.yaml", "--prefer", "b")
    assert (code, out, err) == (0, "out.yaml\n", "")
    assert "# as the ministry says\n  ONE-01:" in (files / "out.yaml").read_text()


def test_raters_may_name_the_rubric_with_more_or_fewer_parts_of_its_version() -> None:
    one, other = (questionnaire(rubric=name, note=name) for name in ("tiny 0.1", "tiny"))
    check_together([("a.yaml", one), ("b.yaml", other)])
    with pytest.raises(InputError):
        check_together([("a.yaml", one), ("b.yaml", other.model_copy(update={"rubric": "tiny 0.2"}))])
