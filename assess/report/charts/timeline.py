"""The timeline: how much dated evidence there is for each year, by grade."""

from collections.abc import Mapping

from markupsafe import Markup

from assess.report.charts.svg import LEVELS, MUTED, RULE, element, picture, text

WIDTH, HEIGHT, BASE, TOP = 520, 96, 78, 10
GRADES = ("A", "B", "C")


def timeline(counts: Mapping[int, Mapping[str, int]], title: str, description: str) -> Markup:
    """Draw ``counts``: year to grade to number of pieces of evidence, gaps between years included."""
    years = range(min(counts), max(counts) + 1)
    step = min(60.0, WIDTH / len(years))
    most = max(sum(by_grade.values()) for by_grade in counts.values())
    parts = [element("line", x1=0, x2=WIDTH, y1=BASE, y2=BASE, stroke=RULE)]
    for number, year in enumerate(years):
        parts += _year(year, counts.get(year, {}), number * step, step, (BASE - TOP - 10) / most)
    return picture(WIDTH, HEIGHT, title, description, parts)


def _year(year: int, by_grade: Mapping[str, int], x: float, step: float, unit: float) -> list[Markup]:
    width = min(22.0, step * 0.6)
    left = x + (step - width) / 2
    y = float(BASE)
    parts = [text(x + step / 2, BASE + 12, str(year), font_size=7.5, fill=MUTED, text_anchor="middle")]
    for grade in GRADES:
        height = by_grade.get(grade, 0) * unit
        if not height:
            continue
        y -= height
        fill, ink = LEVELS[{"A": 4, "B": 2, "C": 0}[grade]]
        line = {"stroke": MUTED, "stroke_width": 0.4}
        parts.append(element("rect", x=left, y=y, width=width, height=height, fill=fill, **line))
        if height >= 8:  # smaller bars cannot hold a letter
            parts.append(text(left + width / 2, y + height / 2 + 3, grade, font_size=7, fill=ink, text_anchor="middle"))
    return parts
