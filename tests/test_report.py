"""The report: what it says follows from the result, and nothing in a questionnaire becomes markup or code."""

import shutil
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from checkers import complaints
from click.testing import CliRunner
from pypdf import PdfReader
from tiny import FOLDER, HEAD, TINY, questionnaire

from assess.assessment import Assessment, assess
from assess.cli.main import main
from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.problems.render import as_text
from assess.questionnaire.load import check_document
from assess.report import html, make, pdf, templates
from assess.report.glyphs import missing_characters
from assess.report.make import Wish, view_of
from assess.report.provenance import Sources
from assess.report.summary import summary
from assess.report.view.context import Context
from assess.result import Range
from assess.rubric.model import Rubric
from assess.uncertainty.model import StageChance
from assess.yamlio import Document

ROOT = Path(__file__).parents[1]
SMALL = {
    "ONE-01": {"level": 5, "evidence": ["a-both"]},
    "ONE-02": {"A": {"level": 2, "evidence": ["b-one"], "note": "A note."}, "B": 3},
    "TWO-02": {"level": 1, "evidence": ["a-old"]},
}


def small(**sections: Any) -> Assessment:
    return assess(TINY, [questionnaire(**{"answers": SMALL} | sections)])


def page(result: Assessment, medium: html.Medium = "print") -> str:
    return html.render_html(view_of(result, TINY, ENGLISH), ENGLISH, medium)


def pdf_of(result: Assessment) -> PdfReader:
    return PdfReader(BytesIO(make.render(result, TINY, Sources([b"x"]), Wish(("pdf",)))))


# --- what it says -------------------------------------------------------------------------------------


def test_the_printed_contributions_of_components_and_indicators_add_up_to_the_printed_index() -> None:
    view = view_of(small(), TINY, ENGLISH)
    assert sum((c.contribution for c in view.components), Decimal(0)) == view.contribution
    for component in view.components:
        assert sum((i.contribution for i in component.indicators), Decimal(0)) == component.contribution


def test_components_that_contribute_the_same_are_printed_at_most_a_tenth_apart(rubric: Rubric) -> None:
    """Every answer brings 50 of 100 points, so that each of the eight components contributes and loses 6.25."""
    answers = {key: {"level": 2, "evidence": ["a-both"]} for key in rubric.indicators}
    given = {key: answer if rubric.indicators[key].type == "P" else {"A": answer, "B": answer}
             for key, answer in answers.items()}
    head = HEAD | {"rubric": f"{rubric.id} {rubric.version}", "answers": given}
    view = view_of(assess(rubric, [check_document(Document("t.yaml", head), rubric)[0]], ranges=False), rubric, ENGLISH)
    assert [str(c.contribution) for c in view.components] == 4 * ["6.3"] + 4 * ["6.2"]
    assert [str(c.lost) for c in view.components] == 4 * ["6.3"] + 4 * ["6.2"]
    for component in view.components:
        assert sum((i.lost for i in component.indicators), Decimal(0)) == component.lost


def test_what_is_contributed_and_what_is_lost_make_a_hundred() -> None:
    view = view_of(small(), TINY, ENGLISH)
    assert view.contribution is not None and view.lost is not None
    assert view.contribution + view.lost == 100


def test_below_the_minimum_of_coverage_the_front_page_gives_a_range_and_no_single_figure() -> None:
    view = view_of(small(answers={"ONE-01": {"level": 5, "evidence": ["a-both"]}}), TINY, ENGLISH)
    assert not view.front.enough
    assert view.front.index == view.front.bounds
    assert view.front.headline.startswith("Too little is known for one figure: the index lies within ")


def in_doubt() -> Assessment:
    """The small assessment as it would be if its answers gave one stage, of which the chance is small."""
    made = small()
    assert made.uncertainty is not None and made.uncertainty.stages is not None
    chances = tuple(StageChance(stage=stage, probability=share)
                    for stage, share in (("low", 0.3666), ("middle", 0.5466), ("high", 0.0868)))
    stages = made.uncertainty.stages.model_copy(update={
        "said": "two_stages", "chances": chances, "named": chances[:2]})
    given = made.result.stage.model_copy(update={"published": True, "stage": "middle"})
    return made.model_copy(update={
        "uncertainty": made.uncertainty.model_copy(update={"stages": stages}),
        "result": made.result.model_copy(update={"stage": given}),
    })


def test_rule_6_a_stage_of_small_chance_is_not_named_alone_anywhere() -> None:
    front = view_of(in_doubt(), TINY, ENGLISH).front
    assert (front.stage, front.stage_meaning) == ("Low or Middle", "")
    assert front.no_stage == "(no single stage: two are likely)"
    assert front.headline == "The index is 60 of 100; two stages are likely: «Low» (37 %) and «Middle» (54 %)."
    told = summary(in_doubt(), TINY, ENGLISH)
    assert "Two stages are likely: «Low» (37 %) and «Middle» (54 %).\nStage: Low or Middle\n" in told


