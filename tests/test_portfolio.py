"""A portfolio: every questionnaire is measured, a bad one costs nothing else, and nothing is computed twice."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as parquet
import pypdf
import pytest

from assess.cli.main import main
from assess.portfolio import work
from assess.portfolio.columns import INDICATOR_COLUMNS, flat, relationship_columns
from assess.portfolio.likely import likely
from assess.portfolio.work import Given, measure
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import score
from assess.uncertainty.run import quantify
from benchmarks.world import World, as_yaml, write

ROOT = Path(__file__).parents[1]
SOUND = (Path(__file__).parent / "broken" / "sound.yaml").read_text()
TINY = str(Path(__file__).parent / "rubrics" / "tiny")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``assess portfolio`` in a folder of three relationships, one of them at two dates."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name, changes in {
        "aa-bb-2025": {"2026-11-01": "2025-11-01", "2026-06-01": "2025-06-01"},
        "aa-bb-2026": {},
        "cc-bb": {"code: AA": "code: CC", "Aland": "Celand"},
        "dd-bb": {"code: AA": "code: DD", "Aland": "=Deland()", "level: 3": "level: 1"},
    }.items():
        put(f"in/{name}.yaml", **changes)

    def call(*arguments: str, rubric: str = TINY) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["portfolio", *arguments, "--rubric", rubric])
        return (int(ended.value.code or 0), *capsys.readouterr())

    return call


def put(name: str, **changes: str) -> Path:
    text = SOUND
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    Path(name).write_text(text)
    return Path(name)


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(path).read_text(encoding="utf-8-sig").splitlines()))


def test_one_row_stands_for_each_relationship_and_date_and_the_newest_is_marked(run: Run) -> None:
    code, printed, said = run("in", "--format", "csv")
    assert (code, printed.split()) == (0, ["out/portfolio.csv", "out/indicators.csv"])
    assert said.splitlines()[-1] == "3 relationships, 4 assessments, 0 problems, 0 warnings"
    assert [(row["relationship"], row["as_of"], row["latest"], row["index"]) for row in rows("out/portfolio.csv")] == [
        ("AA-BB", "2025-11-01", "false", "60.0"), ("AA-BB", "2026-11-01", "true", "60.0"),
        ("BB-CC", "2026-11-01", "true", "60.0"), ("BB-DD", "2026-11-01", "true", "20.0"),
    ]


def test_a_bad_file_is_told_at_the_end_and_costs_nothing_else(run: Run) -> None:
    put("in/bad.yaml", **{"level: 3": "level: 30"})
    code, _, said = run("in", "--format", "csv")
    assert code == 1
    assert said.splitlines()[-4:-2] == [
        "3 relationships, 4 assessments, 1 problem, 0 warnings",
        "in/bad.yaml:8:19 Q206 the level 30 does not exist; levels go from 0 to 5",
    ]
    assert len(rows("out/portfolio.csv")) == 4


def test_every_table_has_the_documented_columns_and_the_same_rows(run: Run) -> None:
    assert run("in", "--out", "o")[0] == 0
    rubric = load_rubric(TINY)
    names = [column.name for column in relationship_columns(rubric)]
    plain = [column.name for column in flat(relationship_columns(rubric))]
    indicators = [column.name for column in INDICATOR_COLUMNS]
    assert list(rows("o/portfolio.csv")[0]) == plain
    assert list(rows("o/indicators.csv")[0]) == indicators
    assert parquet.read_schema("o/portfolio.parquet").names == names
    assert parquet.read_schema("o/indicators.parquet").names == indicators
    whole = json.loads(Path("o/portfolio.json").read_text())
    assert list(whole["relationships"][0]) == [*names, "indicators"]
    assert list(whole["relationships"][0]["indicators"][0]) == indicators[2:]
    sheet = openpyxl.load_workbook("o/portfolio.xlsx")["Relationships"]
    assert [cell.value for cell in sheet[1]] == plain
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in found] == [r["relationship"] for r in whole["relationships"]]
    table = parquet.read_table("o/portfolio.parquet").to_pylist()
    assert [r["index"] for r in table] == [r["index"] for r in whole["relationships"]]
    assert len(table[0]["index_quantiles"]) == 100


def test_parquet_carries_the_version_of_its_scheme_and_the_meaning_of_each_column(run: Run) -> None:
    assert run("in", "--format", "parquet")[0] == 0
    schema = parquet.read_schema("out/portfolio.parquet")
    assert schema.metadata[b"assess.schema_version"] == b"1.1"
    assert schema.metadata[b"assess.rubric"] == b"tiny 0.1.0"
    assert schema.field("index").metadata == {b"meaning": b"Readiness, 0 to 100; empty if nothing is known."}


def test_a_name_that_looks_like_a_formula_stays_a_text(run: Run) -> None:
    run("in", "--format", "csv,xlsx")
    assert rows("out/portfolio.csv")[3]["party_a_name"] == "'=Deland()"
    cell = openpyxl.load_workbook("out/portfolio.xlsx")["Relationships"]["D5"]
    assert (cell.value, cell.data_type) == ("=Deland()", "s")


# --- incrementally ------------------------------------------------------------------------------


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are scored, as they are scored."""
    names: list[str] = []
    inner = work._scored

    def counting(rubric: Rubric, given: Given) -> object:
        names.append(Path(given.name).name)
        return inner(rubric, given)

    monkeypatch.setattr(work, "_scored", counting)
    return names


