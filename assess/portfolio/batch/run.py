"""The coordinator: which reports are due, what came of them, and a log of what stands already."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from assess import __version__
from assess.portfolio.batch.engines import Engine
from assess.portfolio.batch.job import Done, Job
from assess.portfolio.batch.target import Target
from assess.portfolio.run import Member
from assess.problems.model import MissingMeansError, Place, Problem
from assess.reasons import system_reason
from assess.rubric.model import Rubric

LOG = "batch.json"
_OFTEN = 25
"""Reports after which the log is written."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What every report of a batch is asked for."""

    rubric_name: str
    rubric: Rubric
    formats: tuple[str, ...]
    language: str
    paper: str

    def job(self, member: Member) -> Job:
        """Return the job of one assessment; its questionnaires are read here."""
        files = member.given()
        parts = [member.key, *(sha256(given.content).hexdigest() for given in files), self.rubric.hash, self.language,
                 self.paper, __version__, *sorted(self.formats)]
        return Job(
            key=sha256("\n".join(parts).encode()).hexdigest(),
            stem=f"{member.relationship}-{member.as_of}".lower(),
            files=files, rubric=self.rubric_name, rubric_hash=self.rubric.hash, formats=self.formats,
            language=self.language, paper=self.paper,
        )


@dataclass(slots=True)
class Batch:
    """Renders the reports of assessments into a target; what stands there already is left alone."""

    wish: Wish
    target: Target
    engine: Engine
    problems: list[Problem] = field(default_factory=list)
    standing: int = 0
    _log: dict[str, Any] = field(default_factory=dict)
    _fresh: int = 0

    def run(self, members: Sequence[Member]) -> Iterator[list[str]]:
        """Yield for each report, as it comes, the files that were written: none where it failed or stands.

        Raises:
            MissingMeansError: E502 or B817, the target cannot be written; what was written stays.
        """
        self._log = self._read()
        try:
            due: list[list[str]] = []
            jobs = self._due(members, due)
            for job, done in self.engine.run(jobs):
                yield from _taken(due)
                yield self._keep(job, done)
            yield from _taken(due)
        finally:
            self._save(quiet=True)

    def _due(self, members: Sequence[Member], standing: list[list[str]]) -> Iterator[Job]:
        """Yield the jobs of reports that do not stand yet."""
        for member in members:
            try:
                job = self.wish.job(member)
            except OSError as error:  # it was there when it was checked
                values = {"reason": system_reason(error)}
                self.problems.append(Problem("Y101", Place(member.files[0]), values))
                standing.append([])
                continue
            if self._stands(job):
                self.standing += 1
                standing.append([])
                continue
            yield job

    def _stands(self, job: Job) -> bool:
        entry = self._log.get(job.stem)
        if not isinstance(entry, dict) or entry.get("key") != job.key:
            return False
        files = entry.get("files", {})
        return bool(files) and all(self.target.size(name) == size for name, size in files.items())

    def _keep(self, job: Job, done: Done) -> list[str]:
        """Write what was made and note it."""
        self.problems += done.problems
        written = [self.target.write(f"{job.stem}.{ending}", content) for ending, content in done.files.items()]
        if done.files and not done.problems:
            sizes = {f"{job.stem}.{ending}": len(content) for ending, content in done.files.items()}
            self._log[job.stem] = {"key": job.key, "files": sizes}
            self._fresh += 1
        if self._fresh >= _OFTEN:
            self._save()
        return written

    def _read(self) -> dict[str, Any]:
        try:
            log = json.loads(self.target.read(LOG) or b"{}")
        except ValueError:
            return {}
        return log if isinstance(log, dict) else {}

    def _save(self, *, quiet: bool = False) -> None:
        """Write the log; where the target is full already, the error that says so is enough."""
        if not self._fresh:
            return
        self._fresh = 0
        content = json.dumps(self._log, indent=1, sort_keys=True).encode()
        try:
            self.target.write(LOG, content)
        except MissingMeansError:
            if not quiet:
                raise


def _taken(due: list[list[str]]) -> Iterator[list[str]]:
    while due:
        yield due.pop()
