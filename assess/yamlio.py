"""Read YAML into plain data, with the line and column of every key and value.

Only plain YAML is read: no tags, no merge of documents, bounded size, depth and aliases.
Scalars follow the YAML 1.2 core schema, so ``NO`` stays a text (Norway), ``08`` stays a text
and dates stay texts; where other programs would read them otherwise, a warning says so. A number
without a fraction is a whole number however it is written (``2.0``, ``2e0``); one that no program
keeps exactly stays a text. Lines end as in YAML 1.2.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from assess import linebreaks
from assess.language import N_, Phrase
from assess.notyaml import refuse_other_kinds
from assess.problems.model import InputError, Place, Problem
from assess.reasons import system_reason
from assess.yamlwords import COMPLAINTS, complaint

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
Path_: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_VALUES = 200_000
MAX_NUMBER = 10**15  # below it whole numbers are exact in every program, also in a browser
MAX_DIGITS = 40
MAX_KEY = 1024  # characters; the parser takes no longer one without a question mark before it

INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]+)?\Z|[-+]?(0|[1-9][0-9]*)[eE][-+]?[0-9]+\Z")
YAML11_BOOL = re.compile(r"(?:y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)\Z")
YAML11_OCTAL = re.compile(r"[-+]?0[0-9_]+\Z")
YAML11_BASE60 = re.compile(r"[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\Z")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None,
          "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
)


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a key and its value start; lines and columns count from 1."""

    key: tuple[int, int]
    value: tuple[int, int]


@dataclass(slots=True)
class Document:
    """One parsed file: its data, the marks of every path, and the problems met on the way."""

    file: str
    data: dict[str, Plain] = field(default_factory=dict)
    marks: dict[Path_, Marks] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Return the place of ``path``, or of its nearest parent that stands in the file."""
        known = path
        while known and known not in self.marks:
            known = known[:-1]
        if not known:
            return Place(self.file, 1 if self.marks else 0, 1 if self.marks else 0, dotted(path))
        marks = self.marks[known]
        line, column = marks.key if key or known != path else marks.value
        return Place(self.file, line, column, dotted(path))


def dotted(path: Path_) -> str:
    """Write a path as people do: ``answers.TRU-01.evidence[0]``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Document:
    """Read and parse the file ``path``.

    Raises:
        InputError: the file cannot be read or is not one well-formed, bounded YAML mapping.
    """
    return parse(read_bytes(path, max_bytes=max_bytes), str(path))


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Return what stands in the file ``path``; it is read once, so that it may be a pipe.

    Raises:
        InputError: the file cannot be read, or is too large.
    """
    name = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
            size = path.stat().st_size
    except OSError as error:
        raise InputError([Problem("Y101", Place(name), {"reason": system_reason(error)})]) from error
    if len(raw) > max_bytes:
        refuse_other_kinds(raw, name)
        values = {"size": str(max(size, len(raw))), "limit": str(max_bytes)}
        raise InputError([Problem("Y105", Place(name), values)])
    return raw


def parse(raw: bytes, name: str) -> Document:
    """Parse YAML bytes; ``name`` is the file name that problems show.

    Raises:
        InputError: another kind of file, not UTF-8, not YAML, empty, not a mapping, several documents, or
            over a limit.
    """
    refuse_other_kinds(raw, name)
    text = _decode(raw, name)
    builder = _Builder(Document(name))
    try:
        _run(builder, text)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # PyYAML lets some numbers of its own escape
        raise InputError([_syntax_problem(error, text, name)]) from error
    return builder.finish()


def _run(builder: "_Builder", text: str) -> None:
    """Give the builder every event of the text; the loader itself may refuse the text."""
    safe, back = linebreaks.hidden(text)
    loader = _LOADER(safe)
    try:
        while loader.check_event():
            event = loader.get_event()
            if back and isinstance(event, yaml.ScalarEvent):
                event.value = event.value.translate(back)
            builder.take(event)
    finally:
        loader.dispose()


def _decode(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        raise InputError([Problem("Y113", Place(name, *linebreaks.position(before, len(before))))]) from error


def _syntax_problem(error: Exception, text: str, name: str) -> Problem:
    reason, at = complaint(error, text)
    place = Place(name, *(at or ()))
    tab = _tab_indentation(text, place.line)
    if tab:
        return Problem("Y103", Place(name, *tab))
    return Problem("Y102", place, {"reason": reason})


def _tab_indentation(text: str, line: int) -> tuple[int, int] | None:
    """Find a tab before the first word of the failing line or of the line above it."""
    lines = linebreaks.END.split(text)
    for number in (line, line - 1):
        if 0 < number <= len(lines):
            blank = lines[number - 1][: len(lines[number - 1]) - len(lines[number - 1].lstrip())]
            if "\t" in blank:
                return number, blank.index("\t") + 1
    return None


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    assert mark is not None  # the parser marks every event
    return mark.line + 1, mark.column + 1


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; ``key`` is the key that waits for its value."""

    data: list[Plain] | dict[str, Plain]
    path: Path_
    anchor: str | None
    first: int
    flow: bool
    key: str | None = None
    skip: bool = False


