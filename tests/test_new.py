"""``assess new``: a blank that explains itself, and last year's answers carried over without a scratch."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import FOLDER, TINY

from assess import yamlio
from assess.cli.main import main
from assess.cli.new import parties_of
from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.questionnaire.blank import annotated, blank
from assess.questionnaire.forward import roll_forward, tally
from assess.questionnaire.load import check_document
from assess.questionnaire.model import (
    BLANK,
    Answered,
    BodyAnswer,
    Disputed,
    Evidence,
    NotApplicable,
    Participation,
    Parties,
    Party,
    Questionnaire,
    Rater,
    Relationship,
    Unknown,
)
from assess.rubric.model import Rubric

AS_OF = date(2026, 11, 1)
PAIR = Parties(A=Party(code="AA", name="Aland"), B=Party(code="BB", name="Bland"))
TEMPLATE = Path(__file__).parent.parent / "examples" / "template.yaml"
REGENERATE = "assess new --parties UA,EU --as-of 2026-11-23 --schema --force -o examples/template.yaml"

# What other readers of YAML, or this one, take for something else if it is not quoted.
DANGEROUS = (
    "NO", "no", "y", "N", "on", "null", "~", "true", "08", "0o17", "0x1F", "1e5", "1.5", ".5", "-3", "+4", "1_000",
    "12:30", "2026-11-23", "2024", ".inf", "=", "<<", "*a", "&a", "!tag", "%TAG", "@at", "`tick", "- item", "? key",
    "key: value", "end:", "# remark", "text # remark", "{a: 1}", "[1, 2]", "'quoted'", '"double"', "\\n", "a\tb",
    " leading", "trailing ", "two\nlines", "two\n\n  indented\nlines", "\nfirst line empty", "last line empty\n",
    "many empty\n\n\n", "\n", "  \n  ", "a \nb", "carriage\r\nreturn", "next\x85line", "line\u2028separator", "nul\x00",
    "bell\x07", "\ufeffmark", "Їжак — «їжа»", "日本", "🛰 satellite", "e\u0301", "---", "...", "--- a", "x" * 300,
    "word " * 60,
)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the program; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def read(text: str, rubric: Rubric = TINY) -> Questionnaire:
    return check_document(yamlio.parse(text.encode(), "q.yaml"), rubric)[0]


def problems(text: str, rubric: Rubric = TINY) -> list[str]:
    return [f"{p.place} {p.code}" for p in check_document(yamlio.parse(text.encode(), "q.yaml"), rubric)[1]]


def block(text: str, key: str) -> str:
    """Return the paragraph that ends with the answer to ``key``."""
    return next(part for part in text.split("\n\n") if f"\n  {key}:" in part).rstrip("\n")


def tiny_blank(pair: Parties = PAIR) -> str:
    return annotated(blank(TINY, pair, AS_OF, ENGLISH), TINY, ENGLISH)


# --- the blank -------------------------------------------------------------------------------


def test_the_committed_template_is_what_the_program_writes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "new", "--parties", "UA,EU", "--as-of", "2026-11-23", "-o", "-")
    assert (code, err) == (0, "")
    assert TEMPLATE.read_text(encoding="utf-8") == out, f"regenerate with: {REGENERATE}"


def test_a_blank_passes_the_check_without_a_single_remark(rubric: Rubric) -> None:
    assert problems(TEMPLATE.read_text(encoding="utf-8"), rubric) == []
    assert problems(tiny_blank()) == []


def test_a_blank_asks_for_every_answer_and_has_none(rubric: Rubric) -> None:
    asked = read(TEMPLATE.read_text(encoding="utf-8"), rubric)
    assert list(asked.answers) == list(rubric.indicators)
    assert list(asked.challenges) == list(rubric.barriers)
    assert list(asked.bodies) == list(rubric.bodies)
    slots = sum(len(q.slots) for q in (*rubric.indicators.values(), *rubric.barriers.values()))
    assert tally(asked, rubric) == (count := tally(blank(rubric, PAIR, AS_OF, ENGLISH), rubric))
    assert (count.said, count.open, count.all) == (0, count.all, slots + 3 * len(rubric.bodies))


def test_a_blank_carries_every_question_anchor_and_term_of_the_rubric(rubric: Rubric) -> None:
    lines = (line.strip().removeprefix("# ").strip() for line in TEMPLATE.read_text(encoding="utf-8").splitlines())
    said = " ".join(" ".join(lines).split())
    for question in (*rubric.indicators.values(), *rubric.barriers.values()):
        wanted = [question.question, question.when_silent, *question.definitions.values(), *question.counting]
        wanted += [f"{level} {anchor}" for level, anchor in question.anchors.items()]
        assert [text for text in wanted if " ".join(text.split()) not in said] == [], question.id


def test_remarks_are_wrapped_so_that_they_fit_a_narrow_window() -> None:
    assert [line for line in TEMPLATE.read_text(encoding="utf-8").splitlines() if len(line) > 96] == []


def test_a_question_for_the_pair_is_explained_above_its_one_answer() -> None:
    assert block(tiny_blank(), "TWO-02") == """\
  # TWO-02 Indicator TWO-02
  # What is the level of TWO-02?
  # Answer once, for Aland and Bland together.
  #   0  Zero of TWO-02.
  #   1  One of TWO-02.
  #   2  Two of TWO-02.
  #   3  Three of TWO-02.
  #   4  Four of TWO-02.
  #   5  Five of TWO-02.
  # Where the record is silent: Answer unknown.
  # Not applicable: it is excluded
  # Ageing: by the months since the newest evidence: level 5 up to 12 months; level 4 up to 24
  # months; level 3 up to 36 months; level 2 up to 48 months; level 1 up to 60 months. Time
  # itself is measured.
  TWO-02: unknown"""


def test_events_say_from_which_level_they_age_and_how_fast() -> None:
    assert block(tiny_blank(), "ONE-03").splitlines()[-3:] == [
        "  # Ageing: levels from 1 up need a date; one level is lost after 24 months, a second after 48.",
        "  # Events fade.",
        "  ONE-03: unknown",
    ]


def test_a_question_for_each_side_says_who_the_sides_are() -> None:
    assert block(tiny_blank(), "ONE-02") == """\
  # ONE-02 Indicator ONE-02
  # What is the level of ONE-02?
  # Answer for Aland (A) and for Bland (B). In line A «this side» is Aland and «the partner» is
  # Bland; in line B it is the other way round.
  #   0  Zero of ONE-02.
  #   1  One of ONE-02.
  #   2  Two of ONE-02.
  #   3  Three of ONE-02.
  #   4  Four of ONE-02.
  #   5  Five of ONE-02.
  # Where the record is silent: Answer unknown.
  # Not applicable: there is no side
  # Ageing: none. It stays.
  ONE-02:
    A: unknown  # Aland
    B: unknown  # Bland"""


