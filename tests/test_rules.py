"""docs/method.md holds every rule, each is named by a test, and what it quotes is what a command printed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assess.index import NotEstimable, cronbach_alpha, goalposts, minmax

ROOT = Path(__file__).parents[1]
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))


def test_the_method_has_fourteen_rules_in_order() -> None:
    assert re.findall(r"^## (\d+)\. ", METHOD, re.MULTILINE) == [str(n) for n in range(1, 15)]


@pytest.mark.parametrize("number", range(1, 15))
def test_every_rule_is_named_by_a_test(number: int) -> None:
    assert re.search(rf"def test_rule_{number}_", TESTS)


def test_every_rule_that_a_test_names_stands_in_the_method() -> None:
    named = set(re.findall(r"def test_rule_(\d+)_", TESTS))
    assert named == set(re.findall(r"^## (\d+)\. ", METHOD, re.MULTILINE))


def test_rule_5_the_coverage_that_is_quoted_is_what_the_benchmark_printed() -> None:
    printed = set((ROOT / "docs" / "coverage.txt").read_text(encoding="utf-8").splitlines())
    quoted = METHOD.split("```\n")[1].splitlines()
    assert len(quoted) > 40
    assert [line for line in quoted if line and line not in printed] == []


def test_rule_12_scoring_loads_no_table_or_plotting_library() -> None:
    program = (
        "import sys\n"
        "sys.path.insert(0, 'tests')\n"
        "from tiny import TINY, questionnaire\n"
        "from assess.assessment import assess\n"
        "assess(TINY, [questionnaire(answers={'ONE-01': 2, 'TWO-02': 1})])\n"
        "heavy = ('pandas', 'matplotlib', 'SALib', 'sklearn', 'statsmodels', 'pingouin')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_rule_11_with_goalposts_another_relationship_moves_nobody_and_without_them_it_does() -> None:
    few, more = [[20.0], [60.0]], [[20.0], [60.0], [90.0]]
    assert goalposts(few, [0.0], [100.0]).tolist() == goalposts(more, [0.0], [100.0])[:2].tolist()
    assert minmax(few).tolist() != minmax(more)[:2].tolist()


def test_rule_11_coherence_of_too_few_relationships_is_not_estimable() -> None:
    found = cronbach_alpha([[1.0, 2.0], [2.0, 3.0], [3.0, 5.0]])
    assert isinstance(found, NotEstimable)
    assert str(found).startswith("not estimable, N = 3")
