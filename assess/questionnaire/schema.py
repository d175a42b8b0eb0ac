"""The JSON Schema (draft 2020-12) of questionnaires for one rubric, for completion and checks while typing.

It is made of two sources: the models say which keys an answer or a piece of evidence has, the
rubric says which ids and levels there are and what they mean. It accepts what ``check`` accepts
(but a blank only as an empty value, and truth only as true or false); what only the whole file
can tell (evidence that is cited but not listed, dates after ``as_of``) stays with ``check``.
"""

import json
import re
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from assess.language import Translator
from assess.questionnaire.model import Questionnaire
from assess.rubric.model import Body, Question, Rubric

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_SOURCE: Schema = {
    "title": "Joint statement of the first round", "date": "2025-06-15", "url": "https://example.org/statement",
    "publisher": "Ministry of Foreign Affairs", "grade": "A", "source": "both",
}
_PARTIAL = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def questionnaire_schema(rubric: Rubric, tr: Translator) -> Schema:
    """Return the schema as plain data; titles and descriptions are in the language of ``tr``."""
    return _Schema(rubric, tr).whole()


def schema_text(rubric: Rubric, tr: Translator) -> str:
    """Return the schema as the text of a JSON file."""
    return json.dumps(questionnaire_schema(rubric, tr), ensure_ascii=False, indent=1) + "\n"


