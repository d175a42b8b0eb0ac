"""Change over time: split exactly down to the indicator, and refused where figures are not comparable (rule 8)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tiny import FOLDER, TINY, questionnaire

from assess.assessment import Assessment, assess
from assess.audience import for_audience
from assess.cli.main import main
from assess.compare.over_time import Change, change, trend
from assess.language import ENGLISH, translator
from assess.problems.model import InputError
from assess.problems.render import message
from assess.report.view.changes import trend_view
from assess.scoring.score import score

PAIRS = ("ONE-01", "ONE-03", "TWO-02", "TWO-03", "TRE-01", "TRE-02", "TRE-03")
A = ["a-both"]


def of(answers: dict[str, Any], as_of: str = "2026-11-01") -> Assessment:
    return assess(TINY, [questionnaire(answers=answers, as_of=as_of)], ranges=False)


def between(before: dict[str, Any], after: dict[str, Any]) -> Change:
    return change(of(before).result, of(after, "2027-11-01").result)


def known(level: int) -> dict[str, Any]:
    return {"level": level, "evidence": A}


def moves(found: Change) -> dict[str, tuple[float, float]]:
    rows = {m.indicator: (round(m.from_points, 6), round(m.from_coverage, 6)) for m in found.moves}
    return {key: row for key, row in rows.items() if row != (0, 0)}


def test_rule_8_an_answer_that_moved_changes_the_index_by_its_share() -> None:
    """ONE-01 has weight 2, ONE-03 weight 1: ONE-01 rises from 20 to 60 points with two thirds of the index."""
    found = between({"ONE-01": known(1), "ONE-03": known(2)}, {"ONE-01": known(3), "ONE-03": known(2)})
    assert moves(found) == {"ONE-01": (26.666667, 0.0)}
    assert (found.change, found.from_points, found.from_coverage) == pytest.approx((80 / 3, 80 / 3, 0.0))


def test_rule_8_what_became_known_stands_on_its_own_line() -> None:
    """ONE-01 stays at 20, its share falls from 1 to 2/3; ONE-03 comes in at 60: the index goes from 20 to 33.3."""
    found = between({"ONE-01": known(1)}, {"ONE-01": known(1), "ONE-03": known(3)})
    assert moves(found) == {"ONE-03": (0.0, 20.0), "ONE-01": (0.0, -6.666667)}
    assert (found.from_points, found.from_coverage) == pytest.approx((0.0, 40 / 3))


ANSWERS = st.dictionaries(st.sampled_from(PAIRS), st.one_of(st.just("unknown"), st.integers(0, 5).map(known)))


@settings(max_examples=60)
@given(ANSWERS, ANSWERS)
def test_rule_8_the_parts_add_up_to_the_change_of_the_index(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = between(before, after)
    first = score(TINY, [questionnaire(answers=before)]).index.points or 0.0
    last = score(TINY, [questionnaire(answers=after, as_of="2027-11-01")]).index.points or 0.0
    assert found.from_points + found.from_coverage == pytest.approx(last - first, abs=1e-9)


@settings(max_examples=30)
@given(ANSWERS, ANSWERS)
def test_rule_8_looking_back_mirrors_every_move(before: dict[str, Any], after: dict[str, Any]) -> None:
    there = {m.indicator: m for m in change(of(before).result, of(after).result).moves}
    for m in change(of(after).result, of(before).result).moves:
        assert m.from_points == pytest.approx(-there[m.indicator].from_points, abs=1e-9)
        assert m.from_coverage == pytest.approx(-there[m.indicator].from_coverage, abs=1e-9)


def refusal(*rows: tuple[str, Assessment]) -> list[str]:
    with pytest.raises(InputError) as refused:
        trend(rows)
    return [f"{p.code} {message(p, ENGLISH)}" for p in refused.value.problems]


def test_two_results_of_one_date_are_refused() -> None:
    same = of({"ONE-01": known(1)})
    assert refusal(("a.yaml", same), ("b.yaml", same)) == ["Q241 a.yaml and b.yaml are both of 2026-11-01"]


def test_results_of_different_relationships_are_refused() -> None:
    parties = {"A": {"code": "AA", "name": "Aland"}, "B": {"code": "CC", "name": "Cland"}}
    other = assess(TINY, [questionnaire(relationship={"parties": parties}, as_of="2027-01-01")], ranges=False)
    assert refusal(("a.yaml", of({})), ("c.yaml", other)) == [
        "Q240 a.yaml and c.yaml are about different relationships: AA-BB / AA-CC"
    ]


def test_results_of_different_rubrics_are_refused() -> None:
    later = of({}, "2027-11-01")
    ref = later.result.rubric.model_copy(update={"version": "0.2.0", "hash": "other"})
    other = Assessment(result=later.result.model_copy(update={"rubric": ref}))
    assert refusal(("a.yaml", of({})), ("b.json", other)) == [
        "Q242 a.yaml and b.json were made with different rubrics: tiny 0.1.0 / tiny 0.2.0"
    ]


@pytest.mark.parametrize(("language", "said"), [
    ("en", "At one of the two dates nothing is known, so there is no change to split."),
    ("uk", "На одну з двох дат нічого не відомо, тому розкласти зміну на складники неможливо."),
])
def test_no_change_is_split_where_nothing_is_known_at_one_of_its_dates(language: str, said: str) -> None:
    rows = [("a", of({})), ("b", of({"ONE-01": known(2)}, "2027-11-01")), ("c", of({"ONE-01": known(3)}, "2028-11-01"))]
    view = trend_view(trend(rows), TINY, translator(language))
    first, second = view.changes
    assert (first.sentence, first.moves, first.chart) == (said, (), None)
    assert [m.indicator for m in second.moves] == ["ONE-01"]


def test_the_figure_of_a_trend_states_no_index_that_is_not_known() -> None:
    view = trend_view(trend([("a", of({})), ("b", of({"ONE-01": known(2)}, "2027-11-01"))]), TINY, ENGLISH)
    assert view.chart.title == "The index is known at one of the two ends at most"


def test_rule_4_a_change_of_an_index_of_which_too_little_is_answered_is_called_indicative() -> None:
    everything = {key: known(2) if TINY.indicators[key].type == "P" else {slot: known(2) for slot in "AB"}
                  for key in TINY.indicators if TINY.indicators[key].type != "D"}
    whole, little = of(everything), of({"ONE-01": known(2)}, "2027-11-01")
    assert whole.result.index.coverage >= TINY.coverage.overall_minimum > little.result.index.coverage
    assert trend_view(trend([("a", whole), ("b", little)]), TINY, ENGLISH).note == (
        "Less than 50 % of the weight is answered at some date: the index is indicative only, and its change is that "
        "of what was answered.")
    assert trend_view(trend([("a", whole), ("b", of(everything, "2027-11-01"))]), TINY, ENGLISH).note == ""


def test_questionnaires_of_two_relationships_are_refused_with_the_command_that_is_for_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for code in ("BB", "CC"):
        parties = {"A": {"code": "AA", "name": "Aland"}, "B": {"code": code, "name": code}}
        data = questionnaire(relationship={"parties": parties}).model_dump(mode="json", include={
            "rubric", "relationship", "as_of", "answered_by"})
        Path(f"{code}.yaml").write_text(json.dumps(data))
    with pytest.raises(SystemExit) as ended:
        main(["compare", "BB.yaml", "CC.yaml", "--rubric", str(FOLDER)])
    assert (ended.value.code, capsys.readouterr().err) == (1, """\