def test_what_has_not_changed_is_neither_computed_nor_written_again(run: Run, measured: list[str]) -> None:
    assert run("in", "--format", "csv,json")[0] == 0
    assert len(measured) == 4
    times = {path: path.stat().st_mtime_ns for path in Path("out").glob("[ip]*")}
    again = run("in", "--format", "csv,json")
    assert again[1].split() == ["out/portfolio.csv", "out/indicators.csv", "out/portfolio.json"]
    assert len(measured) == 4
    assert {path: path.stat().st_mtime_ns for path in Path("out").glob("[ip]*")} == times


def test_only_the_file_that_changed_is_computed_again(run: Run, measured: list[str]) -> None:
    run("in", "--format", "csv")
    put("in/cc-bb.yaml", **{"code: AA": "code: CC", "level: 3": "level: 2"})
    run("in", "--format", "csv")
    assert measured[4:] == ["cc-bb.yaml"]
    assert [row["index"] for row in rows("out/portfolio.csv")] == ["60.0", "60.0", "40.0", "20.0"]


def test_a_table_that_somebody_touched_is_written_again(run: Run) -> None:
    run("in", "--format", "csv")
    Path("out/portfolio.csv").write_text("scribbled over")
    run("in", "--format", "csv")
    assert len(rows("out/portfolio.csv")) == 4


