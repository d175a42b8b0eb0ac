"""What a rubric loads with, but should not be released with: findings for those who write it.

Findings are problems with the codes R320 and up. Each module looks at one side of the rubric:
its ids and references, its weights, gates and stages, its scales and steps, its wording, its
translations.
"""

from assess.problems.model import Problem, in_order
from assess.rubric.lint.gates import gates
from assess.rubric.lint.references import references
from assess.rubric.lint.scales import scales
from assess.rubric.lint.translations import translations
from assess.rubric.lint.weights import weights
from assess.rubric.lint.wording import wording
from assess.rubric.load import load_with_places, rubric_folder

__all__ = ["lint"]


def lint(name: str, *, with_translations: bool = True) -> tuple[Problem, ...]:
    """Return every finding about the rubric ``name`` (an installed id, or the path of a folder), in order of place.

    Raises:
        InputError: the rubric is missing or cannot be loaded; its problems come first.
    """
    rubric, place = load_with_places(name)
    found = [p for look in (references, weights, gates, scales, wording) for p in look(rubric, place)]
    if with_translations:
        found += translations(rubric, rubric_folder(name) / "locales")
    return in_order(found)
