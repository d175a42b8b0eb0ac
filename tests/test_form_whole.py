"""The whole way through the offline form: an empty one, every kind of answer, the file, check, score, PDF, and back."""

import json
from pathlib import Path

import pytest

from assess import yamlio
from assess.cli.main import main
from assess.rubric.model import Rubric
from tests.formpage import Form, opened

NOTE = "Signed twice: «a: b», # no remark, {x} <b>bold</b> & 'quotes' \"too\"\nsecond line — Ї"


def run(*arguments: str) -> int:
    """Run the program and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.fixture
def form(chromium: str, tmp_path: Path) -> Path:
    assert run("form", "--parties", "UA,EU", "--as-of", "2026-11-01", "-o", str(tmp_path / "form.html")) == 0
    return tmp_path / "form.html"


def about(form: Form) -> None:
    form.go("about")
    form.page.get_by_label("Title", exact=True).fill("Kyiv and Brussels")
    form.page.get_by_label("somebody else").check()
    form.page.get_by_label("Role", exact=True).fill("desk officer")
    form.page.get_by_label("This is an illustration").check()


def new_source(form: Form, **said: str) -> None:
    """Fill in the window of a new source that is open."""
    window = form.page.locator("dialog")
    for label, text in said.items():
        window.get_by_label(label.replace("_", " "), exact=True).fill(text)


def levels(form: Form) -> None:
    """A level with a source that is new, and one that cites it again."""
    panel = form.answer("TRU-01", "3")
    panel.get_by_label("high", exact=True).check()
    panel.get_by_label("Note").fill(NOTE)
    panel.get_by_role("button", name="New source …").click()
    new_source(form, Title="Joint statement of the first round", Date="2025-06-15", Publisher="Ministry",
               Web_address="https://example.org/statement")
    form.page.get_by_label("A – ").check()
    form.page.locator("dialog").get_by_label("both sides", exact=True).check()
    form.page.get_by_role("button", name="Add the source").click()
    again = form.answer("TRU-02", "2")
    again.get_by_label("Source to cite").select_option("joint-statement-of-the")


def other_forms(form: Form, excused: str) -> None:
    """Unknown within limits, disputed, not applicable."""
    panel = form.answer("TRU-03", "unknown")
    panel.get_by_label("Why it is not known").fill("08")
    panel.get_by_label("lower").select_option("1")
    panel.get_by_label("higher").select_option("3")
    panel.get_by_text("Date, and who owes the answer").click()
    panel.get_by_label("Who owes the answer").fill("NO")
    panel = form.answer("TRU-04", "disputed")
    panel.get_by_label("lower").select_option("0")
    panel.get_by_label("higher").select_option("2")
    panel.get_by_label("low", exact=True).check()
    form.answer(excused, "not_applicable").get_by_label("Why the question does not arise").fill("yes")


def both_sides(form: Form, side: str, direction: str) -> None:
    """A question of each side, and one in each direction."""
    form.answer(side, "3", "A")
    form.answer(side, "unknown", "B")
    form.answer(direction, "1", "A")
    panel = form.answer(direction, "2", "B")
    panel.get_by_text("Date, and who owes the answer").click()
    panel.get_by_label("Date", exact=True).fill("2026-03")


def axes(form: Form, barrier: str) -> None:
    """A barrier and a body."""
    form.answer(barrier, "3", section="challenges")
    form.answer("BOD-UN-4", "active", "A", "bodies")
    form.answer("BOD-UN-4", "lead", "B", "bodies")
    card = form.question("BOD-UN-4")
    card.locator("[id='bodies.BOD-UN-4.together.3']").check()
    card.locator(".panel").nth(2).get_by_label("Source to cite").select_option("joint-statement-of-the")


def first(rubric: Rubric, kind: str, *, excused: bool = False) -> str:
    """The first indicator of a type after trust, or the first that may be excused."""
    return next(i.id for i in rubric.indicators.values() if i.type == kind and not i.id.startswith("TRU")
                and (i.may_be_not_applicable or not excused))


def expected(excused: str, side: str, direction: str, barrier: str) -> dict[str, object]:
    cited = ["joint-statement-of-the"]
    return {
        "rubric": "cyberdialog 1.0",
        "relationship": {
            "parties": {"A": {"code": "UA", "name": "Ukraine"}, "B": {"code": "EU", "name": "European Union"}},
            "title": "Kyiv and Brussels",
        },
        "as_of": "2026-11-01",
        "answered_by": {"side": "third", "role": "desk officer"},
        "kind": "illustration",
        "evidence": {cited[0]: {"title": "Joint statement of the first round", "date": "2025-06-15",
                                "url": "https://example.org/statement", "publisher": "Ministry", "grade": "A",
                                "source": "both"}},
        "answers": {
            "TRU-01": {"level": 3, "confidence": "high", "note": NOTE, "evidence": cited},
            "TRU-02": {"level": 2, "evidence": cited},
            "TRU-03": {"unknown": "08", "between": [1, 3], "assigned": "NO"},
            "TRU-04": {"disputed": [0, 2], "confidence": "low"},
            excused: {"not_applicable": "yes"},
            side: {"A": {"level": 3}, "B": "unknown"},
            direction: {"A": {"level": 1}, "B": {"level": 2, "date": "2026-03"}},
        },
        "challenges": {barrier: {"level": 3}},
        "bodies": {"BOD-UN-4": {"A": {"status": "active"}, "B": {"status": "lead"},
                                "together": {"level": 3, "evidence": cited}}},
    }


def test_an_empty_form_is_filled_with_every_kind_of_answer_saved_checked_scored_printed_and_opened_again(
    form: Path, rubric: Rubric, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    excused, side, direction = first(rubric, "P", excused=True), first(rubric, "S"), first(rubric, "D")
    barrier = next(b.id for b in rubric.barriers.values() if b.type == "P")
    with opened(form) as page:
        about(page)
        levels(page)
        other_forms(page, excused)
        both_sides(page, side, direction)
        axes(page, barrier)
        shown = page.page.locator("#coverage").text_content()
        file = page.saved(tmp_path)
    assert file.name == "ua-eu-2026-11-01.yaml"
    assert yamlio.read(file).data == expected(excused, side, direction, barrier)
    assert run("check", str(file)) == 0
    assert run("score", str(file), "--out", str(tmp_path / "out")) == 0
    assert (tmp_path / "out" / f"{file.stem}.pdf").read_bytes().startswith(b"%PDF-")
    result = json.loads((tmp_path / "out" / f"{file.stem}.json").read_text())
    assert shown == f"{int(result['result']['index']['coverage'] * 100 + 0.5)} %"
    with opened(form) as page:
        page.open(file)
        assert page.page.locator("#coverage").text_content() == shown
        assert page.saved(tmp_path / "again").read_bytes() == file.read_bytes()
