"""A few lines that write SVG safely: text is always escaped, numbers are always short."""

from collections.abc import Iterable

from markupsafe import Markup, escape

INK = "#1b2733"
MUTED = "#5c6b7a"
RULE = "#c9d1d9"
PALE = "#e8edf2"
MAIN = "#1f4e79"
ACCENT = "#b8651b"
# Light to dark, so that greyscale keeps the order; the second is the ink that can be read on it.
LEVELS = (("#f3f0e8", INK), ("#d3dfe8", INK), ("#9fbdd3", INK), ("#4f86ad", "#ffffff"), ("#1f4e79", "#ffffff"))


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
        font_family="'Noto Sans', sans-serif",
    )


def level_colour(points: float) -> tuple[str, str]:
    """Return fill and ink for points, 0 to 100."""
    return LEVELS[min(len(LEVELS) - 1, int(points / 100 * (len(LEVELS) - 1) + 0.5))]
