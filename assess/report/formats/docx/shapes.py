"""Charts as shapes that an office can edit: the simple SVG of a chart becomes a group of DrawingML shapes.

A picture would need a painter that this program does not carry, and SVG in a document is shown by
few programs. Rectangles, circles, lines, open and closed paths of straight lines, and text are all
that the charts use; where a chart holds anything else, no shape is drawn and the tables speak.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from assess.report.formats.tree import Node

EMU = 12_700  # of one point
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_PATH = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_LARGEST = 1.0  # points for one unit of a chart
_SILENT = {"title", "desc", "defs", "style"}
_QUARTER = re.compile(r"rotate\(-90[ ,]+(-?[\d.]+)[ ,]+(-?[\d.]+)\)\Z")
_COLOUR = re.compile(r"#([0-9a-fA-F]{6})\Z")
_ASCENT, _LINE = 1.0, 1.5  # of the size of the type: baseline below the top of the box, height of the box


_LEFT_TURN = ' rot="16200000"'
_ALONG = {"left": -0.5, "center": 0.0, "right": 0.5}


class NotDrawnError(Exception):
    """The chart holds something that no shape is known for."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element inherits."""

    values: Mapping[str, str]

    def within(self, node: Node) -> "_Style":
        return _Style({**self.values, **node.attributes})

    def number(self, key: str, otherwise: float = 0.0) -> float:
        try:
            return float(self.values.get(key, otherwise))
        except ValueError as error:
            raise NotDrawnError(key) from error

    def colour(self, key: str, otherwise: str | None) -> str | None:
        """Six hexadecimal digits, or None for no colour."""
        value = self.values.get(key)
        if value is None:
            return otherwise
        if value in ("none", "transparent"):
            return None
        match = _COLOUR.match(value)
        if match is None:
            raise NotDrawnError(value)
        return match[1].upper()


def drawing(svg: Node, number: int, width: float) -> str:
    """Return the XML of a run's content: the chart ``width`` points wide, its text alternative with it.

    ``number`` is unique in the document.

    Raises:
        NotDrawnError: the chart holds something that no shape is known for.
    """
    try:
        _, _, wide, high = (float(part) for part in svg.attributes["viewbox"].split())
    except (KeyError, ValueError) as error:
        raise NotDrawnError("viewBox") from error
    scale = min(width / wide, _LARGEST)
    parts = _walk(svg, _Style({"room": str(wide)}), scale)
    shapes = "".join(_shape(xml, number * 1000 + n) for n, xml in enumerate(parts, start=1))
    names = {tag: (node.text() if (node := svg.first(tag)) else "") for tag in ("title", "desc")}
    x, y = round(wide * scale * EMU), round(high * scale * EMU)
    said = escape(f"{names['title']}. {names['desc']}")
    return (
        f'<mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{x}" cy="{y}"/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr="{said}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/><a:chOff x="0" y="0"/><a:chExt cx="{x}" cy="{y}"/>'
        f"</a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:t>{said}</w:t></mc:Fallback></mc:AlternateContent>"
    )


def _shape(inner: str, number: int) -> str:
    return f'<wps:wsp><wps:cNvPr id="{number}" name="Part {number}"/>{inner}</wps:wsp>'


def _walk(node: Node, style: _Style, scale: float) -> Iterator[str]:
    """Yield the inside of one shape after another."""
    for child in node.elements():
        if child.tag in _SILENT:
            continue
        own = style.within(child)
        if ("transform" in child.attributes and child.tag != "text") or own.values.get("opacity", "1") not in ("1", ""):
            raise NotDrawnError("transform or opacity")
        if child.tag == "g":
            yield from _walk(child, _Style({k: v for k, v in own.values.items() if k not in ("id", "class")}), scale)
        elif child.tag in _DRAWN:
            yield _DRAWN[child.tag](child, own, scale)
        else:
            raise NotDrawnError(child.tag)


