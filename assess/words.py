"""The one mapping from figures to words, used by every output."""

from collections.abc import Mapping, Sequence

from assess.language import ENGLISH, N_, Translator
from assess.parties import localised
from assess.result import Result, StageResult
from assess.rubric.model import Rubric, Stage

STATES = {
    "answered": N_("answered"),
    "disputed": N_("disputed"),
    "unknown": N_("unknown"),
    "partly_known": N_("partly known"),
    "not_applicable": N_("not applicable"),
}
STRENGTHS = {
    "none": N_("no evidence (asserted)"),
    "weak": N_("grade C only"),
    "single": N_("one grade B source"),
    "corroborated": N_("two independent grade B sources"),
    "official": N_("grade A"),
    "official_each_side": N_("grade A of the side or sides concerned"),
}
TYPES = {
    "P": N_("one answer for the pair"),
    "S": N_("asked of each side; the pair counts as its weaker side"),
    "D": N_("asked in each direction; the pair counts as its weaker direction"),
}
GATE_STATES = {
    "passed": N_("holds"),
    "failed": N_("does not hold"),
    "undetermined": N_("undetermined"),
    "not_applicable": N_("not applicable"),
}

# An en dash: it looks like a minus sign, which the bundled fonts do not have.
MINUS = "–"


def stage_of(points: float, rubric: Rubric) -> Stage:
    """Return the stage whose band holds ``points`` (0 to 100)."""
    return rubric.stages[rubric.stage_index(points)]


def number(points: float | None, digits: int = 0, tr: Translator = ENGLISH) -> str:
    """Print points with the decimal mark of the language; a dash where there are none."""
    from assess.scoring.rounding import rounded

    return "–" if points is None else str(rounded(points, digits)).replace(".", tr.decimal_mark)


def mark(points: float | None, state: str) -> str:
    """Print points, or the sign of a heat map's cell: ? for unknown, – for what does not apply."""
    return number(points) if points is not None else "–" if state == "not_applicable" else "?"


def percent(share: float | None) -> str:
    """Print a share (0 to 1) as a whole percentage."""
    return "–" if share is None else f"{number(100 * share)} %"


def chance(probability: float) -> str:
    """Print a chance (0 to 1) as a percentage that claims no more than the draws can show."""
    if probability > 0.99:
        return "> 99 %"
    return "< 1 %" if probability < 0.01 else percent(probability)


def chances(probabilities: Sequence[float]) -> tuple[str, ...]:
    """Print the chances of everything that may be as `chance` does, rounded together so that they add up to 100."""
    from assess.scoring.rounding import largest_remainder

    whole = largest_remainder([100 * p for p in probabilities], digits=0)
    return tuple(f"{n} %" if 0.01 <= p <= 0.99 else chance(p) for p, n in zip(probabilities, whole, strict=True))


def person_months(effort: float, tr: Translator = ENGLISH) -> str:
    """Print an effort in words."""
    if effort == round(effort):
        return tr.plural("{count} person-month", "{count} person-months", round(effort))
    return tr("{effort} person-months").format(effort=number(effort, 1, tr))


def foremost(values: Mapping[str, float], *, lowest: bool = False) -> list[str]:
    """Return the names with the highest value, or the lowest: several where it is shared."""
    wanted = (min if lowest else max)(values.values())
    return [name for name, value in values.items() if abs(value - wanted) < 1e-6]


def quoted(names: Sequence[str]) -> str:
    """Name several things in a row."""
    return ", ".join(f"«{name}»" for name in names)


def signed(value: float, tr: Translator = ENGLISH) -> str:
    """Print a difference in points with its sign; zero has none."""
    shown = number(abs(value), 1, tr)
    if float(shown.replace(",", ".")) == 0:
        return shown
    return f"{MINUS}{shown}" if value < 0 else f"+{shown}"


def stage_phrase(stage: StageResult, rubric: Rubric, tr: Translator) -> str:
    """Say the stage, or the span of stages when no single one is published."""
    titles = {s.id: tr(s.title) for s in rubric.stages}
    if stage.stage is not None:
        return titles[stage.stage]
    if stage.lowest == stage.highest:
        return titles[stage.lowest]
    return tr("{low} to {high}").format(low=titles[stage.lowest], high=titles[stage.highest])


def party_names(result: Result, tr: Translator = ENGLISH) -> tuple[str, str]:
    """Name side A and side B; the usual name of a country is said in the language of ``tr``."""
    parties = result.relationship.parties
    return localised(parties.A.code, parties.A.name, tr), localised(parties.B.code, parties.B.name, tr)


def pair_title(result: Result, tr: Translator = ENGLISH) -> str:
    """Name the relationship."""
    return result.relationship.title or " – ".join(party_names(result, tr))
