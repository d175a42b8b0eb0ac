"""One questionnaire while somebody fills it in: every answer is on the disk before the next question."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from assess import yamlio
from assess.desk.wording import is_open
from assess.files import is_stream, write_atomically
from assess.language import ENGLISH, N_, Phrase, Translator
from assess.problems.model import InputError, Place, Problem
from assess.questionnaire.edit import edited
from assess.questionnaire.entries import Spot, answer_at, asked_in, changes_for, spots
from assess.questionnaire.forward import AnyAnswer
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Evidence
from assess.reasons import system_reason
from assess.rubric.model import Body, Rubric

_A_PIPE = N_("no answer can be saved into a pipe or a device")
_NO_EVIDENCE: Mapping[str, Evidence] = {}


class Session:
    """Holds the text of the file as it was last read or written, and the way back.

    Raises:
        InputError: the file has errors; all of them, and nothing is changed.
    """

    def __init__(self, path: Path, rubric: Rubric, max_bytes: int = yamlio.MAX_BYTES) -> None:
        self.path, self.rubric, self.max_bytes = path.resolve(), rubric, max_bytes
        self.name = str(path)
        if is_stream(path):
            raise InputError([Problem("Y101", Place(self.name), {"reason": Phrase(_A_PIPE)})])
        self.places = list(spots(rubric))
        self.undo_stack: list[tuple[bytes, Spot]] = []
        self._adopt(self._on_disk())
        self.at = self.next_open(self.places[0], here=True) or self.places[0]

    def _on_disk(self) -> bytes:
        return yamlio.read_bytes(Path(self.name), max_bytes=self.max_bytes)

    def _adopt(self, raw: bytes) -> None:
        self.document = yamlio.parse(raw, self.name)
        self.questionnaire, self.warnings = check_document(self.document, self.rubric)
        self.raw = raw

    # --- answers -------------------------------------------------------------------------------

    def answer(self, spot: Spot) -> AnyAnswer:
        """Return the answer at ``spot``."""
        return answer_at(self.questionnaire, spot)

    def give(self, spot: Spot, answer: AnyAnswer, evidence: Mapping[str, Evidence] = _NO_EVIDENCE) -> bool:
        """Put an answer, and sources, into the file; return whether that changed anything.

        Raises:
            InputError: T765, somebody else changed the file; or the place cannot be changed. Nothing was written.
            MissingMeansError: E502, the file cannot be written.
        """
        if answer == self.answer(spot) and not evidence:
            return False
        changes = changes_for(self.document.data, self.rubric, {spot: answer}, evidence)
        self._write(edited(self.raw, changes, self.name), spot)
        return True

    def _write(self, new: bytes, spot: Spot) -> None:
        check_document(yamlio.parse(new, self.name), self.rubric)  # never write what cannot be read again
        self._same_on_disk()
        before = self.raw
        write_atomically(self.path, new)
        self._adopt(new)
        self.undo_stack.append((before, spot))

    def _same_on_disk(self) -> None:
        try:
            found = self.path.read_bytes()
        except FileNotFoundError:
            return  # it was deleted or moved; writing brings it back
        except OSError as error:
            values = {"reason": system_reason(error)}
            raise InputError([Problem("Y101", Place(self.name), values)]) from error
        if found != self.raw:
            raise InputError([Problem("T765", Place(self.name))])

    def undo(self) -> Spot | None:
        """Take the last change back and return its place; None if there is none.

        Raises:
            InputError: T765, somebody else changed the file.
            MissingMeansError: E502, the file cannot be written.
        """
        if not self.undo_stack:
            return None
        before, spot = self.undo_stack[-1]
        self._same_on_disk()
        write_atomically(self.path, before)
        self._adopt(before)
        self.undo_stack.pop()
        return spot

    # --- when somebody else changed the file ------------------------------------------------------

    def reread(self) -> None:
        """Take over the file as somebody else wrote it; what came before cannot be undone any more.

        Raises:
            InputError: the file has errors now; the session keeps what it had.
        """
        self._adopt(self._on_disk())
        self.undo_stack.clear()

    def copy(self, spot: Spot, answer: AnyAnswer, evidence: Mapping[str, Evidence]) -> Path:
        """Write this session's answers beside the file, under a name that no file has, and return it."""
        changes = changes_for(self.document.data, self.rubric, {spot: answer}, evidence)
        raw = edited(self.raw, changes, self.name)
        mark = hashlib.sha256(raw).hexdigest()[:8]
        path = self.path.with_name(f"{self.path.stem}-mine-{mark}{self.path.suffix}")
        write_atomically(path, raw, [self.path])
        return path

    # --- the way through ---------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next place, or the one before."""
        self.at = self.places[(self.places.index(self.at) + by) % len(self.places)]

    def next_open(self, spot: Spot, *, here: bool = False) -> Spot | None:
        """Return the next place where nothing is said yet or an answer is for review, around the end; None if none."""
        start = self.places.index(spot) + (not here)
        for other in (*self.places[start:], *self.places[:start]):
            answer = self.answer(other)
            if is_open(answer) or answer.review:
                return other
        return None

    def counts(self) -> tuple[int, int]:
        """Return how many places are still open, and how many there are."""
        return sum(is_open(self.answer(spot)) for spot in self.places), len(self.places)

    def search(self, words: str, tr: Translator) -> list[Spot]:
        """Return the first place of every question in which all words stand, by id, title or text, in any case."""
        wanted = words.casefold().split()
        found = []
        for spot in self.places:
            first = spot.slot in ("pair", "A")
            text = self._searched(spot, tr).casefold() if first else ""
            if first and all(word in text for word in wanted):
                found.append(spot)
        return sorted(found, key=lambda spot: not spot.key.casefold().startswith(words.casefold()))

    def _searched(self, spot: Spot, tr: Translator) -> str:
        asked = asked_in(self.rubric, spot.section)[spot.key]
        if isinstance(asked, Body):
            texts = [asked.short, asked.title, *asked.also_called]
        else:
            texts = [asked.title, asked.question]
        return " ".join([spot.key, *texts, *(tr(text) for text in texts if tr is not ENGLISH)])

    def warnings_at(self, spot: Spot) -> list[Problem]:
        """Return what the check says about the answer at ``spot``."""
        path: tuple[str | int, ...] = (spot.section, spot.key, *(() if spot.slot == "pair" else (spot.slot,)))
        here = yamlio.dotted(path)
        return [p for p in self.warnings if p.place.path == here or p.place.path.startswith((f"{here}.", f"{here}["))]
