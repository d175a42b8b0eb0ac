"""A few lines that write SVG safely: text is always escaped, numbers are always short."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from assess.words import number

# Every colour of a chart; screen.css gives each its counterpart in the dark.
INK = "#1b2733"
MUTED = "#566573"
RULE = "#d5dce3"
PALE = "#e6ecf2"
SOFT = "#8fadc9"
MAIN = "#1f4e79"
ACCENT = "#b0560f"
PAPER = "#ffffff"
# Light to dark, so that greyscale keeps the order; the second is the ink that can be read on it.
LEVELS = (("#f3f0e8", INK), ("#d3dfe8", INK), ("#a3c0d6", INK), ("#3f769d", PAPER), ("#1f4e79", PAPER))

_NARROW = frozenset("iíìjlI1tfr.,:;'’|!()[] іїІЇ")
_WIDE = frozenset("mwMWЖШЩЮМФшщжюмфы@%")


def element(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """Return one element; ``_`` in attribute names stands for ``-``, numbers get two decimals at most."""
    pairs = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    inner = Markup("").join(escape(child) for child in children)
    if not children:
        return Markup(f"<{name}{pairs}/>")  # noqa: S704 - every part is escaped above
    return Markup(f"<{name}{pairs}>{inner}</{name}>")  # noqa: S704 - likewise


def _value(value: object) -> Markup:
    if isinstance(value, float):
        return escape(f"{value:.2f}".rstrip("0").rstrip("."))
    return escape(value)


def text(x: float, y: float, content: str, **attributes: object) -> Markup:
    """Return a run of text; ``x`` and ``y`` in user units."""
    defaults: dict[str, object] = {"font_size": 9, "fill": INK}
    return element("text", content, x=x, y=y, **(defaults | attributes))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Markup:
    """Return a straight line, thin and pale unless told otherwise."""
    defaults: dict[str, object] = {"stroke": RULE, "stroke_width": 0.6}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **(defaults | attributes))


def box(x: float, y: float, width: float, height: float, **attributes: object) -> Markup:
    """Return a rectangle; what has no width is still seen."""
    return element("rect", x=x, y=y, width=max(0.5, width), height=height, **attributes)


def whole(points: float) -> str:
    """Print points as every table does, so that a chart never says another figure."""
    return number(points)


def tenths(points: float, mark: str = ".") -> str:
    """Print points with one decimal, likewise; ``mark`` parts it."""
    return number(points, 1).replace(".", mark)


def wide(content: str, size: float) -> float:
    """Estimate the width of a run of text in user units, on the generous side."""
    return size * sum(0.33 if c in _NARROW else 0.9 if c in _WIDE else 0.69 if c.isupper() else 0.585 for c in content)


def wrapped(content: str, width: float, size: float, most: int = 2) -> list[str]:
    """Break ``content`` at spaces into ``most`` lines of ``width`` at most; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in content.split():
        longer = f"{lines[-1]} {word}".strip()
        if wide(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    lines, rest = lines[:most], lines[most:]
    return [fitted(part + (" …" if rest and part is lines[-1] else ""), width, size) for part in lines]


def fitted(content: str, width: float, size: float) -> str:
    """Cut ``content`` to ``width``, with an ellipsis where something was cut."""
    if wide(content, size) <= width:
        return content
    kept = content.rstrip(" …")
    while kept and wide(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def label(x: float, y: float, content: str, width: float, size: float = 9, **attributes: object) -> list[Markup]:
    """Return a label of one line or two, its middle at ``y``."""
    lines = wrapped(content, width, size)
    top = y + size * 0.36 - (len(lines) - 1) * size * 0.56
    return [text(x, top + n * size * 1.12, part, font_size=size, **attributes) for n, part in enumerate(lines)]


def picture(width: float, height: float, title: str, description: str, parts: Iterable[Markup]) -> Markup:
    """Return the whole SVG with its title and text alternative."""
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        font_family="'Noto Sans', system-ui, sans-serif",
    )


def level_colour(points: float) -> tuple[str, str]:
    """Return fill and ink for points, 0 to 100."""
    return LEVELS[min(len(LEVELS) - 1, int(points / 100 * (len(LEVELS) - 1) + 0.5))]
