"""What many relationships cost: speed, memory, a second run, and reports side by side. One command prints it all.

    python -m benchmarks.portfolio                    everything, with all 18,721 pairs: the better part of an hour
    python -m benchmarks.portfolio --pairs 2000       the same with fewer pairs
    python -m benchmarks.portfolio --parts pdf        one part alone: speed, scale, ranges, pdf
    python -m benchmarks.portfolio --parts scale --rubric tests/rubrics/tiny
                                                      all pairs with a rubric of nine indicators: memory, in minutes

Figures are ratios, or stand for one item. Every measured command is a process of its own. Ratios of speed
are of processor time, which other work on the machine does not move; only «pdf» takes the clock, since
what two workers save is waiting, and it should run on a machine that is idle otherwise.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.portfolio.likely import BATCH, likely
from assess.rubric.load import DEFAULT_RUBRIC, load_rubric
from assess.scoring.score import score
from assess.uncertainty.run import quantify
from benchmarks.pairs import ROOT, python
from benchmarks.world import World, pairs, write

FEW = 1000
_SPEED_GOAL, _MEMORY_GOAL, _AGAIN_GOAL, _PDF_GOAL = 20.0, 500.0, 0.05, 1.8


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds by the clock, seconds of the processor, and most memory in MiB."""

    clock: float
    processor: float
    memory: float


def cost(command: Sequence[str]) -> Cost:
    """Run a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def portfolio(folder: Path, out: Path, rubric: str) -> Cost:
    """The deterministic part: check, score, and the tables that are read elsewhere."""
    return cost(python("-m", "assess", "portfolio", str(folder), "--out", str(out), "--no-ranges", "--format",
                       "csv,parquet", "--rubric", rubric))


def say(text: str) -> None:
    """Print one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def verdict(met: bool) -> str:
    """Say whether a goal was met."""
    return "met" if met else "MISSED"


def speed(folder: Path) -> None:
    """One process for each relationship against one for all, on the same 200 files."""
    files = list(write(World(load_rubric()), folder / "speed", 200))
    whole = portfolio(folder / "speed", folder / "speed-out", DEFAULT_RUBRIC)
    single = [cost(python("-m", "assess", "score", str(path), "--format", "json", "--out", str(folder / "single")))
              for path in files[:5]]
    each, one = whole.processor / len(files), statistics.median(c.processor for c in single)
    say(f"one «assess score --format json» process: {1000 * one:.0f} ms of processor each")
    say(f"«assess portfolio» (200 files, start included): {1000 * each:.0f} ms of processor each")
    say(f"faster by: {one / each:.0f}x (goal {_SPEED_GOAL:.0f}x, {verdict(one / each >= _SPEED_GOAL)})")


def scale(folder: Path, count: int, rubric: str) -> None:
    """Memory and time for few and for many, and a second run over what has not changed."""
    world = World(load_rubric(rubric))
    say(f"rubric {world.rubric.id}, {len(world.rubric.indicators)} indicators")
    found = {}
    for number in (min(FEW, count), count):
        place = folder / f"world-{number}"
        for _ in write(world, place, number):
            pass
        found[number] = portfolio(place, folder / f"out-{number}", rubric)
        c = found[number]
        each = 1000 * c.processor / number
        say(f"{number} relationships: {each:.1f} ms of processor each, {c.memory:.0f} MiB at most")
    few, many = found[min(FEW, count)], found[count]
    met = many.memory < _MEMORY_GOAL
    say(f"memory, {count} to {min(FEW, count)}: {many.memory / few.memory:.2f}x "
        f"(goal under {_MEMORY_GOAL:.0f} MiB, {verdict(met)})")
    again = portfolio(folder / f"world-{count}", folder / f"out-{count}", rubric)
    share = again.processor / many.processor
    say(f"second run, nothing changed: {100 * share:.1f} % of the first "
        f"(goal {100 * _AGAIN_GOAL:.0f} %, {verdict(share <= _AGAIN_GOAL)})")


def ranges() -> None:
    """Likely ranges for many at once against the same model for one at a time."""
    rubric = load_rubric()
    given = list(World(rubric).questionnaires(4 * BATCH))
    results = [score(rubric, [q]) for q in given]
    together = _processor(lambda: likely(rubric, results)) / len(results)
    few = list(zip(given, results, strict=True))[:8]
    alone = _processor(lambda: [quantify(rubric, [q], result) for q, result in few]) / len(few)
    say(f"likely ranges of {len(results)} relationships at once: {1000 * together:.1f} ms of processor each")
    say(f"everything that a single report says of uncertainty: {1000 * alone:.0f} ms ({alone / together:.0f}x)")


def _processor(run: Callable[[], object]) -> float:
    run()
    start = time.process_time()
    run()
    return time.process_time() - start


def pdf(folder: Path, count: int = 16) -> None:
    """Reports as PDF with one worker and with two, by the clock; A B A B."""
    files = folder / "pdf"
    for _ in write(World(load_rubric()), files, count):
        pass

    def run(jobs: int, name: str) -> float:
        out = folder / f"{name}-{jobs}"
        return cost(python("-m", "assess", "batch", str(files), "--out", str(out), "--jobs", str(jobs))).clock

    found = [(run(1, f"r{n}"), run(2, f"r{n}")) for n in range(2)]
    gain = statistics.median(one / two for one, two in found)
    seconds = statistics.median(one for one, _ in found) / count
    size = sum(path.stat().st_size for path in (folder / "r0-1").glob("*.pdf")) / count
    load = os.getloadavg()[0]
    say(f"PDF with one worker: {seconds:.1f} s each, {size / 1024:.0f} KiB each ({count} reports, start included)")
    say(f"PDF, two workers against one: {gain:.2f}x (goal {_PDF_GOAL}x, {verdict(gain >= _PDF_GOAL)}; "
        f"load of the machine {load:.1f} on {os.cpu_count()} cores)")


def main(arguments: Sequence[str] = ()) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.portfolio", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=len(pairs()), help="relationships of the large run")
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC, help="rubric of the large run")
    parser.add_argument("--parts", default="speed,scale,ranges,pdf", help="any of these")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="portfolio-") as name:
        folder = Path(name)
        run: dict[str, Callable[[], None]] = {
            "speed": lambda: speed(folder), "scale": lambda: scale(folder, given.pairs, given.rubric), "ranges": ranges,
            "pdf": lambda: pdf(folder),
        }
        for part in given.parts.split(","):
            run[part]()


if __name__ == "__main__":
    main(sys.argv[1:])
