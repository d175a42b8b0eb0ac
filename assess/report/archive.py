"""What WeasyPrint leaves to do before a file is both PDF/A-3 (archival) and PDF/UA-1 (accessible).

WeasyPrint writes one of the two; its ``finisher`` hook lets the rest be added: the second
identifier in the metadata, the scope of table headers, and running heads marked as artifacts,
so that a screen reader does not read them on every page, where a figure lies on its page, and the
language of each part that is not in that of the report.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_POINTS = 0.75  # of a pixel of CSS

_UA_METADATA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""

_TYPES = {"json": "/application#2fjson", "yaml": "/application#2fyaml"}


def finish(_document: Any, pdf: Any) -> None:
    """Complete ``pdf`` (a pydyf document) before WeasyPrint writes it."""
    _identify(pdf)
    _name_types(pdf)
    _scope_headers(pdf)
    _place_figures(pdf)
    _running_heads_to_artifacts(pdf)


def _object(pdf: Any, reference: Any) -> Any:
    """Follow a reference such as ``b"12 0 R"``."""
    return pdf.objects[int(reference.split()[0])]


def _identify(pdf: Any) -> None:
    """Name PDF/UA-1 beside PDF/A-3, in metadata that a reader can find without decompressing."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream = [part.replace(b"</rdf:RDF>", _UA_METADATA) for part in metadata.stream]


def _name_types(pdf: Any) -> None:
    """Name the type of each attachment; WeasyPrint asks the machine, and machines differ."""
    for entry in pdf.objects:
        if isinstance(entry, dict) and entry.get("Type") == "/Filespec":
            name = entry["UF"].string
            ending = name.rpartition(".")[2]
            _object(pdf, entry["EF"]["F"]).extra["Subtype"] = _TYPES[ending]


def _elements(pdf: Any) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem")


def _scope_headers(pdf: Any) -> None:
    """Say of each header cell whether it heads its column or its row."""
    for element in _elements(pdf):
        if element["S"] == "/TH":
            group = _object(pdf, _object(pdf, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _place_figures(pdf: Any) -> None:
    """Say where each figure lies in points from the foot of its page; WeasyPrint writes pixels from the head."""
    import pydyf

    for element in _elements(pdf):
        if element["S"] == "/Figure":
            height = _object(pdf, element["Pg"])["MediaBox"][3]
            left, top, right, bottom = (_POINTS * value for value in element["A"]["BBox"])
            element["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


@contextmanager
def languages_of_parts() -> Iterator[None]:
    """While this holds, an element with the attribute ``lang`` passes it on to the tag tree.

    WeasyPrint keeps the link between elements and tags to itself, so its way of making a tag is wrapped.
    """
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def with_language(box: Any, *rest: Any) -> Iterator[Any]:
        element = getattr(box, "element", None)
        language = None if element is None or element.tag in ("html", "body") else element.get("lang")
        for tag in build(box, *rest):
            if language:
                tag["Lang"] = pydyf.String(language)
            yield tag

    tags._build_box_tree = with_language
    try:
        yield
    finally:
        tags._build_box_tree = build


def _running_heads_to_artifacts(pdf: Any) -> None:
    """Turn content whose element hangs outside the tree (page margins) into artifacts."""
    reached = set(_reached(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["K"]))
    parents = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    for page in pages:
        owners = parents[parents.index(page["StructParents"]) + 1]
        outside = {mcid for mcid, owner in enumerate(owners) if owner not in reached}
        _unmark(_object(pdf, page["Contents"]).stream, outside)
        for mcid in outside:
            owners[mcid] = "null"


def _reached(pdf: Any, kids: Any) -> Iterator[Any]:
    """Every structure element that hangs in the tree, without recursion."""
    waiting = [kid for kid in kids if not isinstance(kid, int)]
    while waiting:
        reference = waiting.pop()
        yield reference
        waiting += [kid for kid in _object(pdf, reference).get("K", ()) if not isinstance(kid, int)]


def _unmark(stream: list[Any], outside: set[int]) -> None:
    """Rewrite ``/Span {MCID n} BDC`` to ``/Artifact BMC`` for the numbers in ``outside``."""
    for at in range(len(stream) - 1, 1, -1):
        marked = stream[at] == b"BDC" and isinstance(stream[at - 1], dict)
        if marked and stream[at - 1].get("MCID") in outside:
            stream[at - 2 : at + 1] = ["/Artifact", b"BMC"]
