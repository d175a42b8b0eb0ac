"""Find the valid names nearest to one that was misspelt."""

from collections.abc import Iterable


def nearest(word: str, names: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """Return up to ``most`` of ``names`` that resemble ``word``, the closest first, case ignored."""
    from difflib import get_close_matches  # imported late: only a mistake needs it

    by_folded = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), by_folded, n=most, cutoff=0.6)
    return tuple(by_folded[name] for name in close)
