"""Where jobs run: in processes of this machine, or on a Dask cluster that exists already.

Both engines take jobs as they have room and yield what came of each as it comes, in any order. A worker
that dies costs nothing but time: its job runs again elsewhere. Only a job that kills worker after worker
is given up and told.
"""

import contextlib
import multiprocessing
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, Protocol

from assess.portfolio.batch.job import Done, Job, failed, render_job, warm
from assess.problems.model import MissingMeansError, Place, Problem

TRIES = 3


class Engine(Protocol):
    """Runs jobs."""

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        """Yield every job with what came of it, as it comes."""


def given_up(job: Job) -> Done:
    """Say that a job killed its workers."""
    return Done(job.key, problems=(Problem("B811", Place(job.files[0].name), {"tries": str(TRIES)}),))


@dataclass(slots=True)
class Processes:
    """Processes of this machine, each warm before its first job.

    When a process dies the pool is broken and cannot tell which job did it. So the jobs that were on
    their way run again one at a time: then the guilty one is known.
    """

    count: int
    rubric: str
    language: str = "en"
    formats: tuple[str, ...] = ("pdf",)
    _suspects: deque[tuple[Job, int]] = field(default_factory=deque)

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        """Yield every job with what came of it."""
        source = iter(jobs)
        while (yield from self._together(source)):
            yield from self._alone()

    def _pool(self, count: int) -> ProcessPoolExecutor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        tools = (self.rubric, self.language, self.formats)
        return ProcessPoolExecutor(count, context, initializer=warm, initargs=tools)

    def _together(self, source: Iterator[Job]) -> Generator[tuple[Job, Done], None, bool]:
        """Run jobs side by side until they are done or a process dies; tell which it was."""
        pending: dict[Future[Done], Job] = {}
        with _closing(self._pool(self.count)) as pool:
            while True:
                try:
                    while len(pending) < self.count + 1 and (job := next(source, None)) is not None:
                        self._suspects.append((job, 0))
                        pending[pool.submit(render_job, job)] = job
                        self._suspects.pop()
                    if not pending:
                        return False
                    for future in wait(pending, return_when=FIRST_COMPLETED).done:
                        done = future.result()
                        yield pending.pop(future), done
                except BrokenProcessPool:
                    yield from self._rescue(pending)
                    return True

    def _rescue(self, pending: dict[Future[Done], Job]) -> Iterator[tuple[Job, Done]]:
        """Yield what was done when the pool broke; the others are suspects."""
        for future, job in pending.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                yield job, future.result()
            else:
                self._suspects.append((job, 1))

    def _alone(self) -> Iterator[tuple[Job, Done]]:
        """Run suspects one at a time until none is left."""
        while self._suspects:
            with _closing(self._pool(1)) as pool:
                while self._suspects:
                    job, tried = self._suspects[0]
                    try:
                        done = pool.submit(render_job, job).result()
                    except BrokenProcessPool:
                        self._suspects[0] = (job, tried + 1)
                        if tried + 1 >= TRIES:
                            self._suspects.popleft()
                            yield job, given_up(job)
                        break
                    self._suspects.popleft()
                    yield job, done


@contextlib.contextmanager
def _closing(pool: ProcessPoolExecutor) -> Iterator[ProcessPoolExecutor]:
    """Close a pool without waiting for what nobody asks for any more."""
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Cluster:
    """An existing Dask cluster; ``address`` is that of its scheduler, such as tcp://127.0.0.1:8786."""

    address: str
    timeout: float = 20.0

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Done]]:
        """Yield every job with what came of it.

        Raises:
            MissingMeansError: B812 no scheduler answers, B813 the extra is not installed.
        """
        distributed = _distributed()
        try:
            client = distributed.Client(self.address, timeout=self.timeout, set_as_default=False)
        except (OSError, ValueError) as error:
            raise MissingMeansError([Problem("B812", Place("--scheduler"), {"address": self.address})]) from error
        with client:
            yield from self._running(distributed, client, iter(jobs))

    def _running(self, distributed: Any, client: Any, source: Iterator[Job]) -> Iterator[tuple[Job, Done]]:
        pending: dict[str, Job] = {}
        stream = distributed.as_completed(loop=client.loop)

        def submit() -> None:
            room = max(2, 2 * sum(client.ncores().values()))
            while len(pending) < room and (job := next(source, None)) is not None:
                future = client.submit(render_job, job, key=f"assess-{job.key}", retries=TRIES, pure=False)
                pending[future.key] = job
                stream.add(future)

        submit()
        while pending:
            future = next(stream)
            job = pending.pop(future.key)
            yield job, self._result(distributed, job, future)
            future.release()
            submit()

    @staticmethod
    def _result(distributed: Any, job: Job, future: Any) -> Done:
        try:
            done = future.result()
        except distributed.scheduler.KilledWorker:
            return given_up(job)
        except Exception as error:  # what a cluster may add to the faults of a job
            return Done(job.key, problems=(failed(job, error),))
        assert isinstance(done, Done)
        return done


def _distributed() -> Any:
    """Import Dask distributed.

    Raises:
        MissingMeansError: B813, the extra is not installed.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingMeansError([Problem("B813", Place("--scheduler"))]) from error
    return distributed
