"""Load a rubric from its folder into frozen models, with every problem at its line."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assess import yamlio
from assess.frozen import Frozen
from assess.language import Translator, translator
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.reasons import reason
from assess.resources import data_folder
from assess.rubric import model
from assess.rubric.model import STRENGTHS, Aim, Barrier, Body, Rubric

DEFAULT_RUBRIC = "cyberdialog"
_PARTS = {
    "challenges": ("challenges", "exposure"),
    "instruments": ("instruments",),
    "bodies": ("statuses", "pair_statuses", "systems", "bodies"),
    "aims": ("aims",),
}
_WITH_IDS = ("challenges", "bodies", "aims")


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
    return load_with_places(name)[0]


Places = Callable[..., Place]


def load_with_places(name: str = DEFAULT_RUBRIC) -> tuple[Rubric, Places]:
    """Load a rubric together with the way to the places of its parts, for those who write it.

    The second is called with the ids on the way, such as ``("components", "TRU", "indicators", "TRU-01")``;
    with ``key=True`` it gives the place of the last key instead of its value.

    Raises:
        InputError: the rubric is missing or broken; all problems of all its files at once.
    """
    loader = _Loader(rubric_folder(name))
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
    return _complete(rubric, data), loader.place


def rubric_translator(name: str, language: str) -> Translator:
    """Return the translator of the program's texts and of the texts of rubric ``name``."""
    return translator(language).with_catalogue(rubric_folder(name) / "locales", "rubric")


def rubric_from_json(text: str) -> Rubric:
    """Return the rubric whose ``source`` is ``text``.

    Raises:
        ValueError: the text is not the JSON of a rubric.
    """
    data = json.loads(text)
    return _complete(Rubric.model_validate(data), data)


def older_version(name: str, version: str) -> Rubric | None:
    """Return the newest version of rubric ``name`` in its history that ``version`` (such as 1.0) means, if any.

    The folder ``history`` holds one file for each released version, named like ``1.0.0.json``, with the
    ``source`` of the rubric.
    """
    files = [file for file in (rubric_folder(name) / "history").glob("*.json")
             if f"{file.stem}.".startswith(f"{version}.")]
    if not files:
        return None
    newest = max(files, key=lambda file: [int(number) for number in file.stem.split(".") if number.isdigit()])
    return rubric_from_json(newest.read_text(encoding="utf-8"))


def _complete(rubric: Rubric, data: dict[str, Any]) -> Rubric:
    source = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return rubric.model_copy(update={"hash": _hash(source), "source": source})


