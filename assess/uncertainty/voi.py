"""Which open question would tell most (method rule 4)."""

from assess.result import Result
from assess.rubric.model import Slot
from assess.uncertainty.items import Items
from assess.uncertainty.model import QuestionValue
from assess.uncertainty.ranges import Draws, rounded


def question_values(result: Result, items: Items, draws: Draws) -> tuple[QuestionValue, ...]:
    """Return every indicator with open slots by w^2 Var(s) / Var(index), the most telling first.

    w is the indicator's weight in the index, Var(s) the variance of its points with every answer
    taken at its word, and Var(index) that of the likely range. The shares need not sum to 1: the
    rest is doubt about answers and raters, and unknowns move together through their prior.
    """
    variance = float(draws.index.var())
    values = items.tree.index_shares**2 * draws.unknown_indicators.var(axis=1)
    open_slots: dict[str, list[Slot]] = {row.indicator: [] for row in result.open_questions}
    for row in result.open_questions:
        open_slots[row.indicator].append(row.slot)
    rows = [
        QuestionValue(
            indicator=key,
            slots=tuple(sorted(open_slots[key])),
            value=rounded(values[number] / variance, 4) if variance > 0 else 0.0,
        )
        for number, key in enumerate(items.tree.indicators)
        if key in open_slots
    ]
    return tuple(sorted(rows, key=lambda row: -row.value))