CC.yaml Q240 BB.yaml and CC.yaml are about different relationships: AA-BB / AA-CC
    Rule: Only assessments of the same two parties, in the same order, show a change over time.
    Way out: Leave one of the files out; several relationships side by side are for «assess portfolio».
""")


def test_the_command_compares_a_questionnaire_with_an_earlier_result_and_writes_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.json").write_text(of({"ONE-01": known(1)}).to_json())
    data = questionnaire().model_dump(mode="json", exclude={"answers", "challenges", "bodies", "as_of"})
    new = data | {"as_of": "2027-11-01", "answers": {"ONE-01": {"level": 2, "evidence": A}}}
    (tmp_path / "new.yaml").write_text(json.dumps(new))
    with pytest.raises(SystemExit) as ended:
        main(["compare", str(tmp_path / "new.yaml"), str(tmp_path / "old.json"), "--rubric", str(FOLDER),
              "--out", str(tmp_path / "out")])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "Between 1 November 2026 and 1 November 2027 the index rose by 20.0 points." in printed
    assert "  ONE-01    20 ->   40   +20.0    0.0  Indicator ONE-01\n" in printed
    names = ["compare-2026-11-01-2027-11-01.html", "compare-2026-11-01-2027-11-01.pdf"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


# --- who may see it -------------------------------------------------------------------------------------


def marked_files(folder: Path, *markings: str | None) -> list[str]:
    """One questionnaire a year, each under its marking."""
    files = []
    data = questionnaire().model_dump(mode="json", exclude={"answers", "challenges", "bodies", "as_of", "marking"})
    for number, marking in enumerate(markings):
        path = folder / f"{number}.yaml"
        own = {"marking": marking} if marking else {}
        answers = {"ONE-01": {"level": 1 + number, "evidence": A}}
        path.write_text(json.dumps(data | own | {"as_of": f"{2026 + number}-11-01", "answers": answers}))
        files.append(str(path))
    return files


def compared(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["compare", *arguments, "--rubric", str(FOLDER)])
    return int(ended.value.code or 0)


def test_a_comparison_bears_the_narrowest_marking_on_every_page_in_html_json_and_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = marked_files(tmp_path, "TLP:GREEN", "TLP:RED")
    assert compared(*files, "--out", str(tmp_path / "out")) == 0
    assert capsys.readouterr().out.startswith("TLP:RED\n")
    (pdf,), (html,) = (list((tmp_path / "out").glob(f"*.{ending}")) for ending in ("pdf", "html"))
    reader = PdfReader(pdf)
    assert all(page.extract_text().count("TLP:RED") >= 2 for page in reader.pages)
    assert reader.metadata is not None and reader.metadata["/Keywords"] == "TLP:RED"
    assert re.search('<p class="marking"[^>]*>TLP:RED</p>', html.read_text())
    assert compared(*files, "--json") == 0
    assert json.loads(capsys.readouterr().out)["marking"] == "TLP:RED"


def test_a_comparison_can_be_marked_anew_and_says_where_that_is_wider(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = marked_files(tmp_path, None, "TLP:RED")
    assert compared(*files, "--marking", "tlp:amber") == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("TLP:AMBER\n")
    assert "P452 the answers are marked TLP:RED, the report TLP:AMBER" in printed.err


def test_a_comparison_for_the_public_is_named_so_and_refused_under_a_narrow_label(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_files = marked_files(tmp_path, None, None)
    assert compared(*open_files, "--audience", "public", "--out", str(tmp_path / "out")) == 0
    assert "A copy for the public" in capsys.readouterr().out
    assert {path.stem[-7:] for path in (tmp_path / "out").iterdir()} == {"-public"}
    assert compared(*marked_files(tmp_path, None, "TLP:RED"), "--audience", "public") == 1
    assert "P451 a copy for the public cannot be marked TLP:RED" in capsys.readouterr().err


def test_a_comparison_of_a_copy_with_a_full_result_is_for_whom_the_full_one_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = marked_files(tmp_path, None)
    copy = for_audience(of({"ONE-01": known(2)}, "2027-11-01"), "public")
    (tmp_path / "copy.json").write_text(copy.to_json())
    assert compared(file, str(tmp_path / "copy.json"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["audience"] == "internal"
