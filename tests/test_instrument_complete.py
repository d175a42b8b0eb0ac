"""Everything that the mission names is in the instrument, by the name that the mission gives it."""

import pytest

from assess.rubric.model import Body, Rubric

COMPONENTS = {
    "Trust and constructiveness", "Transparency and openness", "Shared responsibility", "Regularity of dialog",
    "Joint response", "Exchange of experience", "Defining cyber norms", "International assistance",
}
CHALLENGES = {
    "Conflicting national interests": {
        "INT-1": "Diverging UN choices", "INT-2": "Trade and technology disputes", "INT-3": "Duties towards others",
        "INT-4": "Agenda mismatch",
    },
    "Uncoordinated legal frameworks": {
        "LAW-1": "Treaty mismatch", "LAW-2": "Slow legal assistance", "LAW-3": "Limits on sharing data",
        "LAW-4": "Different definitions",
    },
    "Lack of trust": {
        "TRB-1": "Breaks in sharing", "TRB-2": "Unanswered incident queries", "TRB-3": "Open accusations",
        "TRB-4": "Mandate of the response team",
    },
    "Cyber weapons and hackers against critical infrastructure": {
        "THR-1": "Incidents in critical sectors", "THR-2": "Spill-over across the border", "THR-3": "Non-state groups",
        "THR-4": "Spread of intrusion tools",
    },
}
BODIES = {
    "UN": (
        "UN General Assembly and the First Committee",
        "International Telecommunication Union",
        "Open-ended working group",
        "UN Group of Governmental Experts",
        "United Nations Institute for Disarmament Research",
        "Ad Hoc Committee for the Elaboration of a Comprehensive International Convention against the Misuse of "
        "Information and Communications Technologies",
    ),
    "EU": (
        "EU cyber diplomacy initiative",
        "Cyber for Development",
        "PESCO cyber projects",
        "European Defense Fund",
        "EU Institute for Security Studies",
        "Intelligence and Situation Centre of the European Union",
        "European Cybercrime Center EC3 Europol",
    ),
    "NATO": (
        "NATO Center for Cyber Defense Cooperation",
        "Center of Excellence for NATO Strategic Communications",
        "NATO Cyber Security Center",
        "Consultation, Command and Control Council",
        "NATO Allied Command Transformation",
    ),
}
AIMS = {
    "Fight against cyberterrorism",
    "Fight against cybercrime",
    "Control and non-proliferation of cyber weapons",
    "Countering negative effects of ICT",
    "Contributor to Euro-Atlantic cybersecurity",
    "Wider geography of security and economic partnership in cyberspace",
    "Activity in international organisations",
    "New formats of cooperation",
    "Experience gained under aggression, turned into cooperation and agenda-setting",
}


def named(rubric: Rubric, name: str) -> list[Body]:
    return [b for b in rubric.bodies.values() if name in (b.title, b.short, *b.also_called)]


def test_the_eight_components_have_the_names_of_the_mission(rubric: Rubric) -> None:
    assert {c.title for c in rubric.components} == COMPONENTS


def test_the_four_challenges_and_their_sixteen_barriers_are_in_the_instrument(rubric: Rubric) -> None:
    assert {c.title: {b.id: b.title for b in c.barriers} for c in rubric.challenges} == CHALLENGES


def test_the_threat_is_asked_for_every_sector_that_the_mission_names(rubric: Rubric) -> None:
    text = rubric.barriers["THR-1"].definitions["the five critical sectors"]
    for sector in ("Energy", "Transport", "Banking and finance", "Health", "Public administration"):
        assert sector in text, sector


@pytest.mark.parametrize(("system", "name"), [(system, name) for system, names in BODIES.items() for name in names])
def test_a_body_that_the_mission_names_is_in_its_system_exactly_once(rubric: Rubric, system: str, name: str) -> None:
    assert [body.system for body in named(rubric, name)] == [system]


def test_eighteen_named_bodies_and_the_successor_are_all_there_is(rubric: Rubric) -> None:
    found = {body.id for names in BODIES.values() for name in names for body in named(rubric, name)}
    assert len(found) == 18
    assert set(rubric.bodies) - found == {"BOD-UN-4"}


def test_closed_bodies_lead_to_the_global_mechanism_and_count_only_as_history(rubric: Rubric) -> None:
    closed = {b.short: (b.successor, b.cap) for b in rubric.bodies.values() if b.closed}
    assert closed == {"OEWG": ("BOD-UN-4", 3), "GGE": ("BOD-UN-4", 3)}
    assert rubric.bodies["BOD-UN-4"].closed is None


def test_bodies_that_changed_their_form_name_what_came_after(rubric: Rubric) -> None:
    titles = {key: rubric.bodies[key].title for key in ("BOD-UN-7", "BOD-EU-2", "BOD-NATO-3")}
    assert "United Nations Convention against Cybercrime" in titles["BOD-UN-7"]
    assert "successor programmes" in titles["BOD-EU-2"]
    assert "NATO Integrated Cyber Defence Centre" in titles["BOD-NATO-3"]


def test_exchange_that_is_not_public_is_unknown_and_never_absent_when_the_record_is_silent(rubric: Rubric) -> None:
    assert rubric.bodies["BOD-EU-6"].default_when_silent.status == "unknown"


def test_the_statuses_are_those_of_the_method(rubric: Rubric) -> None:
    assert {key: status.points for key, status in rubric.statuses.items()} == {
        "ineligible": None, "absent": 0, "observer": 1, "member": 2, "active": 3, "lead": 4
    }
    assert list(rubric.pair_statuses) == [0, 1, 2, 3, 4]


def test_the_nine_aims_have_the_names_of_the_mission(rubric: Rubric) -> None:
    assert {a.title for a in rubric.aims.values()} == AIMS


def test_every_component_and_every_system_serves_some_aim(rubric: Rubric) -> None:
    components = {rubric.component_of[key] for aim in rubric.aims.values() for key in aim.indicators}
    systems = {rubric.bodies[key].system for aim in rubric.aims.values() for key in aim.bodies}
    assert components == {c.id for c in rubric.components}
    assert systems == set(rubric.systems)


def test_weights_of_aims_are_one_to_three(rubric: Rubric) -> None:
    for aim in rubric.aims.values():
        assert {*aim.indicators.values(), *aim.bodies.values()} <= {1, 2, 3}, aim.id
        assert len(aim.indicators) >= 3 and aim.bodies, aim.id


@pytest.mark.parametrize(
    ("challenge", "components"),
    [("INT", {"NRM", "TRU"}), ("LAW", {"RSP", "AST"}), ("TRB", {"TRU", "RSP"}), ("THR", {"RSP", "SHR"})],
)
def test_each_challenge_limits_the_components_that_feel_it_first(
    rubric: Rubric, challenge: str, components: set[str]
) -> None:
    barriers = next(c for c in rubric.challenges if c.id == challenge).barriers
    assert components <= {rubric.component_of[key] for b in barriers for key in b.limits}


def test_barriers_have_the_same_care_as_indicators(rubric: Rubric) -> None:
    for b in rubric.barriers.values():
        assert len({b.anchors[level] for level in range(5)}) == 5, b.id
        assert b.definitions and len(b.counting) >= 2 and len(b.borderline) >= 3, b.id
        assert b.proof.sufficient and b.proof.insufficient and b.instruments and b.limits, b.id
        assert b.pair_rule == "higher", b.id
