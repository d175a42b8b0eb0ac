"""What several lints share: every question with its owner and its way in the files."""

from collections.abc import Iterator

from assess.rubric.model import Question, Rubric

Path = tuple[str | int, ...]


def questions(rubric: Rubric) -> Iterator[tuple[Question, str, Path]]:
    """Yield every indicator and barrier with the id of its owner and its path."""
    for component in rubric.components:
        for indicator in component.indicators:
            yield indicator, component.id, ("components", component.id, "indicators", indicator.id)
    for challenge in rubric.challenges:
        for barrier in challenge.barriers:
            yield barrier, challenge.id, ("challenges", challenge.id, "barriers", barrier.id)
