"""The offline form, in a real browser: what it shows, checks, keeps and writes."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tiny import HEAD_TEXT

from assess.cli.main import main
from assess.language import ENGLISH
from assess.problems import InputError
from assess.problems.render import message
from assess.questionnaire.load import load_questionnaire
from assess.questionnaire.model import Questionnaire
from assess.resources import data_folder
from assess.rubric.load import load_rubric
from assess.rubric.model import Rubric
from assess.scoring.score import score
from tests.formpage import opened

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "rubrics" / "tiny"
ASSETS = data_folder("report_templates") / "form"


@pytest.fixture(autouse=True)
def _driven(chromium: str) -> None:
    """Every test here drives the browser."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


def made(file: Path, *options: str) -> Path:
    """Write a form as a person would."""
    with pytest.raises(SystemExit) as ended:
        main(["form", *options, "-o", str(file), "--as-of", "2026-11-01"])
    assert ended.value.code == 0
    return file


@pytest.fixture(scope="module")
def tiny_form(folder: Path) -> Path:
    return made(folder / "tiny.html", "--parties", "AA,BB", "--names", "Aland,Bland", "--rubric", str(TINY))


@pytest.fixture(scope="module")
def form(folder: Path) -> Path:
    return made(folder / "form.html", "--parties", "UA,EU")


@pytest.fixture(scope="module")
def tiny() -> Rubric:
    return load_rubric(str(TINY))


