"""Load a rubric from its folder into frozen models, with every problem at its line."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assess import yamlio
from assess.files import is_file
from assess.frozen import Frozen
from assess.language import Translator, translator
from assess.problems.model import InputError, Place, Problem
from assess.problems.nearest import nearest
from assess.reasons import picture, reason
from assess.resources import data_folder
from assess.rubric import model
from assess.rubric.checks import aim_problems, reference_problems
from assess.rubric.model import Aim, Rubric

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


def is_as_released(rubric: Rubric) -> bool:
    """Whether a rubric is what was recorded of its version when it was released.

    Nothing is recorded of rubrics of one's own: they are what they are, unless they bear the name of an installed one.
    """
    recorded: dict[str, str] = json.loads((data_folder("rubrics") / "released.json").read_text(encoding="utf-8"))
    known = recorded.get(f"{rubric.id} {rubric.version}")
    return known == rubric.hash or (known is None and rubric.id not in installed_rubrics())


def rubric_folder(name: str) -> Path:
    """Return the folder of an installed rubric (by id) or of a rubric of one's own (by path).

    Raises:
        InputError: R306, there is no such rubric.
    """
    for folder in (Path(name), data_folder("rubrics") / Path(name).name):
        if is_file(folder / "rubric.yaml"):
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
    problems = reference_problems(rubric, loader.document)
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

    def document(self, *owner: str | int) -> yamlio.Document:
        """Return the file that holds a part; parts without a file of their own stand in rubric.yaml."""
        found = self.documents.get(owner) or self.documents[()]
        return found[0]

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
        return self.document(path[0]).place(path, key=key)

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
        values = {"value": picture(item["input"]), "reason": reason(item)}
        return Problem("R303", self.locate(loc, data), values)

def _keys() -> set[str]:
    """Every key that may stand somewhere in a rubric."""
    models = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Frozen)]
    return {field.alias or name for kind in models for name, field in kind.model_fields.items()} - {"hash", "source"}


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
    problems = loader.problems or aim_problems(aims, rubric, loader.document("aims"))
    if problems:
        raise InputError(problems)
    return aims
