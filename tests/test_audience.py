"""Copies for an audience: nothing that is withheld is anywhere in what is written, and no figure changes."""

import json
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import StreamObject
from tiny import FOLDER, TINY, questionnaire

from assess.assessment import Assessment, Audience, assess
from assess.audience import RULES, for_audience, is_public
from assess.cli.main import main
from assess.language import ENGLISH
from assess.marking import TLP, combined, normal, wider
from assess.report.make import view_of
from assess.report.verify import verify
from assess.scoring.again import values_of
from assess.scoring.values import Known, Open

ROOT = Path(__file__).parents[1]
WITHHELD: tuple[Audience, ...] = ("partner", "public")

# --- planted canaries ----------------------------------------------------------------------------------


class Nest:
    """Hands out words that stand nowhere else: QXAX, QXBX …, without digits, which a page might break or set apart."""

    def __init__(self) -> None:
        self.numbers, self.kept, self.shown = count(1), [], []

    def hidden(self) -> str:
        return self._word(self.kept)

    def open(self) -> str:
        return self._word(self.shown)

    def _word(self, words: list[str]) -> str:
        letters = "".join(chr(ord("A") + int(digit)) for digit in str(next(self.numbers)))
        words.append(f"QX{letters}XQ")
        return words[-1]


def planted(nest: Nest, role: str, rater: int) -> str:
    """A questionnaire for the tiny rubric with a canary in every place for free text."""
    rubric = TINY
    secret = f"sec-{nest.hidden()}"
    evidence = {
        f"pub-{rater}": {"title": nest.open(), "url": "https://example.org/a", "grade": "A", "source": "A",
                         "date": "2026-01-01", "publisher": nest.open(), "note": nest.hidden(),
                         "where": nest.hidden()},
        secret: {"title": nest.hidden(), "where": nest.hidden(), "grade": "B", "source": "B", "date": "2026-02-01",
                 "publisher": nest.hidden(), "note": nest.hidden()},
        f"int-{nest.hidden()}": {"title": nest.hidden(), "url": f"https://{nest.hidden()}.corp/x", "grade": "C",
                                 "source": "third", "publisher": nest.hidden()},
    }
    cited = list(evidence)
    answers = {key: _answers(nest, question, cited, n) for n, (key, question) in enumerate(rubric.indicators.items())}
    barriers = {key: _answers(nest, question, cited, n) for n, (key, question) in enumerate(rubric.barriers.items())}
    bodies = {key: _body(nest, cited, n) for n, key in enumerate(list(rubric.bodies)[:6])}
    data = {
        "rubric": "tiny 0.1",
        "relationship": {"parties": {"A": {"code": "UA", "name": "Ukraine"}, "B": {"code": "EU", "name": "EU"}}},
        "as_of": "2026-11-01", "answered_by": {"side": role, "role": nest.hidden()}, "note": nest.hidden(),
        "evidence": evidence, "answers": answers, "challenges": barriers, "bodies": bodies,
    }
    return f"# {nest.hidden()}\n" + json.dumps(data)


def _answers(nest: Nest, question: Any, cited: list[str], n: int) -> Any:
    if question.type == "P":
        return _answer(nest, question, cited, n)
    return {"A": _answer(nest, question, cited, n), "B": _answer(nest, question, cited, n + 1)}


def _answer(nest: Nest, question: Any, cited: list[str], n: int) -> dict[str, Any]:
    """One of the forms of an answer in turn."""
    form = n % (5 if question.may_be_not_applicable else 4)
    heads: list[dict[str, Any]] = [
        {"level": 2}, {"disputed": [1, 3]}, {"unknown": "…"}, {"unknown": "…", "between": [1, 2]},
        {"not_applicable": "…"},
    ]
    head = {key: nest.hidden() if value == "…" else value for key, value in heads[form].items()}
    return {**head, "note": nest.hidden(), "evidence": cited, "assigned": nest.hidden()}


