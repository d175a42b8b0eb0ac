"""What a page would load or run when somebody opens it in a browser."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "manifest", "xlink:href", "ping"}
_LINKS = {"link", "use", "image", "feimage", "base"}  # their href loads; that of <a> waits for a click
_REFUSED = {"iframe", "frame", "object", "embed", "applet", "base"}
_IN_STYLE = re.compile(
    r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]?([^'\";]*)|image-set\(\s*['\"]([^'\"]*)", re.IGNORECASE
)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")


def loads(page: str, known: str = "") -> Iterator[str]:
    """Yield each address that ``page`` would load and each script that does not stand in ``known``."""
    reader = _Reader(known)
    reader.feed(page)
    reader.close()
    yield from reader.found


class _Reader(HTMLParser):
    def __init__(self, known: str) -> None:
        super().__init__()
        self.known, self.found, self.inside = known, list[str](), ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag in _REFUSED or (tag == "meta" and any(k == "http-equiv" and "refresh" in (v or "").lower()
                                                     for k, v in attrs)):
            self.found.append(f"<{tag}>")
        for key, value in attrs:
            self._attribute(tag, key, value or "")

    def _attribute(self, tag: str, key: str, value: str) -> None:
        if key in _LOADING or (key == "href" and tag in _LINKS):
            self._address(value)
        elif key == "style":
            self._style(value)
        elif key.startswith("on") or _bare(value).startswith(("javascript:", "vbscript:")):
            self.found.append(f"<{tag} {key}>")

    def _address(self, value: str) -> None:
        bare = _bare(value)
        if bare and not bare.startswith(("data:", "#")):
            self.found.append(value.strip())

    def _style(self, text: str) -> None:
        plain = _CSS_ESCAPE.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), text)
        for match in _IN_STYLE.finditer(plain):
            self._address(next(group for group in match.groups() if group is not None))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "style":
            self._style(data)
        elif self.inside == "script" and data.strip() not in self.known:
            self.found.append("<script>")


def _bare(address: str) -> str:
    """An address as a browser takes it, which leaves blanks and control characters out; in small letters."""
    return "".join(sign for sign in address if sign.isprintable() and not sign.isspace()).lower()
