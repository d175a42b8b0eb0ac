"""``assess form``: an offline web form in one file, for those who do not write YAML."""

from datetime import date, datetime
from pathlib import Path

import click

from assess.cli.common import language_option, max_bytes_option, rubric_option
from assess.cli.new import pair_of, parties_of
from assess.cli.schema import force_option, save
from assess.files import is_stream
from assess.language import Translator, languages
from assess.questionnaire.model import Parties
from assess.resources import data_folder
from assess.rubric.load import load_rubric, rubric_translator
from assess.rubric.model import Rubric


@click.command(epilog="Example: assess form --parties UA,EU -o form.html")
@click.option("--parties", callback=pair_of, metavar="A,B", help="Two codes, such as UA,EU.")
@click.option("--names", callback=pair_of, metavar="A,B", help="Names of the parties, if the usual ones do not fit.")
@click.option("--from", "last", type=click.Path(path_type=Path), help="Fill the form with this questionnaire.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Assessment date.  [default: today]")
@click.option("--xlsx", "as_workbook", is_flag=True, help="A workbook for a spreadsheet program instead.")
@click.option("-o", "--out", type=click.Path(path_type=Path),
              help="File; «-» prints.  [default: like ua-eu-2026-11-23.html]")
@rubric_option
@language_option
@max_bytes_option
@force_option
def command(
    parties: tuple[str, str] | None, names: tuple[str, str] | None, last: Path | None, as_of: datetime | None,
    as_workbook: bool, out: Path | None, rubric_name: str, language: str, max_bytes: int, force: bool,
) -> None:
    """Write an offline form in which a questionnaire is filled in with a browser.

    It is one HTML file that opens from the disk and never uses the network. It shows every question
    with its levels, checks answers as «assess check» does, and saves the questionnaire as YAML, which
    it also opens again.

    With --xlsx it is a workbook instead, with drop-down lists and all guidance beside the cells;
    «assess import» makes a questionnaire of it.
    """
    if (parties is None) == (last is None):
        raise click.UsageError("Give either --parties or --from.")
    if last is not None and (names is not None or as_of is not None):
        raise click.UsageError("--from takes names and date from the questionnaire.")
    _suits(out, as_workbook=as_workbook)
    rubric, tr = load_rubric(rubric_name), rubric_translator(rubric_name, language)
    day = as_of.date() if as_of else date.today()
    sides = parties_of(parties, names, tr) if parties is not None else None
    sources = [last] if last else []
    if as_workbook:
        save(_workbook(rubric, sides, day, last, tr, out, max_bytes), force=force, sources=sources)
        return
    if last is not None:
        text, name = _read(last, max_bytes), _stem(last)
    else:
        assert sides is not None
        text, name = _start(rubric, sides, day, tr), f"{sides.A.code}-{sides.B.code}-{day}".lower()
    save({out or Path(f"{name}.html"): _page(rubric, rubric_name, language, text, name)}, force=force, sources=sources)


def _suits(out: Path | None, *, as_workbook: bool) -> None:
    """Refuse a name under which a program would look for the other kind of file."""
    ending = out.suffix.lower() if out else ""
    if as_workbook and ending in (".html", ".htm"):
        raise click.UsageError(f"With --xlsx the file is a workbook; {ending} is the ending of a web form.")
    if not as_workbook and ending in (".xlsx", ".xlsm", ".xls", ".ods"):
        raise click.UsageError(f"{ending} is the ending of a workbook; add --xlsx, or choose the ending .html.")


def _workbook(
    rubric: Rubric, sides: Parties | None, day: date, last: Path | None, tr: Translator, out: Path | None,
    max_bytes: int,
) -> dict[Path, str | bytes]:
    """Return the workbook under its path, blank or with the answers of the questionnaire ``last``."""
    from assess.questionnaire.blank import blank
    from assess.questionnaire.load import load_questionnaire
    from assess.questionnaire.workbook.write import workbook

    if last is not None:
        questionnaire, name = load_questionnaire(last, rubric, max_bytes=max_bytes)[0], _stem(last)
    else:
        assert sides is not None
        questionnaire, name = blank(rubric, sides, day, tr), f"{sides.A.code}-{sides.B.code}-{day}".lower()
    return {out or Path(f"{name}.xlsx"): workbook(questionnaire, rubric, tr, file=str(last or ""))}


def _stem(path: Path) -> str:
    """The name of a file without its ending; a pipe has none that would tell anything."""
    return "questionnaire" if is_stream(path) else path.stem


def _start(rubric: Rubric, parties: Parties, day: date, tr: Translator) -> str:
    from assess.questionnaire.form import start

    return start(rubric, parties, day, tr)


def _read(path: Path, max_bytes: int) -> str:
    """Return the text of a questionnaire that is sound YAML; what else is wrong with it the form shows.

    Raises:
        InputError: the file cannot be read or is not one well-formed, bounded YAML mapping.
    """
    from assess import linebreaks, yamlio

    raw = yamlio.read_bytes(path, max_bytes=max_bytes)
    yamlio.parse(raw, str(path))
    return linebreaks.END.sub("\n", raw.decode("utf-8-sig"))


def _page(rubric: Rubric, rubric_name: str, language: str, text: str, name: str) -> str:
    """Return the page; the language that was asked for comes first."""
    from assess.questionnaire.form import form_page

    codes = (language, *(code for code in languages() if code != language))
    folder = data_folder("report_templates") / "form"
    assets = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}
    return form_page(rubric, {code: rubric_translator(rubric_name, code) for code in codes}, assets, text, name)
