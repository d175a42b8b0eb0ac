"""Lines of running text are as full as they can be, also where a text ends just at the edge."""

from collections.abc import Iterator
from typing import Any

import pytest

from assess.report.pdf import _weasyprint
from assess.report.typeset import typeset

TEXT = {
    "uk": "<b>0</b> Жодна зі сторін не виконала жодного заходу з переліку. <b>1</b> Щонайменше одна сторона виконала "
          "щонайменше один захід із переліку цього органу. <b>2</b> Підтверджено надання більше ніж нуля і менше ніж "
          "25\u00a0відсотків допомоги за зобов’язаннями, строк надання якої настав. <b>3</b> Кожна зі сторін",
    "en": "<b>0</b> Neither of the sides has carried out any measure of the list. <b>1</b> At least one side has "
          "carried out at least one measure of the list. <b>2</b> A separate document for each norm proves "
          "pair-level measures for two or three of the seven norms. <b>3</b> Each of the sides",
}


def lines(width: int, language: str) -> list[tuple[float, str]]:
    """Width in pixels and text of each line of a paragraph of this width."""
    page = f"""<html lang="{language}"><style>p {{ width: {width}px; font: 10px/1.2 "Noto Sans"; hyphens: auto;
    hyphenate-limit-chars: 9 4 4 }}</style><p>{TEXT[language]}</p>"""
    document = _weasyprint().HTML(string=page).render()
    return [(sum(box.width for box in texts), "".join(box.text for box in texts))
            for texts in _lines(document.pages[0]._page_box)]


def _lines(page: Any) -> Iterator[list[Any]]:
    from weasyprint.formatting_structure import boxes

    for line in page.descendants():
        if isinstance(line, boxes.LineBox):
            yield [box for box in line.descendants() if isinstance(box, boxes.TextBox)]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_line_ends_after_its_first_word_because_a_text_just_fits(language: str) -> None:
    """Words are at most 110 px wide, so that no line of 300 px and more but the last leaves half of it free."""
    short = {width: text for width in range(300, 420) for taken, text in lines(width, language)[:-1]
             if taken < width / 2}
    assert short == {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The attack of December 2024 stopped 2 of 13 %", "The attack of December 2024 stopped 2_of 13_%"),
        ("станом на 23 листопада 2026 р., за 56 місяців", "станом на 23_листопада 2026_р., за 56_місяців"),
        ("capped at level 2 (rule 2.3)", "capped at level_2 (rule_2.3)"),
        ("Для рівня 1 – документ ООН про це або резолюція, ухвалена консенсусом",
         "Для рівня_1_– документ ООН про це або резолюція, ухвалена консенсусом"),
        ("Україна – Європейський Союз", "Україна – Європейський Союз"),
    ],
)
def test_a_line_ends_between_words_that_may_part(text: str, kept: str) -> None:
    """Here _ is a space at which no line ends."""
    assert str(typeset(text)).replace("\u00a0", "_") == kept