def _hash(source: str) -> str:
    """Hash the content, not the bytes: comments, line breaks and the order of keys do not count."""
    text = json.dumps(json.loads(source), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
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
        if isinstance(names, list):
            data["components"] = [self._component(str(name), number) for number, name in enumerate(names)]
        for name, parts in _PARTS.items():
            if (self.folder / f"{name}.yaml").is_file():
                document = self._read(f"{name}.yaml")
                self.unknown_keys(document, parts)
                data |= {part: self._part(part, document) for part in parts if part in document.data}
        return data

    def only(self, part: str, name: str) -> dict[str, Any]:
        """Return the mapping ``part`` of the file ``name``, which holds nothing else."""
        document = self._read(name)
        self.unknown_keys(document, (part,))
        if part not in document.data:
            raise InputError([*self.problems, Problem("R301", document.place(()), {"key": part})])
        return {part: self._part(part, document)}

    def _read(self, name: str) -> yamlio.Document:
        document = yamlio.read(self.folder / name)
        self.problems += [p for p in document.problems if p.code != "Y120"]
        return document

    def _component(self, name: str, number: int) -> Any:
        document = self._read(f"components/{name}.yaml")
        self.documents[("components", number)] = (document, ())
        return self._with_ids(document.data, "indicators", document, ())

    def unknown_keys(self, document: yamlio.Document, parts: Iterable[str]) -> None:
        """Report keys at the top of a file that no part of the rubric has."""
        for key in document.data:
            if key not in parts:
                place = document.place((key,), key=True)
                self.problems.append(Problem("R302", place, {"key": key}, nearest(key, parts)))

    def _part(self, part: str, document: yamlio.Document) -> Any:
        """Return one part of the whole as plain data; its members know their ids."""
        self.documents[(part,)] = (document, (part,))
        content: Any = document.data[part]
        if part not in _WITH_IDS or not isinstance(content, dict):
            return content
        members = {key: {"id": key, **value} if isinstance(value, dict) else value for key, value in content.items()}
        if part != "challenges":
            return members
        return [
            self._with_ids(value, "barriers", document, (part, key)) if isinstance(value, dict) else value
            for key, value in members.items()
        ]

    def _with_ids(
        self, owner: dict[str, Any], field: str, document: yamlio.Document, path: tuple[str | int, ...]
    ) -> dict[str, Any]:
        """Turn a mapping of id to content into a list whose members know their id."""
        members = owner.get(field)
        if not isinstance(members, dict):
            return owner
        return {**owner, field: [
            {"id": key, **value} if isinstance(value, dict) else value for key, value in members.items()
        ]}

    def _document(self, part: str) -> yamlio.Document:
        """Return the file that holds a part; parts without a file of their own stand in rubric.yaml."""
        return self.documents.get((part,), self.documents[()])[0]

    def locate(self, loc: tuple[str | int, ...], data: dict[str, Any], *, key: bool = False) -> Place:
        """Return the place in a file of the part ``loc`` of the assembled rubric."""
        path = _named(loc, data)
        for length in range(len(loc), -1, -1):
            if loc[:length] in self.documents:
                document, prefix = self.documents[loc[:length]]
                return document.place((*prefix, *path[length:]), key=key)
        return Place(str(self.folder / "rubric.yaml"))

    def place(self, path: tuple[str | int, ...], *, key: bool = False) -> Place:
        """Return the place of the part at ``path``, a way of keys and ids; levels may be numbers."""
        if path[:1] == ("components",) and len(path) > 1:
            for owner, (document, _) in self.documents.items():
                if owner[:1] == ("components",) and document.data.get("id") == path[1]:
                    return document.place(path[2:], key=key)
        return self._document(str(path[0])).place(path, key=key)

    def explain(
        self, error: ValidationError, data: dict[str, Any], prefix: tuple[str | int, ...] = ()
    ) -> list[Problem]:
        """Turn every validation error into a problem at its place; ``prefix`` is where the model stands."""
        return [self._explain(item, data, prefix) for item in error.errors(include_url=False)]

    def _explain(self, item: Any, data: dict[str, Any], prefix: tuple[str | int, ...]) -> Problem:
        loc = tuple(part for part in (*prefix, *item["loc"]) if part not in ("none", "event", "elapsed"))
        last = str(loc[-1]) if loc else ""
        if item["type"] == "missing":
            return Problem("R301", self.locate(loc[:-1], data), {"key": last})
        if item["type"] == "extra_forbidden":
            return Problem("R302", self.locate(loc, data, key=True), {"key": last}, nearest(last, _keys()))
        values = {"value": _shown(item["input"]), "reason": reason(item)}
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
        found += self._id_problems(rubric)
        found += _order_problems(rubric, self.documents[()][0])
        found += self._gate_problems(rubric)
        found += self._barrier_problems(rubric)
        found += self._body_problems(rubric)
        if rubric.aims:
            found += _aim_problems(rubric.aims, rubric, self._document("aims"))
        return found

    def _barrier_problems(self, rubric: Rubric) -> list[Problem]:
        """Barriers cite instruments and limit indicators, and have an anchor for each level."""
        found: list[Problem] = []
        document = self._document("challenges")
        for challenge in rubric.challenges:
            for barrier in challenge.barriers:
                path = ("challenges", challenge.id, "barriers", barrier.id)
                found += _anchor_problems(barrier.id, sorted(barrier.anchors), rubric, document.place(path, key=True))
                found += _limit_problems(barrier, rubric, document, path)
        return found

    def _body_problems(self, rubric: Rubric) -> list[Problem]:
        """Bodies name their system, instrument, successor and default; the two scales rise."""
        if not rubric.bodies:
            return []
        document = self._document("bodies")
        found = _scale_problems(rubric, document)
        for body in rubric.bodies.values():
            for path, name, names in _body_references(body, rubric):
                if name is not None and name not in names:
                    found.append(_missing(body.id, name, names, document.place(("bodies", body.id, *path))))
        return found

    def _id_problems(self, rubric: Rubric) -> list[Problem]:
        """Report every id that was used before: anything of a rubric can be asked for by its id alone."""
        first: dict[str, Place] = {}
        found: list[Problem] = []
        for key, place in self._ids(rubric):
            if key in first:
                found.append(Problem("R307", place, {"key": key, "first": str(first[key])}))
            first.setdefault(key, place)
        return found

    def _ids(self, rubric: Rubric) -> Iterator[tuple[str, Place]]:
        """Yield every id with its place; keys of one mapping are unique already, but not between mappings."""
        top = self.documents[()][0]
        for number, stage in enumerate(rubric.stages):
            yield stage.id, top.place(("stages", number, "id"))
        for number, gate in enumerate(rubric.gates):
            yield gate.id, top.place(("gates", number, "id"))
        for number, component in enumerate(rubric.components):
            document = self.documents[("components", number)][0]
            yield component.id, document.place(("id",))
            for indicator in component.indicators:
                yield indicator.id, document.place(("indicators", indicator.id), key=True)
        for challenge in rubric.challenges:
            document = self._document("challenges")
            yield challenge.id, document.place(("challenges", challenge.id), key=True)
            for barrier in challenge.barriers:
                yield barrier.id, document.place(("challenges", challenge.id, "barriers", barrier.id), key=True)
        for part, members in (("systems", rubric.systems), ("bodies", rubric.bodies), ("aims", rubric.aims)):
            for key in members:
                yield key, self._document(part).place((part, key), key=True)

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


def _keys() -> set[str]:
    """Every key that may stand somewhere in a rubric."""
    models = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Frozen)]
    return {field.alias or name for kind in models for name, field in kind.model_fields.items()} - {"hash", "source"}


