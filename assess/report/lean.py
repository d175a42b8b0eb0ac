"""WeasyPrint with less time, less memory and the same bytes: without what it keeps ready and our pages never use.

Its import starts a compiler for library names of other systems and loads the slow way to cut fonts.
Its own style sheet gives every element a style for the footnote that it might be and the marker that it
might have: six styles an element, a fifth of the memory of a report.
"""

import ctypes.util
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

# Ways to cut fonts that are tried where HarfBuzz cannot: 12 MiB that are nearly never used.
_SELDOM = ("fontTools.subset", "fontTools.varLib.instancer")

# What a page says somewhere if it has notes or markers beyond those of lists, or fetches a sheet that might.
_USES = re.compile(r"footnote|\bnote\(|::note|list-item|::marker|@import|<link", re.IGNORECASE)
_NOTES = re.compile(r"^::(?:foot)?note-\w+ *\{[^}]*\}\n", re.MULTILINE)
_MARKER = re.compile(r"^::marker(?= *\{)", re.MULTILINE)


def import_quickly() -> Any:
    """Import WeasyPrint without the slow search for library names that Linux does not use.

    WeasyPrint tries the names of other systems first, and each miss starts a compiler to look
    further. The plain names are found without that search; where they are not, it is done after all.

    Raises:
        OSError: a system library is missing.
    """
    search = ctypes.util.find_library
    try:
        ctypes.util.find_library = lambda name: None
        with _later(*_SELDOM):
            import weasyprint
    except OSError:
        ctypes.util.find_library = search
        import weasyprint
    finally:
        ctypes.util.find_library = search
    return weasyprint


@contextmanager
def _later(*names: str) -> Iterator[None]:
    """While this holds, what is imported from the modules ``names`` is only imported in truth when called."""
    stand_ins = {name: _stand_in(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)

    def take(attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return lambda *values, **options: getattr(import_module(name), attribute)(*values, **options)

    module.__dict__["__getattr__"] = take
    return module


def page_of(weasyprint: Any, html: str, **options: Any) -> Any:
    """Return ``weasyprint.HTML`` of ``html``, with a shorter sheet of its own where the page allows it."""
    own = getattr(weasyprint.html, "UA", None)  # named differently before version 70
    if own is None or _USES.search(html):
        return weasyprint.HTML(string=html, **options)
    sheet = weasyprint.CSS(string=shorter(own))

    class _Lean(weasyprint.HTML):  # type: ignore[misc] # WeasyPrint has no types
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return super()._ua_stylesheets(forms) if forms else [sheet]

    return _Lean(string=html, **options)


def shorter(sheet: str) -> str:
    """Return ``sheet`` without its rules for notes, and with markers for list items only."""
    return _MARKER.sub("li::marker", _NOTES.sub("", sheet))


def let_go(document: Any) -> None:
    """Drop the laid-out pages of a drawn ``document``: what is left to do is writing, which needs room."""
    document.pages.clear()
