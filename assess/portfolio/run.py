"""Measure a portfolio incrementally: what the store knows already is not computed again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assess.marking import combined
from assess.portfolio.gather import Source
from assess.portfolio.record import Record
from assess.portfolio.store import Store, file_key, record_key
from assess.portfolio.work import CHUNK, Checked, Given, Header, check, measure, pooled
from assess.problems.model import InputError, Place, Problem
from assess.rubric.model import Rubric

Progress = Callable[[int], None]
"""Told how many more files are done."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """One assessment of the portfolio: a relationship at a date, and where its record lies."""

    relationship: str
    as_of: str
    key: str
    files: tuple[str, ...]
    marking: str | None = field(default=None, compare=False)
    streams: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def given(self) -> tuple[Given, ...]:
        """Return its questionnaires; what came through a pipe is kept in ``streams``, files are read.

        Raises:
            OSError: a file is there no longer.
        """
        return tuple(Given(name, self.streams.get(name) or Path(name).read_bytes()) for name in self.files)


@dataclass(slots=True)
class Measured:
    """The assessments in order of relationship and date, and what was wrong."""

    members: list[Member] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bad: int = 0
    fresh: int = 0
    warnings: int = 0

    def latest(self) -> dict[str, Member]:
        """Return the newest assessment of every relationship."""
        return {member.relationship: member for member in self.members}

    def marking(self) -> str | None:
        """Return the marking of what is made from all of them together."""
        return combined(member.marking for member in self.members)

    def records(self, store: Store) -> Iterator[tuple[Member, Record]]:
        """Yield every assessment with its record, one at a time."""
        for member in self.members:
            yield member, store.get("records", member.key)


@dataclass(frozen=True, slots=True)
class _Found:
    source: Source
    key: str
    header: Header


@dataclass(slots=True)
class Measurer:
    """Measures files into a store.

    ``ranges`` false leaves the likely ranges out; ``check_only`` leaves scoring out, too: then the members
    have keys, but no records.
    """

    rubric: Rubric
    store: Store
    max_bytes: int
    ranges: bool = True
    check_only: bool = False
    _found: list[_Found] = field(default_factory=list)
    _waiting: list[tuple[Source, str, Given]] = field(default_factory=list)

    def run(self, sources: Sequence[Source], progress: Progress = lambda _: None) -> Measured:
        """Measure all; a file with errors is told and passed over.

        Raises:
            MissingMeansError: E502, the store cannot be written; what it holds stays.
        """
        done = Measured()
        for source in sources:
            self._take(source, done, progress)
        self._flush(done, progress)
        self._assemble(done)
        done.problems += mixed_versions(done.problems, self.rubric)
        return done

    def _take(self, source: Source, done: Measured, progress: Progress) -> None:
        given = self._read(source, done)
        if given is None:
            progress(1)
            return
        key = file_key(given.content, f"{self.rubric.hash}{self.ranges}")
        header: Header | None = self.store.get("headers", key)
        if header is not None and (self.check_only or self.store.has("records", record_key([key]))):
            self._found.append(_Found(source, key, header))
            progress(1)
            return
        self._waiting.append((source, key, given))
        if len(self._waiting) >= CHUNK:
            self._flush(done, progress)

    def _read(self, source: Source, done: Measured) -> Given | None:
        try:
            return Given(str(source.path), source.read(self.max_bytes))
        except InputError as error:
            done.problems += error.problems
            done.bad += 1
            return None

    def _flush(self, done: Measured, progress: Progress) -> None:
        """Measure what waits and keep it; only then the files count as done."""
        waiting, self._waiting = self._waiting, []
        given = [content for _, _, content in waiting]
        checked = check(self.rubric, given) if self.check_only else measure(self.rubric, given, ranges=self.ranges)
        rows = list(zip(waiting, checked, strict=True))
        self.store.put("records", {record_key([key]): c.record for (_, key, _), c in rows if c.record is not None})
        self.store.put("headers", {key: c.header for (_, key, _), c in rows if c.header is not None})
        for (source, key, _), one in rows:
            self._note(source, key, one, done)
        progress(len(waiting))

    def _note(self, source: Source, key: str, checked: Checked, done: Measured) -> None:
        if checked.header is None:
            done.problems += checked.problems
            done.bad += 1
            return
        done.fresh += 1
        self._found.append(_Found(source, key, checked.header))

    def _assemble(self, done: Measured) -> None:
        """Put questionnaires of one relationship and date together, or say why they cannot be."""
        groups: defaultdict[tuple[str, str], list[_Found]] = defaultdict(list)
        for found in self._found:
            done.warnings += found.header["warnings"]
            groups[found.header["relationship"], found.header["as_of"]].append(found)
        for (relationship, as_of), group in sorted(groups.items()):
            group = _answered(sorted(group, key=lambda f: str(f.source.path)), done)
            try:
                key = self._group(group)
            except InputError as error:
                done.problems += error.problems
                done.bad += len(group)
                continue
            names, marking = tuple(str(f.source.path) for f in group), combined(f.header["marking"] for f in group)
            streams = {str(f.source.path): f.source.content for f in group if f.source.content is not None}
            done.members.append(Member(relationship, as_of, key, names, marking, streams))

    def _group(self, group: Sequence[_Found]) -> str:
        """Return the key of the group's record; score several raters together.

        Raises:
            InputError: B802, Q220 or Q223.
        """
        key = record_key([found.key for found in group])
        if len(group) == 1:
            return key
        _check_raters(group)
        if not self.check_only and not self.store.has("records", key):
            files = [Given(str(f.source.path), f.source.read(self.max_bytes)) for f in group]
            self.store.put("records", {key: pooled(self.rubric, files, ranges=self.ranges)})
        return key


def _answered(group: list[_Found], done: Measured) -> list[_Found]:
    """Pass over blanks beside a questionnaire that somebody filled in."""
    kept = [found for found in group if not found.header["blank"]] or group[:1]
    for found in group:
        if found not in kept:
            name = str(found.source.path)
            done.problems.append(Problem("B808", Place(name), {"other": str(kept[0].source.path)}))
    return kept


def _check_raters(group: Sequence[_Found]) -> None:
    """Take files of one relationship and date for several raters only if a manifest or their authors say so."""
    listed = {found.source.together for found in group}
    if len(listed) == 1 and None not in listed:
        return
    seen: dict[tuple[str, str], str] = {}
    problems = []
    for found in group:
        rater, name = (found.header["side"], found.header["role"]), str(found.source.path)
        if rater in seen:
            values = {"left": seen[rater], "right": name, "relationship": found.header["relationship"],
                      "as_of": found.header["as_of"], "role": rater[1]}
            problems.append(Problem("B802", Place(name), values))
        seen.setdefault(rater, name)
    if problems:
        raise InputError(problems)


def mixed_versions(problems: Sequence[Problem], rubric: Rubric) -> list[Problem]:
    """Return one problem more if files are for other versions or rubrics than the one in use."""
    others: defaultdict[str, list[str]] = defaultdict(list)
    for problem in problems:
        if problem.code == "Q204":
            others[problem.values["named"]].append(problem.place.file)
    if not others:
        return []
    said = ", ".join(f"{name} ({len(files)})" for name, files in sorted(others.items()))
    values = {"others": said, "loaded": f"{rubric.id} {rubric.version}"}
    folder = Path(min(file for files in others.values() for file in files)).parent
    return [Problem("B803", Place(str(folder)), values)]