def test_an_index_that_rounds_to_another_stages_threshold_is_printed_with_a_decimal() -> None:
    made = small()
    near = made.result.index.model_copy(update={"points": 39.6, "bounds": Range(low=39.6, high=60)})
    context = Context(made.model_copy(update={"result": made.result.model_copy(update={"index": near})}), TINY, ENGLISH)
    assert [stage.from_score for stage in TINY.stages] == [0, 40, 70]
    assert (context.points(), context.bounds()) == ("39.6", "39.6–60.0")


def test_what_was_found_is_told_by_the_level_that_was_answered_never_by_one_that_limits_brought_it_to() -> None:
    answers = {"ONE-01": {"level": 5, "evidence": ["c-new"]}, "ONE-03": {"level": 1, "evidence": ["a-both"]},
               "TRE-01": {"disputed": [0, 2]}}
    result = small(answers=answers)
    told = {i.id: i.anchor for c in view_of(result, TINY, ENGLISH).components for i in c.indicators if i.anchor}
    anchors = {key: indicator.anchors for key, indicator in TINY.indicators.items()}
    assert told == {
        "ONE-01": f"{anchors['ONE-01'][5]} This counts as level 2 only; the answer says why.",
        "ONE-03": anchors["ONE-03"][1],
    }


def test_with_no_answer_at_all_the_report_says_so_and_shows_the_whole_scale() -> None:
    view = view_of(small(answers={}, evidence={}), TINY, ENGLISH)
    assert (view.front.headline, view.front.index) == ("Nothing is known yet: no question has an answer.", "0–100")


def test_every_piece_of_evidence_that_an_answer_cites_is_linked_to_its_row_and_back() -> None:
    text = page(small())
    for key, owner in {"a-both": "ONE-01", "b-one": "ONE-02", "a-old": "TWO-02"}.items():
        assert f'<a href="#ev-{key}" class="nowrap">{key}</a>' in text
        assert f'id="ev-{key}"' in text
        assert f'<a class="id" href="#{owner}">{owner}</a>' in text


def test_a_link_to_every_anchor_of_the_page_exists_once() -> None:
    import re

    text = page(small())
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


# --- what must not happen -----------------------------------------------------------------------------


@pytest.mark.parametrize("medium", ["print", "screen"])
def test_markup_and_template_code_in_a_questionnaire_stay_text(medium: html.Medium) -> None:
    evil = "<script>alert(1)</script>{{ 137 * 113 }}{% raw %}&"
    parties = {"A": {"code": "AA", "name": evil}, "B": {"code": "BB", "name": "Bland"}}
    evidence = {"e": {"title": evil, "date": "2026-01-01", "grade": "A", "source": "both", "note": evil,
                      "url": "javascript:alert(1)"}}
    answers = {"ONE-01": {"level": 3, "evidence": ["e"], "note": evil}}
    text = page(small(relationship={"parties": parties}, evidence=evidence, answers=answers), medium)
    assert "<script" not in text and "15481" not in text and "javascript:" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 137 * 113 }}{% raw %}&amp;") >= 4


def test_a_template_cannot_reach_python_behind_the_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = own_templates(tmp_path, monkeypatch, "front.html", "{{ view.__class__.__mro__ }}")
    assert broken == (
        "front.html:1:1 P402 the template front.html failed: access to attribute '__class__' of 'ReportView' object "
        "is unsafe.\n    Rule: Templates may use the view model only.\n"
        "    Way out: Correct the template at the place named.\n"
    )


@pytest.mark.parametrize("address", ["https://example.org/x.png", "file:///etc/passwd", "../pyproject.toml"])
def test_a_report_loads_nothing_from_outside_the_templates_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    broken = own_templates(tmp_path, monkeypatch, "front.html", f'<img alt="x" src="{address}">')
    assert "P403 the report refused to load " in broken
    assert "Way out: Put the file into the templates folder and name it without a path." in broken


def own_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str) -> str:
    """Render with one template replaced; return what was reported, without the folder."""
    folder = shutil.copytree(templates.templates_folder(), tmp_path / "templates")
    (folder / name).write_text(content)
    for module in (templates, pdf):
        monkeypatch.setattr(module, "templates_folder", lambda: folder)
    try:
        pdf_of(small())
    except InputError as error:
        return as_text(error.problems, ENGLISH).replace(f"{folder}/", "")
    return ""


def test_a_character_that_no_bundled_font_has_is_a_warning_that_names_it() -> None:
    (warning,) = missing_characters("<p>Before 漢 after</p>", "report")
    assert as_text([warning], ENGLISH) == (
        "report P401 no font has the character 漢 (CJK UNIFIED IDEOGRAPH-6F22); it is printed as an empty box\n"
        "    Rule: The bundled fonts cover Latin, Greek and Cyrillic.\n"
        "    Way out: Write the word in one of these scripts in: Before 漢 after\n"
    )


def test_the_texts_of_the_report_itself_use_no_character_that_the_fonts_lack() -> None:
    assert missing_characters(page(small()), "report") == []


# --- the file -----------------------------------------------------------------------------------------


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


EXAMPLE = str(ROOT / "examples/us-japan-2026.yaml")


