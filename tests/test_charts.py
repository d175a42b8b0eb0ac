"""Charts: they say the figures that the tables say, in colours that a dark page knows, and cut no words silently."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup
from well_known import assessment

from assess.assessment import Assessment
from assess.language import ENGLISH
from assess.report import charts
from assess.report.charts import svg
from assess.report.charts.heat import HeatCell
from assess.report.charts.matrix import MatrixRow
from assess.report.charts.profile import ProfileRow
from assess.report.charts.slopes import Slope
from assess.report.charts.stages import Mark
from assess.report.charts.timeline import Event, Lane
from assess.report.make import view_of
from assess.report.view import ReportView
from assess.rubric.model import Rubric

TEMPLATES = Path(__file__).parents[1] / "report_templates"
STAGES = (("Low", 0.0), ("Middle", 40.0), ("High", 80.0))


def texts(drawing: Markup) -> list[str]:
    """What a chart writes, in the order of drawing."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing)


@pytest.fixture(scope="module")
def known(rubric: Rubric) -> Assessment:
    return assessment(rubric)


@pytest.fixture(scope="module")
def view(known: Assessment, rubric: Rubric) -> ReportView:
    return view_of(known, rubric, ENGLISH)


def test_a_chart_rounds_a_half_up_as_the_tables_do() -> None:
    drawing = charts.heat_map([("One", [HeatCell("ONE-01", 12.5, "?")])], "t", "d")
    assert texts(drawing) == ["One", "ONE-01", "13"]


def test_the_waterfall_prints_the_contributions_of_the_table(view: ReportView) -> None:
    printed = texts(view.waterfall.svg)
    for component in view.components:
        at = printed.index(component.title)
        assert printed[at + 1 : at + 3] == [str(component.contribution), str(component.lost)]
    assert printed[-2:] == [str(view.contribution), str(view.lost)]


def test_what_holds_back_names_the_loss_that_the_table_names(view: ReportView) -> None:
    lost = {c.id: str(c.lost) for c in view.components}
    told = [(claim.text, owner) for claim in view.front.holds for owner in claim.links if owner in lost]
    assert told
    for text, owner in told:
        assert text.endswith(f" loses {lost[owner]} points of the index.")


def test_the_profile_says_each_component_once_with_its_points(view: ReportView) -> None:
    printed = texts(view.profile.svg)
    for component in view.components:
        assert printed[printed.index(component.title) + 1] == component.points


def test_every_chart_of_a_report_has_a_title_an_alternative_and_its_figures_as_a_table(view: ReportView) -> None:
    assert view.sure and view.sure.perception and view.challenges and view.timeline and view.matrix
    shown = (view.front.strip, view.front.sketch, view.profile, view.heat, view.waterfall, view.timeline, view.matrix,
             view.challenges.chart, view.sure.perception.chart)
    for chart in shown:
        assert chart.title and f"<title>{Markup.escape(chart.title)}</title><desc>" in chart.svg
        assert "<desc></desc>" not in chart.svg
        assert chart.data is not None and all(len(row) == len(chart.data.head) for row in chart.data.rows)


def test_every_colour_of_a_chart_has_its_counterpart_in_the_dark(view: ReportView) -> None:
    style = (TEMPLATES / "screen.css").read_text()
    dark = style[style.index("prefers-color-scheme: dark") :]
    drawn = (view.profile, view.heat, view.waterfall, view.front.strip, view.timeline, view.matrix)
    for chart in drawn:
        assert chart is not None
        for kind, colour in set(re.findall(r'(fill|stroke)="(#[0-9a-f]{6})"', chart.svg)):
            assert f'[{kind}="{colour}"]' in dark, (kind, colour)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Short", ["Short"]),
        ("Norms of responsible behaviour", ["Norms of responsible", "behaviour"]),
        ("One two three four five six seven eight nine ten", ["One two three four five", "six seven eight nine …"]),
    ],
)
def test_a_label_breaks_into_two_lines_and_says_where_it_was_cut(title: str, lines: list[str]) -> None:
    assert svg.wrapped(title, 100, 9) == lines