def test_a_question_for_each_direction_says_who_acts_towards_whom() -> None:
    assert block(tiny_blank(), "TWO-01").splitlines()[2:4] == [
        "  # Answer for Aland towards Bland (A) and for Bland towards Aland (B). In line A «this side» is",
        "  # Aland and «the partner» is Bland; in line B it is the other way round.",
    ]
    assert block(tiny_blank(), "TWO-01").splitlines()[-3:] == [
        "  TWO-01:",
        "    A: unknown  # Aland towards Bland",
        "    B: unknown  # Bland towards Aland",
    ]


def test_a_closed_body_says_so_and_asks_three_things() -> None:
    assert block(tiny_blank(), "BOD-3") == """\
  # BOD-3 Body BOD-3 (BOD-3)
  # It is for tests.
  # Active: An act.
  # Who has a way in: Whoever is named.
  # Together at its best: An act of both.
  # Where the record is silent: unknown. Silence proves nothing.
  # Ageing: none. It stays.
  # Closed: 2020.
  # At most 1 counts: It has ended.
  BOD-3:
    A: unknown  # Aland
    B: unknown  # Bland
    together: unknown"""


def test_the_example_of_evidence_works_when_the_hash_signs_are_taken_away(rubric: Rubric) -> None:
    cited = "\n  TRU-01: {level: 1, evidence: [first-round]}"
    lines = TEMPLATE.read_text(encoding="utf-8").replace("\n  TRU-01: unknown", cited).splitlines()
    start = lines.index("  # first-round:")
    end = lines.index("", start)
    lines[start:end] = [line.replace("  # ", "  ", 1) for line in lines[start:end]]
    changed = "\n".join(lines) + "\n"
    assert problems(changed, rubric) == []
    assert read(changed, rubric).evidence["first-round"].date == "2025-06-15"


