"""What the report costs: «assess score» beside the least that a PDF takes and beside Chromium, in time and memory.

Run ``python -m benchmarks.report [FILE]``. Every ratio is of whole processes, run in turns, so that a
drifting machine favours neither; a ratio whose spread straddles 1 is no difference.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assess.assessment import assess
from assess.language import ENGLISH
from assess.questionnaire.load import load_questionnaire
from assess.report.html import render_html
from assess.report.make import view_of
from assess.report.templates import Templates, templates_folder
from assess.rubric.load import load_rubric
from benchmarks.pairs import ROOT, line, paired, python

EXAMPLE = ROOT / "examples/eu-ukraine-2026.yaml"
ROUNDS = 5
MEMORY = 130  # megabytes, the goal for drawing a report of 20 pages
# What a shorter report leaves out, as blocks of the template.
SHORTER = (("annex",), ("annex", "method", "evidence"))


def main(example: Path = EXAMPLE) -> None:
    """Print one line a comparison."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), f"{folder}/out.pdf"
        page.write_text(_page(example, Path(folder)), encoding="utf-8")
        bare = python("-m", "benchmarks.bare_pdf", str(page), out)
        draw = python("-m", "benchmarks.our_pdf", str(page), out)
        whole = python("-m", "assess", "score", str(example), "--out", folder)
        print(line("page to PDF, ours / bare WeasyPrint", paired(draw, bare, ROUNDS), 1))
        print(line("answers to PDF and JSON / bare WeasyPrint", paired(whole, bare, ROUNDS), 1.15))
        _against_chromium(page, whole, draw, folder)
        print(f"peak memory, answers to PDF and JSON: {_peak(whole):.0f} MB")
        for without in ((), *SHORTER):
            page.write_text(_page(example, Path(folder), without), encoding="utf-8")
            ours, theirs = _peak(draw), _peak(bare)
            print(f"peak memory, page to PDF, {_pages(Path(out))} pages: {ours:.0f} MB, bare {theirs:.0f} MB "
                  f"({ours / theirs:.2f}x; goal {MEMORY} MB for 20 pages)")


def _page(example: Path, folder: Path, without: Sequence[str] = ()) -> str:
    """The HTML of the report, its blocks ``without`` left empty by a template of one's own."""
    rubric = load_rubric()
    questionnaire, _ = load_questionnaire(example, rubric)
    own = folder / "templates"
    own.mkdir(exist_ok=True)
    empty = "".join(f"{{% block {block} %}}{{% endblock %}}" for block in without)
    (own / "report.html").write_text('{% extends "bundled/report.html" %}' + empty, encoding="utf-8")
    view = view_of(assess(rubric, [questionnaire]), rubric, ENGLISH)
    page = render_html(view, ENGLISH, "print", templates=Templates.of(own))
    # The fonts by their whole address, so that every program finds them.
    return page.replace("url(fonts/", f"url({templates_folder().as_uri()}/fonts/")


def _against_chromium(page: Path, whole: Sequence[str], draw: Sequence[str], folder: str) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        print("chromium is not installed: no comparison")
        return
    printing = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={folder}/c.pdf",
                page.as_uri()]
    for name, command in (("page to PDF", draw), ("answers to PDF and JSON", whole)):
        ratios = paired(command, printing, ROUNDS)
        print(f"{name} / headless Chromium printing the page: {statistics.median(ratios):.2f}x "
              f"(min {min(ratios):.2f}, max {max(ratios):.2f})")


def _peak(command: Sequence[str]) -> float:
    """The largest resident size of one process, in megabytes; measured in a child of its own."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, "
            "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=ROOT, check=True, capture_output=True, text=True)
    return int(done.stdout) * 1024 / 1e6


def _pages(pdf: Path) -> int:
    from pypdf import PdfReader

    return len(PdfReader(pdf).pages)


if __name__ == "__main__":
    main(*(Path(path) for path in sys.argv[1:2]))