def test_the_estimate_of_a_width_is_never_below_the_width_in_the_bundled_font() -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(TEMPLATES / "fonts" / "NotoSans-Regular.ttf", lazy=True)
    names, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for sample in ("Trust and constructiveness", "Довіра та конструктивність", "Міжнародна допомога", "OEWG 2025"):
        real = 9 * sum(widths[names[ord(c)]][0] for c in sample) / em
        assert real <= svg.wide(sample, 9) <= 1.35 * real


def test_events_that_are_near_in_time_stand_below_each_other_and_old_ones_in_a_strip_of_their_own() -> None:
    lane = Lane("Rounds", (Event(2005.5, "A"), Event(2026.1, "A", 1), Event(2026.1, "B", 2)))
    drawing = charts.timeline([lane], 2026.9, "t", "d")
    places = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawing)
    assert [float(x) for x, _ in places] == [155.0, 479.62, 479.62]
    assert float(places[2][1]) - float(places[1][1]) == pytest.approx(11.8)
    assert texts(drawing)[:2] == ["2018", "2019"] and "&lt; 2018" in texts(drawing)


def test_a_range_without_room_beside_it_carries_its_figures_inside() -> None:
    drawing = charts.stage_strip(STAGES, 50.0, (Mark(0.0, 100.0, "hard bounds"),), "t", "d", sure=False)
    assert texts(drawing)[-3:] == ["hard bounds 0", "100", "(50)"]
    anchors = re.findall(r'text-anchor="(\w+)">(?:hard bounds 0|100)<', drawing)
    assert anchors == ["start", "end"]


def test_a_body_that_does_not_apply_is_told_from_one_that_is_unknown() -> None:
    drawing = charts.matrix([("UN", [MatrixRow("ITU", (None, -1, 4))])], ("AA", "BB", "both"), "t", "d")
    assert texts(drawing) == ["UN", "AA", "BB", "both", "ITU", "?", "–", "100"]


def test_a_component_without_any_figure_is_drawn_as_a_dash() -> None:
    drawing = charts.profile([ProfileRow("None", None, None, None, False)], "t", "d", STAGES)
    assert texts(drawing)[-2:] == ["None", "–"]


def test_a_change_is_drawn_with_both_figures_or_a_dash() -> None:
    drawing = charts.slopes([Slope("One", None, 40.5), Slope("Two", 30, 20)], "t", "d")
    assert [t for t in texts(drawing) if "→" in t] == ["– → 41", "30 → 20"]


def test_moves_go_to_the_right_where_they_raise_and_to_the_left_where_they_lower() -> None:
    drawing = charts.moves([("Up", 1.25), ("Down", -0.5)], "t", "d", mark=",")
    assert texts(drawing) == ["Up", "+1,3", "Down", "–0,5"]


@pytest.mark.parametrize(
    ("highest", "attributes"),
    [(60, 'x="500" y="44.4" font-size="6.8" fill="#566573" text-anchor="end"'),  # the curve ends far below
     (84, 'x="500" y="53.5" font-size="6.8" fill="#566573" text-anchor="end"'),  # it crosses, so the name hangs
     (80, 'x="36" y="44.4" font-size="6.8" fill="#566573"')],  # it runs along the line, so the name goes to the left
)
def test_the_name_of_a_stage_keeps_off_the_cost_curve(highest: float, attributes: str) -> None:
    """From 50 to 100 takes 86 units up from 98: the line of 80 lies at 46.4; names stand 2 above or hang 7.1 below."""
    drawn = charts.curve([(0, 52), (9, highest - 3), (19, highest)], (19, highest), [("Strategic", 80)], "", "", "")
    assert [name for name in re.findall(r"<text ([^>]*)>Strategic", drawn)] == [attributes]