def _frame(x: float, y: float, width: float, height: float, scale: float, flip: str = "") -> str:
    at = [round(value * scale * EMU) for value in (x, y, width, height)]
    return f'<a:xfrm{flip}><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{at[2]}" cy="{at[3]}"/></a:xfrm>'


def _look(style: _Style, scale: float, *, filled: bool = True) -> str:
    """Fill and outline."""
    fill = style.colour("fill", "000000") if filled else None
    stroke = style.colour("stroke", None)
    inside = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    if not stroke:
        return f"{inside}<a:ln><a:noFill/></a:ln>"
    width = max(3175, round(style.number("stroke-width", 1) * scale * EMU))
    dash = '<a:prstDash val="sysDash"/>' if style.values.get("stroke-dasharray", "none") != "none" else ""
    return f'{inside}<a:ln w="{width}"><a:solidFill><a:srgbClr val="{stroke}"/></a:solidFill>{dash}</a:ln>'


def _plain(kind: str, frame: str, look: str) -> str:
    geometry = f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>'
    return f"<wps:cNvSpPr/><wps:spPr>{frame}{geometry}{look}</wps:spPr><wps:bodyPr/>"


def _rectangle(node: Node, style: _Style, scale: float) -> str:
    x, y, width, height = (style.number(key) for key in ("x", "y", "width", "height"))
    return _plain("rect", _frame(x, y, width, height, scale), _look(style, scale))


def _circle(node: Node, style: _Style, scale: float) -> str:
    x, y = style.number("cx"), style.number("cy")
    across, down = style.number("rx", style.number("r")), style.number("ry", style.number("r"))
    frame = _frame(x - across, y - down, 2 * across, 2 * down, scale)
    return _plain("ellipse", frame, _look(style, scale))


def _line(node: Node, style: _Style, scale: float) -> str:
    """An upright or level line is a thin bar, for a box without width is read differently by different offices."""
    x1, x2, y1, y2 = (style.number(key) for key in ("x1", "x2", "y1", "y2"))
    thick = max(0.4, style.number("stroke-width", 1))
    if x1 != x2 and y1 != y2:
        flip = ' flipV="1"' if (x2 - x1) * (y2 - y1) < 0 else ""
        frame = _frame(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), scale, flip)
        return _plain("line", frame, _look(style, scale, filled=False))
    colour = style.colour("stroke", None)
    look = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else "<a:noFill/>"
    half = thick / 2
    left, top = min(x1, x2) - (half if x1 == x2 else 0), min(y1, y2) - (half if y1 == y2 else 0)
    frame = _frame(left, top, max(abs(x2 - x1), thick), max(abs(y2 - y1), thick), scale)
    return _plain("rect", frame, f"{look}<a:ln><a:noFill/></a:ln>")


def _polyline(node: Node, style: _Style, scale: float) -> str:
    numbers = [float(part) for part in re.findall(r"-?\d+\.?\d*", node.attributes.get("points", ""))]
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    return _outline([(points, node.tag == "polygon")], style, scale)


def _path(node: Node, style: _Style, scale: float) -> str:
    return _outline(list(_lines(node.attributes.get("d", ""))), style, scale)


Points = list[tuple[float, float]]


def _lines(text: str) -> Iterator[tuple[Points, bool]]:
    """Read a path of straight lines; yield its parts and whether each is closed."""
    parts, points, x, y, command = _PATH.findall(text), list[tuple[float, float]](), 0.0, 0.0, ""
    while parts:
        if parts[0].isalpha():
            command = parts.pop(0)
        kind, relative = command.upper(), command.islower()
        if kind == "Z":
            yield points, True
            points = []
            continue
        if kind not in "MLHV" or not kind:
            raise NotDrawnError(f"path {command}")
        if kind in "ML":
            dx, dy = float(parts.pop(0)), float(parts.pop(0))
            x, y = (x + dx, y + dy) if relative else (dx, dy)
        elif kind == "H":
            x = float(parts.pop(0)) + (x if relative else 0)
        else:
            y = float(parts.pop(0)) + (y if relative else 0)
        if kind == "M" and points:
            yield points, False
            points = []
        points.append((x, y))
        if kind == "M":
            command = "l" if relative else "L"
    if points:
        yield points, False


