"""A batch: every report is written once, whole, whichever worker dies, and what stands is left alone."""

import dataclasses
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

import fsspec
import psutil
import pytest

from assess.cli.main import main
from assess.portfolio.batch import job as job_module
from assess.portfolio.batch.engines import Processes
from assess.portfolio.batch.job import Done, Job, render_job
from assess.portfolio.work import Given
from assess.rubric.load import load_rubric

ROOT = Path(__file__).parents[1]
SOUND = (Path(__file__).parent / "broken" / "sound.yaml").read_text()
TINY = str(Path(__file__).parent / "rubrics" / "tiny")
RUBRIC = load_rubric(TINY)

Run = Callable[..., tuple[int, str, str]]


def fill(folder: Path, count: int) -> None:
    """Write so many relationships."""
    folder.mkdir(exist_ok=True)
    for n in range(count):
        text = SOUND.replace("code: AA", f"code: A{chr(65 + n)}").replace("Aland", f"Aland {n}")
        (folder / f"{n:02d}.yaml").write_text(text)


def stems(count: int) -> list[str]:
    return [f"a{chr(97 + n)}-bb-2026-11-01" for n in range(count)]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``assess batch`` in an empty folder, in this process, where jobs run one after another."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("assess.portfolio.batch.engines.Processes", Here)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["batch", *arguments, "--rubric", TINY])
        return (int(ended.value.code or 0), *capsys.readouterr())

    return call


