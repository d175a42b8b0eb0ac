"""The reference pages in docs/ say what the program does: they are made from it, and nothing is left without a word."""

import difflib
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner

from assess.cli import main as front
from assess.problems import CATALOGUE
from assess.rubric.model import Rubric

ROOT = Path(__file__).parents[1]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools" / "make_docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
COMMANDS = dict(TOOL.commands(front.cli, "assess"))


@pytest.mark.parametrize("name", TOOL.PAGES)
def test_a_committed_page_is_what_the_code_makes(name: str) -> None:
    committed, made = (ROOT / "docs" / name).read_text(encoding="utf-8"), TOOL.PAGES[name]()
    difference = "".join(difflib.unified_diff(committed.splitlines(True), made.splitlines(True), name, "made"))
    assert committed == made, f"{difference}\nIf this is meant: make docs"


def test_every_code_has_its_place_in_the_page_of_problems() -> None:
    assert re.findall(r"^### (\w+) ", TOOL.problems_page(), re.MULTILINE) == sorted(
        CATALOGUE, key=lambda code: (list(TOOL._FAMILIES).index(code[0]), list(CATALOGUE).index(code))
    )


@pytest.mark.parametrize("page", ["rubric.md", "questionnaire.md", "report.md"])
def test_every_key_of_a_file_has_a_meaning(page: str) -> None:
    assert [line for line in TOOL.PAGES[page]().splitlines() if line.endswith("|  |")] == []


@pytest.mark.parametrize("page", ["rubric.md", "questionnaire.md", "report.md"])
def test_every_link_of_a_page_leads_to_a_heading_of_it(page: str) -> None:
    text = TOOL.PAGES[page]()
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert {link for link in re.findall(r"\]\(#([^)]+)\)", text) if link not in headings} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_every_option_says_what_it_is_for(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


@pytest.mark.parametrize("name", [name for name in front._COMMANDS if f"assess {name}" in COMMANDS])
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    assert (COMMANDS[f"assess {name}"].help or "").split("\n\n")[0].replace("\n", " ") == front._COMMANDS[name]


# --- what people read first ----------------------------------------------------------------------


def _commands_of_the_readme() -> list[str]:
    use = (ROOT / "README.md").read_text(encoding="utf-8").split("## Use\n")[1].split("All commands:")[0]
    return [line.split("  # ")[0].strip() for line in use.splitlines() if line.startswith("    assess ")]


def test_the_commands_of_the_readme_run_in_their_order_on_the_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    endings = {}
    for line in _commands_of_the_readme():
        if not line.startswith("assess fill"):  # it needs a terminal; tests/test_fill.py gives it one
            with pytest.raises(SystemExit) as ended:
                front.main(line.split()[1:])
            endings[line] = ended.value.code
    assert len(endings) == 16
    assert {line: code for line, code in endings.items() if code} == {}


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_every_link_of_a_page_to_a_file_leads_to_one(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def test_the_first_page_for_people_counts_what_the_form_asks(rubric: Rubric) -> None:
    said = " ".join((ROOT / "docs" / "start.md").read_text(encoding="utf-8").split())
    assert f"{len(rubric.indicators)} indicators; {len(rubric.barriers)} barriers and {len(rubric.bodies)} " in said
    assert f"below {rubric.coverage.overall_minimum:.0%}".replace("%", " %") in said


def _help(*arguments: str) -> str:
    return CliRunner().invoke(front.cli, arguments, prog_name="assess").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_short_option_shows_the_help_of_every_command(name: str) -> None:
    assert _help(*name.split()[1:], "-h") == _help(*name.split()[1:], "--help") != ""


def test_the_help_lists_the_commands_by_what_one_wants_to_do() -> None:
    sections = re.findall(r"^(\w.*):\n((?:  .+\n)+)", _help("--help"), re.MULTILINE)
    assert {title: re.findall(r"^  ([a-z]+)  ", rows, re.MULTILINE) for title, rows in sections[1:]} == {
        "Fill in a questionnaire": ["new", "form", "import", "fill", "status", "check", "diff", "merge", "migrate"],
        "Score and report": ["score", "explain", "roadmap", "report", "compare", "verify", "sign"],
        "Many relationships": ["portfolio", "batch"],
        "The instrument": ["rubric", "schema"],
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_ends_with_one_example_that_it_takes(name: str) -> None:
    command = COMMANDS[name]
    example = (command.epilog or "").removeprefix("Example: ")
    assert _help(*name.split()[1:], "--help").endswith(f"\n\n  Example: {example}\n")
    assert f"{example} ".startswith(f"{name} ")
    command.make_context(name, example.removeprefix(name).split())  # says by an error what it does not take


def test_the_option_for_the_language_names_every_language() -> None:
    assert [line.strip() for line in _help("status", "--help").splitlines() if "--language" in line] == [
        "--language TEXT            Language of the texts: en or uk.  [env var:"
    ]