def test_another_version_of_the_program_computes_anew(run: Run, measured: list[str],
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    run("in", "--format", "csv")
    monkeypatch.setattr("assess.portfolio.store.__version__", "99.0")
    run("in", "--format", "csv")
    assert len(measured) == 8


def test_without_the_cache_nothing_is_kept_and_nothing_is_trusted(run: Run, measured: list[str]) -> None:
    run("in", "--format", "csv", "--no-cache")
    run("in", "--format", "csv", "--no-cache")
    assert len(measured) == 8
    assert sorted(path.name for path in Path("out").iterdir()) == ["indicators.csv", "portfolio.csv"]


def test_an_interrupted_run_keeps_what_was_done_and_goes_on_there(run: Run, measured: list[str],
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.portfolio.run.CHUNK", 2)
    inner = work.recorded

    def interrupted(*given: object, **options: object) -> object:
        if len(measured) > 2:
            raise KeyboardInterrupt
        return inner(*given, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(work, "recorded", interrupted)
        code, printed, said = run("in", "--format", "csv")
    assert (code, printed) == (1, "")
    assert said.endswith("Interrupted; no file was left half-written.\n")
    assert measured == ["aa-bb-2025.yaml", "aa-bb-2026.yaml", "cc-bb.yaml", "dd-bb.yaml"]
    assert run("in", "--format", "csv")[0] == 0
    assert measured[4:] == ["cc-bb.yaml", "dd-bb.yaml"]


# --- several files of one relationship and date -----------------------------------------------------


def test_files_of_different_raters_are_pooled_as_score_does(run: Run) -> None:
    put("in/cc-bb-2.yaml",
        **{"code: AA": "code: CC", "Aland": "Celand", "role: analyst": "role: envoy", "level: 3": "level: 1"})
    assert run("in", "--format", "csv")[0] == 0
    row = rows("out/portfolio.csv")[2]
    assert (row["relationship"], row["raters"], row["index"]) == ("BB-CC", "2", "40.0")
    assert row["files"] == "in/cc-bb-2.yaml|in/cc-bb.yaml"


def test_a_manifest_can_say_that_two_files_are_two_raters(run: Run) -> None:
    put("in/dd-2.yaml", **{"code: AA": "code: DD", "Aland": "=Deland()"})
    assert run("in", "--format", "csv")[0] == 1
    Path("partners.yaml").write_text(
        "portfolio: Partners\nfiles:\n  - in/aa-*.yaml\n  - raters: [in/dd-bb.yaml, in/dd-2.yaml]\n"
    )
    assert run("partners.yaml", "--format", "csv")[0] == 0
    assert [(r["relationship"], r["raters"]) for r in rows("out/portfolio.csv")] == [
        ("AA-BB", "1"), ("AA-BB", "1"), ("BB-DD", "2")]


def test_a_file_that_a_manifest_misses_does_not_hold_up_the_others(run: Run) -> None:
    Path("partners.yaml").write_text("portfolio: Partners\nfiles: [in/cc-bb.yaml, in/gone.yaml]\n")
    code, _, said = run("partners.yaml", "--format", "csv")
    assert code == 1
    assert said.splitlines()[-3] == "partners.yaml:2:24 B801 there is no file in/gone.yaml"
    assert len(rows("out/portfolio.csv")) == 1


# --- the machine ------------------------------------------------------------------------------------


def test_a_target_that_cannot_be_written_is_told(run: Run) -> None:
    Path("out").write_text("a file where a folder should be")
    code, _, said = run("in", "--format", "csv")
    assert code == 3
    assert "E502 out/.assess-cache/portfolio.sqlite cannot be written" in said


def test_on_a_full_disk_what_was_computed_stays(run: Run, measured: list[str]) -> None:
    """A small file system of its own stands for the disk; it takes root to make one."""
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("making a small file system takes root")
    Path("small").mkdir()
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", "small"], capture_output=True).returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        assert run("in", "--format", "csv", "--out", "small")[0] == 0
        filler = Path("small/filler")
        with pytest.raises(OSError), filler.open("wb") as stream:
            while True:
                stream.write(b"x" * 4096)
                stream.flush()
        code, _, said = run("in", "--format", "csv,json", "--out", "small")
        assert code == 3
        assert "E502 small/portfolio.json cannot be written: No space left on device" in said
        assert sorted(p.name for p in Path("small").iterdir()) == [
            ".assess-cache", "filler", "indicators.csv", "portfolio.csv"]
        filler.unlink()
        assert run("in", "--format", "csv,json", "--out", "small")[0] == 0
        assert len(measured) == 4
    finally:
        subprocess.run(["umount", "small"], check=True)


# --- ranges -----------------------------------------------------------------------------------------


def test_ranges_do_not_depend_on_what_else_is_in_the_portfolio(rubric: Rubric) -> None:
    results = [score(rubric, [q]) for q in World(rubric).questionnaires(6)]
    together = likely(rubric, results)
    assert [likely(rubric, [result])[0] for result in results] == together
    assert likely(rubric, results[::-1])[::-1] == together


def test_ranges_are_those_of_the_report_but_for_the_noise_of_shorter_chains(rubric: Rubric) -> None:
    for q in World(rubric).questionnaires(4):
        result = score(rubric, [q])
        single, (columns,) = quantify(rubric, [q], result), likely(rubric, [result])
        assert single.index is not None and single.stages is not None
        assert columns["likely_middle"] == pytest.approx(single.index.likely.middle, abs=2)
        assert columns["likely_low"] == pytest.approx(single.index.likely.low, abs=5)
        assert columns["likely_high"] == pytest.approx(single.index.likely.high, abs=5)
        assert columns["verified"] == single.leniency.verified_share
        for chance in single.stages.chances:
            assert columns[f"p_{chance.stage}"] == pytest.approx(chance.probability, abs=0.15)


def test_figures_are_those_of_score(rubric: Rubric) -> None:
    world = World(rubric)
    (a, b), *_ = world.drawn(1)
    result = score(rubric, [world.questionnaire(a, b)])
    (checked,) = measure(rubric, [Given("w.yaml", as_yaml(world.data(a, b)))], ranges=False)
    assert checked.record is not None
    head = checked.record["head"]
    assert head["index"] == pytest.approx(result.index.points, abs=1e-6)
    assert head["tru_points"] == pytest.approx(result.components[0].points, abs=1e-6)
    assert head["stage"] == result.stage.stage
    assert sum(row[12] for row in checked.record["indicators"]) == pytest.approx(head["index"], abs=1e-4)  # type: ignore[misc]


def test_parquet_is_read_by_duckdb(run: Run, tmp_path: Path, rubric: Rubric) -> None:
    list(write(World(rubric), tmp_path / "world", 4))
    assert run("world", "--format", "parquet", "--no-ranges", rubric="cyberdialog")[0] == 0
    found = duckdb.sql("select count(*), min(index) <= max(index) from 'out/portfolio.parquet' where latest")
    assert found.fetchall() == [(4, True)]
    assert duckdb.sql("select count(*) from 'out/indicators.parquet'").fetchall() == [(4 * 59,)]


# --- the report -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report of the three examples and 24 relationships of the world, half of them twice."""
    folder = tmp_path_factory.mktemp("report")
    list(write(World(load_rubric()), folder / "in", 24, last_year=0.5))
    for name in ("eu-ukraine-2026", "us-japan-2026", "us-ukraine-2026"):
        shutil.copy(ROOT / "examples" / f"{name}.yaml", folder / "in")
    with pytest.raises(SystemExit) as ended:
        main(["portfolio", str(folder / "in"), "--out", str(folder / "out"), "--format", "html,pdf",
              "--title", "Our <partners>"])
    assert ended.value.code == 0
    return folder / "out"


def spaced(path: Path) -> str:
    """The page with plain spaces."""
    return path.read_text().replace("\xa0", " ")


def test_the_report_has_every_part_and_a_title_that_stays_a_text(reported: Path) -> None:
    page = spaced(reported / "portfolio.html")
    for part in ("stages", "scatter", "components", "clusters", "movers", "plan", "ahead", "coherence", "all",
                 "method"):
        assert f'id="{part}"' in page
    assert "Our &lt;partners&gt;" in page and "Our <partners>" not in page
    assert "27 relationships were assessed." in page
    assert "3 relationships are known too little for one figure" in page
    assert "No country is ranked" in page


def test_every_link_of_the_report_leads_somewhere(reported: Path) -> None:
    page = spaced(reported / "portfolio.html")
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    assert "http" not in re.sub(r'xmlns="[^"]+"', "", page)


def test_the_report_on_paper_is_tagged_and_says_the_same(reported: Path) -> None:
    reader = pypdf.PdfReader(reported / "portfolio.pdf")
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Where one more step pays most" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - an object of pypdf
    assert not set(text) & {"\ufffd", "\u25a1"}


def test_an_unchanged_report_is_not_made_again(reported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unexpected(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("assess.portfolio.report.report_view", unexpected)
    arguments = ["portfolio", str(reported.parent / "in"), "--out", str(reported), "--format", "html,pdf"]
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--title", "Our <partners>"])
    assert ended.value.code == 0


def test_without_pdf_the_report_comes_as_html_and_says_what_is_missing(run: Run,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("assess.report.pdf.import_quickly", missing)
    code, printed, said = run("in", "--format", "pdf", "--no-ranges")
    assert (code, printed) == (3, "out/portfolio.html\n")
    assert " E501 a system library for PDF is missing: libpango-1.0-0" in said


def test_of_few_relationships_nothing_is_said_that_takes_many(run: Run) -> None:
    assert run("in", "--format", "html")[0] == 0
    page = spaced(Path("out/portfolio.html"))
    assert "There are no groups: it takes 8 relationships with every component known." in page
    assert page.count("not estimable") >= 3


def test_the_example_reads_the_tables_with_duckdb(run: Run) -> None:
    assert run("in", "--format", "parquet")[0] == 0
    done = subprocess.run([sys.executable, ROOT / "examples" / "portfolio_duckdb.py", "out"], capture_output=True,
                          text=True, check=True)
    assert re.findall(r"│ (\S+) +│ (\S+) +│ +60.0 │", done.stdout) == [("AA-BB", "2026-11-01"), ("BB-CC", "2026-11-01")]
    assert re.findall(r"│ BB-CC +│ BB-DD +│ +(\S+) │", done.stdout) != []
    assert re.findall(r"assess.schema_version +│ (\S+)", done.stdout) == ["1.1"]


# --- who may see it -----------------------------------------------------------------------------


def mark(name: str, marking: str) -> None:
    put(f"in/{name}.yaml", **{"as_of:": f"marking: {marking}\nas_of:", "code: AA": "code: CC", "Aland": "Celand"})


def test_a_portfolio_bears_the_narrowest_marking_on_every_page_in_every_table_and_on_the_terminal(run: Run) -> None:
    put("in/aa-bb-2026.yaml", **{"as_of:": "marking: For official use & more\nas_of:"})
    mark("cc-bb", "TLP:RED")
    code, _, said = run("in", "--no-ranges")
    whole = "TLP:RED · For official use & more"
    assert code == 0, said
    assert whole in said.splitlines()
    pages = pypdf.PdfReader("out/portfolio.pdf").pages
    assert all(page.extract_text().count("TLP:RED") >= 2 for page in pages)
    assert re.search(r'<p class="marking"[^>]*>TLP:RED · ', Path("out/portfolio.html").read_text())
    assert [row["marking"] for row in rows("out/portfolio.csv")] == ["", "For official use & more", "TLP:RED", ""]
    assert {row["marking"] for row in rows("out/indicators.csv") if row["relationship"] == "BB-CC"} == {"TLP:RED"}
    assert json.loads(Path("out/portfolio.json").read_text())["marking"] == whole
    assert parquet.read_schema("out/indicators.parquet").metadata[b"assess.marking"] == whole.encode()
    for sheet in openpyxl.load_workbook("out/portfolio.xlsx"):
        assert sheet.oddHeader.right.text == sheet.oddFooter.right.text == whole.replace("&", "&&")


def test_several_raters_under_several_markings_make_a_row_under_the_narrowest(run: Run) -> None:
    mark("cc-bb", "TLP:GREEN")
    put("in/cc-bb-2.yaml", **{"code: AA": "code: CC", "Aland": "Celand", "role: analyst": "role: envoy",
                              "as_of:": "marking: TLP:AMBER\nas_of:"})
    assert run("in", "--format", "csv", "--no-ranges")[0] == 0
    assert [row["marking"] for row in rows("out/portfolio.csv")] == ["", "", "TLP:AMBER", ""]


def test_a_portfolio_can_be_marked_anew_and_is_then_written_anew(run: Run) -> None:
    mark("cc-bb", "TLP:RED")
    run("in", "--format", "html,json", "--no-ranges")
    code, _, said = run("in", "--format", "html,json", "--no-ranges", "--marking", "tlp:amber")
    assert code == 0 and "P452 the answers are marked TLP:RED, the report TLP:AMBER" in said
    assert ">TLP:AMBER</p>" in Path("out/portfolio.html").read_text()
    assert json.loads(Path("out/portfolio.json").read_text())["marking"] == "TLP:AMBER"


def test_a_portfolio_says_on_its_first_page_that_it_is_internal(run: Run) -> None:
    run("in", "--format", "html", "--no-ranges")
    assert "For internal use: no copies for partner or public are made of a portfolio." in spaced(
        Path("out/portfolio.html"))
