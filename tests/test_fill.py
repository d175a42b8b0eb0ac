"""Filling a questionnaire in, driven through a real pseudo-terminal: what is on the screen, and what is in the file."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest
from tiny import FOLDER, TINY

from assess.language import translator
from assess.questionnaire.load import load_questionnaire
from assess.questionnaire.model import (
    Answered,
    Disputed,
    NotApplicable,
    Participation,
    Questionnaire,
    Unknown,
)

BLANK = """# Asked in the ministry; do not delete these remarks.
rubric: tiny 0.1
relationship: {parties: {A: {code: AA, name: Aland}, B: {code: BB, name: Bland}}}
as_of: 2026-11-01
answered_by: {side: third, role: "analyst"}
evidence:
  # the talks
  talks:   {title: Joint record of the talks, date: 2026-06-01, grade: A, source: both}

answers:
  # first of all
  ONE-01:   unknown   # Olena knows
  TRE-01: {level: 2, evidence: [talks]}
"""
UP, DOWN, RIGHT, ESC, ENTER, TAB = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b", "\r", "\t"


class Terminal:
    """``assess fill`` in a pseudo-terminal, with the screen as a person sees it."""

    def __init__(self, folder: Path, *options: str, rows: int = 30, columns: int = 100, rubric: str = str(FOLDER),
                 **environment: str) -> None:
        variables = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "ASSESS_LANGUAGE")}
        self.child = pexpect.spawn(
            sys.executable, ["-m", "assess", "fill", "ours.yaml", "--rubric", rubric, *options], cwd=str(folder),
            dimensions=(rows, columns), timeout=30, env={**variables, "TERM": "xterm-256color", **environment},
        )
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""

    def shown(self) -> str:
        """The screen as text, without the blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, text: str) -> str:
        """Read until ``text`` is on the screen; return the screen."""
        return self.until(lambda shown: text in shown, text)

    def until(self, good: Callable[[str], bool], what: str) -> str:
        end = time.monotonic() + 30
        while not good(self.shown()):
            assert time.monotonic() < end, f"{what!r} never came:\n{self.shown()}"
            try:
                part = self.child.read_nonblocking(65_536, timeout=0.2)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                raise AssertionError(f"the program ended before {what!r}:\n{self.shown()}") from None
            self.raw += part
            self.stream.feed(part)
        return self.shown()

    def type(self, keys: str, wait: str) -> str:
        """Type keys, then wait for a text on the screen."""
        self.child.send(keys.encode())
        return self.wait(wait)

    def end(self) -> tuple[int | None, str]:
        """Wait for the end of the program; return its exit code and what it printed last."""
        rest: bytes = self.child.read().rpartition(b"\x1b[?1049l")[2]  # what comes after the full screen
        self.child.close()
        return self.child.exitstatus, re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", rest).decode().replace("\r", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ours.yaml").write_text(BLANK)
    return tmp_path


@pytest.fixture
def fill(folder: Path) -> Iterator[Callable[..., Terminal]]:
    """Start the program on the questionnaire; it is ended with the test."""
    started: list[Terminal] = []

    def start(*options: str, **more: object) -> Terminal:
        started.append(Terminal(folder, *options, **more))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for terminal in started:
        terminal.child.close(force=True)


def read(folder: Path) -> Questionnaire:
    return load_questionnaire(folder / "ours.yaml", TINY)[0]


def text(folder: Path) -> str:
    return (folder / "ours.yaml").read_text()


# --- the way through ---------------------------------------------------------------------------


