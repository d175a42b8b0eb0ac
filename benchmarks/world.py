"""A synthetic world: questionnaires for all 18,721 pairs of the 193 member states of the UN and the EU.

    python -m benchmarks.world --count 200 --out DIR              200 pairs, drawn by the seed
    python -m benchmarks.world --count 200 --last-year 0.3 --out DIR    and last year's file of three in ten
    python -m benchmarks.world --out DIR                          all of them

Nothing in it says anything about a real state or relationship: capacities, closeness and answers are
drawn at random from the seed, and every file says so. What is real is the shape: the questions of the
rubric with their forms of answer, evidence of all grades and ages, unknowns, disputes and reasons for
«not applicable», answers for each side, and answers that hang together, because states of one (drawn)
region and capacity resemble each other.

The same seed gives the same files, whatever the number of pairs; pairs are made one at a time.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from assess.language import ENGLISH
from assess.parties import known_parties
from assess.questionnaire.load import check_document
from assess.questionnaire.model import Questionnaire
from assess.rubric.load import load_rubric
from assess.rubric.model import Body, Question, Rubric
from assess.yamlio import Document

SEED = 20261125
AS_OF = (2026, 11, 1)
NOTE = (
    "SYNTHETIC. Made by a random number generator to try the program out on many relationships. "
    "It says nothing about any real state, relationship or source."
)
# Regions of the UN's geographical scheme (M49). The count is checked below, and the codes against CLDR by a test.
REGIONS: Mapping[str, str] = {
    "Africa": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ "
              "NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW",
    "Americas": "AG AR BB BO BR BS BZ CA CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT US UY "
                "VC VE",
    "Asia": "AE AF AM AZ BD BH BN BT CN CY GE ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MV MY NP OM PH "
            "PK QA SA SG SY TH TJ TL TM TR UZ VN YE",
    "Europe": "AD AL AT BA BE BG BY CH CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL "
              "PT RO RS RU SE SI SK SM UA",
    "Oceania": "AU FJ FM KI MH NR NZ PG PW SB TO TV VU WS",
}
# Codes that CLDR names and that are no member states: dependent and special areas, groupings and two observers.
NOT_MEMBERS = (
    "AC AI AQ AS AW AX BL BM BQ BV CC CK CP CQ CW CX DG EA EH FK FO GF GG GI GL GP GS GU HK HM IC IM IO JE KY MF MO "
    "MP MQ MS NC NF NU PF PM PN PR PS RE SH SJ SX TA TC TF TK TW UM UN VA VG VI WF XK YT"
)


def members() -> tuple[str, ...]:
    """Return the codes of the 193 member states: what CLDR names less what is no member state."""
    others = {*NOT_MEMBERS.split(), "EU"}
    found = tuple(code for code in known_parties(ENGLISH) if len(code) == 2 and code not in others)
    assert len(found) == 193, f"{len(found)} member states, not 193: CLDR changed its list of territories"
    assert set(found) == {code for codes in REGIONS.values() for code in codes.split()}
    return found


def pairs() -> list[tuple[str, str]]:
    """Return all 18,721 pairs of member states and the EU, in the order of their codes."""
    return list(combinations(sorted((*members(), "EU")), 2))


@dataclass(frozen=True)
class World:
    """All states, with a drawn capacity, region and place in a plane where near means close."""

    rubric: Rubric
    seed: int = SEED

    @cached_property
    def region(self) -> Mapping[str, str]:
        """Code to region."""
        return {code: name for name, codes in REGIONS.items() for code in codes.split()} | {"EU": "Europe"}

    @cached_property
    def capacity(self) -> Mapping[str, float]:
        """Code to capacity, about -2 to 2; a region has a drawn mean."""
        means = {name: self._dice("region", name).gauss(0, 0.45) for name in REGIONS}
        return {code: means[name] + self._dice("capacity", code).gauss(0, 0.85) for code, name in self.region.items()}

    @cached_property
    def place(self) -> Mapping[str, tuple[float, float]]:
        """Code to a place in a plane of alignments; regions lie around drawn centres."""
        centres = {name: self._two(self._dice("centre", name), 0.8) for name in REGIONS}
        spread = {code: self._two(self._dice("place", code), 0.7) for code in self.region}
        return {code: (centres[r][0] + spread[code][0], centres[r][1] + spread[code][1])
                for code, r in self.region.items()}

    @cached_property
    def difficulty(self) -> Mapping[str, float]:
        """Id of a component, indicator, barrier or body to how hard it is."""
        ids = [*(c.id for c in self.rubric.components), *self.rubric.indicators, *self.rubric.barriers,
               *self.rubric.bodies]
        return {key: self._dice("difficulty", key).gauss(0, 0.4) for key in ids}

    def _dice(self, *parts: object) -> random.Random:
        return random.Random("|".join(map(str, (self.seed, *parts))))

    @staticmethod
    def _two(dice: random.Random, scale: float) -> tuple[float, float]:
        return dice.gauss(0, scale), dice.gauss(0, scale)

    def data(self, a: str, b: str, year: int = AS_OF[0]) -> dict[str, Any]:
        """Return the questionnaire of a pair as plain data, as it stands in a file."""
        return _Pair(self, a, b, year).data()

    def questionnaire(self, a: str, b: str, year: int = AS_OF[0]) -> Questionnaire:
        """Return the questionnaire of a pair, through the same checks as a file."""
        return check_document(Document(f"{a}-{b}", self.data(a, b, year)), self.rubric)[0]

    def questionnaires(self, count: int | None = None) -> Iterator[Questionnaire]:
        """Yield the questionnaires of the first ``count`` drawn pairs, of all if None."""
        return (self.questionnaire(a, b) for a, b in self.drawn(count))

    def drawn(self, count: int | None = None) -> Sequence[tuple[str, str]]:
        """Return ``count`` pairs drawn by the seed; more pairs begin with the same ones."""
        every = pairs()
        if count is None or count >= len(every):
            return every
        return sorted(self._dice("drawn").sample(every, len(every))[:count])


class _Pair:
    """Draws the answers of one pair at one date. Of two years, the earlier one has the same character."""

    def __init__(self, world: World, a: str, b: str, year: int) -> None:
        self.world, self.rubric, self.codes, self.year = world, world.rubric, (a, b), year
        self.dice = world._dice("pair", a, b, year)
        lasting = world._dice("pair", a, b)
        gap = sum((x - y) ** 2 for x, y in zip(world.place[a], world.place[b], strict=True)) ** 0.5
        self.closeness = 1.0 - 0.75 * gap + lasting.gauss(0, 0.35)
        weaker, stronger = sorted((world.capacity[a], world.capacity[b]))
        drift = 0.12 * (year - AS_OF[0]) + self.dice.gauss(0, 0.1)
        self.quality = 0.55 * weaker + 0.25 * stronger + 0.7 * self.closeness + drift
        self.attention = 0.3 + 0.35 * stronger + 0.3 * self.closeness + lasting.gauss(0, 0.4)
        self.leaning = {c.id: lasting.gauss(0, 0.35) for c in self.rubric.components}
        self.evidence: dict[str, Any] = {}

    def data(self) -> dict[str, Any]:
        """Everything as it stands in a file; evidence is collected while answers are drawn."""
        names = known_parties(ENGLISH)
        a, b = self.codes
        answers = {key: self.answers(i, self.quality + self.leaning[self.rubric.component_of[key]])
                   for key, i in self.rubric.indicators.items()}
        threat = 0.4 - 0.8 * self.closeness
        challenges = {key: self.answers(barrier, threat) for key, barrier in self.rubric.barriers.items()}
        bodies = {key: self.body(body) for key, body in self.rubric.bodies.items()}
        return {
            "rubric": f"{self.rubric.id} {self.rubric.version}",
            "relationship": {"parties": {"A": {"code": a, "name": names[a]}, "B": {"code": b, "name": names[b]}}},
            "as_of": f"{self.year}-{AS_OF[1]:02d}-{AS_OF[2]:02d}",
            "answered_by": {"side": "third", "role": "synthetic world"},
            "kind": "illustration",
            "note": f"{NOTE} Seed {self.world.seed}.",
            "evidence": dict(sorted(self.evidence.items())),
            "answers": answers,
            "challenges": challenges,
            "bodies": bodies,
        }

    def answers(self, question: Question, tendency: float) -> Any:
        """One answer, or one for each side or direction."""
        if question.may_be_not_applicable and self.dice.random() < 0.06 + 0.1 * (self.attention < -0.3):
            return {"not_applicable": "Synthetic: the pair does nothing of the kind."}
        if question.type == "P":
            return self.answer(question, tendency, "both")
        sides = zip("AB", self.codes, strict=True)
        return {side: self.answer(question, tendency + 0.35 * self.world.capacity[code], side) for side, code in sides}

    def answer(self, question: Question, tendency: float, source: str) -> Any:
        """An answer: mostly a level, else unknown, within limits, or disputed."""
        top = self.rubric.top_level
        height = tendency - self.world.difficulty[question.id] + self.dice.gauss(0, 0.75)
        level = sum(height > mark for mark in (-1.1, -0.35, 0.4, 1.15, *[1.9] * max(0, top - 4))[:top])
        chance = self.dice.random()
        unknown = max(0.04, 0.26 - 0.14 * self.attention)
        if chance < 0.75 * unknown:
            return "unknown"
        if chance < unknown:
            low, high = sorted((level, min(top, level + 1) if level < top else level - 1))
            return {"unknown": "Synthetic: the record is silent.", "between": [low, high]}
        cited = self.cite(question, level, source)
        if chance > 0.97 and level < top and cited:
            return {"disputed": [level, level + 1], "evidence": cited}
        if not cited:
            return {"level": level, "date": self.day(18)}
        confidence = self.dice.choices(("low", "medium", "high"), (1, 6, 3))[0]
        return {"level": level, "evidence": cited} | ({} if confidence == "medium" else {"confidence": confidence})

    def cite(self, question: Question, level: int, source: str) -> list[str]:
        """Cite up to two sources; the higher the level, the better they are."""
        if self.dice.random() < (0.25 if level == 0 else 0.08):
            return []
        official = self.dice.random() < 0.3 + 0.15 * level
        grades = "A" if official else "BB" if self.dice.random() < 0.2 + 0.15 * level else self.dice.choice("BBC")
        return [self.source(question, n, grade, source) for n, grade in enumerate(grades)]

    def source(self, question: Question, number: int, grade: str, source: str) -> str:
        """Enter a source into the register and return its id."""
        key = f"{question.id.lower()}-{source.lower()}-{number + 1}"
        whose = "third" if grade != "A" else source if self.dice.random() < 0.75 else self.dice.choice("AB")
        self.evidence[key] = {
            "title": f"Synthetic record: {question.title}",
            "date": self.day(70 if question.ageing.kind == "none" else 34),
            "publisher": {"A": "Synthetic ministry", "B": f"Synthetic press {number + 1}"}.get(grade, "Synthetic site"),
            "where": "synthetic",
            "grade": grade,
            "source": whose,
        } | ({"verified": False} if self.dice.random() < 0.05 else {})
        return key

    def day(self, months: int) -> str:
        """A day within the last ``months`` before the assessment, later days more often."""
        back = int(self.dice.random() ** 1.5 * months) + 1
        month = self.year * 12 + AS_OF[1] - 1 - back
        return f"{month // 12}-{month % 12 + 1:02d}-{self.dice.randint(1, 28):02d}"

    def body(self, body: Body) -> Any:
        """What each side is in a body, and what both do together."""
        if self.dice.random() < 0.12:
            return "unknown"
        ranks = [(s.points, key) for key, s in self.rubric.statuses.items() if s.points is not None]
        by_points = {points: key for points, key in ranks if body.cap is None or points <= body.cap}
        points = []
        for code in self.codes:
            height = self.world.capacity[code] - self.world.difficulty[body.id] + self.dice.gauss(0, 0.6)
            points.append(sum(height > mark for mark in (-0.9, -0.3, 0.5, 1.4)[: max(by_points)]))
        together = 0
        if all(points):
            together = min(1 + (self.closeness + self.dice.gauss(0, 0.5) > 0.7) + (self.closeness > 1.1),
                           body.cap or self.rubric.top_pair_status)
        day = self.day(22)
        return {side: {"status": by_points[p], "date": day} if p else by_points[p]
                for side, p in zip("AB", points, strict=True)} | {"together": self._together(together, day)}

    @staticmethod
    def _together(level: int, day: str) -> Any:
        return {"level": level, "date": day} if level else 0


def as_yaml(data: Mapping[str, Any]) -> bytes:
    """Return a questionnaire as the text of a file, with its label as the first line."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(data, Dumper=dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)
    return f"# {NOTE}\n{text}".encode()


def write(world: World, folder: Path, count: int | None, last_year: float = 0.0) -> Iterator[Path]:
    """Write the files one at a time and yield their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for a, b in world.drawn(count):
        twice = world._dice("twice", a, b).random() < last_year
        for year in (AS_OF[0] - 1, AS_OF[0]) if twice else (AS_OF[0],):
            path = folder / f"{a}-{b}-{year}.yaml".lower()
            path.write_bytes(as_yaml(world.data(a, b, year)))
            yield path


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files that were asked for, and say how many."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.world", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, help="pairs; all 18,721 if left out")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--last-year", type=float, default=0.0, help="share of pairs with a file of the year before")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    done = sum(1 for _ in write(World(load_rubric(), given.seed), given.out, given.count, given.last_year))
    sys.stdout.write(f"{done} synthetic questionnaires in {given.out}\n")


if __name__ == "__main__":
    main()
