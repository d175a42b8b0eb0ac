"""Every problem code: its message, the rule behind it and the way out.

Families: Y the YAML file, Q the questionnaire, R the rubric, P the printed report, M measures
and roadmaps, T working together, F the offline form, W the workbook, B portfolios, E the machine.
docs/problems.md is generated from this table.
"""

from assess.problems.catalogue import (
    environment,
    form,
    lint,
    measures,
    portfolio,
    questionnaire,
    report,
    rubric,
    together,
    workbook,
    yamlfile,
)
from assess.problems.catalogue.rule import Rule, Severity

__all__ = ["CATALOGUE", "Rule", "Severity"]

CATALOGUE: dict[str, Rule] = {
    rule.code: rule
    for family in (
        yamlfile, questionnaire, together, rubric, lint, report, measures, portfolio,
        form, workbook, environment,
    )
    for rule in family.RULES
}