def _outline(parts: list[tuple[Points, bool]], style: _Style, scale: float) -> str:
    xs, ys = ([point[axis] for points, _ in parts for point in points] for axis in (0, 1))
    if not xs:
        raise NotDrawnError("an empty path")
    left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    drawn = "".join(_subpath(points, closed, left, top, scale) for points, closed in parts)
    size = f'w="{round(width * scale * EMU)}" h="{round(height * scale * EMU)}"'
    return (
        f"<wps:cNvSpPr/><wps:spPr>{_frame(left, top, width, height, scale)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/>"
        f'<a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path {size}>{drawn}</a:path></a:pathLst>'
        f"</a:custGeom>{_look(style, scale)}</wps:spPr><wps:bodyPr/>"
    )


def _subpath(points: Points, closed: bool, left: float, top: float, scale: float) -> str:
    at = [f'<a:pt x="{round((x - left) * scale * EMU)}" y="{round((y - top) * scale * EMU)}"/>' for x, y in points]
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in at[1:])
    return f"<a:moveTo>{at[0]}</a:moveTo>{lines}{'<a:close/>' if closed else ''}"


def _text(node: Node, style: _Style, scale: float) -> str:
    """A box without frame or margin whose first line stands on the baseline of the SVG.

    It stays within the chart, for an office makes the chart as wide as its widest part.
    """
    size, content, room = style.number("font-size", 9), node.text(), float(style.values["room"])
    anchor = {"middle": "center", "end": "right"}.get(style.values.get("text-anchor", "start"), "left")
    x, y, turned = style.number("x"), style.number("y"), style.values.get("transform", "")
    length = size * 0.75 * max(2, len(content)) + size
    if turned:
        # The box is turned around its middle; before that it lies level.
        x, y = _turned(turned, x, y)
        middle_x, middle_y = x - size * (_ASCENT - _LINE / 2), y + _ALONG[anchor] * length
        frame = _frame(middle_x - length / 2, middle_y - size * _LINE / 2, length, size * _LINE, scale, _LEFT_TURN)
    else:
        length = {"left": min(length, room - x), "right": min(length, x),
                  "center": 2 * min(length / 2, x, room - x)}[anchor]
        length = max(length, size)
        start = {"left": 0.0, "center": length / 2, "right": length}[anchor]
        frame = _frame(x - start, y - size * _ASCENT, length, size * _LINE, scale)
    return _box(content, frame, anchor, style, size * scale)


def _turned(transform: str, x: float, y: float) -> tuple[float, float]:
    """Where a point comes to by a quarter turn to the left; other transforms are not known."""
    match = _QUARTER.match(transform)
    if match is None:
        raise NotDrawnError("transform")
    around_x, around_y = float(match[1]), float(match[2])
    return around_x + (y - around_y), around_y - (x - around_x)


def _box(content: str, frame: str, align: str, style: _Style, size: float) -> str:
    colour = style.colour("fill", "000000") or "000000"
    bold = "<w:b/>" if style.values.get("font-weight") in ("700", "bold", "600") else ""
    half = max(2, round(size * 2))
    return (
        f'<wps:cNvSpPr txBox="1"/><wps:spPr>{frame}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent><w:p><w:pPr>"
        f'<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{bold}<w:color w:val="{colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(content)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
        f'<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    )


_DRAWN = {"rect": _rectangle, "circle": _circle, "ellipse": _circle, "line": _line, "polyline": _polyline,
          "polygon": _polyline, "path": _path, "text": _text}
