"""The room in which templates run: they see the view model, and nothing of Python, the disk or the network.

Jinja2's sandbox closes the way to Python's insides. On top of it: escaping cannot be switched off,
a template ends after so many steps, and no value grows without end. Steps are counted, not
seconds, so that the same template ends at the same place on every machine.
"""

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from assess.language import Translator
from assess.report.templates import Templates
from assess.report.typeset import typeset

MAX_STEPS = 5_000_000
MAX_VALUE = 5_000_000
MAX_OUTPUT = 50_000_000
MAX_FACTOR = 100_000

# They differ from run to run, or make much out of nothing.
_WITHOUT_FILTERS = ("random", "safe", "pprint")
_WITHOUT_GLOBALS = ("lipsum", "cycler", "joiner")
_PADDING = {"center", "ljust", "rjust", "zfill", "expandtabs", "to_bytes", "format", "format_map"}
_WIDE = re.compile(r"\d{6,}")
_FIELD = re.compile(r"\{(?!count\})")


class EscapingOffError(Exception):
    """A template wants text to become markup; ``line`` says where."""

    def __init__(self, name: str, line: int) -> None:
        """Carry the place."""
        self.name, self.line = name, line
        super().__init__(name)


class LimitError(Exception):
    """A template goes beyond a limit; ``code`` is that of the problem to report."""

    def __init__(self, code: str, limit: int) -> None:
        """Carry the limit."""
        self.code, self.values = code, {"limit": f"{limit:,}".replace(",", " ")}
        super().__init__(code)


class _Loader(BaseLoader):
    """Reads templates through ``Templates``, which opens nothing outside its folders."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = self.templates.text(template)
        if found is None:
            raise TemplateNotFound(template)
        return found[0], str(found[1]), lambda: True


class _Generator(CodeGenerator):
    """Has every concatenation measured."""

    def visit_Concat(self, node: nodes.Concat, frame: Any) -> None:  # noqa: N802 - as Jinja2 has it
        self.write("environment.measured(")
        super().visit_Concat(node, frame)
        self.write(")")


class Sandbox(SandboxedEnvironment):
    """Jinja2's sandbox with limits; autoescape is always on."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, templates: Templates) -> None:
        """Let templates come from ``templates`` alone."""
        super().__init__(
            loader=_Loader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
            finalize=typeset,
        )
        for name in _WITHOUT_GLOBALS:
            del self.globals[name]
        kept = {name: f for name, f in self.filters.items() if name not in _WITHOUT_FILTERS}
        self.filters = {name: _measuring(f) for name, f in kept.items()}

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Join what a page or a macro wrote, if it is not far too long."""
        written = list(parts)
        if sum(map(len, written)) > MAX_OUTPUT:
            raise LimitError("P435", MAX_OUTPUT)
        return "".join(written)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse, and refuse what would switch escaping off.

        Raises:
            EscapingOffError: with the line.
        """
        tree = super()._parse(source, name, filename)
        switches = (nodes.ScopedEvalContextModifier, nodes.EvalContextModifier, nodes.MarkSafe)
        for node in tree.find_all((nodes.Filter, *switches)):
            if isinstance(node, switches) or (isinstance(node, nodes.Filter) and node.name == "safe"):
                raise EscapingOffError(name or "", node.lineno)
        return tree

    def measured(self, value: Any) -> Any:
        """Return ``value`` unless it is far too large."""
        if isinstance(value, str | bytes | list | tuple | dict) and len(value) > MAX_VALUE:
            raise LimitError("P435", MAX_VALUE)
        if isinstance(value, int) and value.bit_length() > MAX_FACTOR:
            raise LimitError("P435", MAX_FACTOR)
        return value

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute, with both sides looked at first."""
        if operator in ("*", "**") and (_too_long(left, right) or _too_long(right, left)):
            raise LimitError("P435", MAX_VALUE)
        if operator == "**" and isinstance(right, int | float) and abs(right) > 64:
            raise LimitError("P435", 64)
        if operator == "%" and isinstance(left, str):
            _moderate((left, right))
        return self.measured(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja2 has it
        """Call, with what could pad a text endlessly looked at first."""
        if getattr(__obj, "__name__", "") in _PADDING:
            owner = getattr(__obj, "__self__", getattr(getattr(__obj, "__wrapped__", None), "__self__", ""))
            _moderate((owner, *args, *kwargs.values()))
        return __self.measured(super().call(__context, __obj, *args, **kwargs))


def _too_long(text: Any, times: Any) -> bool:
    return isinstance(text, str | bytes | list | tuple) and isinstance(times, int) and len(text) * times > MAX_VALUE


def _moderate(values: tuple[Any, ...]) -> None:
    """Refuse widths that would fill the memory."""
    for value in values:
        wide = isinstance(value, int) and abs(value) > MAX_FACTOR
        if wide or (isinstance(value, str) and _WIDE.search(value)):
            raise LimitError("P435", MAX_FACTOR)
        if isinstance(value, tuple):
            _moderate(value)


_WIDTHS = {"center", "indent", "format", "truncate", "wordwrap", "batch", "slice", "round", "filesizeformat"}


def _measuring(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter so that neither its widths nor its result are far too large."""

    @functools.wraps(function)  # keeps what tells Jinja2 to pass the context
    def measured(*args: Any, **kwargs: Any) -> Any:
        if function.__name__.removeprefix("do_") in _WIDTHS:
            _moderate(tuple(a for a in (*args, *kwargs.values()) if not isinstance(a, Environment | EvalContext)))
        value = function(*args, **kwargs)
        if isinstance(value, str | list | tuple) and len(value) > MAX_VALUE:
            raise LimitError("P435", MAX_VALUE)
        return value

    return measured


def words(tr: Translator) -> dict[str, Callable[..., str]]:
    """Return ``_`` and ``ngettext`` as plain functions, so that nothing of the translator can be reached."""

    def one(text: str) -> str:
        return tr(str(text))

    def many(singular: str, plural: str, count: int) -> str:
        if _FIELD.search(singular) or _FIELD.search(plural):
            raise ValueError("a text with a number holds {count} and no other field")
        return tr.plural(singular, plural, int(count))

    return {"_": one, "ngettext": many}


@contextmanager
def counted_steps(most: int = MAX_STEPS) -> Iterator[None]:
    """Count the lines that templates run within the block.

    Raises:
        LimitError: P432, there are more than ``most``.
    """
    left = most

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise LimitError("P432", most)
        return line

    def call(frame: FrameType, event: str, arg: Any) -> Any:
        # Templates name their file in their globals; the program's own modules have a name there.
        return line if "__name__" not in frame.f_globals else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)