def test_it_starts_at_the_first_open_question_with_its_levels_and_its_keys(fill: Callable[..., Terminal]) -> None:
    shown = fill().wait("0-5 level")
    assert shown.splitlines()[0] == " ONE-01 · 1/27" + "26 of 27 are open".rjust(85)
    assert "\n".join(shown.splitlines()[1:12]) == (
        " ONE-01 Indicator ONE-01 (Component ONE)\n"
        "\n"
        " What is the level of ONE-01?\n"
        "\n"
        "   0  Zero of ONE-01.\n"
        "   1  One of ONE-01.\n"
        "   2  Two of ONE-01.\n"
        "   3  Three of ONE-01.\n"
        "   4  Four of ONE-01.\n"
        "   5  Five of ONE-01.\n"
        " Where the record is silent: Answer unknown."
    )
    assert " Answer: open · 0 sources" in shown
    assert "\n".join(shown.splitlines()[-2:]) == (
        " 0-5 level  Enter next open  u unknown  b between  d disputed  x not applicable  e evidence  n note\n"
        " c confidence  g guidance  / search  z undo  q quit  ? help  t date  a assigned to  v reviewed"
    )


def test_a_level_is_in_the_file_at_once_and_enter_goes_to_the_next_open_question(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    shown = terminal.type("3", "Saved.")
    assert " ● 3  Three of ONE-01." in shown
    assert " Saved. ONE-01 is answered with a level but cites no evidence." in shown
    assert text(folder) == BLANK.replace(
        "  ONE-01:   unknown   # Olena knows\n", "  ONE-01:   # Olena knows\n    level: 3\n"
    )
    assert "Answer for: Aland" in terminal.type(ENTER, "ONE-02 Indicator")
    terminal.child.send(b"q")
    assert terminal.end() == (0, "25 of 27 are open\nours.yaml\n")


def test_every_form_of_an_answer_and_everything_beside_it(folder: Path, fill: Callable[..., Terminal]) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("d", "Between which two levels")
    terminal.type("4 1" + ENTER, "Type two levels from 0 to 5, the lower first.")
    terminal.type("\x7f\x7f\x7f1 4" + ENTER, "disputed: 1 or 4")
    terminal.type("c", "How sure are you?")
    terminal.type("hi" + ENTER, "confidence: high")
    terminal.type("t", "When did it happen?")
    terminal.type("2027" + ENTER, "is not after 2026-11-01")
    terminal.type("\x7f6-03" + ENTER, "· 2026-03 ·")
    terminal.type("n", "Note")
    terminal.type("Asked by phone: «так»" + ENTER, "Note: Asked by phone: «так»")
    terminal.type("a", "Who owes the answer?")
    terminal.type("legal office" + ENTER, "Assigned to: legal office")
    terminal.type(RIGHT, "Answer for: Aland")
    terminal.type("u", "Why is it not known?")
    terminal.type("no reply" + ENTER, "Reason: no reply")
    terminal.type(TAB, "Answer for: Bland")
    terminal.type("b", "between which levels")
    terminal.type("2 3" + ENTER, "unknown, between 2 and 3")
    terminal.type(RIGHT, "ONE-03 Indicator")
    terminal.type("x", "Allowed only if: it is excluded")
    terminal.type(ENTER, "A reason is needed.")
    terminal.type("it is excluded here" + ENTER, "Answer: not applicable")
    terminal.child.send(b"q")
    assert terminal.end()[0] == 0
    q = read(folder)
    assert q.answer("ONE-01", "pair") == Disputed(
        values=(1, 4), confidence="high", date="2026-03", note="Asked by phone: «так»", assigned="legal office"
    )
    assert q.answer("ONE-02", "A") == Unknown(reason="no reply")
    assert q.answer("ONE-02", "B") == Unknown(between=(2, 3))
    assert q.answer("ONE-03", "pair") == NotApplicable(reason="it is excluded here")
    kept = [line for line in BLANK.splitlines(keepends=True) if "ONE-01" not in line]
    assert [line for line in text(folder).splitlines(keepends=True) if line in kept] == kept


def test_bodies_and_challenges_are_answered_like_the_rest(folder: Path, fill: Callable[..., Terminal]) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("/", "Id or words")
    shown = terminal.type("BOD-1" + ENTER, "BOD-1 BOD-1 (The near system)")
    assert "   3  Active. A dated act." in shown
    assert "0-3 status" in shown
    terminal.type("3", "Answer: Active")
    terminal.type(TAB, "Answer for: Bland")
    terminal.type("7", "Numbers go from 0 to 3 here.")
    terminal.type("2", "Answer: Member")
    terminal.type(TAB, "Answer for: together")
    terminal.type("4", "Answer: level 4")
    terminal.type("/", "Id or words")
    shown = terminal.type("barrier" + ENTER, "found; choose one")
    terminal.type(DOWN + ENTER, "Here a level says how heavy the obstacle is.")
    terminal.type("5", "Answer: level 5")
    terminal.child.send(b"q")
    assert terminal.end()[0] == 0
    body, barrier = read(folder).body("BOD-1"), next(iter(TINY.barriers))
    assert body.slot("A") == Participation(status="active")
    assert body.slot("B") == Participation(status="member")
    assert body.together == Answered(level=4)
    assert read(folder).answer(barrier, TINY.barriers[barrier].slots[0]) == Answered(level=5)  # type: ignore[arg-type]


def test_evidence_is_cited_taken_back_and_added(folder: Path, fill: Callable[..., Terminal]) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("2", "Saved.")
    shown = terminal.type("e", "Which source?")
    assert "   talks ○ Joint record of the talks\n" in shown
    terminal.type("talk" + ENTER, "talks ● Joint record of the talks")
    terminal.type(UP + ENTER, "Title, so that a reader can find it")
    terminal.type("Communiqué: «спільна заява»" + ENTER, "Day, month or year of what it shows")
    terminal.type("2026-09" + ENTER, "Public address")
    terminal.type("https://example.org/x" + ENTER, "Publisher")
    terminal.type("Ministry" + ENTER, "Grade")
    terminal.type("A" + ENTER, "Whose record is it?")
    terminal.type("both" + ENTER, "speak against a higher level?")
    terminal.type(ENTER, "Short id")
    terminal.type(ENTER, "aa-bb-2026-01 ● Communiqué")
    terminal.type(ESC, "2 sources")
    terminal.child.send(b"q")
    assert terminal.end()[0] == 0
    q = read(folder)
    assert q.answer("ONE-01", "pair") == Answered(level=2, evidence=("aa-bb-2026-01", "talks"))
    assert q.evidence["aa-bb-2026-01"].model_dump(exclude_defaults=True) == {
        "title": "Communiqué: «спільна заява»", "date": "2026-09", "url": "https://example.org/x",
        "publisher": "Ministry", "grade": "A", "source": "both",
    }
    assert "  talks:   {title: Joint record of the talks, date: 2026-06-01, grade: A, source: both}\n" in text(folder)


def test_a_direction_is_asked_from_each_side_and_the_other_stays_open(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("/", "Id or words")
    terminal.type("two-01" + ENTER, "Answer for: Aland towards Bland")
    terminal.type(TAB, "Answer for: Bland towards Aland")
    terminal.type("4", "Saved.")
    assert "  TWO-01:\n    A: unknown\n    B:\n      level: 4\n" in text(folder)
    assert read(folder).answer("TWO-01", "B") == Answered(level=4)


def test_undo_goes_back_step_by_step_to_the_very_bytes_of_the_beginning(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    states = [text(folder)]
    for keys, sign in (("1", "● 1"), ("4", "● 4"), (RIGHT + "2", "● 2")):
        terminal.type(keys, sign)
        terminal.wait("Saved.")
        states.append(text(folder))
    for before, sign in zip(reversed(states[:-1]), ("ONE-02 A", "ONE-01", "ONE-01"), strict=True):
        terminal.type("z", f"Undone, and saved: {sign}")
        terminal.type(" ", "Undone")
        assert text(folder) == before
        terminal.type("g", "Answer:")
    assert "There is nothing to undo." in terminal.type("z", "nothing to undo")
    assert text(folder) == BLANK


def test_guidance_and_help_come_on_demand(fill: Callable[..., Terminal]) -> None:
    terminal = fill()
    assert "Answer at once." not in terminal.wait("0-5 level")
    shown = terminal.type("g", "How to answer: Answer at once.")
    assert " Settles it: A text.\n" in shown
    assert "undo, as often as you like" in terminal.type("?", "Any key closes this help.")
    assert "What is the level of ONE-01?" in terminal.type(" ", "What is the level of ONE-01?")


def test_search_jumps_by_id_and_by_words_of_the_question_and_says_when_nothing_is_found(
    fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("/", "Id or words")
    terminal.type("tre-01" + ENTER, "TRE-01 Indicator TRE-01")
    terminal.type("/", "Id or words")
    terminal.type("level of TWO-02" + ENTER, "TWO-02 Indicator TWO-02")
    terminal.type("/", "Id or words")
    terminal.type("submarine" + ENTER, "Nothing is found for «submarine».")


def test_all_that_was_answered_is_there_when_one_comes_back(folder: Path, fill: Callable[..., Terminal]) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("3", "Saved.")
    terminal.child.send(b"\x03")
    assert terminal.end() == (0, "25 of 27 are open\nours.yaml\n")
    assert "ONE-02 Indicator ONE-02" in fill().wait("0-5 level")


# --- nothing is lost ----------------------------------------------------------------------------


def test_control_c_in_a_half_typed_note_keeps_the_text_and_the_program(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("n", "Note")
    terminal.type("As the minister sa", "As the minister sa")
    terminal.type("\x03", "Left; the text comes back when you return here.")
    terminal.type("n", "As the minister sa")
    terminal.type("id" + ENTER, "Note: As the minister said")
    assert read(folder).answer("ONE-01", "pair").note == "As the minister said"


def test_a_program_that_is_killed_leaves_a_whole_file_with_every_answer(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("3", "Saved.")
    terminal.type(RIGHT + "n", "Note")
    terminal.child.kill(signal.SIGKILL)
    assert read(folder).answer("ONE-01", "pair") == Answered(level=3)
    assert sorted(path.name for path in folder.iterdir()) == ["ours.yaml"]


def changed_meanwhile(folder: Path, old: str, new: str) -> None:
    assert old in text(folder)
    (folder / "ours.yaml").write_text(text(folder).replace(old, new))


def test_what_somebody_else_wrote_meanwhile_is_noticed_and_kept_beside_the_own_answer(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    changed_meanwhile(folder, "{level: 2, evidence: [talks]}", "{level: 5, evidence: [talks]}  # by the ministry")
    before = text(folder)
    terminal.type("3", "Somebody else changed the file. Your answer is not saved yet.")
    assert text(folder) == before
    terminal.type(ENTER, "The file was read anew, and your answer saved in it.")
    ours = ("ONE-01:   unknown   # Olena knows\n", "ONE-01:   # Olena knows\n    level: 3\n")
    assert text(folder) == before.replace(*ours)


def test_two_answers_to_one_question_are_shown_and_a_person_chooses(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    changed_meanwhile(folder, "ONE-01:   unknown", "ONE-01:   1")
    terminal.type("3", "Somebody else changed the file.")
    terminal.type(ENTER, "The other has answered this as well.")
    terminal.type(ENTER, "The file was read anew; its answer stays.")
    assert read(folder).answer("ONE-01", "pair") == Answered(level=1)


def test_own_answers_can_go_to_a_file_of_their_own(folder: Path, fill: Callable[..., Terminal]) -> None:
    terminal = fill()
    terminal.wait("0-5 level")
    (folder / "ours.yaml").write_text("broken: [")
    terminal.type("3", "Somebody else changed the file.")
    terminal.type(DOWN + DOWN + ENTER, "the file of the other was left as it is.")
    (copy,) = folder.glob("ours-mine-*.yaml")
    assert text(folder) == "broken: ["
    assert load_questionnaire(copy, TINY)[0].answer("ONE-01", "pair") == Answered(level=3)


@pytest.mark.parametrize(("content", "said"), [
    (BLANK[: BLANK.index("level: 2") + 5],
     ("ours.yaml:14:1 Y102 this is not YAML: before this a comma or } is missing",)),
    (BLANK.replace("{level: 2, evidence: [talks]}", "{level: 9, evidence: [talk]}"),
     ("ours.yaml:13:19 Q206", "ours.yaml:13:33 Q207")),
    (BLANK.replace("tiny 0.1", "tiny 0.0"), ("ours.yaml:2:9 Q204", "assess migrate")),
])
def test_a_broken_file_is_not_opened_its_problems_are_listed_and_it_stays(
    folder: Path, fill: Callable[..., Terminal], content: str, said: tuple[str, ...]
) -> None:
    (folder / "ours.yaml").write_text(content)
    code, shown = fill().end()
    assert (code, [place for place in said if place not in shown], text(folder)) == (1, [], content), shown


# --- many kinds of terminals ---------------------------------------------------------------------


def test_without_colour_only_bold_and_reverse_are_sent(fill: Callable[..., Terminal]) -> None:
    def colours(terminal: Terminal) -> set[int]:
        terminal.wait("0-5 level")
        terminal.type("3", "Saved.")
        codes = re.findall(rb"\x1b\[([0-9;]+)m", terminal.raw)
        return {int(part) for code in codes for part in code.split(b";") if int(part) >= 30}

    assert colours(fill())
    assert colours(fill(NO_COLOR="1")) == set()


def test_a_narrow_terminal_wraps_and_scrolls_and_still_takes_answers(
    folder: Path, fill: Callable[..., Terminal]
) -> None:
    terminal = fill(rows=12, columns=40)
    shown = terminal.wait("0-5 level")
    assert max(len(line) for line in shown.splitlines()) <= 40
    assert "▼" in shown
    terminal.type("\x1b[6~", "Answer: open")
    terminal.type("3", "Saved.")
    assert read(folder).answer("ONE-01", "pair") == Answered(level=3)


def test_it_speaks_ukrainian_and_its_keys_stand_where_they_stood(folder: Path, fill: Callable[..., Terminal]) -> None:
    tr = translator("uk")
    terminal = fill("--language", "uk")
    terminal.wait(tr("Answer") + ": " + tr("open"))
    terminal.type("г", tr("Why is it not known?"))
    terminal.type("запитано" + ENTER, "запитано")
    terminal.type(",", tr("Keys"))
    terminal.child.send("й".encode())
    terminal.wait("ONE-01")
    terminal.child.send("й".encode())
    assert terminal.end() == (0, tr("{open} of {all} are open").format(open=25, all=27) + "\nours.yaml\n")
    assert read(folder).answer("ONE-01", "pair") == Unknown(reason="запитано")


def test_the_instrument_itself_is_filled_in_at_the_usual_size(tmp_path: Path, fill: Callable[..., Terminal]) -> None:
    blank = Path(__file__).parent.parent / "examples" / "template.yaml"
    (tmp_path / "ours.yaml").write_bytes(blank.read_bytes())
    terminal = fill(rubric="cyberdialog", rows=24, columns=80)
    shown = terminal.wait("0-4 level")
    assert " TRU-01 Founding commitment (Trust and constructiveness)" in shown
    terminal.type("3", "Saved.")
    before, after = blank.read_text().splitlines(), text(tmp_path).splitlines()
    assert [line for line in after if line not in before] == ["  TRU-01:", "    level: 3"]
    assert len(after) == len(before) + 1
    shown = terminal.type("g", "Why it matters: ")
    assert " Does not settle it: " in terminal.type("\x1b[6~" * 3, " Does not settle it: ")


def test_a_link_stays_a_link_and_a_private_file_stays_private(folder: Path, fill: Callable[..., Terminal]) -> None:
    (folder / "ours.yaml").rename(folder / "real.yaml")
    (folder / "real.yaml").chmod(0o600)
    (folder / "ours.yaml").symlink_to("real.yaml")
    terminal = fill()
    terminal.wait("0-5 level")
    terminal.type("3", "Saved.")
    assert (folder / "ours.yaml").is_symlink()
    assert (folder / "real.yaml").stat().st_mode & 0o777 == 0o600
    assert "level: 3" in (folder / "real.yaml").read_text()