def _shown(value: Any) -> str:
    """A short picture of what was written."""
    if isinstance(value, dict | list | tuple):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = "true" if value is True else "false" if value is False else "nothing" if value is None else str(value)
    return f"«{text[:60]}»"


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
        named = isinstance(part, int) and isinstance(here, dict) and owner in ("indicators", "barriers", "challenges")
        key = here.get("id") if named else None
        path.append(key if isinstance(key, str) else part)
    return tuple(path)


def _anchor_problems(key: str, levels: list[int], rubric: Rubric, place: Place) -> list[Problem]:
    wanted = [level.level for level in rubric.levels]
    if levels == wanted:
        return []
    values = {"key": key, "found": _list(levels), "wanted": _list(wanted)}
    return [Problem("R304", place, values)]


def _list(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)


def _reference_problems(rubric: Rubric, key: str, citations: Any, steps: Any, place: Place) -> list[Problem]:
    instruments, indicators = set(rubric.instruments), set(rubric.indicators)
    missing = [(c.key, instruments) for c in citations if c.key not in instruments]
    missing += [(need, indicators) for step in steps.values() for need in step.needs if need not in indicators]
    return [_missing(key, name, names, place) for name, names in missing]


def _missing(key: str, name: str, names: Iterable[str], place: Place) -> Problem:
    return Problem("R305", place, {"key": key, "missing": name}, nearest(name, names))


def _limit_problems(
    barrier: Barrier, rubric: Rubric, document: yamlio.Document, path: tuple[str | int, ...]
) -> list[Problem]:
    cited = [
        _missing(barrier.id, citation.key, rubric.instruments, document.place((*path, "instruments", number, "key")))
        for number, citation in enumerate(barrier.instruments)
        if citation.key not in rubric.instruments
    ]
    limited = [
        _missing(barrier.id, name, rubric.indicators, document.place((*path, "limits", number)))
        for number, name in enumerate(barrier.limits)
        if name not in rubric.indicators
    ]
    return cited + limited


