"""What commands that write reports share about markings."""

import click

from assess.assessment import Assessment, Audience
from assess.audience import AUDIENCES, for_audience
from assess.cli.common import show
from assess.marking import TLP, label_of, misspelt, normal, wider
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest

marking_option = click.option(
    "--marking", metavar="TEXT",
    help="Marking of every page: TLP:AMBER or another label of TLP 2.0, or a national one. By default that of the "
         "questionnaires.",
)

another_audience_option = click.option(
    "--audience", type=click.Choice(AUDIENCES),
    help="For whom the copy is; by default that of the result. docs/audiences.md says what it leaves out.",
)

audience_option = click.option(
    "--audience", default="internal", show_default=True, type=click.Choice(AUDIENCES),
    help="For whom the copy is; docs/audiences.md says what it leaves out.",
)


def copied(assessment: Assessment, audience: Audience | None, place: Place) -> Assessment:
    """Return the copy of a result for ``audience``; as it is without one.

    Raises:
        InputError: P458, it is a copy for another audience already.
    """
    if audience is None or audience == assessment.audience:
        return assessment
    if assessment.audience != "internal":
        raise InputError([Problem("P458", place, {"audience": assessment.audience})])
    return for_audience(assessment, audience)


def marked(assessment: Assessment, marking: str | None) -> Assessment:
    """Return ``assessment`` with ``marking`` in place of that of its questionnaires, if one is given.

    Warns and raises as ``chosen_marking`` does.
    """
    chosen = chosen_marking(assessment.result.marking, marking, assessment.audience)
    return assessment.model_copy(update={"result": assessment.result.model_copy(update={"marking": chosen})})


def chosen_marking(own: str | None, marking: str | None, audience: Audience) -> str | None:
    """Return ``marking``, if one is given, or else the ``own`` one of what the report is made from.

    Shows a warning where the new marking lets more people see the report (P452), or where a copy
    for the public bears a marking that is no label of TLP (P453).

    Raises:
        InputError: P450, this is no label of TLP; P451, the marking does not go with a copy for the public.
    """
    chosen = normal(marking) if marking is not None else own
    if marking is not None and chosen and misspelt(chosen):
        raise InputError([Problem("P450", Place("--marking"), {"label": chosen}, nearest(chosen, TLP))])
    values = {"marking": chosen or "–", "own": own or "–"}
    label = label_of(chosen)
    if audience == "public" and label not in (None, "TLP:CLEAR"):
        raise InputError([Problem("P451", Place("--audience"), values)])
    if wider(chosen, own):
        show([Problem("P452", Place("--marking"), values)])
    if audience == "public" and chosen and label is None:
        show([Problem("P453", Place("--audience"), values)])
    return chosen or None