def _body(nest: Nest, cited: list[str], n: int) -> dict[str, Any]:
    side = {"status": "active", "note": nest.hidden(), "evidence": cited, "assigned": nest.hidden()}
    return {"A": side, "B": {"unknown": nest.hidden(), "note": nest.hidden()},
            "together": {"level": 2, "note": nest.hidden(), "evidence": cited, "assigned": nest.hidden()}}


def every_byte(path: Path) -> Iterator[bytes]:
    """A file as it lies there, and for a PDF all that is packed inside: streams, parts, text, metadata."""
    content = path.read_bytes()
    yield content
    if path.suffix == ".pdf":
        reader = PdfReader(BytesIO(content))
        for number in range(1, reader.trailer["/Size"]):
            entry = reader.get_object(number)
            yield str(entry).encode()
            if isinstance(entry, StreamObject):
                yield entry.get_data()
        for page in reader.pages:
            yield "".join(page.extract_text().split()).encode()
        yield from (part for parts in reader.attachments.values() for part in parts)
        yield str(reader.metadata).encode()


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


@pytest.mark.parametrize("raters", [1, 2])
@pytest.mark.parametrize("audience", WITHHELD)
def test_no_withheld_word_is_anywhere_in_any_file_or_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], audience: Audience, raters: int
) -> None:
    nest = Nest()
    files = []
    for rater in range(raters):
        files.append(tmp_path / f"rater{rater}.yaml")
        files[-1].write_text(planted(nest, "AB"[rater], rater))
    out = tmp_path / "out"
    assert run("score", *map(str, files), "--rubric", str(FOLDER), "--audience", audience, "--out", str(out),
               "--format", "pdf,html,json") == 0
    said = capsys.readouterr()
    # Warnings about the questionnaires quote them to the person who wrote them; the summary does not.
    summary = said.err[said.err.index("Ukraine – "):]
    written = b"\n".join([*(piece for path in out.iterdir() for piece in every_byte(path)), said.out.encode(),
                          summary.encode()]).upper()
    assert len(nest.kept) > 40 * raters
    assert [word for word in nest.kept if word.encode() in written] == []
    assert [word for word in nest.shown if word.encode() not in written] == []


def test_the_search_for_canaries_finds_them_in_the_full_report(tmp_path: Path) -> None:
    """The test above could not fail if the words were set so that nobody could find them again."""
    nest = Nest()
    file = tmp_path / "full.yaml"
    file.write_text(planted(nest, "A", 0))
    assert run("score", str(file), "--rubric", str(FOLDER), "--out", str(tmp_path / "out"), "--format", "pdf,json") == 0
    pdf, result = (list(every_byte(tmp_path / "out" / f"full.{ending}")) for ending in ("pdf", "json"))
    text = b"".join(piece for piece in pdf if piece.startswith(b"Readiness") or b"Evidenceregister" in piece)
    assert [word for word in nest.kept if not any(word.encode() in piece for piece in pdf)] == []
    assert sum(word.encode() in result[0] for word in nest.kept) > 30
    assert any(word.encode() in text for word in nest.kept)


# --- figures --------------------------------------------------------------------------------------------

LEVELS = st.integers(0, 5)
ANSWER = st.one_of(
    st.just("unknown"),
    st.builds(lambda level: {"level": level, "evidence": ["a-both"], "note": "x"}, LEVELS),
    st.builds(lambda pair: {"disputed": sorted(pair), "evidence": ["b-one"]},
              st.lists(LEVELS, min_size=2, max_size=2, unique=True)),
)
SIDES = st.fixed_dictionaries({"A": ANSWER, "B": ANSWER})
ANSWERS = st.fixed_dictionaries({"ONE-01": ANSWER, "ONE-02": SIDES, "TWO-02": ANSWER})


@given(answers=ANSWERS, audience=st.sampled_from(WITHHELD))
@settings(max_examples=40, deadline=None)
def test_a_copy_changes_no_points_of_index_component_and_indicator_and_no_stage(
    answers: dict[str, Any], audience: Audience
) -> None:
    full = assess(TINY, [questionnaire(answers=answers)], ranges=False)
    copy = for_audience(full, audience)
    assert figures(copy) == figures(full)
    assert for_audience(copy, audience) is copy
    assert Assessment.from_json(copy.to_json()) == copy


