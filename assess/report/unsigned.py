"""A signed report without its signature: exactly what ``assess sign`` appends is taken away, and nothing else.

Whatever another program would sign, or add on the way to a signature, stays and is found as a difference.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_PREVIOUS = re.compile(rb"/Prev\s+(\d+)")
_WIDGET = {"/FT": "/Sig", "/Type": "/Annot", "/Subtype": "/Widget", "/F": 132, "/T": "Signature", "/TU": "Signature"}
_OTHERS = {"/Rect", "/P", "/V", "/StructParent"}
_SIGNED = {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/M", "/Reference"}
_FORM = {"/Type": "/StructElem", "/S": "/Form", "/Alt": "Signature"}
_EXTENSION = {"/Type", "/BaseVersion", "/ExtensionLevel", "/ExtensionRevision", "/URL"}


def one_revision(pdf: bytes, report: bytes) -> bool:
    """Whether ``pdf`` is ``report`` and a single revision behind it, which follows on it directly."""
    end = _END.search(report)
    if end is None or not pdf.startswith(report):
        return False
    tail = pdf[len(report) :]
    follows = _PREVIOUS.findall(tail) == [end[1]]
    hides = b"/XRefStm" in tail or b"/ObjStm" in tail
    return follows and not hides and tail.count(b"startxref") == 1 and tail.endswith(b"%%EOF\n")


def take_signature(reader: "PdfReader") -> None:
    """Take from ``reader`` what a signature of ``assess sign`` adds to a report; where one is none, leave it."""
    root: Any = reader.trailer["/Root"]
    form = _get(root, "/AcroForm")
    if not isinstance(form, dict) or set(form) != {"/Fields", "/SigFlags"} or len(form["/Fields"]) != 1:
        return
    reference = list.__getitem__(_get(form, "/Fields"), 0)
    field = reference.get_object()
    if _is_ours(field) and _certifies(root, field) and _known_extensions(root):
        _untag(root, reference, field)
        _lift(field, reference)
        for key in ("/AcroForm", "/Perms", "/Extensions", "/Version"):
            root.pop(key, None)


def _get(entry: Any, key: str) -> Any:
    """The member, resolved; None where there is none."""
    found = entry.get(key) if isinstance(entry, dict) else None
    return found.get_object() if found is not None else None


def _is_ours(field: Any) -> bool:
    """Whether a field is of no size, and has and does nothing but hold a signature."""
    fixed = all(_get(field, key) == value for key, value in _WIDGET.items())
    signature = _get(field, "/V")
    return (fixed and set(field) <= {*_WIDGET, *_OTHERS} and list(_get(field, "/Rect") or ()) == [0, 0, 0, 0]
            and isinstance(signature, dict) and set(signature) == _SIGNED)


def _certifies(root: Any, field: Any) -> bool:
    permissions = _get(root, "/Perms")
    return set(permissions or ()) == {"/DocMDP"} and bool(permissions.raw_get("/DocMDP") == field.raw_get("/V"))


def _known_extensions(root: Any) -> bool:
    """Whether what is said of the version of PDF is just that."""
    told = _get(root, "/Extensions") or {}
    entries = [entry for key in told for entry in _as_list(_get(told, key))]
    return _get(root, "/Version") in (None, "/2.0") and all(
        isinstance(entry.get_object(), dict) and set(entry.get_object()) <= _EXTENSION for entry in entries
    )


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _lift(field: Any, reference: Any) -> None:
    """Take the field from its page, where it is the last annotation."""
    page = _get(field, "/P")
    annotations = _get(page, "/Annots")
    if isinstance(annotations, list) and annotations and list.__getitem__(annotations, -1) == reference:
        list.pop(annotations)
        if not annotations:
            page.pop("/Annots")


def _untag(root: Any, reference: Any, field: Any) -> None:
    """Take the field from the tag tree, where it is the last of the document."""
    tree = _get(root, "/StructTreeRoot")
    numbers = _get(_get(tree, "/ParentTree"), "/Nums")
    if not isinstance(numbers, list) or len(numbers) < 2 or numbers[-2] != _get(field, "/StructParent"):
        return
    form = list.__getitem__(numbers, -1)
    document = _get(form.get_object(), "/P")
    kids = _get(document, "/K")
    if not isinstance(kids, list) or list.__getitem__(kids, -1) != form or not _is_form(form.get_object(), reference):
        return
    del kids[-1], numbers[-2:]
    if "/ParentTreeNextKey" in tree:
        from pypdf.generic import NameObject, NumberObject

        tree[NameObject("/ParentTreeNextKey")] = NumberObject(tree["/ParentTreeNextKey"] - 1)


def _is_form(element: Any, reference: Any) -> bool:
    content: Any = _get(element, "/K")
    fixed = all(_get(element, key) == value for key, value in _FORM.items())
    known = set(element) == {*_FORM, "/P", "/Pg", "/K"} and set(content or ()) == {"/Type", "/Obj"}
    return fixed and known and bool(content.raw_get("/Obj") == reference)
