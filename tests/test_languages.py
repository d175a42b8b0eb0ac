"""Every text of the program and of the instrument stands in every language."""

import importlib.util
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

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


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("ending", [".po", ".mo"])
def test_the_committed_catalogue_is_up_to_date(name: str, ending: str) -> None:
    made = {".po": TOOL.as_po, ".mo": TOOL.as_mo}[ending](CATALOGUES[name])
    assert (ROOT / name).with_suffix(ending).read_bytes() == made, "If this is meant: python tools/make_catalogues.py"


@pytest.mark.parametrize("name", [name for name in CATALOGUES if name.startswith("locales/")])
def test_a_translation_fills_no_field_that_its_text_lacks(name: str) -> None:
    odd = []
    for message in CATALOGUES[name]:
        known = set().union(*(_fields(text) for text in _texts(message.id)))
        odd += [text for text in _texts(message.string) if not _fields(text) <= known]
    assert odd == []


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}