def figures(assessment: Assessment) -> Any:
    result = assessment.result
    return (result.index.points, result.index.coverage, result.stage, result.gates, result.pressure,
            [(c.points, c.coverage, c.contribution) for c in result.components],
            [(i.id, i.state, i.points, i.contribution) for c in result.components for i in c.indicators])


@given(answers=ANSWERS)
@settings(max_examples=40, deadline=None)
def test_hard_bounds_of_a_copy_hold_its_points_and_without_a_dispute_are_those_of_the_full_report(
    answers: dict[str, Any]
) -> None:
    full = assess(TINY, [questionnaire(answers=answers)], ranges=False)
    copy = for_audience(full, "partner")
    for head in (copy.result.index, *copy.result.components, *copy.result.aims):
        assert head.points is None or head.bounds is None or (
            head.bounds.low - 1e-9 <= head.points <= head.bounds.high + 1e-9)
    if not any(row.kind == "disputed" for row in copy.withheld):
        assert [c.bounds for c in copy.result.components] == [c.bounds for c in full.result.components]
        assert (copy.result.index, copy.result.aims) == (full.result.index, full.result.aims)
        assert copy.result.open_questions == full.result.open_questions


def in_dispute(low: int, high: int, audience: Audience) -> dict[str, Any]:
    """The copy of answers of which five are disputed: alone, beside an answer, beside an unknown, of barriers."""
    pair = {"disputed": [low, high], "evidence": ["a-both"]}
    answers = {"ONE-01": pair, "ONE-02": {"A": {"level": 2, "evidence": ["b-one"]}, "B": pair}, "TWO-02": pair,
               "TWO-01": {"A": pair, "B": "unknown"}, "ONE-03": 2, "TWO-03": 3}
    barriers = {next(iter(TINY.barriers)): pair}
    copy = for_audience(assess(TINY, [questionnaire(answers=answers, challenges=barriers)]), audience)
    found: dict[str, Any] = json.loads(copy.to_json())
    return found


@pytest.mark.parametrize("audience", WITHHELD)
def test_copies_do_not_tell_how_far_two_disputed_values_are_apart_but_where_the_manual_says_so(
    audience: Audience
) -> None:
    wide, narrow = in_dispute(0, 4, audience), in_dispute(1, 3, audience)
    assert len(wide["result"]["open_questions"]) > 3 and wide["outlook"] is None
    for copy in (wide, narrow):
        for named in ("uncertainty", "shares", "gates", "stage", "questionnaires"):
            for part in (copy, copy["result"], copy["sensitivity"]):
                part.pop(named, None)
    assert wide == narrow


def test_a_disputed_answer_of_a_copy_counts_with_its_middle_where_a_result_is_weighed_again() -> None:
    values = values_of(example("partner").result)
    assert (values["ONE-01"], values["ONE-03"]) == (Known(50, 50, 50), Open(0, 100))


def test_what_a_disputed_copy_leaves_out_is_counted_and_its_sentences_do_not_speak_of_it() -> None:
    answers = {"ONE-01": {"disputed": [1, 4], "evidence": ["a-both"]}, "TWO-02": 1}
    copy = for_audience(assess(TINY, [questionnaire(answers=answers)]), "partner")
    assert copy.sensitivity is not None and copy.sensitivity.spacing is None
    assert {row.kind: row.count for row in copy.withheld}["disputed_figures"] > 24
    said = view_of(copy, TINY, ENGLISH).drives
    assert said is not None and any("combinations of averaging and weights the stage" in s for s in said.sentences)


@cache
def several(audience: Audience) -> Assessment:
    """Two raters of one side who differ, and share enough answers for the accuracy of each to be learned."""
    files = []
    for level, role in ((1, "first"), (3, "second")):
        answers = {"ONE-01": level, "ONE-03": 2, "TWO-02": level, "TWO-03": 3, "TRE-01": 4 - level}
        files.append(questionnaire(answers=answers, answered_by={"side": "third", "role": role}))
    return for_audience(assess(TINY, files), audience)