def _order_problems(rubric: Rubric, document: yamlio.Document) -> list[Problem]:
    """Numbers of levels count from 0; scores, thresholds and caps rise, thresholds from 0 (rules 1.1, 2.2 and 6)."""
    numbers = [level.level for level in rubric.levels]
    scores = [level.score for level in rubric.levels]
    starts = [stage.from_score for stage in rubric.stages]
    wrong: dict[tuple[str, str], tuple[Sequence[float], bool]] = {
        ("levels", "numbers of levels"): (numbers, numbers != list(range(len(numbers)))),
        ("levels", "scores of levels"): (scores, _falls(scores, strictly=True)),
        ("stages", "thresholds of stages"): (starts, starts[0] != 0 or _falls(starts, strictly=True)),
    }
    for kind in rubric.evidence.caps.official:
        caps = [rubric.evidence.caps.cap(strength, kind) for strength in STRENGTHS]
        wrong["evidence", f"caps for type {kind}"] = (caps, _falls(caps, strictly=False))
    place = {"levels": ("levels",), "stages": ("stages",), "evidence": ("evidence", "caps")}
    return [
        Problem("R308", document.place(place[part], key=True), {"what": what, "found": _list(found)})
        for (part, what), (found, bad) in wrong.items()
        if bad
    ]


def _falls(numbers: Sequence[float], *, strictly: bool) -> bool:
    """Whether a number is below the one before it, or not above it where the rise is strict."""
    return any(b <= a if strictly else b < a for a, b in pairwise(numbers))


_Reference = tuple[tuple[str, ...], str | None, Iterable[str]]


def _body_references(body: Body, rubric: Rubric) -> tuple[_Reference, ...]:
    """Return where a body names something, what it names, and what could be named there."""
    return (
        (("system",), body.system, rubric.systems),
        (("instrument",), body.instrument, rubric.instruments),
        (("successor",), body.successor, rubric.bodies),
        (("default_when_silent", "status"), body.default_when_silent.status, (*rubric.statuses, "unknown")),
    )


def _scale_problems(rubric: Rubric, document: yamlio.Document) -> list[Problem]:
    """Points of the statuses rise from 0 and the pair's levels count from 0, without gaps."""
    scales = {
        "statuses": [s.points for s in rubric.statuses.values() if s.points is not None],
        "pair_statuses": list(rubric.pair_statuses),
    }
    return [
        Problem("R308", document.place((name,), key=True), {"what": name, "found": _list(found)})
        for name, found in scales.items()
        if found != list(range(max(2, len(found))))
    ]


def load_aims(path: Path, rubric: Rubric) -> Mapping[str, Aim]:
    """Load strategic aims from a file of one's own, in the form of a rubric's ``aims.yaml``.

    Raises:
        InputError: the file is broken, or names what the rubric does not have; all problems at once.
    """
    loader = _Loader(path.parent)
    data = loader.only("aims", path.name)
    try:
        aims = TypeAdapter(Mapping[str, Aim]).validate_python(data["aims"])
    except ValidationError as error:
        raise InputError([*loader.problems, *loader.explain(error, data, ("aims",))]) from error
    problems = loader.problems or _aim_problems(aims, rubric, loader.documents[("aims",)][0])
    if problems:
        raise InputError(problems)
    return aims


def _aim_problems(aims: Mapping[str, Aim], rubric: Rubric, document: yamlio.Document) -> list[Problem]:
    return [
        _missing(aim.id, name, names, document.place(("aims", aim.id, field, name), key=True))
        for aim in aims.values()
        for field, given, names in (
            ("indicators", aim.indicators, rubric.indicators), ("bodies", aim.bodies, rubric.bodies)
        )
        for name in given
        if name not in names
    ]
