"""Plain data as lines of YAML.

Values go through PyYAML's emitter, never through quoting of our own; what it would leave plain
although another reader of YAML takes it for a number or a truth value is quoted as well.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

WIDTH = 96

_ODD_BREAKS = re.compile("[\r\x85\u2028\u2029]")
_READ_OTHERWISE = re.compile(r"[-+.]*[0-9]|[yYnN]\Z")


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter with the choice of quotes that keeps every text a text for every reader."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """Return the quotes a text needs; None leaves the choice to the emitter."""
    if _ODD_BREAKS.search(text) or text.endswith("\n\n") or text == "\n":
        return '"'  # readers turn odd line ends into \n, and blank lines below would join the text
    if "\n" in text:
        return "|"
    return "'" if _READ_OTHERWISE.match(text) else None


def _list(dumper: yaml.SafeDumper, items: Iterable[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(tuple, _list)


def dump(data: Mapping[str, Any]) -> list[str]:
    """Return the lines of a mapping in YAML; lists stand on one line, mappings in a block."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=WIDTH
    )
    return text[:-1].split("\n")


def nested(path: tuple[str, ...], value: Any) -> list[str]:
    """Return the lines of ``value`` under its key, the last of ``path``, without the lines of the keys above."""
    for key in reversed(path):
        value = {key: value}
    return dump(value)[len(path) - 1 :]
