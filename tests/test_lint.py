"""``assess rubric check``: our own instrument is sound, and what is sound is not found fault with.

Each finding has a broken rubric of its own in tests/broken, with the whole text that is printed.
"""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import FOLDER

from assess.cli.main import main
from assess.problems import CATALOGUE
from assess.rubric.lint import lint
from assess.rubric.lint.gates import gates
from assess.rubric.load import load_with_places
from assess.rubric.model import Rubric


def test_the_rubric_for_tests_has_no_findings() -> None:
    assert lint(str(FOLDER)) == ()


def test_our_instrument_has_no_findings_in_any_language() -> None:
    assert [f"{p.place} {p.code}" for p in lint("cyberdialog")] == []


def test_every_instrument_that_nobody_verified_says_what_is_open(rubric: Rubric) -> None:
    unverified = [key for key, entry in rubric.instruments.items() if entry.status == "unverified"]
    assert (len(unverified) > 10, [key for key in unverified if not rubric.instruments[key].note]) == (True, [])


def test_every_code_of_a_finding_stands_between_r320_and_r399() -> None:
    assert all(code < "R320" or code[1:] < "R400" for code in CATALOGUE if code.startswith("R"))


def changed(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Return code and place of the findings about a copy of the tiny rubric with one change."""
    copy = shutil.copytree(FOLDER, folder / "rubric")
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new))
    return [f"{p.code} {Path(p.place.file).name}:{p.place.line}" for p in lint(str(copy))]


def test_ten_indicators_are_too_many(tmp_path: Path) -> None:
    text = (FOLDER / "components" / "TWO.yaml").read_text()
    last = text[text.index("  TWO-03:") :]
    more = "".join(last.replace("TWO-03", f"TWO-{number:02d}") for number in range(4, 11))
    found = changed(tmp_path, "components/TWO.yaml", text, text + more)
    assert found == ["R333 TWO.yaml:5"]


def test_nine_indicators_are_not_too_many(tmp_path: Path) -> None:
    text = (FOLDER / "components" / "TWO.yaml").read_text()
    last = text[text.index("  TWO-03:") :]
    more = "".join(last.replace("TWO-03", f"TWO-{number:02d}") for number in range(4, 10))
    assert changed(tmp_path, "components/TWO.yaml", text, text + more) == []


def test_a_stop_of_any_kind_ends_a_stretch_of_words(tmp_path: Path) -> None:
    stretch = " ".join(["word"] * 45)
    sound = f'why: "{stretch}; {stretch}: {stretch}. {stretch}"'
    assert changed(tmp_path, "components/ONE.yaml", "why: It is for tests.", sound) == []


def test_a_higher_anchor_that_is_part_of_a_lower_one_asks_nothing_more(tmp_path: Path) -> None:
    found = changed(tmp_path, "components/ONE.yaml", "2: Two of ONE-01.", "2: One of ONE-01 and more.")
    assert found == []
    shutil.rmtree(tmp_path / "rubric")
    found = changed(tmp_path, "components/ONE.yaml", "2: Two of ONE-01.", "2: of ONE-01")
    assert found == ["R330 ONE.yaml:12", "R330 ONE.yaml:12"]


def test_a_gate_that_the_index_obeys_anyway_is_found(tmp_path: Path) -> None:
    """ONE-01 has 2/4 of component ONE, which has 2/4 of the index.

    At level 0 of it, just below the threshold of level 1, a relationship loses up to 25 * (1 - 0.2) = 20 of
    100 points: it ends just below 80, where the highest stage starts here.
    """
    copy = shutil.copytree(FOLDER, tmp_path / "rubric")
    file = copy / "rubric.yaml"
    text = file.read_text().replace("from: 70", "from: 80")
    file.write_text(text.replace("at_least: 2}, cap: low", "at_least: 1}, cap: middle"))
    rubric, place = load_with_places(str(copy))
    assert [(p.code, p.values["key"], p.values["reason"]) for p in gates(rubric, place)] == [
        ("R326", "G-ONE", "where it does not hold, the index stays below 80 and so within middle anyway")
    ]


@settings(max_examples=40)
@given(level=st.integers(-1, 7))
def test_a_gate_on_a_level_is_sound_exactly_if_the_level_is_above_the_lowest_and_exists(level: int) -> None:
    rubric, place = load_with_places(str(FOLDER))
    gate = rubric.gates[0]
    asked = gate.model_copy(update={"when": gate.when.model_copy(update={"at_least": level})})
    codes = [p.code for p in gates(rubric.model_copy(update={"gates": (asked,)}), place)]
    assert codes == (["R327"] if level <= 0 else ["R328"] if level > 5 else [])


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the program; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return (int(ended.value.code or 0), *capsys.readouterr())


def test_warnings_end_with_0_and_errors_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = Path(__file__).parent / "broken"
    for name, code, count in (("R334-long-sentence", 0, "0 errors, 1 warning\n"),
                              ("R330-anchor-repeated", 1, "1 error, 0 warnings\n")):
        shutil.copytree(FOLDER, tmp_path / name)
        shutil.copytree(broken / name, tmp_path / name, dirs_exist_ok=True)
        ended, printed, said = run(capsys, "rubric", "check", tmp_path / name)
        assert (ended, said) == (code, count)
        assert name[:4] in printed


def test_json_has_the_place_and_the_code_of_each_finding(capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, _ = run(capsys, "rubric", "check", "cyberdialog", "--no-translations", "--json")
    records = json.loads(printed)
    assert code == 0
    assert Counter(r["code"] for r in records) == Counter(p.code for p in lint("cyberdialog", with_translations=False))
    assert all(r["line"] > 0 and r["column"] > 0 for r in records)


def test_a_rubric_that_cannot_be_loaded_is_told_by_its_own_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "rubric")
    (copy / "rubric.yaml").write_text((copy / "rubric.yaml").read_text().replace("title: First, ", ""))
    code, printed, _ = run(capsys, "rubric", "check", copy)
    assert (code, printed.split()[1]) == (1, "R301")
