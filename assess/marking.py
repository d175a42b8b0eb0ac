"""Markings: who may see a report. The labels of the Traffic Light Protocol, or a national text as it is written.

Source: FIRST, Traffic Light Protocol 2.0 (2022): five labels, written in capitals, each with a colour
on black, in the header and the footer of every page, in 12 points or larger.
"""

from collections.abc import Iterable, Mapping

from assess.language import N_

# The labels from the widest circle to the narrowest, each with its colour on black.
TLP: Mapping[str, str] = {
    "TLP:CLEAR": "#ffffff",
    "TLP:GREEN": "#33ff00",
    "TLP:AMBER": "#ffc000",
    "TLP:AMBER+STRICT": "#ffc000",
    "TLP:RED": "#ff2b2b",
}
MEANINGS: Mapping[str, str] = {
    "TLP:CLEAR": N_("May be passed on without limits."),
    "TLP:GREEN": N_("May be passed on within the community, but not published."),
    "TLP:AMBER": N_("May be passed on to those who need it, within the recipient’s organisation and to its clients."),
    "TLP:AMBER+STRICT": N_("May be passed on to those who need it, within the recipient’s organisation alone."),
    "TLP:RED": N_("For the persons addressed alone; not to be passed on."),
}
_ORDER = tuple(TLP)


def normal(text: str) -> str:
    """Return a label of TLP in capitals, and any other text as it is, without blanks around it.

    >>> normal(" tlp: amber "), normal("For official use")
    ('TLP:AMBER', 'For official use')
    """
    label = "".join(text.upper().split())
    return label if label in TLP else text.strip()


def misspelt(text: str) -> bool:
    """Whether a text means to be a label of TLP and is none."""
    return text not in TLP and text.upper().startswith("TLP")


def combined(markings: Iterable[str | None]) -> str | None:
    """Return the marking of what several markings went into: the narrowest label of TLP, and every other text.

    >>> combined(["TLP:GREEN", None, "TLP:RED", "For official use"])
    'TLP:RED · For official use'
    >>> combined(["TLP:GREEN", combined(["TLP:AMBER", "For official use"])])
    'TLP:AMBER · For official use'
    """
    given = {marking for marking in markings if marking}
    if len(given) == 1:
        return given.pop()  # as it is written
    parts = {part for marking in given for part in marking.split(" · ")}
    labels = sorted(parts & set(TLP), key=_ORDER.index)[-1:]
    return " · ".join([*labels, *sorted(parts - set(TLP))]) or None


def label_of(marking: str | None) -> str | None:
    """Return the label of TLP that stands in a marking, if one does."""
    return next((part for part in (marking or "").split(" · ") if part in TLP), None)


def wider(marking: str | None, than: str | None) -> bool:
    """Whether ``marking`` lets more people see a report than the marking ``than`` does, as far as TLP tells."""
    ours, theirs = label_of(marking), label_of(than)
    if theirs is None:
        return bool(than) and not marking
    return ours is None or _ORDER.index(ours) < _ORDER.index(theirs)