def test_without_pango_json_and_html_are_written_and_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise OSError("cannot load library 'libpango-1.0-0': it is not there")

    monkeypatch.setattr(pdf, "import_quickly", missing)
    code, out, err = run("score", EXAMPLE, "--out", str(tmp_path), capsys=capsys)
    assert code == 3
    assert out == f"{tmp_path}/us-japan-2026.json\n{tmp_path}/us-japan-2026.html\n"
    assert err.endswith(
        "PDF E501 a system library for PDF is missing: libpango-1.0-0\n"
        "    Rule: PDF needs Pango and HarfBuzz, which come with the operating system.\n"
        "    Way out: Install them: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )


def made_twice(folder: Path, *arguments: str) -> list[dict[str, bytes]]:
    """What two processes write whose machines are set otherwise."""
    made = []
    for number, settings in enumerate(({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "2"})):
        out = folder / str(number)
        command = [sys.executable, "-m", "assess", "score", *arguments, "--out", str(out)]
        subprocess.run(command, cwd=ROOT, env=settings | {"PATH": "", "LC_ALL": "C"}, check=True, capture_output=True)
        made.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    return made


def test_the_same_inputs_give_the_same_bytes_whatever_the_machine_is_set_to(tmp_path: Path) -> None:
    one, other = made_twice(tmp_path, EXAMPLE)
    assert len(one) == 2 and one == other


@pytest.mark.parametrize("audience", ["internal", "partner", "public"])
def test_a_copy_for_an_audience_in_every_format_and_the_other_paper_has_the_same_bytes_too(
    tmp_path: Path, audience: str
) -> None:
    given = ["tests/broken/sound.yaml", "--rubric", "tests/rubrics/tiny", "--language", "uk"]
    wish = ["--audience", audience, "--paper", "letter", "--format", "pdf,html,docx,xlsx,csv,json"]
    one, other = made_twice(tmp_path, *given, *wish)
    assert len(one) >= 6 and [name for name in one if one[name] != other[name]] == []


def test_whoever_stops_reading_the_paths_loses_no_file(tmp_path: Path) -> None:
    arguments = ["score", "tests/broken/sound.yaml", "--rubric", "tests/rubrics/tiny", "--format", "json,html,csv"]
    command = [sys.executable, "-m", "assess", *arguments, "--out", str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    told = process.stderr.read().decode()
    process.wait()
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".html", ".csv"} and "Traceback" not in told


def test_a_language_or_format_that_does_not_exist_is_refused_by_name() -> None:
    from assess.cli.score import command

    done = CliRunner().invoke(command, [EXAMPLE, "--format", "pdf,odt"])
    assert done.exit_code == 2
    told = "Invalid value for '--format': choose from json, html, pdf, docx, xlsx, csv, separated by commas"
    assert told in done.output


def test_the_file_is_accessible_and_archival_by_two_checkers() -> None:
    assert complaints(make.render(small(), TINY, Sources([b"rubric: tiny\n"]), Wish(("pdf",)))) == []


def test_every_stream_is_as_long_as_it_says() -> None:
    import re

    content = make.render(small(), TINY, Sources([b"rubric: tiny\n"]), Wish(("pdf",)))
    streams = list(re.finditer(rb"/Length (\d+)[^>]*?>>\nstream\n", content))
    assert len(streams) > 10
    for match in streams:
        end = match.end() + int(match[1])
        assert content[end : end + 10] == b"\nendstream"


def test_the_tag_tree_names_language_title_figures_and_headings_in_order() -> None:
    reader = pdf_of(small())
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Readiness for cyberdialog: Aland – Bland, 1 November 2026"
    tags = list(walk(catalogue["/StructTreeRoot"]["/K"]))
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    assert len(figures) >= 5 and all(figure["/Alt"] for figure in figures)
    levels = [int(tag["/S"][2]) for tag in tags if tag["/S"] in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def walk(kids: Any) -> Any:
    for kid in kids:
        tag = kid.get_object()
        if isinstance(tag, dict) and "/S" in tag:
            yield tag
            below = tag.get("/K", [])
            yield from walk(below if isinstance(below, list) else [below])


def test_questionnaires_result_and_rubric_travel_inside_with_their_relationship() -> None:
    reader = pdf_of(small())
    names = {entry["/UF"]: entry["/AFRelationship"] for reference in reader.trailer["/Root"]["/AF"]
             for entry in [reference.get_object()]}
    assert names == {
        "provenance.json": "/Supplement",
        "questionnaire-1.yaml": "/Source",
        "result.json": "/Data",
        "rubric.json": "/Source",
    }


def test_a_foreign_rubric_of_other_size_makes_a_report_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    file = tmp_path / "t.yaml"
    data = questionnaire(answers=SMALL).model_dump(mode="json", exclude={"answers", "challenges", "bodies"})
    file.write_text(json.dumps(data | {"answers": SMALL}))
    code, out, _ = run("score", str(file), "--rubric", str(FOLDER), "--out", str(tmp_path), capsys=capsys)
    assert (code, out) == (0, f"{tmp_path}/t.json\n{tmp_path}/t.pdf\n")
