"""When what the answers rest on happened: the timeline, its key and the counts by year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from assess.report import charts
from assess.report.charts.timeline import Event, Lane
from assess.report.view.context import Context
from assess.report.view.model import Chart, KeyDate, Table
from assess.result import Source

_MOST = 10
_RECENT = 2.0  # years


def timeline(ctx: Context) -> Chart | None:
    """The dated evidence in a lane a component; None where nothing that is cited has a date."""
    dated = _dated(ctx)
    if not dated:
        return None
    until, numbers = _moment(ctx.result.as_of), {d.evidence: d.number for d in key_dates(ctx)}
    lanes = [Lane(title, tuple(_event(dated[key], numbers.get(key)) for key in keys))
             for title, keys in _lanes(ctx, dated)]
    recent = sum(until - _moment(e.date or "") <= _RECENT for e in dated.values())
    title = ctx.tr("{recent} of {total} dated pieces of evidence are of the last 24 months").format(
        recent=recent, total=len(dated))
    counts = years(ctx)
    text = "; ".join(f"{year}: {sum(grades)}" for year, *grades in counts)
    table = Table((ctx.tr("Year"), "A", "B", "C"), tuple(tuple(map(str, row)) for row in counts))
    return Chart(title, charts.timeline(lanes, until, title, text), table)


def years(ctx: Context) -> tuple[tuple[int, int, int, int], ...]:
    """Year, and how many pieces of dated evidence of grade A, B and C are of it."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for e in _dated(ctx).values():
        counts[int((e.date or "")[:4])][e.grade] += 1
    return tuple((year, n["A"], n["B"], n["C"]) for year, n in sorted(counts.items()))


def key_dates(ctx: Context) -> tuple[KeyDate, ...]:
    """The dated evidence that most answers cite, in order of date; at most ten."""
    dated = _dated(ctx)
    ranked = sorted(dated, key=lambda key: (-len(ctx.cited[key]), dated[key].grade, key))[:_MOST]
    ordered = sorted(ranked, key=lambda key: (_moment(dated[key].date or ""), key))
    return tuple(
        KeyDate(n, dated[key].date or "", ctx.source_title(dated[key]), key, dated[key].grade, ctx.cited[key])
        for n, key in enumerate(ordered, start=1)
    )


def _dated(ctx: Context) -> Mapping[str, Source]:
    return {key: e for key, e in ctx.result.evidence.items() if e.date and ctx.cited.get(key)}


def _lanes(ctx: Context, dated: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Title and evidence of each lane: the components, the challenges, the bodies; empty ones are left out."""
    owners = {i.id: ctx.component_title(c.id) for c in ctx.result.components for i in c.indicators}
    owners |= {b.id: ctx.tr("Challenges") for c in ctx.result.challenges for b in c.barriers}
    owners |= {body.id: ctx.tr("Bodies") for body in ctx.result.bodies}
    lanes: dict[str, list[str]] = {title: [] for title in dict.fromkeys(owners.values())}
    for key in dated:
        for title in dict.fromkeys(owners[owner] for owner in ctx.cited[key]):
            lanes[title].append(key)
    return [(title, keys) for title, keys in lanes.items() if keys]


def _event(e: Source, number: int | None) -> Event:
    return Event(_moment(e.date or ""), e.grade, number, e.counter)


def _moment(day: str) -> float:
    """A date of any precision as a year with its fraction; the middle of what is not told."""
    year, month, number = (int(part) for part in [*day.split("-"), "0", "0"][:3])
    if not month:
        return year + 0.5
    return year + (month - 1) / 12 + ((number or 16) - 1) / 372
