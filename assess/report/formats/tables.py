"""The whole assessment as plain tables: every list of the tree is a table, every number stays a number.

The tables are read off the models themselves, so that whatever an assessment holds is in them, with
the names that the JSON has. A value is found by its path there: the row ``TRU-01`` of the table
``indicators`` holds ``points``, and ``bounds.low`` for what stands one level deeper.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from assess.assessment import Assessment

Value = str | int | float | bool | None

# What tells one row of a list from the next, where it has no id.
_KEYS = ("id", "rater", "slot", "side", "kind", "indicator", "barrier", "stage", "figure", "direction", "year", "code")
# Names that the path alone would not give.
_NAMES = {"uncertainty components": "ranges", "uncertainty stages chances": "stage chances",
          "uncertainty stages named": "stages named", "uncertainty open_questions": "question values"}
_OWNED = ("components", "challenges", "bodies", "systems", "aims")


@dataclass(slots=True)
class Table:
    """One table; ``meanings`` are the words of the model for each column, and may be empty."""

    name: str
    about: str
    columns: tuple[str, ...]
    meanings: Mapping[str, str]
    rows: list[tuple[Value, ...]] = field(default_factory=list)

    def column(self, name: str) -> list[Value]:
        """Return the values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]


def tables_of(assessment: Assessment) -> dict[str, Table]:
    """Return every table by name; the first, ``figures``, holds the single figures: path, value."""
    figures = Table("figures", "", ("figure", "value"), {})
    found = {"figures": figures}
    _collect(assessment, type(assessment), (), found)
    return found


def _collect(model: BaseModel | None, kind: type[BaseModel], path: tuple[str, ...], found: dict[str, Table]) -> None:
    """Walk a model that is not in a list: single figures go to ``figures``, lists become tables."""
    for name, info in kind.model_fields.items():
        value = None if model is None else getattr(model, name)
        one, many = _model_of(info.annotation)
        if many is not None:
            _table(value or (), many, (*path, name), {}, found, info.description or "")
        elif one is not None:
            _collect(value, one, (*path, name), found)
        elif model is not None:
            label = ".".join((*path, name))
            short = label.removeprefix("result.")
            taken = short in found["figures"].column("figure")  # the file and the result in it name both their scheme
            found["figures"].rows.append((label if taken else short, plain(value)))


def _table(values: Any, kind: type[BaseModel], path: tuple[str, ...], keys: Mapping[str, Value],
           found: dict[str, Table], about: str) -> None:
    """Add the rows of one list, and the tables of the lists within each."""
    name = _name(path)
    leaves = dict(sorted(_leaves(kind), key=lambda leaf: leaf[0] != "id"))
    mapped = isinstance(values, Mapping)
    columns = (*keys, *(("id",) if mapped else ()), *leaves)
    table = found.setdefault(name, Table(name, about or _first(kind), columns, leaves))
    assert table.columns == columns, f"two lists are called {name}"
    items = values.items() if mapped else ((None, value) for value in values)
    for key, item in items:
        own = (*keys.values(), *((key,) if mapped else ()))
        table.rows.append((*own, *(plain(_at(item, leaf)) for leaf in leaves)))
        below = {**keys, **_keys(item, path[-1])}
        for inner, info in kind.model_fields.items():
            many = _model_of(info.annotation)[1]
            if many is not None:
                _table(getattr(item, inner), many, (*path, inner), below, found, info.description or "")
    if not values:
        _empty(kind, path, keys, found)


def _empty(kind: type[BaseModel], path: tuple[str, ...], keys: Mapping[str, Value], found: dict[str, Table]) -> None:
    """Name the tables within a list that has no rows, so that every workbook has the same sheets."""
    below = {**keys, **{_singular(path[-1]) if key == "id" else key: None for key in _KEYS if key in kind.model_fields}}
    for inner, info in kind.model_fields.items():
        many = _model_of(info.annotation)[1]
        if many is not None:
            _table((), many, (*path, inner), below, found, info.description or "")


def _keys(item: BaseModel, owner: str) -> dict[str, Value]:
    names = [key for key in _KEYS if key in type(item).model_fields]
    return {_singular(owner) if key == "id" else key: plain(getattr(item, key)) for key in names}


def _singular(name: str) -> str:
    return {"bodies": "body"}.get(name, name.removesuffix("s"))


def _name(path: tuple[str, ...]) -> str:
    parts = [part for part in path if part != "result"]
    if len(parts) > 1 and parts[0] in _OWNED:
        last = parts[-1]
        owner = _singular(parts[-3] if last == "steps" else parts[-2])
        return last if last in ("indicators", "barriers", "footprints") else f"{owner} {last}"
    name = " ".join(parts)
    return _NAMES.get(name, name.removeprefix("uncertainty "))


def _first(kind: type[BaseModel]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _leaves(kind: type[BaseModel], before: str = "") -> Iterator[tuple[str, str]]:
    """Every column of a model with its meaning: plain values, and those of models within it."""
    for name, info in kind.model_fields.items():
        one, many = _model_of(info.annotation)
        if one is not None:
            yield from _leaves(one, f"{before}{name}.")
        elif many is None:
            yield f"{before}{name}", info.description or ""


def _at(item: BaseModel, leaf: str) -> Any:
    value: Any = item
    for name in leaf.split("."):
        value = None if value is None else getattr(value, name)
    return value


def _model_of(kind: Any) -> tuple[type[BaseModel] | None, type[BaseModel] | None]:
    """Return the model of a field, and the model in its list or mapping; both may be None."""
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind, None
    if origin is Annotated:
        return _model_of(parts[0])
    if origin is Literal or not parts:
        return None, None
    if origin is tuple or (isinstance(origin, type) and issubclass(origin, Mapping)):
        inside = parts[0] if origin is tuple else parts[1]
        return None, _model_of(inside)[0]
    if origin is Union or str(origin) == "<class 'types.UnionType'>":
        found = [pair for part in parts if (pair := _model_of(part)) != (None, None)]
        return found[0] if found else (None, None)
    return None, None


def plain(value: Any) -> Value:
    """Return a value for one cell; the parts of a list are joined by commas."""
    if isinstance(value, tuple | list):
        return ", ".join(_short(part) for part in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_short(part)}" for key, part in value.items())
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def _short(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
