"""Whatever somebody types while a file is filled in: it stays whole, and undo leads back to its first bytes."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_fill import BLANK
from tiny import TINY

from assess import yamlio
from assess.desk.dialogue import KEYS, Dialogue
from assess.desk.session import Session
from assess.language import ENGLISH
from assess.questionnaire.load import check_document
from assess.rubric.load import rubric_translator
from assess.rubric.model import Rubric

_ODD = ["1 3", "4", "2026-03", "2026", "https://x.org", "NO", "- a", "#", "a: b", "two\nlines", "\ud800", "\x85", "%"]
_TEXTS = st.text(max_size=12) | st.sampled_from(_ODD)
_ACTIONS = st.lists(st.one_of(
    st.tuples(st.just("key"), st.sampled_from([*KEYS, *"0123456789", "left", "right", "tab", "enter"])),
    st.tuples(st.just("reply"), _TEXTS), st.tuples(st.just("leave"), _TEXTS),
    st.tuples(st.just("pick"), st.sampled_from(["", "a"])),
), min_size=5, max_size=40)


def do(dialogue: Dialogue, action: str, text: str) -> None:
    """Do what a person can do now: keys while no question is asked, else replies."""
    if dialogue.ask is None:
        if action == "key":
            dialogue.key(text)
    elif action == "reply":
        dialogue.reply(text)
    elif action == "pick":
        dialogue.pick(1, text)
        dialogue.reply(text)
    elif action == "leave":
        dialogue.leave(text)


@settings(max_examples=60, deadline=None)
@example([("key", "n"), ("reply", "half of a pair: \ud800")])
@example([("key", "e"), ("reply", "+"), ("reply", "\x00\x1b[31m"), ("leave", "")])
@given(_ACTIONS)
def test_no_keys_break_the_file_and_undo_leads_back_to_its_first_bytes(actions: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ours.yaml"
        path.write_text(BLANK)
        dialogue = Dialogue(Session(path, TINY), ENGLISH)
        for action, text in actions:
            do(dialogue, action, text)
            assert not re.match(r"[A-Z]\d{3} ", dialogue.said), dialogue.said
        q, _ = check_document(yamlio.read(path), TINY)
        assert q == dialogue.session.questionnaire
        remarks = [line for line in BLANK.splitlines() if line.lstrip().startswith("#")]
        assert [line for line in path.read_text().splitlines() if line in remarks] == remarks
        if dialogue.ask is not None:
            dialogue.leave("")
        while dialogue.session.undo():
            pass
        assert path.read_bytes() == BLANK.encode()


def test_a_source_whose_id_another_person_used_meanwhile_gets_another_id_and_is_cited_by_it(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(BLANK)
    dialogue = Dialogue(Session(path, TINY), ENGLISH)
    dialogue.key("e")
    for text in ("+", "My source", "", "", "", "B", "third", "no"):
        dialogue.reply(text)
    theirs = "  aa-bb-01: {title: The source of the other, grade: C, source: A}\n"
    path.write_text(BLANK.replace("evidence:\n", f"evidence:\n{theirs}", 1))
    dialogue.reply("aa-bb-01")
    dialogue.reply("read")
    q, _ = check_document(yamlio.read(path), TINY)
    titles = {key: source.title for key, source in q.evidence.items() if key != "talks"}
    assert (dialogue.said, titles, q.answer("ONE-01", "pair").evidence) == (
        "The file was read anew, and your answer saved in it. aa-bb-01 was taken meanwhile; your source is called "
        "aa-bb-01-2.", {"aa-bb-01": "The source of the other", "aa-bb-01-2": "My source"}, ("aa-bb-01-2",))


@pytest.mark.parametrize(("words", "language", "first"), [
    ("tru-02", "en", "TRU-02"), ("CRISIS channel", "en", "TRU-02"), ("канал кризового", "uk", "TRU-02"),
    ("BOD-UN", "en", "BOD-UN-1"),
])
def test_search_knows_ids_and_words_in_both_languages(
    tmp_path: Path, rubric: Rubric, words: str, language: str, first: str
) -> None:
    path = tmp_path / "ours.yaml"
    path.write_bytes((Path(__file__).parent.parent / "examples" / "template.yaml").read_bytes())
    session = Session(path, rubric)
    assert session.search(words, rubric_translator("cyberdialog", language))[0].key == first
