"""Change single entries of a questionnaire's text and leave every other character as it stands.

The places come from the parser's events, so that remarks, blank lines, quotes and the order of a
file survive untouched; the new values come from the emitter. Whatever was changed is read again,
and the change is refused unless it says exactly what was meant.
"""

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - as in the models
from typing import Any

import yaml

from assess import linebreaks, yamlio
from assess.problems.model import InputError, Problem
from assess.questionnaire.emit import dump
from assess.questionnaire.model import Questionnaire

Path = tuple[str, ...]
Changes = Mapping[Path, Any]
Remarks = Mapping[Path, Sequence[str]]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_REMARKS: Remarks = {}
_REMARK = re.compile(r"(?:(?<=\s)|\A)#[^\r\n]*")
_BLANKS = " \t\r\n"
_TOP = tuple(Questionnaire.model_fields)


@dataclass(slots=True)
class _Node:
    """A value in the text from ``start`` to ``end``, offsets in characters; ``items`` of a mapping by key."""

    start: int
    end: int
    kind: str
    block: bool = False
    text: str = ""
    items: dict[str, tuple["_Node", "_Node"]] = field(default_factory=dict)
    children: list["_Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, order=True)
class _Splice:
    """Text that takes the place of what stands from ``start`` to ``end``; ``order`` keeps insertions apart."""

    start: int
    order: int
    end: int
    text: str


def edited(raw: bytes, changes: Changes, name: str, above: Remarks = _NO_REMARKS) -> bytes:
    """Return ``raw`` with the values of ``changes``: path of keys to plain value, or None to take the key away.

    A path has one key (``("note",)``) or more (``("answers", "TRU-01")``). ``above`` holds remarks to
    write above entries that change, by their path.

    Raises:
        InputError: T760, a place cannot be changed alone; or the file cannot be read.
    """
    document = yamlio.parse(raw, name)
    wanted: Any = copy.deepcopy(document.data)
    for path, value in changes.items():
        _put(wanted, path, value)
    bom, text = (raw[:3], raw[3:].decode()) if raw.startswith(b"\xef\xbb\xbf") else (b"", raw.decode())
    new = _Editor(text, above).run(document.data, wanted)
    done = bom + (new or "").encode()
    if new is None or not _says(done, wanted, name):
        path = next(iter(changes))
        raise InputError([Problem("T760", document.place(path), {"key": yamlio.dotted(path)})])
    return done


def remarks(raw: bytes) -> list[tuple[int, str]]:
    """Return every remark of a file with its line, counted from 1."""
    text = raw.decode("utf-8-sig")
    found, line, at = [], 1, 0
    for start, end in _gaps(text, 0, len(text)):
        for match in _REMARK.finditer(text[start:end]):
            line += len(linebreaks.END.findall(text, at, start + match.start()))
            at = start + match.start()
            found.append((line, match.group().rstrip()))
    return found


def remarks_about(raw: bytes, path: Path) -> list[str]:
    """Return the remarks that stand above and inside the entry at ``path``, from the end of the one before it."""
    text = raw.decode("utf-8-sig")
    node, start = _tree(text), 0
    for key in path:
        if key not in node.items:
            return []
        before = [value.end for _, value in node.items.values() if value.end <= node.items[key][0].start]
        start = max([start, *(linebreaks.end_of_line(text, end) for end in before)])
        inside, node = node.items[key]
        if key != path[-1]:
            start = linebreaks.end_of_line(text, inside.end)
    stop = linebreaks.end_of_line(text, node.end)
    return [remark.rstrip() for a, b in _gaps(text, start, stop) for remark in _REMARK.findall(text[a:b])]


def _put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Set ``value`` at ``path``; a section that is missing is made, and keys stand in the order of the models."""
    first, *rest = path
    if rest:
        inner = data.get(first)
        data[first] = inner = inner if isinstance(inner, dict) else {}
        _put(inner, tuple(rest), value)
    elif value is None:
        data.pop(first, None)
    else:
        data[first] = _listed(value)


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


def _says(raw: bytes, wanted: Any, name: str) -> bool:
    try:
        return bool(yamlio.parse(raw, name).data == _read(wanted))
    except InputError:
        return False


def _read(value: Any) -> Any:
    """Return a value as it is after it was written and read: dates become texts."""
    if isinstance(value, dict):
        return {key: _read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_read(item) for item in value]
    return value.isoformat() if isinstance(value, Date) else value


# --- places -------------------------------------------------------------------------------------


def _tree(text: str) -> _Node:
    """Return the top mapping of ``text`` with the places of all that stands in it."""
    stack: list[_Node] = [_Node(0, 0, "list")]
    safe, back = linebreaks.hidden(text)
    for event in yaml.parse(safe, Loader=_LOADER):
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            node = stack.pop()
            node.end = _close(node, _offset(event.end_mark))
            stack[-1].children.append(node)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            kind = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
            stack.append(_Node(_offset(event.start_mark), 0, kind, not event.flow_style))
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            start, end = _offset(event.start_mark), _offset(event.end_mark)
            end = start + len(text[start:end].rstrip(_BLANKS)) if isinstance(event, yaml.ScalarEvent) else end
            stack[-1].children.append(_Node(start, end, "scalar", text=getattr(event, "value", "").translate(back)))
    return stack[0].children[0]


def _offset(mark: Any) -> int:
    return int(mark.index)  # the parser marks every event


def _close(node: _Node, end: int) -> int:
    """Pair keys with values; return where the last of them ends, before the remarks that follow."""
    if node.kind == "map":
        pairs = zip(node.children[::2], node.children[1::2], strict=True)
        node.items = {key.text: (key, value) for key, value in pairs}
    return max((child.end for child in node.children), default=end) if node.block else end


# --- changes ------------------------------------------------------------------------------------


class _Editor:
    """Collects splices over one text and applies them from the end."""

    def __init__(self, text: str, above: Remarks) -> None:
        self.text, self.above = text, above
        self.eol = linebreaks.kind(text)
        self.splices: list[_Splice] = []

    def run(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
        """Return the text that says ``new`` where it said ``old``; None if remarks would be lost."""
        root = _tree(self.text)
        if old == new:
            return self.text
        if not root.block and self._remarks(0, len(self.text)):
            return None  # the whole is one bracket and is written anew
        if not root.block:
            return self.eol.join(dump(new)) + self.eol
        self._mapping(root, old, new, 0, 0, ())
        text = self.text
        for splice in sorted(self.splices, reverse=True):
            text = text[: splice.start] + splice.text + text[splice.end :]
        return text

    def _splice(self, start: int, end: int, text: str) -> None:
        self.splices.append(_Splice(start, len(self.splices), end, text))

    def _mapping(
        self, node: _Node, old: Mapping[str, Any], new: Mapping[str, Any], indent: int, head: int, path: Path
    ) -> None:
        """Change what differs in a block mapping; ``head`` is where the line of its own key ends."""
        ordered = _in_order(old, new, _TOP if head == 0 else ())
        at = head
        for key in ordered:
            known = key in node.items
            if known and key not in new:
                self._remove(*node.items[key])
            elif known and old[key] != new[key]:
                self._remark(node.items[key][0], indent, (*path, key))
                self._change(*node.items[key], old[key], new[key], indent, (*path, key))
            elif not known:
                self._insert(at, (*path, key), new[key], indent)
            if known and key in new:
                at = self._line_end(node.items[key][1].end)

    def _remark(self, key: _Node, indent: int, path: Path) -> None:
        """Write the remarks for an entry above its key."""
        start = self._line_start(key.start)
        for remark in self.above.get(path, ()):
            self._splice(start, start, f"{' ' * indent}{remark}{self.eol}")

    def _change(self, key: _Node, node: _Node, old: Any, new: Any, indent: int, path: Path) -> None:
        if node.block and isinstance(old, dict) and isinstance(new, dict) and node.items and new:
            below = self._column(next(iter(node.items.values()))[0].start)
            self._mapping(node, old, new, below, self._line_end(key.end), path)
        elif old is None and isinstance(new, dict) and new:
            self._fill(key, node, new, indent, path)
        else:
            self._replace(key, node, new, indent)

    def _replace(self, key: _Node, node: _Node, new: Any, indent: int) -> None:
        """Write a value anew; remarks beside it stay there if they can, else they stand above it."""
        colon = self.text.index(":", key.end) + 1
        stop = self._line_end(node.end)
        first, rest = self._emitted(new, indent)
        one_line = not linebreaks.END.search(self.text, key.start, node.end)
        if one_line and not (first and rest):
            self._splice(colon, max(node.end, colon), f" {first}" if first else "")
            self._splice(stop, stop, rest)
            return
        start = self._line_start(key.start)
        for remark in self._remarks(colon, stop):
            self._splice(start, start, f"{' ' * indent}{remark}{self.eol}")
        self._splice(colon, stop, (f" {first}" if first else "") + rest)

    def _fill(self, key: _Node, node: _Node, new: Mapping[str, Any], indent: int, path: Path) -> None:
        """Write the entries of a section that stood empty, under the remarks that belong to it."""
        colon = self.text.index(":", key.end) + 1
        self._splice(colon, max(node.end, colon), "")
        at = self._line_end(max(node.end, colon))
        belongs = re.compile(r"(?:(?:\r\n?|\n)(?:[ \t]+#[^\n\r]*)|(?:\r\n?|\n)[ \t]*(?=(?:\r\n?|\n)[ \t]+#))*")
        match = belongs.match(self.text, at)
        end = match.end() if match else at
        for name, value in new.items():
            self._insert(end, (*path, name), value, indent + 2, apart=end > at)

    def _remove(self, key: _Node, node: _Node) -> None:
        """Take a key with its value away; the remarks inside stay."""
        start, stop = self._line_start(key.start), self._line_end(node.end)
        margin = self.text[start : key.start]
        remarks = self._remarks(key.end, stop)
        below = linebreaks.END.match(self.text, stop)
        end = below.end() if below else stop
        self._splice(start, end, "".join(f"{margin}{remark}{self.eol}" for remark in remarks))

    def _insert(self, at: int, path: Path, value: Any, indent: int, *, apart: bool = False) -> None:
        """Write a key with its value as lines of their own after the line that ends at ``at``."""
        lines = [" " * indent + line if line else line for line in self._new_lines(path, value)]
        if at == 0:  # before the first line
            self._splice(0, 0, "".join(line + self.eol for line in lines))
            return
        gap = self.eol if apart or (indent == 0 and isinstance(value, dict)) else ""
        self._splice(at, at, gap + "".join(self.eol + line for line in lines))

    def _new_lines(self, path: Path, value: Any) -> list[str]:
        """Return a new entry with the remarks above it, and above what stands in it."""
        remarks = list(self.above.get(path, ()))
        inside = any(len(other) > len(path) and other[: len(path)] == path for other in self.above)
        if not (inside and isinstance(value, dict)):
            return [*remarks, *dump({path[-1]: value})]
        below = [line for key, item in value.items() for line in self._new_lines((*path, key), item)]
        head = dump({path[-1]: None})[0].removesuffix(" null")
        return [*remarks, head, *(f"  {line}" if line else "" for line in below)]

    def _emitted(self, value: Any, indent: int) -> tuple[str, str]:
        """Return what stands on the line of the key, and the lines below, each with its line end before it."""
        first, *rest = dump({"k": value})
        below = "".join(self.eol + (" " * indent + line if line else line) for line in rest)
        return first[2:].strip(), below

    # --- the text -----------------------------------------------------------------------------

    def _remarks(self, start: int, stop: int) -> list[str]:
        """Return the remarks between two offsets; a # inside a value is none."""
        gaps = [self.text[a:b] for a, b in _gaps(self.text, start, stop)]
        return [remark.rstrip() for gap in gaps for remark in _REMARK.findall(gap)]

    def _line_start(self, at: int) -> int:
        return linebreaks.start_of_line(self.text, at)

    def _line_end(self, at: int) -> int:
        return linebreaks.end_of_line(self.text, at)

    def _column(self, at: int) -> int:
        return at - self._line_start(at)


def _in_order(old: Mapping[str, Any], new: Mapping[str, Any], order: Sequence[str]) -> list[str]:
    """Return the keys of both, those of ``old`` as they stand, each new one after the key it follows."""
    ordered = list(old)
    wanted = sorted(new, key=order.index) if order and all(key in order for key in new) else list(new)
    for number, key in enumerate(wanted):
        if key not in old:
            before = [ordered.index(name) for name in wanted[:number] if name in ordered]
            ordered.insert(max(before) + 1 if before else 0, key)
    return ordered


def _gaps(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return where blanks and remarks stand between ``start`` and ``stop``: outside of every token."""
    gaps, at = [], start
    for token in yaml.scan(linebreaks.hidden(text)[0], Loader=_LOADER):
        first, last = _offset(token.start_mark), _offset(token.end_mark)
        if last <= start or first >= stop:
            continue
        if first > at:
            gaps.append((at, first))
        at = max(at, last)
    return [*gaps, (at, stop)]
