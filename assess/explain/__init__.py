"""One figure, from its evidence to the number, in plain text: the way that the result's trace holds.

Nothing is computed here but what keeps a printed column adding up to its printed total.
"""

from assess.explain.parts import keys, part_of
from assess.explain.way import explain

__all__ = ["explain", "keys", "part_of"]
