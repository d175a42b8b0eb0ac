"""The JSON Schema of questionnaires: it accepts what the check accepts, and explains what it completes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tiny import AS_OF, EVIDENCE, FOLDER, HEAD, TINY

from assess import yamlio
from assess.cli.main import main
from assess.language import ENGLISH, translator
from assess.problems.model import InputError, has_errors
from assess.questionnaire.blank import annotated, blank
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Parties, Party
from assess.questionnaire.schema import questionnaire_schema, schema_text
from assess.rubric.model import Rubric

EXAMPLES = Path(__file__).parent.parent / "examples"
COMMITTED = EXAMPLES / "questionnaire.schema.json"
REGENERATE = "assess new --parties UA,EU --as-of 2026-11-23 --schema --force -o examples/template.yaml"
VALID = Draft202012Validator(questionnaire_schema(TINY, ENGLISH))


def accepted(**sections: Any) -> bool:
    """Whether the schema accepts a questionnaire of the tiny rubric with these sections."""
    return VALID.is_valid(HEAD | sections)


def checked(**sections: Any) -> bool:
    """Whether the check finds no error in it; warnings may stand."""
    try:
        return not has_errors(check_document(yamlio.Document("t.yaml", HEAD | sections), TINY)[1])
    except InputError:
        return False


# --- the file --------------------------------------------------------------------------------


def test_the_committed_schema_is_what_the_program_writes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["schema"])
    out, err = capsys.readouterr()
    assert (ended.value.code, err) == (0, "")
    assert COMMITTED.read_text(encoding="utf-8") == out, f"regenerate with: {REGENERATE}"


@pytest.mark.parametrize("rubric_name", ["cyberdialog", str(FOLDER)])
def test_the_schema_is_itself_valid(capsys: pytest.CaptureFixture[str], rubric_name: str) -> None:
    with pytest.raises(SystemExit):
        main(["schema", "--rubric", rubric_name])
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_a_schema_that_differs_is_overwritten_only_if_forced(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text("mine")
    codes = []
    for more in ([], ["--force"]):
        with pytest.raises(SystemExit) as ended:
            main(["schema", "--rubric", str(FOLDER), "-o", str(path), *more])
        codes.append((ended.value.code, path.read_text(encoding="utf-8") == "mine"))
    assert codes == [(1, True), (0, False)]


def test_every_reference_goes_somewhere_and_nothing_stands_unused() -> None:
    text = schema_text(TINY, ENGLISH)
    named = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert named == set(json.loads(text)["$defs"])


def examples_of(schema: Any) -> list[tuple[Any, Any]]:
    """Every part of a schema that has examples, with each of these."""
    if isinstance(schema, list):
        return [pair for item in schema for pair in examples_of(item)]
    if not isinstance(schema, dict):
        return []
    own = [(schema, example) for example in schema.get("examples", []) if isinstance(schema["examples"], list)]
    return own + [pair for item in schema.values() for pair in examples_of(item)]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_example_in_the_schema_is_what_it_stands_for(language: str) -> None:
    schema = questionnaire_schema(TINY, translator(language))
    found = examples_of(schema)
    assert len(found) >= 10
    for part, example in found:
        assert Draft202012Validator({**part, "$defs": schema["$defs"]}).is_valid(example), example


# --- what it accepts -------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_the_schema_accepts_every_example(path: Path) -> None:
    validator = Draft202012Validator(json.loads(COMMITTED.read_text(encoding="utf-8")))
    errors = validator.iter_errors(yamlio.read(path).data)
    assert [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in errors] == []


def test_the_schema_accepts_the_blank_of_its_rubric() -> None:
    parties = Parties(A=Party(code="AA", name="Aland"), B=Party(code="BB", name="Bland"))
    text = annotated(blank(TINY, parties, date.fromisoformat(AS_OF), ENGLISH), TINY, ENGLISH)
    assert [e.message for e in VALID.iter_errors(yamlio.parse(text.encode(), "t.yaml").data)] == []


FORMS = [
    0, 5, 6, -1, 7, True, 1.5, "1", "unknown", "unkown", None, {}, [], [1],
    {"level": 3}, {"level": 6}, {"level": "3"}, {"level": True}, {"level": None}, {"levle": 3},
    {"level": 3, "evidence": ["a-both"], "note": "n", "review": True, "assigned": "x", "confidence": "high"},
    {"level": 3, "evidence": "a-both"}, {"level": 3, "evidence": ["a b"]}, {"level": 3, "evidence": None},
    {"level": 3, "confidence": "sure"}, {"level": 3, "review": 2}, {"level": 3, "note": None}, {"level": 3, "x": 1},
    {"level": 3, "date": "2026-05-01"}, {"level": 3, "date": "2026-05"}, {"level": 3, "date": 2026},
    {"level": 3, "date": "May"}, {"level": 3, "date": True}, {"level": 3, "unknown": True},
    {"unknown": "why"}, {"unknown": True}, {"unknown": None}, {"unknown": False}, {"unknown": 1},
    {"unknown": "why", "between": [1, 2]}, {"between": [1, 2]}, {"between": [2, 1]}, {"between": [1, 1]},
    {"between": [1, 6]}, {"between": [1]}, {"between": [0, 1, 2]}, {"unknown": "why", "between": None},
    {"unknown": "why", "level": 1}, {"unknown": "why", "confidence": "low"},
    {"not_applicable": "it is excluded"}, {"not_applicable": ""}, {"not_applicable": None}, {"not_applicable": True},
    {"disputed": [0, 5]}, {"disputed": [5, 0]}, {"disputed": [0, 6]}, {"disputed": [1]}, {"disputed": None},
    {"disputed": [0, 1], "confidence": "low", "date": "2025"},
]  # fmt: skip


@pytest.mark.parametrize("form", [form for form in FORMS if form != {}], ids=repr)
@pytest.mark.parametrize("key", ["ONE-01", "ONE-03"])
def test_the_schema_and_the_check_agree_on_an_answer_for_the_pair(key: str, form: Any) -> None:
    assert accepted(answers={key: form}) == checked(answers={key: form})


@pytest.mark.parametrize("form", FORMS, ids=repr)
@pytest.mark.parametrize("key", ["ONE-02", "TWO-01"])
def test_the_schema_and_the_check_agree_on_one_answer_for_both_sides(key: str, form: Any) -> None:
    assert accepted(answers={key: form}) == checked(answers={key: form})


@pytest.mark.parametrize("form", [form for form in FORMS if form != {}], ids=repr)
def test_the_schema_and_the_check_agree_on_the_answer_of_one_side(form: Any) -> None:
    answer = {"A": form, "B": "unknown"}
    assert accepted(challenges={"XX-2": answer}) == checked(challenges={"XX-2": answer})


@pytest.mark.parametrize(
    "form",
    [
        "unknown", "member", None, {}, {"unknown": "why"}, {"unknown": True}, {"A": "member"}, {"A": "membr"},
        {"A": "unknown", "B": "lead"}, {"A": "active", "B": "absent", "together": 0}, {"together": 4}, {"together": 5},
        {"together": "unknown"}, {"together": {"level": 2, "evidence": ["a-both"]}}, {"together": {"level": 5}},
        {"together": {"status": "member"}}, {"A": {"status": "member", "date": 2026, "note": "n"}},
        {"A": {"status": "x"}}, {"A": {"unknown": "why"}}, {"A": {"unknown": "why", "between": [0, 1]}},
        {"A": {"status": "member", "confidence": "low"}}, {"A": {"level": 1}}, {"A": 1}, {"A": {"state": "unknown"}},
        {"A": None}, {"C": "member"}, {"together": None}, 3, "A",
    ],
    ids=repr,
)  # fmt: skip
def test_the_schema_and_the_check_agree_on_an_answer_about_a_body(form: Any) -> None:
    assert accepted(bodies={"BOD-1": form}) == checked(bodies={"BOD-1": form})


@pytest.mark.parametrize(
    "sections",
    [
        {"rubric": "tiny"}, {"rubric": "tiny 0"}, {"rubric": "tiny 0.1.0"}, {"rubric": "tiny 0.2"}, {"rubric": "tin"},
        {"rubric": "tiny 0.1.0.0"}, {"rubric": None}, {"as_of": "tomorrow"}, {"as_of": None}, {"kind": "illustration"},
        {"kind": "draft"}, {"note": "n"}, {"remark": "n"}, {"answered_by": {"side": "C", "role": "r"}},
        {"answered_by": {"side": "A"}}, {"answered_by": {"side": "A", "role": ""}}, {"evidence": None},
        {"evidence": {"x": {"title": "T", "grade": "D", "source": "A"}}}, {"evidence": {"x": {"title": "T"}}},
        {"evidence": {"x": {"title": "T", "grade": "A", "source": "A", "date": 2024, "verified": False}}},
        {"evidence": {"x": {"title": "T", "grade": "A", "source": "A", "page": "3"}}}, {"evidence": []},
        {"answers": None}, {"answers": []}, {"answers": {"ONE-99": 1}}, {"answers": {"XX-1": 1}},
        {"challenges": {"XX-1": 1}}, {"challenges": {"ONE-01": 1}}, {"bodies": {"BOD-99": "unknown"}}, {"bodies": None},
    ],
    ids=repr,
)  # fmt: skip
def test_the_schema_and_the_check_agree_on_the_rest_of_a_file(sections: dict[str, Any]) -> None:
    assert accepted(**sections) == checked(**sections)


def test_norway_read_as_false_by_another_program_is_refused() -> None:
    norway = {"parties": {"A": {"code": False, "name": "Norway"}, "B": {"code": "UA", "name": "Ukraine"}}}
    errors = VALID.iter_errors(HEAD | {"relationship": norway})
    assert [error.message for error in errors] == ["False is not of type 'string'"]


def test_a_truth_value_in_words_is_refused_though_the_check_understands_it() -> None:
    answers = {"ONE-01": {"level": 3, "review": "yes"}}
    assert (accepted(answers=answers), checked(answers=answers)) == (False, True)


def test_a_level_that_does_not_exist_and_a_misspelt_indicator_are_refused(rubric: Rubric) -> None:
    validator = Draft202012Validator(questionnaire_schema(rubric, ENGLISH))
    head = HEAD | {"rubric": "cyberdialog 1.0"}
    assert validator.is_valid(head | {"answers": {"TRU-01": 4}})
    assert not validator.is_valid(head | {"answers": {"TRU-01": 7}})
    assert not validator.is_valid(head | {"answers": {"TRU-99": 1}})


VALUES = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 5, 6, "unknown", "a-both", "low", "2026", "", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["A", "B", "level", "unknown", "between", "not_applicable", "disputed", "evidence", "note",
                         "review", "confidence", "date", "reason", "x"]), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(key=st.sampled_from(list(TINY.indicators)), form=VALUES)
def test_whatever_the_schema_accepts_the_check_accepts_too_but_for_evidence_that_is_not_listed(
    key: str, form: Any
) -> None:
    if accepted(answers={key: form}):
        cited = {name: {"title": "T", "grade": "A", "source": "both"} for name in ("low", "2026", "x", "unknown")}
        assert checked(answers={key: form}, evidence=EVIDENCE | cited)


# --- what it says ----------------------------------------------------------------------------


def test_an_editor_shows_title_question_and_anchors() -> None:
    shown = questionnaire_schema(TINY, ENGLISH)["properties"]["answers"]["properties"]["ONE-01"]
    assert shown == {
        "title": "ONE-01 Indicator ONE-01",
        "description": (
            "Indicator ONE-01\nWhat is the level of ONE-01?\n0: Zero of ONE-01.\n1: One of ONE-01.\n2: Two of ONE-01.\n"
            "3: Three of ONE-01.\n4: Four of ONE-01.\n5: Five of ONE-01."
        ),
        "markdownDescription": (
            "**ONE-01 Indicator ONE-01**\n\nWhat is the level of ONE-01?\n\n- **0** Zero of ONE-01.\n"
            "- **1** One of ONE-01.\n- **2** Two of ONE-01.\n- **3** Three of ONE-01.\n- **4** Four of ONE-01.\n"
            "- **5** Five of ONE-01."
        ),
        "$ref": "#/$defs/ONE-01.answer",
    }


def test_an_editor_explains_each_level_by_its_anchor() -> None:
    assert questionnaire_schema(TINY, ENGLISH)["$defs"]["ONE-01.level"]["oneOf"][:2] == [
        {"const": 0, "description": "Zero of ONE-01."},
        {"const": 1, "description": "One of ONE-01."},
    ]


def test_not_applicable_is_offered_only_where_the_rubric_allows_it() -> None:
    forms = questionnaire_schema(TINY, ENGLISH)["$defs"]
    allowed = [key for key, q in {**TINY.indicators, **TINY.barriers}.items() if q.may_be_not_applicable]
    offered = [
        key.removesuffix(".answer") for key, form in forms.items()
        if key.endswith(".answer") and {"$ref": "#/$defs/not_applicable"} in form["anyOf"]
    ]
    assert offered == allowed
