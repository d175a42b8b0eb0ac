"""Paired runs of two commands: A B A B, so that a drifting machine does not favour either."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def seconds(command: Sequence[str]) -> float:
    """Return the wall time of one whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def paired(command: Sequence[str], bare: Sequence[str], rounds: int) -> list[float]:
    """Return the ratio command / bare of each round, after one unmeasured round."""
    seconds(command), seconds(bare)
    return [seconds(command) / seconds(bare) for _ in range(rounds)]


def python(*arguments: str) -> list[str]:
    """A command for the interpreter that runs this."""
    return [sys.executable, *arguments]


def line(name: str, ratios: Sequence[float], goal: float) -> str:
    """One printed line: median, spread, goal."""
    median = statistics.median(ratios)
    verdict = "met" if median <= goal else "MISSED"
    return f"{name}: {median:.2f}x (min {min(ratios):.2f}, max {max(ratios):.2f}; goal {goal}x, {verdict})"
