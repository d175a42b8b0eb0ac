"""The problem record, its place, the errors that carry problems, and the exit codes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from assess.problems.catalogue import CATALOGUE, Rule, Severity

_NOTHING: Mapping[str, str] = MappingProxyType({})


class ExitCode(IntEnum):
    """How a command ended, for scripts; documented in docs/problems.md."""

    FINE = 0
    PROBLEMS = 1
    USAGE = 2
    ENVIRONMENT = 3
    INTERNAL = 4


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a user's file a problem stands. Lines and columns count from 1; 0 means the whole file.

    In a workbook ``sheet`` names the sheet and ``part`` is its number among the sheets, counted from 1;
    lines and columns are then those of cells.
    """

    file: str
    line: int = 0
    column: int = 0
    path: str = ""
    sheet: str = ""
    part: int = 0

    def __str__(self) -> str:
        """``file:line:column`` or ``file:sheet!C12``; the file alone when the problem is with all of it."""
        if self.sheet:
            plain = self.sheet.isalnum()
            sheet = self.sheet if plain else "'" + self.sheet.replace("'", "''") + "'"
            return f"{self.file}:{sheet}!{self.cell}" if self.line else f"{self.file}:{sheet}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    @property
    def cell(self) -> str:
        """The cell of a workbook as its program calls it, such as ``C12``."""
        letters, rest = "", self.column
        while rest > 0:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.line}"

    @property
    def order(self) -> tuple[str, int, int, int, str]:
        """What places are sorted by: file, sheet, line, column."""
        return self.file, self.part, self.line, self.column, self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    ``code`` names a rule of the catalogue; ``values`` fill the rule's message; ``nearest`` are
    valid names close to the one that was written.
    """

    code: str
    place: Place
    values: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    nearest: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        """The catalogue's entry for this code."""
        return CATALOGUE[self.code]

    @property
    def severity(self) -> Severity:
        """Error (nothing is computed) or warning (computed, but look at it)."""
        return self.rule.severity


class AssessError(Exception):
    """Base of all errors that this program raises on purpose."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry every problem found, in order of place."""
        self.problems = in_order(problems)
        super().__init__(", ".join(f"{p.place} {p.code}" for p in self.problems))


class InputError(AssessError):
    """A file that a user wrote cannot be used as it is."""

    exit_code = ExitCode.PROBLEMS


class MissingMeansError(AssessError):
    """The machine lacks something: a system library, a writable folder, space."""

    exit_code = ExitCode.ENVIRONMENT


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, sheet, line and column, then code, so that every run prints the same."""
    return tuple(sorted(problems, key=lambda p: (p.place.order, p.code, tuple(p.values.items()))))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem forbids computing."""
    return any(problem.severity is Severity.ERROR for problem in problems)