def test_every_form_of_an_answer_that_the_head_shows_is_understood() -> None:
    lines = tiny_blank().splitlines()
    forms = [line[2:].split("#")[0].split(":", 1)[1].strip() for line in lines if line.startswith("#   ONE-01:")]
    evidence = "\nevidence: {first-round: {title: T, grade: A, source: both}}\nanswers:\n"
    head = tiny_blank().split("\nevidence:")[0] + evidence
    read_back = [read(f"{head}  TRE-01: {form}\n").answer("TRE-01", "pair") for form in forms]
    assert [answer.state for answer in read_back] == [
        "level", "level", "unknown", "unknown", "disputed", "not_applicable",
    ]


# --- parties ---------------------------------------------------------------------------------


def test_parties_are_named_by_country_and_organisation_codes_in_either_case() -> None:
    parties = parties_of(("no", "NATO"), None, ENGLISH)
    assert (parties.A.code, parties.A.name) == ("NO", "Norway")
    assert (parties.B.code, parties.B.name) == ("NATO", "North Atlantic Treaty Organization")


def test_names_follow_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "new", "--parties", "UA,EU", "--language", "uk", "--rubric", FOLDER, "-o", "-")
    asked = read(out)
    assert [asked.relationship.parties.A.name, asked.relationship.parties.B.name] == ["Україна", "Європейський Союз"]


def test_names_of_ones_own_replace_the_usual_ones_and_allow_any_code(capsys: pytest.CaptureFixture[str]) -> None:
    given_names = '"Republic, the first", Second: place'
    _, out, _ = run(capsys, "new", "--parties", "XR-1,UA", "--names", given_names, "--rubric", FOLDER, "-o", "-")
    parties = read(out).relationship.parties
    assert (parties.A.code, parties.A.name) == ("XR-1", "Republic, the first")
    assert (parties.B.code, parties.B.name) == ("UA", "Second: place")


@pytest.mark.parametrize(
    ("code", "close"),
    [
        ("UK", ("GB (United Kingdom)",)),
        ("UKR", ("UA (Ukraine)",)),
        ("Ukrain", ("UA (Ukraine)", "BH (Bahrain)")),
        ("NATOO", ("NATO (North Atlantic Treaty Organization)", "TG (Togo)")),
        ("ZZ", ()),
        ("Q9Q9", ()),
    ],
)
def test_an_unknown_party_is_refused_with_the_nearest_one(code: str, close: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        parties_of((code, "FJ"), None, ENGLISH)
    assert [(p.code, p.values["code"], p.nearest) for p in caught.value.problems] == [("Q230", code, close)]


def test_an_unknown_party_is_explained_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, "new", "--parties", "UK,EU", "-o", tmp_path / "q.yaml")
    assert (code, out) == (1, "")
    assert err == (
        "--parties Q230 there is no party with the code UK (did you mean GB (United Kingdom)?)\n"
        "    Rule: A party is named by the ISO 3166 code of a country, or by the short name of an organisation.\n"
        "    Way out: Correct the code, or name a party of your own: --parties UK,… "
        '--names "First name,Second name"\n'
    )
    assert list(tmp_path.iterdir()) == []