@pytest.mark.parametrize("audience", WITHHELD)
def test_a_copy_tells_neither_how_often_each_rater_is_right_nor_what_the_lowest_would_make(audience: Audience) -> None:
    full, copy = several("internal"), several(audience)
    assert full.uncertainty is not None and any(a.learned for a in full.uncertainty.accuracy)
    assert full.sensitivity is not None and any(a.pooling == "lowest" for a in full.sensitivity.alternatives)
    assert copy.uncertainty is not None and copy.uncertainty.accuracy == ()
    assert copy.sensitivity is not None and {a.pooling for a in copy.sensitivity.alternatives} == {"mean"}
    raters = [r for c in full.result.components for i in c.indicators for r in i.readings if r.state != "unknown"]
    dropped = len(full.sensitivity.alternatives) - len(copy.sensitivity.alternatives)
    assert {row.kind: row.count for row in copy.withheld}["raters"] >= len(raters) + dropped + 2


@pytest.mark.parametrize("audience", WITHHELD)
def test_a_copy_of_several_raters_does_not_speak_of_one(audience: Audience) -> None:
    view = view_of(several(audience), TINY, ENGLISH)
    assert view.sure is not None and view.drives is not None
    said = " ".join([*view.sure.sentences, *view.drives.sentences, *view.annex.not_identified])
    assert "There is one rater" not in said and "A second rater would measure it" not in said
    assert "is withheld in this copy" in said and "level steps and pooling" not in said


def test_a_copy_for_one_audience_is_not_made_into_one_for_another() -> None:
    copy = for_audience(assess(TINY, [questionnaire()], ranges=False), "partner")
    with pytest.raises(ValueError, match="a copy for the audience partner already"):
        for_audience(copy, "public")


@cache
def example(audience: Audience) -> Assessment:
    answers = {"ONE-01": {"disputed": [1, 4], "evidence": ["a-both"], "note": "We differ."},
               "ONE-02": {"A": {"level": 2, "evidence": ["b-one"]}, "B": 3}, "TWO-02": 1}
    return for_audience(assess(TINY, [questionnaire(answers=answers)], ranges=False), audience)


def test_both_values_of_a_disputed_answer_are_withheld_and_their_middle_stays() -> None:
    part = example("partner").result.components[0].indicators[0]
    assert (part.points, part.bounds, part.slots[0].bounds) == (50.0, None, None)
    (reading,) = part.readings
    assert (reading.state, reading.answered, reading.effective, reading.steps) == ("disputed", (), (), ())


def test_the_partner_sees_the_answers_for_each_side_and_the_public_sees_the_pair() -> None:
    partner, public = (example(name).result.components[0].indicators[1] for name in WITHHELD)
    assert [slot.slot for slot in partner.slots] == ["A", "B"]
    assert public.slots == () and [r.slot for r in public.readings] == ["pair"]


def test_a_copy_says_how_much_of_what_it_withholds() -> None:
    told = {row.kind: row.count for row in example("public").withheld}
    assert told == {"questionnaires": 1, "notes": 1, "roles": 1, "confidence": 4, "disputed": 1, "source_sides": 5,
                    "sources": 5, "sides": told["sides"]}
    view = view_of(example("public"), TINY, ENGLISH)
    assert view.copy is not None
    total = sum(told.values())
    assert view.copy.sentence == f"A copy for the public: {total} details of the full report are withheld."
    assert view.copy.rows[0] == ("Questionnaires inside the file", "1", "the SHA-256 of each")
    assert view_of(example("internal"), TINY, ENGLISH).copy is None


def test_no_rule_withholds_from_the_partner_what_the_public_may_see() -> None:
    assert all("public" in rule.withheld_from for rule in RULES.values())


@pytest.mark.parametrize("url", [
    None, "", "ftp://example.org/a", "https://intranet/a", "https://files.mfa.local/a", "https://10.0.0.7/a",
    "https://name:word@example.org/", "https://[::1]/a", "http://[broken/a",
])
def test_an_address_on_no_open_web_does_not_make_a_source_public(url: str | None) -> None:
    assert not is_public(url)


