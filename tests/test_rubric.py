"""The instrument itself: everything that the mission names is in it."""

from assess.rubric.model import Rubric

COMPONENTS = {
    "TRU": 7, "TRN": 7, "SHR": 7, "REG": 7, "RSP": 8, "EXP": 7, "NRM": 8, "AST": 8,
}


def test_all_eight_components_and_all_59_indicators_are_in_the_instrument(rubric: Rubric) -> None:
    assert {c.id: len(c.indicators) for c in rubric.components} == COMPONENTS
    assert len(rubric.indicators) == 59


def test_all_four_challenges_have_four_barriers_each(rubric: Rubric) -> None:
    assert {c.id: len(c.barriers) for c in rubric.challenges} == {"INT": 4, "LAW": 4, "TRB": 4, "THR": 4}


def test_anchors_of_an_indicator_are_five_different_sentences(rubric: Rubric) -> None:
    for indicator in rubric.indicators.values():
        texts = [indicator.anchors[level] for level in range(5)]
        assert len(set(texts)) == 5, indicator.id
        assert all(text.endswith(".") for text in texts), indicator.id


def test_every_indicator_has_what_cuts_disagreement(rubric: Rubric) -> None:
    for i in rubric.indicators.values():
        assert i.definitions and len(i.counting) >= 2 and len(i.borderline) >= 3, i.id
        assert i.proof.sufficient and i.proof.insufficient and i.instruments, i.id
        assert sorted(i.steps) == [1, 2, 3, 4], i.id


def test_prerequisites_of_steps_never_run_in_a_circle(rubric: Rubric) -> None:
    """A step to a level needs all lower steps of its indicator and what these need."""
    done: set[tuple[str, int]] = set()

    def visit(node: tuple[str, int], trail: tuple[tuple[str, int], ...]) -> None:
        assert node not in trail, trail
        if node in done or node[1] == 0:
            return
        key, level = node
        below = [(key, level - 1)] if level > 1 else []
        for before in [*below, *rubric.indicators[key].steps[level].needs.items()]:
            visit(before, (*trail, node))
        done.add(node)

    for key in rubric.indicators:
        visit((key, 4), ())
    assert len(done) == 59 * 4
