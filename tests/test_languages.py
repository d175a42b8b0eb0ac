"""Every text of the program and of the instrument stands in every language."""

import ast
import importlib.util
import pickle
import re
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

from assess.language import Phrase, translator
from assess.problems.model import InputError
from assess.problems.render import message
from assess.questionnaire.load import load_questionnaire
from assess.rubric.load import load_rubric, rubric_translator

ROOT = Path(__file__).parents[1]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_catalogues", ROOT / "tools" / "make_catalogues.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()
CATALOGUES = {
    str(base.relative_to(ROOT)): TOOL.renewed(base.with_suffix(".po"), base.parts[-3], what, found)
    for base, what, found in TOOL.catalogues()
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_text_has_a_translation(name: str) -> None:
    assert [m.id for m in CATALOGUES[name] if m.id and not all(_texts(m.string))] == []


def test_no_text_stands_inside_an_f_string() -> None:
    """Babel reads no calls there, so that the text would stay English unseen."""
    found = []
    for file in sorted((ROOT / "assess").rglob("*.py")):
        strings = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.JoinedStr))
        found += [f"{file.name}:{call.lineno}" for string in strings for call in ast.walk(string) if _marks_text(call)]
    assert found == []


def _marks_text(node: ast.AST) -> bool:
    """Whether this is a call such as ``tr("text")``, of which the text belongs in the catalogue."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in TOOL._KEYWORDS


def test_no_text_stands_inside_a_template_string_of_the_form() -> None:
    scripts = [file for file in (ROOT / "report_templates" / "form").glob("*.js") if file.name != "yaml.js"]
    assert [file.name for file in scripts if re.search(r'\$\{[^}`]*\b_\("', file.read_text())] == []


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("ending", [".po", ".mo"])
def test_the_committed_catalogue_is_up_to_date(name: str, ending: str) -> None:
    made = {".po": TOOL.as_po, ".mo": TOOL.as_mo}[ending](CATALOGUES[name])
    assert (ROOT / name).with_suffix(ending).read_bytes() == made, "If this is meant: python tools/make_catalogues.py"


@pytest.mark.parametrize("name", [name for name in CATALOGUES if name.startswith("locales/")])
def test_a_translation_fills_no_field_that_its_text_lacks(name: str) -> None:
    odd = []
    for entry in CATALOGUES[name]:
        known = set().union(*(_fields(text) for text in _texts(entry.id)))
        odd += [text for text in _texts(entry.string) if not _fields(text) <= known]
    assert odd == []


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("{level: 3, evidence: 7}", "«7» тут не підходить: має бути список, наприклад [один, два]"),
        ("{level: 3, confidence: sure}", "«sure» тут не підходить: має бути low, medium або high"),
        ("08", "08 без лапок інші програми, що читають YAML, сприймають як вісімкове число"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_in_the_language_too(tmp_path: Path, answer: str, said: str) -> None:
    text = (ROOT / "tests" / "broken" / "sound.yaml").read_text().split("answers:")[0]
    file = tmp_path / "ours.yaml"
    file.write_text(f"{text}answers: {{ONE-01: {answer}}}\n")
    rubric = load_rubric(str(ROOT / "tests" / "rubrics" / "tiny"))
    with pytest.raises(InputError) as caught:
        load_questionnaire(file, rubric)
    assert said in {message(problem, translator("uk")) for problem in caught.value.problems}


def test_a_phrase_travels_between_processes_whole() -> None:
    phrase = Phrase("it should be at least {count}", count=3)
    again = pickle.loads(pickle.dumps(phrase))
    assert (again, again.said(translator("uk"))) == ("it should be at least 3", "має бути щонайменше 3")


# Short words that a rubric may use in another sense; the program says them with «own», or in a phrase.
OWN = {"open", "internal", "public", "list"}


def test_words_that_a_rubric_uses_otherwise_are_said_by_each_in_its_own_sense() -> None:
    tr = rubric_translator("cyberdialog", "uk")
    assert (tr("internal"), tr.own("internal")) == ("внутрішній", "для внутрішнього користування")
    assert (tr("open"), tr.own("open"), tr.own("")) == ("відкрите", "відкрито", "")
    assert Phrase("list").said(tr) == "список"


def test_no_other_word_of_the_program_has_another_sense_in_the_rubric() -> None:
    ours, theirs = (CATALOGUES[name] for name in sorted(CATALOGUES))
    both = {m.id: (m.string, theirs.get(m.id).string) for m in ours if m.id and theirs.get(m.id)}
    assert {text for text, (mine, other) in both.items() if mine != other} == OWN
