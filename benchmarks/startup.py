"""What the commands cost beside bare scripts that do the least possible work.

Run ``python -m benchmarks.startup [FILE]``; what a report costs is in ``benchmarks.report``.
"""

import sys
import time
from pathlib import Path

from assess.questionnaire.load import load_questionnaire
from assess.rubric.load import load_rubric
from assess.scoring.score import score
from benchmarks.pairs import ROOT, line, paired, python

EXAMPLE = ROOT / "examples/eu-ukraine-2026.yaml"


def main(example: Path = EXAMPLE) -> None:
    """Print one line a command."""
    assess = python("-m", "assess")
    print(line("assess --help / import click", paired([*assess, "--help"], python("-c", "import click"), 15), 3))
    bare = python("-m", "benchmarks.bare_check", str(example))
    print(line("assess check / bare parsing and models", paired([*assess, "check", str(example)], bare, 11), 1.5))
    print(f"scoring one questionnaire: {_scoring(example):.1f} ms (goal 5 ms)")


def _scoring(example: Path) -> float:
    rubric = load_rubric()
    questionnaire, _ = load_questionnaire(example, rubric)
    runs = []
    for _ in range(50):
        start = time.perf_counter()
        score(rubric, [questionnaire])
        runs.append(time.perf_counter() - start)
    return sorted(runs)[25] * 1000


if __name__ == "__main__":
    main(*(Path(path) for path in sys.argv[1:2]))
