"""The synthetic world is seeded, valid, labelled, and made of the rubric's own questions."""

from itertools import islice
from pathlib import Path

from assess.questionnaire.load import load_questionnaire
from assess.questionnaire.model import Answered, Disputed, NotApplicable, Questionnaire, Unknown
from assess.rubric.model import Rubric
from assess.scoring.score import score
from benchmarks.world import AS_OF, REGIONS, World, main, members, pairs, write


def test_there_are_193_members_with_a_region_each_and_18721_pairs_with_the_union() -> None:
    assert len(members()) == 193
    assert [len(codes.split()) for codes in REGIONS.values()] == [54, 35, 47, 43, 14]
    assert len(pairs()) == len(set(pairs())) == 18_721


def test_the_same_seed_gives_the_same_files_whatever_the_number_of_pairs(tmp_path: Path, rubric: Rubric) -> None:
    few = {path.name: path.read_bytes() for path in write(World(rubric), tmp_path / "few", 3)}
    more = {path.name: path.read_bytes() for path in write(World(rubric), tmp_path / "more", 6)}
    assert few.items() < more.items()
    other = {path.name: path.read_bytes() for path in write(World(rubric, seed=1), tmp_path / "other", 3)}
    assert not few.items() & other.items()


def test_every_file_is_read_without_an_error_and_is_what_the_model_says(tmp_path: Path, rubric: Rubric) -> None:
    world = World(rubric)
    for path in write(world, tmp_path, 12):
        a, b, year = path.stem.upper().split("-")
        read, warnings = load_questionnaire(path, rubric)
        assert read == world.questionnaire(a, b, int(year))
        assert {problem.code for problem in warnings} <= {"Q215", "Q217", "Q216", "Q228", "Q229"}


def test_every_questionnaire_says_that_it_is_synthetic(rubric: Rubric) -> None:
    for q in World(rubric).questionnaires(5):
        assert q.kind == "illustration"
        assert q.note is not None and q.note.startswith("SYNTHETIC.")
        assert all(e.title.startswith("Synthetic record") for e in q.evidence.values())


def test_all_forms_of_an_answer_occur_and_every_question_is_answered(rubric: Rubric) -> None:
    some = list(World(rubric).questionnaires(15))
    forms = {type(answer) for q in some for slots in q.answers.values() for answer in slots.values()}
    assert forms == {Answered, Disputed, NotApplicable, Unknown}
    assert all(set(q.answers) == set(rubric.indicators) and set(q.bodies) == set(rubric.bodies) for q in some)
    assert {e.grade for q in some for e in q.evidence.values()} == {"A", "B", "C"}


def test_relationships_differ_as_real_ones_do(rubric: Rubric) -> None:
    """Not one lump in the middle: the indices spread, and components of one relationship hang together."""
    found = [score(rubric, [q]) for q in World(rubric).questionnaires(60)]
    points = sorted(r.index.points or 0.0 for r in found)
    assert points[5] < 30 and points[-6] > 55
    first, second = ([r.components[n].points or 0.0 for r in found] for n in (0, 3))
    assert _correlation(first, second) > 0.4


def _correlation(x: list[float], y: list[float]) -> float:
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    cross = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return float(cross / (sum((a - mean_x) ** 2 for a in x) * sum((b - mean_y) ** 2 for b in y)) ** 0.5)


def test_the_year_before_has_the_same_character(rubric: Rubric) -> None:
    world = World(rubric)
    changes = [
        abs(_points(world.questionnaire(a, b)) - _points(world.questionnaire(a, b, AS_OF[0] - 1)))
        for a, b in islice(world.drawn(40), 20)
    ]
    assert max(changes) < 25 and sum(changes) / len(changes) > 0.5


def _points(q: Questionnaire) -> float:
    from assess.rubric.load import load_rubric

    return score(load_rubric(), [q]).index.points or 0.0


def test_the_command_writes_files_and_says_how_many(tmp_path: Path, capsys: object) -> None:
    main(["--count", "2", "--last-year", "1", "--out", str(tmp_path / "w")])
    assert len(list((tmp_path / "w").glob("*.yaml"))) == 4