def test_a_party_has_no_relationship_with_itself(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "new", "--parties", "UA,ua", "-o", "-")
    assert (code, err.splitlines()[0]) == (1, "--parties Q218 the two parties have the same code UA")


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["--parties", "UA"], ["--parties", "UA,EU,NO"], ["--parties", "UA,"], ["--parties", "UA,\ud800"],
        ["--parties", "UA,EU", "--from", "x.yaml"], ["--from", "x.yaml", "--names", "a,b"],
        ["--parties", "UA,EU", "--names", "a\nb,c"], ["--parties", "UA,EU", "--as-of", "23.11.2026"],
    ],
)
def test_a_wrong_call_ends_with_2_and_prints_no_questionnaire(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, _ = run(capsys, "new", "-o", "-", *arguments)
    assert (code, out) == (2, "")


# --- files -----------------------------------------------------------------------------------


def test_the_file_is_named_by_parties_and_date_and_its_path_is_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "new", "--parties", "UA,EU", "--as-of", "2026-11-01", "--rubric", FOLDER, "--schema")
    assert (code, out, err) == (0, "ua-eu-2026-11-01.yaml\nquestionnaire.schema.json\n", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["questionnaire.schema.json", "ua-eu-2026-11-01.yaml"]


def test_the_date_is_today_if_none_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    before = date.today()
    _, out, _ = run(capsys, "new", "--parties", "UA,EU", "--rubric", FOLDER, "-o", "-")
    assert before <= read(out).as_of <= date.today()


def test_a_file_that_exists_is_never_overwritten_unless_forced(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "q.yaml"
    path.write_text("mine")
    arguments = ["new", "--parties", "UA,EU", "--rubric", FOLDER, "-o", path, "--schema"]
    code, out, err = run(capsys, *arguments)
    assert (code, out, path.read_text()) == (1, "", "mine")
    assert err == (
        f"{path} E504 {path} exists already\n"
        "    Rule: A file that a person may have filled in is never overwritten.\n"
        "    Way out: Choose another name with --out, or overwrite the file with --force.\n"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["q.yaml"]
    assert run(capsys, *arguments, "--force")[0] == 0
    assert read(path.read_text(encoding="utf-8")).relationship.parties.A.code == "UA"


def test_writing_the_same_again_is_no_overwriting(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ["new", "--parties", "UA,EU", "--as-of", "2026-11-01", "--rubric", FOLDER, "-o", tmp_path / "q.yaml"]
    assert [run(capsys, *arguments)[0] for _ in range(2)] == [0, 0]


# --- answers carried over --------------------------------------------------------------------


IDS = ("NO", "08", "1e5", "first", "2026-11-23", "null")
DATES = st.none() | st.sampled_from(("2024", "2024-07", "2024-07-15"))

# Strategies are functions, so that a failure does not print all of them.


@st.composite
def texts(draw: st.DrawFn, most: int = 400) -> str:
    """A text that a person could write, a dangerous or any one."""
    any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
    return draw(st.sampled_from(DANGEROUS) | any_text)[:most]


@st.composite
def shared(draw: st.DrawFn) -> dict[str, Any]:
    """What every answer may have."""
    return {
        "evidence": draw(st.lists(st.sampled_from(IDS), max_size=3)),
        "note": draw(st.none() | texts()),
        "review": draw(st.booleans()),
        "assigned": draw(st.none() | texts(200)),
    }


@st.composite
def given_levels(draw: st.DrawFn) -> dict[str, Any]:
    """What an answer may have that somebody vouches for."""
    return draw(shared()) | {"confidence": draw(st.sampled_from(("low", "medium", "high"))), "date": draw(DATES)}


@st.composite
def answers(draw: st.DrawFn, *, excused: bool) -> Any:
    """An answer to a question of the rubric with six levels."""
    pair = st.sampled_from([(low, high) for low in range(6) for high in range(low + 1, 6)])
    state = draw(st.sampled_from(["level", "unknown", "disputed", "excused"][: 4 if excused else 3]))
    if state == "level":
        return Answered(level=draw(st.integers(0, 5)), **draw(given_levels()))
    if state == "disputed":
        return Disputed(values=draw(pair), **draw(given_levels()))
    if state == "excused":
        return NotApplicable(reason=draw(texts()), **draw(shared()))
    return Unknown(reason=draw(st.none() | texts()), between=draw(st.none() | pair), **draw(shared()))


@st.composite
def in_body(draw: st.DrawFn, *, together: bool) -> Any:
    """What a side is in a body, or what the two do there together."""
    if draw(st.booleans()):
        return Unknown(reason=draw(st.none() | texts()), **draw(shared()))
    if together:
        return Answered(level=draw(st.integers(0, 4)), **draw(given_levels()))
    status = draw(st.sampled_from(("absent", "member", "active")))
    return Participation(status=status, date=draw(DATES), **draw(shared()))


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    """A piece of evidence with or without each of its fields."""
    more = {"url": texts(), "where": texts(), "publisher": texts(200), "note": texts()}
    return Evidence(
        title=draw(texts()), date=draw(DATES), grade=draw(st.sampled_from("ABC")), counter=draw(st.booleans()),
        source=draw(st.sampled_from(("A", "B", "both", "third"))), verified=draw(st.booleans()),
        **{key: draw(st.none() | text) for key, text in more.items()},
    )


@st.composite
def filled(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire of the tiny rubric in which some questions are answered."""
    def section(questions: Any) -> dict[str, Any]:
        chosen = [q for q in questions if draw(st.booleans())]
        return {q.id: {s: draw(answers(excused=q.may_be_not_applicable)) for s in q.slots} for q in chosen}

    bodies = [key for key in TINY.bodies if draw(st.booleans())]
    return Questionnaire(
        rubric="tiny 0.1",
        relationship=Relationship(parties=PAIR, title=draw(st.none() | texts(300))),
        as_of=AS_OF,
        answered_by=Rater(side=draw(st.sampled_from(("A", "B", "both", "third"))), role=draw(texts())),
        kind=draw(st.sampled_from(("assessment", "illustration"))),
        marking=draw(st.sampled_from((None, "TLP:AMBER+STRICT", "=Für den Dienstgebrauch"))),
        note=draw(st.none() | texts()),
        evidence={key: draw(evidence()) for key in IDS},
        answers=section(TINY.indicators.values()),
        challenges=section(TINY.barriers.values()),
        bodies={
            key: BodyAnswer(
                A=draw(in_body(together=False)), B=draw(in_body(together=False)), together=draw(in_body(together=True))
            )
            for key in bodies
        },
    )


def explicit(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return a questionnaire as plain data in which every blank stands as «unknown»."""
    return questionnaire.model_dump() | {
        "answers": {(q.id, s): questionnaire.answer(q.id, s) for q in TINY.indicators.values() for s in q.slots},
        "challenges": {(q.id, s): questionnaire.answer(q.id, s) for q in TINY.barriers.values() for s in q.slots},
        "bodies": {key: questionnaire.body(key) for key in TINY.bodies},
    }


@settings(max_examples=50, deadline=None)
@given(questionnaire=filled())
def test_what_is_written_is_read_again_word_for_word(questionnaire: Questionnaire) -> None:
    assert explicit(read(annotated(questionnaire, TINY, ENGLISH))) == explicit(questionnaire)


@settings(max_examples=50, deadline=None)
@given(last=filled())
def test_rolling_forward_changes_nothing_but_the_date_and_the_marks_for_review(last: Questionnaire) -> None:
    def marked(answer: Any) -> Any:
        return answer if isinstance(answer, Unknown) else answer.model_copy(update={"review": True})

    wanted = explicit(last) | {"as_of": date(2027, 11, 1)}
    for section in ("answers", "challenges"):
        wanted[section] = {key: marked(answer) for key, answer in wanted[section].items()}
    wanted["bodies"] = {
        key: BodyAnswer(A=marked(body.A), B=marked(body.B), together=marked(body.together))
        for key, body in wanted["bodies"].items()
    }
    forward = roll_forward(last, date(2027, 11, 1), file="last.yaml")
    assert explicit(read(annotated(forward, TINY, ENGLISH))) == wanted


@settings(max_examples=50, deadline=None)
@given(name=texts())
def test_no_name_of_a_party_breaks_out_of_the_remarks_or_changes(name: str) -> None:
    parties = Parties(A=Party(code="AA", name=name), B=Party(code="BB", name="Bland"))
    asked = read(tiny_blank(parties))
    assert asked.relationship.parties == parties
    assert asked == blank(TINY, parties, AS_OF, ENGLISH).model_copy(
        update={"answers": asked.answers, "challenges": asked.challenges, "bodies": asked.bodies}
    )
    assert tally(asked, TINY).said == 0


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_yaml_could_misread_is_kept_and_warns_of_nothing(text: str) -> None:
    answer = Answered(level=1, note=text, assigned=text[:200], evidence=("NO",))
    questionnaire = blank(TINY, PAIR, AS_OF, ENGLISH).model_copy(
        update={
            "evidence": {"NO": Evidence(title=text, grade="C", source="third", note=text)},
            "answers": {"ONE-01": {"pair": answer}},
        }
    )
    written = annotated(questionnaire, TINY, ENGLISH)
    assert problems(written) == []
    assert (read(written).evidence, read(written).answer("ONE-01", "pair")) == (questionnaire.evidence, answer)


LAST = """\
rubric: tiny 0.1
relationship: {parties: {A: {code: AA, name: Aland}, B: {code: BB, name: Bland}}}
as_of: 2026-11-01
answered_by: {side: A, role: desk officer}
evidence:
  round: {title: "A round: the first", date: 2026-06-01, grade: A, source: both}
answers:
  ONE-01: {level: 3, evidence: [round], note: "NO"}
  ONE-02: {A: 1, B: unknown}
  TWO-01: {unknown: nobody answered}
  TRE-02: {not_applicable: it is excluded}
bodies:
  BOD-1: {A: member, B: unknown}
"""


def test_carried_answers_are_marked_and_counted_and_the_check_asks_for_their_review(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    last, new = tmp_path / "last.yaml", tmp_path / "new.yaml"
    last.write_text(LAST)
    arguments = ["--as-of", "2027-11-01", "--rubric", FOLDER, "-o", new]
    code, out, err = run(capsys, "new", "--from", last, *arguments)
    assert (code, out, err) == (0, f"{new}\n", "4 answers carried over for review; 23 of 27 are open\n")
    assert block(new.read_text(), "ONE-01").splitlines()[-5:] == [
        "  ONE-01:", "    level: 3", "    evidence: [round]", "    note: 'NO'", "    review: true",
    ]
    assert block(new.read_text(), "ONE-02").splitlines()[-5:] == [
        "  ONE-02:", "    A:  # Aland", "      level: 1", "      review: true", "    B: unknown  # Bland",
    ]
    assert [p.split()[-1] for p in problems(new.read_text())].count("Q219") == 4


def test_answers_roll_only_forward(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    last = tmp_path / "last.yaml"
    last.write_text(LAST)
    code, out, err = run(capsys, "new", "--from", last, "--as-of", "2026-10-31", "--rubric", FOLDER, "-o", "-")
    assert (code, out) == (1, "")
    assert err == (
        f"{last} Q231 the new assessment date 2026-10-31 lies before 2026-11-01, the date of the earlier "
        "questionnaire\n"
        "    Rule: Answers roll forward in time; what was found later was not known before.\n"
        "    Way out: Choose a later date with --as-of.\n"
    )


def test_a_broken_questionnaire_is_not_carried_over(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    last = tmp_path / "last.yaml"
    last.write_text(LAST.replace("level: 3", "level: 9"))
    code, out, err = run(capsys, "new", "--from", last, "--rubric", FOLDER, "-o", "-")
    assert (code, out) == (1, "")
    assert err.startswith(f"{last}:8:19 Q206 the level 9 does not exist; levels go from 0 to 5\n")


def test_an_unknown_is_not_marked_because_there_is_nothing_to_review() -> None:
    last = read(LAST)
    forward = roll_forward(last, date(2027, 11, 1), file="last.yaml")
    assert forward.answer("ONE-02", "B") == BLANK
    assert forward.answer("TWO-01", "A") == Unknown(reason="nobody answered")
