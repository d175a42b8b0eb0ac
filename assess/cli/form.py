"""``assess form``: an offline web form in one file, for those who do not write YAML."""

from datetime import date, datetime
from pathlib import Path

import click

from assess.cli.common import language_option, max_bytes_option, rubric_option
from assess.cli.new import pair_of, parties_of
from assess.cli.schema import force_option, save
from assess.language import Translator, languages
from assess.questionnaire.model import Parties
from assess.resources import data_folder
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric


@click.command()
@click.option("--parties", callback=pair_of, metavar="A,B", help="Two codes, such as UA,EU.")
@click.option("--names", callback=pair_of, metavar="A,B", help="Names of the parties, if the usual ones do not fit.")
@click.option("--from", "last", type=click.Path(path_type=Path), help="Fill the form with this questionnaire.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Assessment date.  [default: today]")
@click.option("-o", "--out", type=click.Path(path_type=Path),
              help="File; «-» prints.  [default: like ua-eu-2026-11-23.html]")
@rubric_option
@language_option
@max_bytes_option
@force_option
def command(
    parties: tuple[str, str] | None, names: tuple[str, str] | None, last: Path | None, as_of: datetime | None,
    out: Path | None, rubric_name: str, language: str, max_bytes: int, force: bool,
) -> None:
    """Write an offline form in which a questionnaire is filled in with a browser.

    It is one HTML file that opens from the disk and never uses the network. It shows every question
    with its levels, checks answers as «assess check» does, and saves the questionnaire as YAML, which
    it also opens again.
    """
    if (parties is None) == (last is None):
        raise click.UsageError("Give either --parties or --from.")
    if last is not None and (names is not None or as_of is not None):
        raise click.UsageError("--from takes names and date from the questionnaire.")
    rubric, tr = load_rubric(rubric_name), rubric_translator(rubric_name, language)
    if last is not None:
        text, name = _read(last, max_bytes), last.stem
    else:
        assert parties is not None
        day = as_of.date() if as_of else date.today()
        sides = parties_of(parties, names, tr)
        text, name = _start(rubric, sides, day, tr), f"{sides.A.code}-{sides.B.code}-{day}".lower()
    save({out or Path(f"{name}.html"): _page(rubric, rubric_name, language, text, name)}, force=force)


def _start(rubric: Rubric, parties: Parties, day: date, tr: Translator) -> str:
    from assess.questionnaire.form import start

    return start(rubric, parties, day, tr)


def _read(path: Path, max_bytes: int) -> str:
    """Return the text of a questionnaire that is sound YAML; what else is wrong with it the form shows.

    Raises:
        InputError: the file cannot be read or is not one well-formed, bounded YAML mapping.
    """
    from assess import yamlio

    yamlio.read(path, max_bytes=max_bytes)
    return path.read_text(encoding="utf-8-sig")


def _page(rubric: Rubric, rubric_name: str, language: str, text: str, name: str) -> str:
    """Return the page; the language that was asked for comes first."""
    from assess.questionnaire.form import form_page

    codes = (language, *(code for code in languages() if code != language))
    folder = data_folder("report_templates") / "form"
    assets = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}
    return form_page(rubric, {code: rubric_translator(rubric_name, code) for code in codes}, assets, text, name)
