"""What happens on each key while a questionnaire is filled in; knows no terminal.

A command is a generator that yields the questions it has and is sent the replies; leaving a
question ends its command. So every conversation reads from top to bottom.
"""

from collections.abc import Callable, Mapping

from assess.desk.answering import Answering
from assess.desk.citing import Citing
from assess.desk.session import Session
from assess.desk.talk import Ask, Command
from assess.desk.wording import cut, is_open, side_of, title_of
from assess.language import N_, Translator
from assess.problems.model import AssessError
from assess.problems.render import message

KEYS: Mapping[str, str] = {
    "u": N_("unknown"), "b": N_("between"), "d": N_("disputed"), "x": N_("not applicable"), "e": N_("evidence"),
    "n": N_("note"), "c": N_("confidence"), "g": N_("guidance"), "/": N_("search"), "z": N_("undo"), "q": N_("quit"),
    "?": N_("help"), "t": N_("date"), "a": N_("assigned to"), "v": N_("reviewed"),
}


class Dialogue(Answering, Citing):
    """The state of the screen between two keys."""

    def __init__(self, session: Session, tr: Translator) -> None:
        super().__init__(session, tr)
        self.ask: Ask | None = None
        self.running: Command | None = None
        self.picked = -1
        self.guidance = self.help = self.over = False

    # --- keys ----------------------------------------------------------------------------------

    def key(self, key: str) -> None:
        """Do what a key stands for."""
        self.say("")
        commands: Mapping[str, Callable[[], Command]] = {
            "u": self._unknown, "b": self._between, "d": self._disputed, "x": self._not_applicable,
            "e": self._evidence, "c": self._confidence, "t": self._date, "n": self._note, "a": self._assigned,
            "/": self._search,
        }
        if self.help:
            self.help = False
        elif key.isdigit():
            self._start(self._level(int(key)))
        elif key in commands:
            self._start(commands[key]())
        else:
            self._simple(key)

    def _simple(self, key: str) -> None:
        session = self.session
        if key in ("left", "right"):
            session.step(1 if key == "right" else -1)
        elif key == "tab":
            same = [spot for spot in session.places if spot.key == session.at.key]
            session.at = same[(same.index(session.at) + 1) % len(same)]
        elif key == "enter":
            self._next()
        elif key == "g":
            self.guidance = not self.guidance
        elif key == "?":
            self.help = True
        elif key == "v":
            self._start(self._reviewed())
        elif key == "z":
            self._undo()
        elif key == "q":
            self.over = True

    def _next(self) -> None:
        found = self.session.next_open(self.session.at)
        if found is None:
            self.say(self.tr("Nothing is open and nothing is for review: all is answered."))
        else:
            self.session.at = found

    def _undo(self) -> None:
        try:
            spot = self.session.undo()
        except AssessError as error:
            self._problem(error)
            return
        if spot is None:
            self.say(self.tr("There is nothing to undo."))
            return
        self.session.at = spot
        self.say(self.tr("Undone, and saved: {place}").format(place=spot))

    def _problem(self, error: AssessError) -> None:
        self.say(" ".join(f"{p.code} {message(p, self.tr)}" for p in error.problems), bad=True)

    # --- conversations -------------------------------------------------------------------------

    def _start(self, command: Command) -> None:
        self.running = command
        self._advance(lambda: next(command))

    def _advance(self, step: Callable[[], Ask]) -> None:
        """Go on with the running command until its next question, or its end."""
        self.picked = -1
        try:
            self.ask = step()
        except StopIteration:
            self.ask = self.running = None
        except AssessError as error:
            self.ask = self.running = None
            self._problem(error)

    def matching(self, typed: str) -> list[tuple[str, str]]:
        """Return the options in which every typed word stands."""
        ask = self.ask
        if ask is None or typed == ask.default:
            return list(ask.options) if ask else []
        words = typed.casefold().split()
        return [option for option in ask.options if all(word in " ".join(option).casefold() for word in words)]

    def pick(self, by: int, typed: str) -> None:
        """Move the mark among the options."""
        count = len(self.matching(typed))
        if count:
            self.picked = (self.picked + by) % count if self.picked >= 0 else (0 if by > 0 else count - 1)

    def reply(self, typed: str) -> None:
        """Take a reply: the marked option, the only one left where one must be chosen, or the text."""
        typed = typed.encode(errors="replace").decode()  # a terminal may send bytes that are no text
        ask, command = self.ask, self.running
        assert ask is not None and command is not None
        options = self.matching(typed)
        if 0 <= self.picked < len(options):
            value = options[self.picked][0]
        elif ask.free:
            value = typed.strip()
        elif options:
            value = options[0][0]
        else:
            self.say(self.tr("Nothing here is called so."), bad=True)
            return
        wrong = ask.check(value)
        if wrong:
            self.say(wrong, bad=True)
            return
        if ask.field:
            self.kept[(self.session.at, ask.field)] = typed
        self.say("")
        self._advance(lambda: command.send(value))

    def leave(self, typed: str) -> None:
        """Leave a question; what was typed comes back when it is asked again."""
        if self.ask is not None and self.ask.field and typed.strip():
            self.kept[(self.session.at, self.ask.field)] = typed
            self.say(self.tr("Left; the text comes back when you return here."))
        if self.running is not None:
            self.running.close()
        self.ask = self.running = None

    # --- search --------------------------------------------------------------------------------

    def _search(self) -> Command:
        session, tr = self.session, self.tr
        rows = tuple((str(spot.key), title_of(spot, session.rubric, tr)) for spot in session.search("", tr))
        words = yield Ask(tr("Id or words"), options=rows)
        found = session.search(words, tr)
        if not found:
            self.say(tr("Nothing is found for «{words}».").format(words=cut(words)), bad=True)
            return
        exact = [spot for spot in found if spot.key.casefold() == words.casefold()]
        if exact or len(found) == 1:
            session.at = (exact or found)[0]
            return
        several = tuple((spot.key, title_of(spot, session.rubric, tr)) for spot in found)
        key = yield Ask(tr("{count} found; choose one").format(count=len(found)), options=several, free=False)
        session.at = next(spot for spot in found if spot.key == key)

    # --- the head of the screen --------------------------------------------------------------------

    def about(self) -> str:
        """Say whom the place is about."""
        return side_of(self.session.at, self.session.questionnaire, self.session.rubric, self.tr)

    def is_open(self) -> bool:
        """Whether nothing is said here yet."""
        return is_open(self.session.answer(self.session.at))