class _Generator(GenerateJsonSchema):
    """Pydantic's schema of the models, with dates as they are written in a file and without made-up titles."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {"type": "string", "format": "date", "pattern": _DAY, "examples": ["2026-11-23"]}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """The only validator that runs before its type is that of partial dates; a bare year is a number."""
        text = {"type": "string", "pattern": _PARTIAL}
        year = {"type": "integer", "minimum": 1000, "maximum": 9999}
        return {"anyOf": [text, year], "examples": ["2024-07-15", "2024-07", 2024]}


def _any(*options: Schema) -> Schema:
    return {"anyOf": list(options)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    return {"type": "object", "properties": dict(properties), "required": list(required),
            "additionalProperties": False}


_BLANK: Schema = {"type": "null", "description": "A blank counts as unknown."}


class _Schema:
    """Builds the schema of one rubric; what several questions share stands once under ``$defs``."""

    def __init__(self, rubric: Rubric, tr: Translator) -> None:
        self.rubric, self.tr = rubric, tr
        self.base: Schema = Questionnaire.model_json_schema(schema_generator=_Generator)
        self.models: dict[str, Schema] = self.base["$defs"]
        self.defs: dict[str, Schema] = {
            name: self.models[name] for name in ("Evidence", "Rater", "Relationship", "Parties", "Party")
        }

    def whole(self) -> Schema:
        """The schema of a whole file."""
        self._shared_forms()
        self._body_forms()
        sections = {
            "rubric": self._rubric(),
            "evidence": _section({"type": "object", "additionalProperties": _ref("Evidence")}),
            "answers": self._questions(self.rubric.indicators.values()),
            "challenges": self._questions(self.rubric.barriers.values()),
            "bodies": _section(_object({body.id: self._body(body) for body in self.rubric.bodies.values()})),
        }
        return {
            "$schema": DIALECT,
            "title": self.tr(self.rubric.title),
            "description": self.tr(self.rubric.purpose).strip(),
            **_object(self.base["properties"] | sections, self.base["required"]),
            "$defs": self.defs,
        }

    def _rubric(self) -> Schema:
        """The id, and if wanted the version in full or its first parts, as the loader takes it."""
        first, *parts = (_escaped(part) for part in self.rubric.version.split("."))
        tail = ""
        for part in reversed(parts):
            tail = rf"(\.{part}{tail})?"
        name = f"{self.rubric.id} {self.rubric.version}"
        return {"type": "string", "pattern": rf"^{_escaped(self.rubric.id)}( {first}{tail})?$", "examples": [name]}

    # --- the forms of an answer ----------------------------------------------------------------

    def _fields(self, model: str, *without: str) -> dict[str, Schema]:
        """The keys of a model that may be written in the file."""
        fields: dict[str, Schema] = {}
        for key, schema in self.models[model]["properties"].items():
            if key not in ("state", *without):
                self.defs[f"{model}.{key}"] = schema
                fields[key] = _ref(f"{model}.{key}")
        return fields

    def _shared_forms(self) -> None:
        """The forms that do not depend on the question."""
        pair = {"enum": [list(pair) for pair in combinations((level.level for level in self.rubric.levels), 2)]}
        word = {"const": "unknown", "description": self.tr("Not known. It never counts as 0.")}
        reason = {"type": ["string", "boolean", "null"], "not": {"const": False}, "maxLength": 20_000}
        self.defs["Evidence"]["examples"] = [_SOURCE]
        bare = self._fields("Unknown", "between") | {"unknown": reason}
        limited = _object(bare | {"between": _any(pair, {"type": "null"})})
        excused = self._fields("NotApplicable", "reason")
        excused["not_applicable"] = self.models["NotApplicable"]["properties"]["reason"]
        self.defs |= {
            "unknown": _any(word, limited | _any({"required": ["unknown"]}, {"required": ["between"]}))
            | {"examples": [{"unknown": self.tr("not on the public record"), "between": [1, 2]}]},
            "unknown_in_body": _any(word, _object(bare, ["unknown"])),
            "not_applicable": _object(excused, ["not_applicable"])
            | {"examples": [{"not_applicable": self.tr("the reason")}]},
            "disputed": _object(self._fields("Disputed", "values") | {"disputed": pair}, ["disputed"])
            | {"examples": [{"disputed": [0, 2], "evidence": ["first-round"]}]},
        }

    def _body_forms(self) -> None:
        """What one side is in a body, and what the two do there together."""
        statuses = _choices({key: self.tr(status.meaning) for key, status in self.rubric.statuses.items()})
        levels = _choices({level: self.tr(pair.meaning) for level, pair in self.rubric.pair_statuses.items()})
        side = _object(self._fields("Participation", "status") | {"status": _ref("status")}, ["status"])
        together = _object(self._fields("Answered", "level") | {"level": _ref("together")}, ["level"])
        self.defs |= {
            "status": statuses,
            "together": levels,
            "side_answer": _any(_ref("status"), side, _ref("unknown_in_body"), _BLANK),
            "together_answer": _any(_ref("together"), together, _ref("unknown_in_body"), _BLANK),
        }

    # --- questions -----------------------------------------------------------------------------

    def _questions(self, questions: Iterable[Question]) -> Schema:
        return _section(_object({question.id: self._question(question) for question in questions}))

    def _question(self, question: Question) -> Schema:
        anchors = {level: self.tr(text) for level, text in sorted(question.anchors.items())}
        level, one = f"{question.id}.level", f"{question.id}.answer"
        shared = [_ref("unknown"), *([_ref("not_applicable")] if question.may_be_not_applicable else [])]
        long_form = _object(self._fields("Answered", "level") | {"level": _ref(level)}, ["level"])
        self.defs[level] = _choices(anchors)
        self.defs[one] = _any(_ref(level), long_form, *shared, _ref("disputed"), _BLANK)
        if question.type == "P":
            return self._described(question, anchors) | _ref(one)
        return self._described(question, anchors) | _any(_object({"A": _ref(one), "B": _ref(one)}), *shared, _BLANK)

    def _described(self, question: Question, anchors: Mapping[int, str]) -> Schema:
        title, asked = self.tr(question.title), self.tr(question.question)
        plain = "\n".join(f"{level}: {text}" for level, text in anchors.items())
        marked = "\n".join(f"- **{level}** {_literal(text)}" for level, text in anchors.items())
        return {
            "title": f"{question.id} {title}",
            "description": f"{title}\n{asked}\n{plain}",
            "markdownDescription": f"**{question.id} {_literal(title)}**\n\n{_literal(asked)}\n\n{marked}",
        }

    # --- bodies --------------------------------------------------------------------------------

    def _body(self, body: Body) -> Schema:
        title, role = self.tr(body.title), self.tr(body.role)
        slots = {"A": _ref("side_answer"), "B": _ref("side_answer"), "together": _ref("together_answer")}
        reason = _object({"unknown": {"type": "string", "maxLength": 20_000}}, ["unknown"])
        return {
            "title": f"{body.id} {self.tr(body.short)}",
            "description": f"{title}\n{role}",
            "markdownDescription": f"**{body.id} {_literal(title)}**\n\n{_literal(role)}",
            **_any(_object(slots), {"const": "unknown"}, reason, _BLANK),
        }


def _section(schema: Schema) -> Schema:
    """A section may stand empty."""
    return schema | {"type": ["object", "null"]}


def _choices(choices: Mapping[Any, str]) -> Schema:
    """Levels or words, each with what it means."""
    return {"oneOf": [{"const": value, "description": said} for value, said in choices.items()]}


def _escaped(text: str) -> str:
    """Escape what a regular expression would read; unlike re.escape, in the way of ECMAScript."""
    return re.sub(r"([.^$*+?()\[\]{}|\\/])", r"\\\1", text)


def _literal(text: str) -> str:
    """Keep Markdown from reading a text's own signs as marks."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in text)