def test_an_address_on_the_open_web_makes_a_source_public() -> None:
    assert is_public("https://www.example.org/a?b=c") and is_public("http://1.1.1.1/")


# --- markings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", TLP)
def test_a_label_of_tlp_is_read_however_it_is_typed(label: str) -> None:
    assert normal(f" {label.lower().replace(':', ' : ')} ") == label


def test_answers_under_several_markings_make_a_report_under_the_narrowest() -> None:
    assert combined(["TLP:GREEN", "TLP:AMBER+STRICT", "TLP:AMBER"]) == "TLP:AMBER+STRICT"
    assert combined([None, None]) is None
    assert combined(["Restricted", "TLP:GREEN", "Internal"]) == "TLP:GREEN · Internal · Restricted"


def test_combining_what_was_combined_leaves_one_label() -> None:
    assert combined(["TLP:GREEN", combined(["TLP:AMBER", "Restricted"]), "Restricted"]) == "TLP:AMBER · Restricted"
    assert combined(["Restricted · Annex", None]) == "Restricted · Annex"


@pytest.mark.parametrize(("marking", "than", "answer"), [
    ("TLP:GREEN", "TLP:RED", True), ("TLP:RED", "TLP:GREEN", False), (None, "TLP:CLEAR", True),
    (None, None, False), (None, "Restricted", True), ("Secret", "Restricted", False), ("Secret", "TLP:RED", True),
])
def test_a_marking_is_wider_when_more_people_may_see_the_report(
    marking: str | None, than: str | None, answer: bool
) -> None:
    assert wider(marking, than) is answer


def marked(tmp_path: Path, marking: str) -> tuple[Path, Path]:
    """The tiny questionnaire with this marking, and the folder of its report."""
    file = tmp_path / "m.yaml"
    sound = (ROOT / "tests/broken/sound.yaml").read_text()
    file.write_text(sound.replace("as_of:", f"marking: {marking}\nas_of:"))
    out = tmp_path / "out"
    assert run("score", str(file), "--rubric", str(ROOT / "tests/rubrics/tiny"), "--out", str(out),
               "--format", "pdf,html,json") == 0
    return file, out


@pytest.mark.parametrize("marking", ["TLP:AMBER+STRICT", "Для службового користування"])
def test_a_marking_stands_at_head_and_foot_of_every_page_in_the_metadata_in_html_and_json(
    tmp_path: Path, marking: str
) -> None:
    _, out = marked(tmp_path, marking)
    reader = PdfReader(out / "m.pdf")
    assert len(reader.pages) > 2
    for page in reader.pages:
        assert page.extract_text().count(marking) >= 2
    assert reader.metadata is not None and reader.metadata["/Keywords"] == marking
    assert marking in reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert re.search(r'<p class="marking"[^>]*>' + re.escape(marking), (out / "m.html").read_text())
    assert json.loads((out / "m.json").read_text())["result"]["marking"] == marking


def test_raters_under_a_label_and_a_national_marking_make_a_report_under_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = (ROOT / "tests/broken/sound.yaml").read_text()
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    files[0].write_text(sound.replace("as_of:", "marking: TLP:AMBER\nas_of:"))
    files[1].write_text(sound.replace("as_of:", "marking: Restricted\nas_of:").replace("analyst", "envoy"))
    assert run("score", *map(str, files), "--rubric", str(FOLDER), "--out", str(tmp_path), "--format", "json") == 0
    assert capsys.readouterr().err.startswith("TLP:AMBER · Restricted\n")


def test_verify_names_a_report_that_is_marked_more_widely_than_its_answers(tmp_path: Path) -> None:
    file, out = marked(tmp_path, "TLP:RED")
    assert run("score", str(file), "--rubric", str(ROOT / "tests/rubrics/tiny"), "--out", str(out),
               "--marking", "TLP:CLEAR") == 0
    found = verify((out / "m.pdf").read_bytes(), "m.pdf")
    assert [(p.code, dict(p.values)) for p in found.problems] == [
        ("P452", {"marking": "TLP:CLEAR", "own": "TLP:RED"})
    ]
