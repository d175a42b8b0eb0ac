"""``assess new``: a blank questionnaire, or last year's answers carried over to a new date."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import click

from assess.cli.common import language_option, max_bytes_option, rubric_option
from assess.cli.schema import STDOUTS, force_option, save
from assess.cli.speech import speaker
from assess.language import Translator
from assess.parties import known_parties
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.questionnaire.model import Parties, Party, Questionnaire
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric

_LONGEST = 1_000


def pair_of(_: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, str] | None:
    """Read two words with a comma between them; a word that has a comma itself stands in quotes."""
    if value is None:
        return None
    try:
        words = [word.strip() for word in next(csv.reader([value], skipinitialspace=True), [])]
        value.encode()  # the terminal may have given bytes that are no text
    except (csv.Error, UnicodeEncodeError):
        words = []
    if len(words) != 2 or not all(words) or len(value) > _LONGEST:
        raise click.BadParameter("give two of them with a comma between them")
    return words[0], words[1]


@click.command(epilog="Example: assess new --parties UA,EU -o answers.yaml")
@click.option("--parties", callback=pair_of, metavar="A,B", help="Two codes, such as UA,EU.")
@click.option("--names", callback=pair_of, metavar="A,B", help="Names of the parties, if the usual ones do not fit.")
@click.option("--from", "last", type=click.Path(path_type=Path), help="Carry the answers of this questionnaire over.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Assessment date.  [default: today]")
@click.option("-o", "--out", type=click.Path(path_type=Path),
              help="File; «-» prints.  [default: like ua-eu-2026-11-23.yaml]")
@click.option("--schema", "with_schema", is_flag=True, help="Write the schema for editors beside it.")
@rubric_option
@language_option
@max_bytes_option
@force_option
def command(
    parties: tuple[str, str] | None, names: tuple[str, str] | None, last: Path | None, as_of: datetime | None,
    out: Path | None, with_schema: bool, rubric_name: str, language: str, max_bytes: int, force: bool,
) -> None:
    """Write an annotated blank questionnaire.

    It explains itself, so that it can be filled in without other reading. With --from it holds the
    answers of an earlier one, each marked «review: true» until somebody has read it again.
    """
    if (parties is None) == (last is None):
        raise click.UsageError("Give either --parties or --from.")
    if last is not None and names is not None:
        raise click.UsageError("--from takes the names of the parties from the earlier questionnaire.")
    rubric, tr = load_rubric(rubric_name), rubric_translator(rubric_name, language)
    day = as_of.date() if as_of else date.today()
    if last is not None:
        questionnaire = _carried_over(last, rubric, day, max_bytes)
    else:
        assert parties is not None
        questionnaire = _blank(rubric, parties_of(parties, names, tr), day, tr)
    save(_files(questionnaire, rubric, tr, out, with_schema), force=force, sources=[last] if last else [])


def _blank(rubric: Rubric, parties: Parties, day: date, tr: Translator) -> Questionnaire:
    from assess.questionnaire.blank import blank

    return blank(rubric, parties, day, tr)


def _carried_over(last: Path, rubric: Rubric, day: date, max_bytes: int) -> Questionnaire:
    """Load an earlier questionnaire, carry its answers over, and say on stderr how many."""
    from assess.questionnaire.forward import roll_forward, tally
    from assess.questionnaire.load import load_questionnaire

    questionnaire = roll_forward(load_questionnaire(last, rubric, max_bytes=max_bytes)[0], day, file=str(last))
    count = tally(questionnaire, rubric)
    tr = speaker()
    carried = tr.plural("{count} answer carried over for review", "{count} answers carried over for review", count.said)
    still = tr("{open} of {all} are open").format(open=count.open, all=count.all)
    click.echo(f"{carried}; {still}", err=True)
    return questionnaire


def _files(questionnaire: Questionnaire, rubric: Rubric, tr: Translator, out: Path | None, with_schema: bool
           ) -> Mapping[Path, str]:
    """Return the files to write: the questionnaire, and if wanted the schema in the same folder."""
    from assess.questionnaire.blank import SCHEMA_FILE, annotated
    from assess.questionnaire.schema import schema_text

    sides = questionnaire.relationship.parties
    path = out or Path(f"{sides.A.code}-{sides.B.code}-{questionnaire.as_of}.yaml".lower())
    files = {path: annotated(questionnaire, rubric, tr)}
    if with_schema:
        files[Path(SCHEMA_FILE) if path in STDOUTS else path.parent / SCHEMA_FILE] = schema_text(rubric, tr)
    return files


# --- parties -----------------------------------------------------------------------------------


def parties_of(codes: tuple[str, str], names: tuple[str, str] | None, tr: Translator) -> Parties:
    """Return the parties with these codes, named by ``names`` or else as the language of ``tr`` calls them.

    Raises:
        InputError: Q230, a code is unknown and no name is given, or is no code; Q218, they are the same.
    """
    known = known_parties(tr)
    upper = [code.upper() for code in codes]
    place = Place("--parties")
    problems = [
        Problem("Q230", place, {"code": given}, _nearest_parties(given, known))
        for given, code in zip(codes, upper, strict=True)
        if code not in known and (names is None or not _is_code(code))
    ]
    if upper[0] == upper[1]:
        problems.append(Problem("Q218", place, {"code": upper[0]}))
    if problems:
        raise InputError(problems)
    a, b = names or (known[upper[0]], known[upper[1]])
    return Parties(A=Party(code=upper[0], name=a), B=Party(code=upper[1], name=b))


def _is_code(code: str) -> bool:
    from pydantic import ValidationError

    try:
        Party(code=code, name=code)
    except ValidationError:
        return False
    return True


def _nearest_parties(given: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return known parties like «UA (Ukraine)» that resemble an older or longer code, a name, or a slip."""
    from babel.core import get_global

    replaced = get_global("territory_aliases").get(given.upper(), [])
    code_of = {name: code for code, name in known.items()} | {code: code for code in known}
    close = [code for code in replaced if code in known] or [code_of[word] for word in nearest(given, code_of)]
    return tuple(f"{code} ({known[code]})" for code in dict.fromkeys(close[:2]))