class _Builder:
    """Builds plain data from the parser's events without recursion.

    Composing nodes would recurse once a level, and a file of brackets could end the process;
    events are flat, so depth and size are refused while they are counted.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[_Open] = []
        self.root: Plain = None
        self.root_start: tuple[int, int] | None = None
        self.count = 0
        self.anchors: dict[str, tuple[Plain, int]] = {}

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent) and self.root_start is not None:
            self._refuse("Y108", event)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end()

    def finish(self) -> Document:
        """Return the document.

        Raises:
            InputError: nothing stood in the file, or its top is not a mapping.
        """
        name = self.document.file
        if self.root_start is None or self.root is None:
            raise InputError([Problem("Y110", Place(name))])
        if not isinstance(self.root, dict):
            kind = Phrase(N_("list") if isinstance(self.root, list) else N_("text"))
            raise InputError([Problem("Y111", Place(name, *self.root_start), {"kind": kind})])
        self.document.data = self.root
        return self.document

    def _refuse(self, code: str, event: yaml.Event, **values: str) -> None:
        raise InputError([Problem(code, Place(self.document.file, *_start(event)), values)])

    def _grow(self, event: yaml.Event, by: int = 1) -> None:
        self.count += by
        if self.count > MAX_VALUES:
            self._refuse("Y107", event, limit=str(MAX_VALUES))

    def _check_tag(self, event: yaml.Event) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in PLAIN_TAGS:
            self._refuse("Y109", event, tag=tag)

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._check_tag(event)
        self._grow(event)
        is_map = isinstance(event, yaml.MappingStartEvent)
        if len(self.open) >= MAX_DEPTH:
            self._refuse("Y106", event, limit=str(MAX_DEPTH))
        if self._awaits_key():
            self._refuse("Y112", event, kind=Phrase(N_("mapping") if is_map else N_("list")))
        path, skip = self._place_value(event)
        self.open.append(_Open({} if is_map else [], path, event.anchor, self.count, bool(event.flow_style), skip=skip))

    def _end(self) -> None:
        done = self.open.pop()
        if done.anchor:
            self.anchors[done.anchor] = (done.data, self.count - done.first + 1)
        self._store(done.data)

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchor = str(event.anchor)
        if anchor not in self.anchors:
            if any(part.anchor == anchor for part in self.open):  # it points into itself
                self._refuse("Y107", event, limit=str(MAX_VALUES))
            self._refuse("Y114", event, name=anchor)
        data, size = self.anchors[anchor]
        self._grow(event, size)
        if self._awaits_key():
            self._refuse("Y112", event, kind=Phrase(N_("alias")))
        self._place_value(event)
        self._store(data)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        self._grow(event)
        if _HALF_CHARACTER.search(event.value):  # an escape that no UTF-8 file can hold, nor any terminal print
            self._refuse("Y102", event, reason=Phrase(N_("half of a surrogate pair stands alone")))
        if self._awaits_key():
            self._key(event)
            return
        if event.value == "-" and not event.style and any(part.flow for part in self.open):  # a list begins so
            self._refuse("Y102", event, reason=Phrase(COMPLAINTS["did not find expected node content"]))
        path, _ = self._place_value(event)
        value = self._scalar_value(event, path)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._store(value)

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].data, dict) and self.open[-1].key is None

    def _key(self, event: yaml.ScalarEvent) -> None:
        top = self.open[-1]
        key = str(event.value)
        here = (*top.path, key)
        self._warn_if_ambiguous(event, here)
        top.key = key
        assert isinstance(top.data, dict)
        if top.skip:
            return
        if key in top.data:
            values = {"key": key, "first": str(self.document.marks[here].key[0])}
            place = Place(self.document.file, *_start(event), dotted(here))
            self.document.problems.append(Problem("Y104", place, values))
        else:
            self.document.marks[here] = Marks(_start(event), _start(event))

    def _place_value(self, event: yaml.Event) -> tuple[Path_, bool]:
        """Return the path of the value that starts here, and whether a duplicate key drops it."""
        start = _start(event)
        if not self.open:
            self.root_start = start
            return (), False
        top = self.open[-1]
        if isinstance(top.data, list):
            here: Path_ = (*top.path, len(top.data))
            if not top.skip:
                self.document.marks[here] = Marks(start, start)
            return here, top.skip
        assert top.key is not None
        here = (*top.path, top.key)
        if top.skip or top.key in top.data:
            return here, True  # what stands under a duplicate key is read for its problems only
        self.document.marks[here] = Marks(self.document.marks[here].key, start)
        return here, False

    def _store(self, value: Plain) -> None:
        if not self.open:
            self.root = value
            return
        top = self.open[-1]
        if isinstance(top.data, list):
            top.data.append(value)
            return
        assert top.key is not None
        top.data.setdefault(top.key, value)
        top.key = None

    def _scalar_value(self, event: yaml.ScalarEvent, path: Path_) -> Plain:
        text: str = event.value
        if _is_text(event):
            return text
        if text in WORDS:
            return WORDS[text]
        number = number_in(text)
        if number is not None:
            return number
        self._warn_if_ambiguous(event, path)
        return text

    def _warn_if_ambiguous(self, event: yaml.ScalarEvent, path: Path_) -> None:
        if _is_text(event) or not (otherwise := _read_otherwise(event.value)):
            return
        place = Place(self.document.file, *_start(event), dotted(path))
        values = {"text": event.value, "otherwise": otherwise}
        self.document.problems.append(Problem("Y120", place, values))


def _is_text(event: yaml.ScalarEvent) -> bool:
    """Whether a scalar is quoted, folded or called a text, and so is one whatever it looks like."""
    return bool(event.style) or event.tag == "tag:yaml.org,2002:str"


def number_in(text: str) -> int | float | None:
    """Return the number that a plain scalar is, whole if it has no fraction; None if it is or stays a text."""
    if len(text) >= MAX_DIGITS or not (INT.match(text) or FLOAT.match(text)):
        return None
    number = float(text)
    if abs(number) >= MAX_NUMBER:
        return None
    return int(number) if number.is_integer() else number


def _read_otherwise(text: str) -> str:
    """Say what a YAML 1.1 program would make of a plain scalar; empty if the same as we do."""
    if YAML11_BOOL.match(text):
        return "true" if text.lower() in {"y", "yes", "on"} else "false"
    if number_in(text) is None and (INT.match(text) or FLOAT.match(text)):
        return Phrase(N_("a number that may lose digits"))
    if YAML11_OCTAL.match(text):
        return Phrase(N_("an octal number"))
    return Phrase(N_("a number in base 60")) if YAML11_BASE60.match(text) else ""
