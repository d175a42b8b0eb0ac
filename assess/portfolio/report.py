"""The portfolio report: from the records in the store to HTML and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assess.files import write_atomically
from assess.language import Translator
from assess.portfolio.budget import CommonPlan, bounds, common_plan
from assess.portfolio.build import Findings, build_view
from assess.portfolio.movers import movers
from assess.portfolio.overview import Overview, overview
from assess.portfolio.run import Measured
from assess.portfolio.store import Store
from assess.portfolio.view import PortfolioView
from assess.portfolio.write import digest, remember, stands
from assess.printable import printable
from assess.problems.model import MissingMeansError, Problem
from assess.problems.render import message
from assess.report.html import render_page
from assess.report.pdf import render_pdf
from assess.roadmap.model import Action
from assess.rubric.model import Rubric

_MOST_PROBLEMS = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is asked for."""

    tr: Translator
    title: str | None
    budget: int
    marking: str | None = None
    paper: str = "A4"


def report_view(
    measured: Measured, problems: Sequence[Problem], store: Store, rubric: Rubric, wanted: Wanted
) -> PortfolioView:
    """Compute what the report needs beside the records, and say it."""
    seen = overview(measured, store, rubric)
    found = Findings(
        title=wanted.title,
        movers=movers(measured, store),
        plan=plan_over(seen, store, wanted.budget),
        problems=_told(problems, wanted.tr),
        bad=measured.bad,
        marking=wanted.marking,
    )
    return build_view(seen, found, rubric, wanted.tr)


def plan_over(seen: Overview, store: Store, budget: int) -> CommonPlan | None:
    """Return the best use of one budget over all relationships that are known well enough; None without any."""
    rows = np.flatnonzero(seen.published)
    if not len(rows) or budget < 1:
        return None
    keys = {seen.members[n].relationship: seen.members[n].key for n in rows}

    def actions_of(name: str) -> list[Action]:
        return [Action(key, gain, effort, tuple(needs))
                for key, gain, effort, needs in store.get("records", keys[name])["actions"]]

    above = np.array([bounds(actions_of(name), budget) for name in keys])
    return common_plan(list(keys), above, actions_of, budget)


def _told(problems: Sequence[Problem], tr: Translator) -> list[str]:
    lines = [f"{printable(str(p.place))} {p.code} {message(p, tr)}" for p in problems[:_MOST_PROBLEMS]]
    rest = len(problems) - _MOST_PROBLEMS
    return [*lines, tr.plural("and {count} more", "and {count} more", rest)] if rest > 0 else lines


def as_html(view: PortfolioView, tr: Translator, paper: str = "A4") -> bytes:
    """Return the report for the screen: one file that needs nothing else."""
    return render_page("portfolio.html", {"view": view}, tr, "screen", paper).encode()


def as_pdf(view: PortfolioView, tr: Translator, paper: str = "A4") -> bytes:
    """Return the report for paper.

    Raises:
        MissingMeansError: E501, a system library is missing.
    """
    return render_pdf(render_page("portfolio.html", {"view": view}, tr, "print", paper))


def write_report(
    measured: Measured, problems: Sequence[Problem], store: Store, rubric: Rubric, out: Path,
    formats: Sequence[str], wanted: Wanted,
) -> tuple[list[Path], list[Problem]]:
    """Write the report in the formats asked for, unless it stands as it would come out.

    Returns the paths and what the machine lacks; where PDF cannot be made, HTML stands in for it.

    Raises:
        MissingMeansError: E502, the folder cannot be written.
    """
    told = [f"{p.place} {p.code} {sorted(p.values.items())}" for p in problems]
    mark = digest(measured, rubric, wanted.tr.language, wanted.title, wanted.budget, wanted.paper, wanted.marking, told)
    paths = [out / f"portfolio.{ending}" for ending in ("html", "pdf") if ending in formats]
    if all(stands(store, path, mark) for path in paths) or not measured.members:
        return (paths if measured.members else []), []
    view = report_view(measured, problems, store, rubric, wanted)
    missing: list[Problem] = []
    written = []
    for path in paths:
        try:
            content = (as_pdf if path.suffix == ".pdf" else as_html)(view, wanted.tr, wanted.paper)
        except MissingMeansError as error:
            missing += error.problems
            path = out / "portfolio.html"
            content = as_html(view, wanted.tr, wanted.paper)
        write_atomically(path, content)
        written.append(path)
    remember(store, written, mark)
    return list(dict.fromkeys(written)), missing
