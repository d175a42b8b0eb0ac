"""What a recorded version of a rubric holds never changes unseen."""

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from tiny import FOLDER

from assess.rubric.load import installed_rubrics, load_rubric, older_version, rubric_from_json
from assess.rubric.model import Rubric

ROOT = Path(__file__).parents[1]
RUBRICS = ROOT / "rubrics"


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("record_rubric", ROOT / "tools" / "record_rubric.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.mark.parametrize("name", installed_rubrics())
def test_an_installed_rubric_is_what_was_recorded_of_its_version(name: str) -> None:
    rubric, recorded = load_rubric(name), json.loads((RUBRICS / "released.json").read_text())
    assert recorded.get(f"{rubric.id} {rubric.version}") == rubric.hash, (
        "The rubric changed. Before its release: python tools/record_rubric.py. After it: give it a new version, "
        "and say in rubrics/CHANGELOG.md what changed."
    )


def test_the_change_log_has_a_heading_for_every_recorded_version() -> None:
    log = (RUBRICS / "CHANGELOG.md").read_text()
    recorded = json.loads((RUBRICS / "released.json").read_text())
    assert [name for name in recorded if f"\n### {name.split()[1]}" not in log] == []


def test_the_content_kept_of_a_released_version_has_the_recorded_hash() -> None:
    recorded = json.loads((RUBRICS / "released.json").read_text())
    for file in RUBRICS.glob("*/history/*.json"):
        kept = rubric_from_json(file.read_text(encoding="utf-8"))
        assert (file.stem, recorded[f"{kept.id} {kept.version}"]) == (kept.version, kept.hash)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of rubrics with one in it."""
    shutil.copytree(FOLDER, tmp_path / "tiny")
    return tmp_path


def changed(shelf: Path) -> Rubric:
    file = shelf / "tiny" / "rubric.yaml"
    file.write_text(file.read_text().replace("meaning: Nothing.", "meaning: Nothing at all."))
    return load_rubric(str(shelf / "tiny"))


def test_before_its_release_a_version_may_be_recorded_again(shelf: Path) -> None:
    TOOL.record(shelf, load_rubric(str(shelf / "tiny")), release=False)
    mended = changed(shelf)
    assert TOOL.record(shelf, mended, release=False) == f"tiny 0.1.0 recorded: {mended.hash}"
    assert json.loads((shelf / "released.json").read_text()) == {"tiny 0.1.0": mended.hash}


def test_a_released_version_is_kept_whole_and_refuses_another_content(shelf: Path) -> None:
    first = load_rubric(str(shelf / "tiny"))
    assert TOOL.record(shelf, first, release=True) == f"tiny 0.1.0 released: {first.hash}"
    assert older_version(str(shelf / "tiny"), "0.1") == first
    refused = "tiny 0.1.0 is released and cannot change: give the rubric a new version"
    assert TOOL.record(shelf, changed(shelf), release=True) == refused
    assert json.loads((shelf / "released.json").read_text()) == {"tiny 0.1.0": first.hash}