class Here:
    """An engine without processes; it counts what it renders."""

    rendered: ClassVar[Counter[str]] = Counter()

    def __init__(self, count: int, rubric: str, language: str, formats: tuple[str, ...]) -> None:
        assert (rubric, language) == (TINY, "en")

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        for job in jobs:
            self.rendered[job.stem] += 1
            yield job, render_job(job)


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is computed beside the scores is no matter here, but for the one test that compares with score."""
    Here.rendered = Counter()
    if "is_what_score_makes" not in request.node.name:
        monkeypatch.setattr(job_module, "assess", partial(job_module.assess, ranges=False))


def test_every_report_has_the_name_of_its_relationship_and_date_and_is_what_score_makes(run: Run) -> None:
    fill(Path("in"), 1)
    code, printed, said = run("in", "--format", "json")
    assert (code, printed.split()) == (0, ["out/aa-bb-2026-11-01.json"])
    assert said.splitlines()[-1] == "1 report, 0 stood already, 0 problems"
    with pytest.raises(SystemExit):
        main(["score", "in/00.yaml", "--format", "json", "--out", "single", "--rubric", TINY])
    assert Path("out/aa-bb-2026-11-01.json").read_bytes() == Path("single/00.json").read_bytes()


def test_every_report_keeps_the_marking_of_its_own_questionnaire(run: Run) -> None:
    fill(Path("in"), 2)
    Path("in/01.yaml").write_text(Path("in/01.yaml").read_text().replace("as_of:", "marking: TLP:RED\nas_of:"))
    assert run("in", "--format", "json,html")[0] == 0
    first, second = (json.loads(Path(f"out/{stem}.json").read_text()) for stem in stems(2))
    assert (first["result"]["marking"], second["result"]["marking"]) == (None, "TLP:RED")
    assert ">TLP:RED</p>" in Path(f"out/{stems(2)[1]}.html").read_text()


def test_what_stands_is_left_alone_and_what_changed_or_is_gone_is_made_again(run: Run) -> None:
    fill(Path("in"), 4)
    run("in", "--format", "json")
    Path("in/01.yaml").write_text(Path("in/01.yaml").read_text().replace("level: 3", "level: 2"))
    Path("out/ac-bb-2026-11-01.json").unlink()
    Path("out/ad-bb-2026-11-01.json").write_text("cut off")
    _, printed, said = run("in", "--format", "json")
    assert printed.split() == [f"out/{stem}.json" for stem in stems(4)[1:]]
    assert said.splitlines()[-1] == "4 reports, 1 stood already, 0 problems"
    assert run("in", "--format", "json,html")[1].count("\n") == 8


def test_a_bad_file_does_not_hold_up_the_others(run: Run) -> None:
    fill(Path("in"), 2)
    Path("in/bad.yaml").write_text("no: questionnaire\n")
    code, printed, said = run("in", "--format", "json")
    assert (code, len(printed.split())) == (1, 2)
    assert "in/bad.yaml" in said


def test_when_the_target_fails_in_mid_run_what_was_written_stays_and_is_known(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(Path("in"), 3)
    from assess.portfolio.batch import target

    inner = target.write_atomically

    def full(path: Path, content: bytes) -> None:
        if path.name.startswith("ac"):
            path = Path("in/00.yaml") / path.name  # a folder that cannot be
        inner(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(target, "write_atomically", full)
        code, printed, said = run("in", "--format", "json")
    assert code == 3
    assert printed.split() == ["out/aa-bb-2026-11-01.json", "out/ab-bb-2026-11-01.json"]
    assert " E502 " in said
    assert run("in", "--format", "json")[1].split() == ["out/ac-bb-2026-11-01.json"]
    assert Here.rendered == {"aa-bb-2026-11-01": 1, "ab-bb-2026-11-01": 1, "ac-bb-2026-11-01": 2}


def test_reports_go_to_any_store_that_fsspec_knows(run: Run) -> None:
    fill(Path("in"), 2)
    code, printed, _ = run("in", "--format", "json", "--out", "memory://reports")
    assert (code, printed.split()) == (0, [f"memory://reports/{stem}.json" for stem in stems(2)])
    store = fsspec.filesystem("memory")
    assert sorted(Path(name).name for name in store.ls("/reports", detail=False)) == [
        *(f"{stem}.json" for stem in stems(2)), "batch.json"]
    assert run("in", "--format", "json", "--out", "memory://reports")[1] == ""
    store.rm("/reports", recursive=True)


def test_a_worker_with_another_rubric_refuses() -> None:
    done = render_job(a_job(rubric_hash="0" * 64))
    assert [problem.code for problem in done.problems] == ["B815"]
    assert done.files == {}


def test_a_fault_of_the_program_is_told_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret answer")

    monkeypatch.setattr(job_module, "assess", broken)
    (problem,) = render_job(a_job()).problems
    assert (problem.code, problem.values["kind"]) == ("B816", "RuntimeError")
    assert "secret" not in str(problem)


def a_job(rubric_hash: str = RUBRIC.hash, stem: str = "aa-bb", text: str = SOUND) -> Job:
    return Job(key=stem, stem=stem, files=(Given(f"{stem}.yaml", text.encode()),), rubric=TINY,
               rubric_hash=rubric_hash, formats=("json",), language="en", paper="A4")


# --- processes --------------------------------------------------------------------------------------


def test_the_reports_of_processes_are_those_of_this_one_and_come_as_they_are_done() -> None:
    jobs = [a_job(stem=f"r{n}") for n in range(3)]
    found = {job.stem: done for job, done in Processes(2, TINY, formats=("json",)).run(jobs)}
    assert {stem: list(done.files) for stem, done in found.items()} == {f"r{n}": ["json"] for n in range(3)}
    assert {done.key for done in found.values()} == {"r0", "r1", "r2"}


def test_a_process_that_is_killed_costs_nothing_but_time() -> None:
    """One of the two is killed from outside after the first report."""
    jobs = [a_job(stem=f"r{n}") for n in range(5)]
    found: Counter[str] = Counter()
    for number, (job, done) in enumerate(Processes(2, TINY, formats=("json",)).run(jobs)):
        found[job.stem] += 1
        assert set(done.files) == {"json"}
        if number == 0:
            os.kill(workers()[0], signal.SIGKILL)
    assert found == dict.fromkeys((f"r{n}" for n in range(5)), 1)


def workers() -> list[int]:
    """The processes that render for this one: children of its fork server."""
    mine = psutil.Process()
    return [child.pid for child in mine.children(recursive=True) if child.ppid() != mine.pid]


class Deadly:
    """A file that ends the process which opens it."""

    name = "deadly.yaml"
    content = b""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_job_that_kills_process_after_process_is_given_up_and_the_others_are_made() -> None:
    deadly = dataclasses.replace(a_job(stem="r2"), files=(Deadly(),))  # type: ignore[arg-type]
    jobs = [a_job(stem="r0"), deadly, a_job(stem="r3")]
    done = Processes(2, TINY, formats=("json",)).run(jobs)
    found = [(job.stem, [p.code for p in one.problems], list(one.files)) for job, one in done]
    assert sorted(found) == [
        ("r0", [], ["json"]), ("r2", ["B811"], []), ("r3", [], ["json"])]


# --- a cluster --------------------------------------------------------------------------------------


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own, on this machine alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path,
             "env": os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", "PYTHONPATH": str(ROOT)}}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    started = [subprocess.Popen([*dask, "--host", "127.0.0.1", "--port", str(port), "--no-dashboard",
                                 "--no-show"], **quiet)]  # type: ignore[call-overload]
    for number in range(2):
        started.append(subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--no-nanny",
             "--nthreads", "1", "--no-dashboard", "--name", f"w{number}"], **quiet))  # type: ignore[call-overload]
    try:
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_in_mid_run_writes_every_report_once(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    """The command itself, as a process of its own; one of two workers is killed after the first report."""
    address, workers_of_cluster = cluster
    fill(tmp_path / "in", 6)
    command = [sys.executable, "-m", "assess", "batch", "in", "--out", "out", "--format", "json", "--rubric", TINY,
               "--scheduler", address]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    _wait_for_workers(address, 2)
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        printed = [process.stdout.readline()]
        workers_of_cluster[0].kill()
        printed += process.stdout.readlines()
        said = process.stderr.read()
    assert process.returncode == 0, said
    assert Counter(line.strip() for line in printed) == dict.fromkeys((f"out/{s}.json" for s in stems(6)), 1)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *(f"{stem}.json" for stem in stems(6)), "batch.json"]
    assert len(json.loads((tmp_path / "out" / "batch.json").read_text())) == 6
    assert workers_of_cluster[0].poll() is not None and workers_of_cluster[1].poll() is None


def _wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    for _ in range(60):
        try:
            with Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("no cluster came up")


def test_a_read_only_target_is_told(run: Run) -> None:
    fill(Path("in"), 1)
    Path("out").write_text("a file where a folder should be")
    code, printed, said = run("in", "--format", "json")
    assert (code, printed) == (3, "")
    assert re.search(r"^out/aa-bb-2026-11-01.json E502 ", said, re.MULTILINE)
    shutil.rmtree("in")