def run(*arguments: str) -> int:
    """Run the program and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


# --- the same rules -----------------------------------------------------------------------------

# Beside tests/broken: what people who edit a file by hand come to write.
MORE_BROKEN = (
    "answers: {TRE-01: {disputed: [null, null]}, TRE-02: {not_applicable: ''}}",
    "answers: {TRE-01: {disputed: [1]}, TRE-02: {disputed: [1, 2, 3]}, TRE-03: {disputed: x}}",
    "answers: {ONE-02: {unknown: 3}, TRE-01: {level: x, confidence: hi}, TRE-02: {level: 2.5, state: foo}}",
    "evidence: {a: {title: x, grade: D, source: both, counter: maybe, date: 2026-13}, b: 3}",
    "bodies: {BOD-1: {A: {status: member, confidence: low}, together: {level: 1, between: 2}}}",
    "kind: foo\nnote: [a]\nfoo: 1\nanswered: 3",
    "answers: {TRE-01: {level: 2, evidence: [a b, 3]}, TRE-02: {level: 2, evidence: a}}",
    "answers: {__proto__: 3, constructor: 2}\nconstructor: 3",
    "answers: {ONE-02: unknown, TWO-01: {unknown: x, evidence: [q]}, ONE-03: 2}",
    "answers: {ONE-02: {A: 1, C: 2}, TWO-01: yes, TRE-01: {level: 9}, TRE-02: -1}",
    "bodies: {BOD-1: unknown, BOD-4: {unknown: because}}",
    "answers:\nbodies:\nevidence:\nchallenges:",
    "answers: 3\nbodies: []\nchallenges: x\nevidence: []",
    "answers: {TRE-01: {level: 2, note: 2024, date: 2024-02-30, assigned: x, review: yes}}",
    "answers: {TRE-01: {level: 2.0, date: 2025.0}, TRE-02: {disputed: [0, 2.0]}, ONE-03: {disputed: [0, 1e-5]}}",
    "answers: {TRE-01: {level: 2\u2028, note: a\u2029b}, TRE-02: {level: 2, confidence: a\x85b}}",
    "answers:\r  TRE-01: {level: 9}\rchallenges: 3\r",
    "answers: {TRE-01: {level: 12345678901234567890, evidence: [\ne1\n]}, ONE-02: 2.0}",
    "answers: {TRE-01: !!str 2, TRE-02: {!foo level: 2}}",
    "note: \"\\ud83d\\ude00\"\nkind: x",
    "bodies: {BOD-1: {A: {status: }, B: true, together: {level: false}}}",
)


def broken_files(folder: Path) -> Iterator[Path]:
    yield from sorted((ROOT / "tests" / "broken").glob("*.yaml"))
    for number, body in enumerate(MORE_BROKEN):
        file = folder / f"more-{number}.yaml"
        file.write_text(f"{HEAD_TEXT}{body}\n")
        yield file
    nothing = folder / "nothing.yaml"
    nothing.write_text("rubric: 3\nrelationship: {parties: {A: {code: a, name: ''}, C: 3}, title: 3}\n"
                       "as_of: 2026-02-30\nanswered_by: {side: me}\n")
    yield nothing


def told_by_check(file: Path, rubric: Rubric) -> list[tuple[str, str, str]]:
    try:
        problems = load_questionnaire(file, rubric)[1]
    except InputError as error:
        problems = error.problems
    return sorted({(p.code, p.place.path, in_the_form(message(p, ENGLISH), p.place.path)) for p in problems})


# The fields about who answers ask for what is missing in words of their own.
OWN_WORDS = {
    "the key answered_by is missing": "Say whose view this is, and the role.",
    "the key side is missing": "Say whose view this is.",
    "the key role is missing": "Say the role.",
}


def in_the_form(said: str, path: str) -> str:
    return OWN_WORDS.get(said, said) if path == "answered_by" else said


def test_the_form_finds_what_check_finds_at_the_same_places_in_the_same_words(
    tiny_form: Path, tiny: Rubric, folder: Path
) -> None:
    with opened(tiny_form) as form:
        differences = {}
        for file in broken_files(folder):
            form.open(file)
            top = [found for found in form.findings("#opened") if found[0][0] != "F"]
            form.go("end")
            # a file that the program refuses as a whole is taken over as far as it can be read, and checked as such
            refused = any(code[0] == "Y" and code not in ("Y104", "Y120") for code, _, _ in top)
            found = sorted({*top, *([] if refused else form.findings("main"))})
            if found != (wanted := told_by_check(file, tiny)):
                differences[file.name] = (found, wanted)
            form.page.evaluate("() => document.querySelector('#opened .quiet')?.click()")
    reworded = {  # the two parsers stop at other signs
        name: pair for name, pair in differences.items() if [one[0] for one in pair[0]] != [one[0] for one in pair[1]]
        or pair[0][0][0] != "Y102"
    }
    assert reworded == {}


def random_questionnaire(rubric: Rubric, seed: int) -> dict[str, Any]:
    """Make a questionnaire with every kind of answer, sound by the rules."""
    dice = random.Random(seed)
    top = rubric.top_level
    evidence = {
        f"e{n}": {"title": f"Source {n}", "grade": dice.choice("ABC"), "counter": dice.random() < 0.2,
                  "source": dice.choice(["A", "B", "both", "third"]), "publisher": dice.choice(["P", "Q", "R"]),
                  "date": dice.choice([None, "2024", "2025-03", "2026-10-31", "2019-01-01"])}
        for n in range(6)
    }

    def answer(excused: bool) -> Any:
        cites = {"evidence": dice.sample(sorted(evidence), dice.randint(0, 3))}
        low, high = sorted(dice.sample(range(top + 1), 2))
        kinds: list[Any] = ["unknown", {"unknown": True, "between": [low, high], **cites},
                            {"level": dice.randint(0, top), **cites}, {"level": dice.randint(0, top), **cites},
                            {"disputed": [low, high], **cites}, dice.randint(0, top)]
        return dice.choice([*kinds, {"not_applicable": "it does not arise"}] if excused else kinds)

    def section(questions: Any) -> dict[str, Any]:
        given = {}
        for q in questions:
            if dice.random() < 0.15:
                continue
            one = q.may_be_not_applicable
            given[q.id] = answer(one) if q.type == "P" else {"A": answer(one), "B": answer(one)}
        return given

    return {**yaml.safe_load(HEAD_TEXT), "as_of": "2026-11-01", "rubric": f"{rubric.id} {rubric.version}",
            "evidence": evidence, "answers": section(rubric.indicators.values()),
            "challenges": section(rubric.barriers.values())}


def percentages(questionnaire: Questionnaire, rubric: Rubric) -> dict[str, str]:
    """The coverage of each component and challenge and of the whole, as the engine scores it."""
    result = score(rubric, [questionnaire])
    shares = {c.id: c.coverage for c in (*result.components, *result.challenges)} | {"all": result.index.coverage}
    return {key: "–" if share is None else f"{int(share * 100 + 0.5)} %" for key, share in shares.items()}


def test_progress_is_the_coverage_that_the_engine_computes(form: Path, rubric: Rubric, folder: Path) -> None:
    files = [*sorted((ROOT / "examples").glob("*-2026.yaml"))]
    for seed in range(12):
        files.append(folder / f"random-{seed}.yaml")
        files[-1].write_text(yaml.safe_dump(random_questionnaire(rubric, seed)))
    with opened(form) as page:
        for file in files:
            page.open(file)
            wanted = percentages(load_questionnaire(file, rubric)[0], rubric)
            shown = {key: page.page.locator(f"nav.menu a[href='#{key}'] .figure").text_content() for key in wanted
                     if key != "all"} | {"all": page.page.locator("#coverage").text_content()}
            assert (file.name, shown) == (file.name, wanted)


# --- the command --------------------------------------------------------------------------------


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["form", *arguments])
    return int(ended.value.code or 0), capsys.readouterr().err


def test_the_command_takes_parties_or_a_questionnaire(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said(capsys)
    assert (code, told.splitlines()[-1]) == (2, "Error: Give either --parties or --from.")


def test_a_form_is_never_written_over_another_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.html").write_text("mine")
    code, told = said(capsys, "--parties", "UA,EU", "-o", "mine.html")
    assert (code, told.splitlines()[0]) == (1, "mine.html E504 mine.html exists already")
    assert (tmp_path / "mine.html").read_text() == "mine"


def test_a_questionnaire_that_is_no_yaml_makes_no_form(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cut.yaml").write_text(HEAD_TEXT + "answers: {ONE-01: {level: 3")
    code, told = said(capsys, "--from", "cut.yaml")
    assert (code, told.split(" ")[1]) == (1, "Y102")
    assert list(tmp_path.iterdir()) == [tmp_path / "cut.yaml"]
