"""Load a rubric from its folder into frozen models, with every problem at its line."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assess import yamlio
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.resources import data_folder
from assess.rubric.model import Rubric

DEFAULT_RUBRIC = "cyberdialog"
_LISTS = {"indicators": "components", "barriers": "challenges"}


def installed_rubrics() -> tuple[str, ...]:
    """Return the ids of the rubrics that come with the program."""
    return tuple(sorted(path.parent.name for path in data_folder("rubrics").glob("*/rubric.yaml")))


def rubric_folder(name: str) -> Path:
    """Return the folder of an installed rubric (by id) or of a rubric of one's own (by path).

    Raises:
        InputError: R306, there is no such rubric.
    """
    for folder in (Path(name), data_folder("rubrics") / Path(name).name):
        if (folder / "rubric.yaml").is_file():
            return folder
    problem = Problem("R306", Place(name), {"name": name}, nearest(name, installed_rubrics()))
    raise InputError([problem])


def load_rubric(name: str = DEFAULT_RUBRIC) -> Rubric:
    """Load the rubric ``name`` (an installed id, or the path of a folder).

    Raises:
        InputError: the rubric is missing or broken; all problems of all its files at once.
    """
    folder = rubric_folder(name)
    loader = _Loader(folder)
    data = loader.assemble()
    try:
        rubric = Rubric.model_validate(data)
    except ValidationError as error:
        raise InputError([*loader.problems, *loader.explain(error, data)]) from error
    if loader.problems:
        raise InputError(loader.problems)
    problems = loader.check_references(rubric)
    if problems:
        raise InputError(problems)
    return rubric.model_copy(update={"hash": _hash(data)})


def _hash(data: dict[str, Any]) -> str:
    """Hash the content, not the bytes: comments and line breaks of the YAML do not count."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _Loader:
    """Reads the files of one rubric and remembers where each part of the whole came from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.documents: dict[tuple[str | int, ...], tuple[yamlio.Document, tuple[str | int, ...]]] = {}

    def assemble(self) -> dict[str, Any]:
        """Return the rubric as one mapping of plain data."""
        top = self._read("rubric.yaml")
        data: dict[str, Any] = dict(top.data)
        self.documents[()] = (top, ())
        names = data.get("components")
        data["components"] = [
            self._component(str(name), number) for number, name in enumerate(names if isinstance(names, list) else [])
        ]
        for part in ("challenges", "instruments"):
            if (self.folder / f"{part}.yaml").is_file():
                data[part] = self._part(part)
        return data

    def _read(self, name: str) -> yamlio.Document:
        document = yamlio.read(self.folder / name)
        self.problems += [p for p in document.problems if p.code != "Y120"]
        return document

    def _component(self, name: str, number: int) -> Any:
        document = self._read(f"components/{name}.yaml")
        self.documents[("components", number)] = (document, ())
        return self._with_ids(document.data, "indicators", document, ())

    def _part(self, part: str) -> Any:
        document = self._read(f"{part}.yaml")
        self.documents[(part,)] = (document, (part,))
        content: Any = document.data.get(part, {})
        if part == "instruments":
            return content
        return [
            self._with_ids({"id": key, **value}, "barriers", document, (part, key))
            for key, value in content.items()
            if isinstance(value, dict)
        ]

    def _with_ids(
        self, owner: dict[str, Any], field: str, document: yamlio.Document, path: tuple[str | int, ...]
    ) -> dict[str, Any]:
        """Turn a mapping of id to content into a list whose members know their id."""
        members = owner.get(field)
        if not isinstance(members, dict):
            return owner
        return {**owner, field: [{"id": key, **value} for key, value in members.items() if isinstance(value, dict)]}

    def locate(self, loc: tuple[str | int, ...], data: dict[str, Any], *, key: bool = False) -> Place:
        """Return the place in a file of the part ``loc`` of the assembled rubric."""
        path = _named(loc, data)
        for length in range(len(loc), -1, -1):
            if loc[:length] in self.documents:
                document, prefix = self.documents[loc[:length]]
                return document.place((*prefix, *path[length:]), key=key)
        return Place(str(self.folder / "rubric.yaml"))

    def explain(self, error: ValidationError, data: dict[str, Any]) -> list[Problem]:
        """Turn every validation error into a problem at its place."""
        return [self._explain(item, data) for item in error.errors(include_url=False)]

    def _explain(self, item: Any, data: dict[str, Any]) -> Problem:
        loc = tuple(part for part in item["loc"] if part not in ("none", "event", "elapsed"))
        last = str(loc[-1]) if loc else ""
        if item["type"] == "missing":
            return Problem("R301", self.locate(loc[:-1], data), {"key": last})
        if item["type"] == "extra_forbidden":
            return Problem("R302", self.locate(loc, data, key=True), {"key": last})
        values = {"value": repr(item["input"])[:80], "reason": str(item["msg"])}
        return Problem("R303", self.locate(loc, data), values)

    def check_references(self, rubric: Rubric) -> list[Problem]:
        """Check what the models alone cannot see: anchors for each level, and ids that exist."""
        found: list[Problem] = []
        for number, component in enumerate(rubric.components):
            document, _ = self.documents[("components", number)]
            for indicator in component.indicators:
                place = document.place(("indicators", indicator.id), key=True)
                found += _anchor_problems(indicator.id, sorted(indicator.anchors), rubric, place)
                found += _reference_problems(rubric, indicator.id, indicator.instruments, indicator.steps, place)
        found += self._gate_problems(rubric)
        return found

    def _gate_problems(self, rubric: Rubric) -> list[Problem]:
        document, _ = self.documents[()]
        stages = {stage.id for stage in rubric.stages}
        components = {component.id for component in rubric.components}
        found = []
        for number, gate in enumerate(rubric.gates):
            known = {
                gate.cap: stages,
                gate.when.indicator: set(rubric.indicators),
                gate.when.component: components,
            }
            for name, names in known.items():
                if name is not None and name not in names:
                    place = document.place(("gates", number))
                    values = {"key": gate.id, "missing": name}
                    found.append(Problem("R305", place, values, nearest(name, names)))
        return found


def _named(loc: tuple[str | int, ...], data: Any) -> tuple[str | int, ...]:
    """Replace the positions of indicators and barriers by their ids, as they stand in the file."""
    path: list[str | int] = []
    here: Any = data
    for number, part in enumerate(loc):
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            here = None
        owner = loc[number - 1] if number else ""
        is_id = isinstance(part, int) and isinstance(here, dict) and owner in ("indicators", "barriers", "challenges")
        path.append(here["id"] if is_id else part)
    return tuple(path)


def _anchor_problems(key: str, levels: list[int], rubric: Rubric, place: Place) -> list[Problem]:
    wanted = [level.level for level in rubric.levels]
    if levels == wanted:
        return []
    values = {"key": key, "found": _list(levels), "wanted": _list(wanted)}
    return [Problem("R304", place, values)]


def _list(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _reference_problems(rubric: Rubric, key: str, citations: Any, steps: Any, place: Place) -> list[Problem]:
    instruments, indicators = set(rubric.instruments), set(rubric.indicators)
    missing = [(c.key, instruments) for c in citations if c.key not in instruments]
    missing += [(need, indicators) for step in steps.values() for need in step.needs if need not in indicators]
    return [Problem("R305", place, {"key": key, "missing": name}, nearest(name, names)) for name, names in missing]
