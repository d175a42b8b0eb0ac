"""The section ``bodies``: short forms to models, and what only the statuses and levels together tell."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, get_args

from assess.language import N_, Phrase
from assess.problems.nearest import nearest
from assess.questionnaire.model import Answered, BodyAnswer, BodySlot, Participation
from assess.reasons import picture
from assess.rubric.model import Body, Rubric, Status

Loc = tuple[str | int, ...]
MAPPING = N_("a mapping of ids to answers belongs here")
OWN_NAMES = ("reason", "values")  # how the models call what stands in the file under the name of its state
SLOTS: tuple[BodySlot, ...] = get_args(BodySlot)


class Report(Protocol):
    """How a problem is reported."""

    def __call__(self, code: str, loc: Loc, *, key: bool = False, near: tuple[str, ...] = (), **values: object) -> None:
        """Report ``code`` at ``loc``; ``values`` fill its message."""


class BodyReader:
    """Normalises the answers about bodies; every problem goes to ``report``."""

    def __init__(self, rubric: Rubric, report: Report) -> None:
        self.rubric, self.report = rubric, report

    def section(self, given: Any) -> dict[str, Any]:
        """Return the section ready for the models: body id to slot to answer with its ``state``."""
        if given is None:
            return {}
        if not isinstance(given, dict):
            self.report("Q203", ("bodies",), value=picture(given), reason=Phrase(MAPPING))
            return {}
        known: dict[str, Any] = {}
        for key, value in given.items():
            if key in self.rubric.bodies:
                known[key] = self._body(self.rubric.bodies[key], value)
            else:
                self.report("Q222", ("bodies", key), key=True, near=nearest(key, self.rubric.bodies), key_=key)
        return known

    def _body(self, body: Body, value: Any) -> dict[str, Any]:
        loc: Loc = ("bodies", body.id)
        if value in (None, "", {}):
            self.report("Q224", loc, key_=body.id, found="nothing")
            return {}
        if value == "unknown":
            return {slot: {"state": "unknown"} for slot in SLOTS}
        if isinstance(value, dict) and list(value) == ["unknown"] and isinstance(value["unknown"], str):
            return {slot: {"state": "unknown", "reason": value["unknown"]} for slot in SLOTS}
        if not isinstance(value, dict):
            self.report("Q203", loc, value=picture(value), reason=Phrase(N_("write it as {{A: …, B: …, together: …}}")))
            return {}
        return self._slots(body, value, loc)

    def _slots(self, body: Body, value: Mapping[str, Any], loc: Loc) -> dict[str, Any]:
        read: dict[str, Callable[[Body, Any, Loc], dict[str, Any] | None]] = {
            "A": self._side, "B": self._side, "together": self._together,
        }
        slots: dict[str, Any] = {}
        for slot, answer in value.items():
            if slot not in read:
                self.report("Q202", (*loc, slot), key=True, near=nearest(slot, SLOTS), key_=slot)
            elif (done := read[slot](body, answer, (*loc, slot))) is not None:
                slots[slot] = done
        self._ineligible(body, slots, loc)
        return slots

    def _ineligible(self, body: Body, slots: Mapping[str, Any], loc: Loc) -> None:
        """A side that has no way in cannot do anything together with the other."""
        if slots.get("together", {}).get("state") != "level":
            return
        for side in ("A", "B"):
            status = self.rubric.statuses.get(slots.get(side, {}).get("status", ""))
            if status is not None and status.points is None:
                self.report("Q226", (*loc, "together"), key_=body.id, side=side, status=slots[side]["status"])
                return

    def _side(self, body: Body, value: Any, loc: Loc) -> dict[str, Any] | None:
        """Return the answer of one side with its ``state``, or None if it is blank or broken."""
        if value in (None, "", {}):
            self.report("Q224", loc, key_=body.id, found="nothing")
            return None
        if isinstance(value, dict):
            return self._long_form(value, loc, "status", self._check_status)
        if value == "unknown":
            return {"state": "unknown"}
        return {"state": "status", "status": value} if self._check_status(value, loc) else None

    def _together(self, body: Body, value: Any, loc: Loc) -> dict[str, Any] | None:
        """Return what the sides do together with its ``state``, or None if it is blank or broken."""
        if value in (None, "", {}):
            self.report("Q224", loc, key_=body.id, found="nothing")
            return None
        if isinstance(value, dict):
            return self._long_form(value, loc, "level", self._check_level)
        if value == "unknown":
            return {"state": "unknown"}
        return {"state": "level", "level": value} if self._check_level(value, loc) else None

    def _long_form(
        self, value: Mapping[str, Any], loc: Loc, name: str, check: Callable[[Any, Loc], bool]
    ) -> dict[str, Any] | None:
        """Read ``{status: …}`` or ``{level: …}`` (``name``) or ``{unknown: reason}``."""
        said = [key for key in (name, "unknown") if key in value]
        if len(said) != 1:
            found = ", ".join(said) or Phrase(N_("none of them"))
            near = tuple(close for key in value for close in nearest(key, (name, "unknown")))[:2]
            self.report("Q225", loc, near=() if said else near, wanted=f"{name}, unknown", found=found)
            return None
        for key in ("state", "between", *OWN_NAMES):  # the models know these, but not from the file
            if key in value:
                self.report("Q202", (*loc, key), key=True, key_=key)
                return None
        if value.get(name) == "unknown":
            return {"state": "unknown", **{key: item for key, item in value.items() if key != name}}
        if said == [name]:
            return {"state": name, **value} if check(value[name], (*loc, name)) else None
        rest = {key: item for key, item in value.items() if key != "unknown"}
        reason = value["unknown"]
        return {"state": "unknown", **rest, **({} if reason is True or reason is None else {"reason": reason})}

    def _check_status(self, value: Any, loc: Loc) -> bool:
        if isinstance(value, str) and value in self.rubric.statuses:
            return True
        names = (*self.rubric.statuses, "unknown")
        near = nearest(value, names) if isinstance(value, str) else ()
        self.report("Q227", loc, near=near, value=picture(value), names=", ".join(names))
        return False

    def _check_level(self, value: Any, loc: Loc) -> bool:
        if type(value) is int and value in self.rubric.pair_statuses:
            return True
        if type(value) is int:
            self.report("Q206", loc, value=value, lowest=0, highest=self.rubric.top_pair_status)
        else:
            reason = Phrase(N_("write a level from 0 to {top}, or unknown"), top=self.rubric.top_pair_status)
            self.report("Q203", loc, value=picture(value), reason=reason)
        return False

    def lint(self, body: Body, answer: BodyAnswer, loc: Loc) -> None:
        """Warn where the statuses of the sides and their common level contradict each other."""
        if not isinstance(answer.together, Answered):
            return
        level = answer.together.level
        statuses = {side: self._status(answer, side) for side in ("A", "B")}
        absent = [side for side, status in statuses.items() if status is not None and status.points == 0]
        present = [side for side, status in statuses.items() if status is not None and status.points]
        if level > 0 and absent:
            self.report("Q228", (*loc, "together"), key_=body.id, level=level, side=absent[0])
        elif level == 0 and len(present) == 2:
            self.report("Q229", (*loc, "together"), key_=body.id)

    def _status(self, answer: BodyAnswer, side: str) -> Status | None:
        given = getattr(answer, side)
        return self.rubric.statuses[given.status] if isinstance(given, Participation) else None

    def reached(self, answer: Participation | Answered) -> int:
        """Return the points of the status, or the level, that an answer gives."""
        if isinstance(answer, Answered):
            return answer.level
        return self.rubric.statuses[answer.status].points or 0
