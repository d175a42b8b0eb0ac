"""The least that a check could do: parse the same YAML files, build the same models, nothing more."""

import sys
from pathlib import Path

import yaml

from assess.questionnaire.model import Questionnaire
from assess.rubric.model import Rubric

ROOT = Path(__file__).parents[1]


def plain(path: Path) -> dict:  # type: ignore[type-arg]
    """Parse a file the fastest way that PyYAML has; texts stay texts."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


def members(owner: dict, field: str) -> dict:  # type: ignore[type-arg]
    """Give the members of a mapping their ids."""
    return owner | {field: [{"id": key, **value} for key, value in owner[field].items()]}


def main(path: str) -> None:
    """Build the rubric and the questionnaire without looking for problems."""
    folder = ROOT / "rubrics/cyberdialog"
    data = plain(folder / "rubric.yaml")
    data["components"] = [members(plain(folder / f"components/{name}.yaml"), "indicators")
                          for name in data["components"]]
    data["challenges"] = [members({"id": key, **value}, "barriers")
                          for key, value in plain(folder / "challenges.yaml")["challenges"].items()]
    data["instruments"] = plain(folder / "instruments.yaml")["instruments"]
    for part in ("bodies", "aims"):
        plain(folder / f"{part}.yaml")
    Rubric.model_validate(data, extra="ignore")
    answers = plain(Path(path))
    keys = ("rubric", "relationship", "as_of", "answered_by", "evidence")
    Questionnaire.model_validate({key: answers[key] for key in keys if key in answers})


if __name__ == "__main__":
    main(sys.argv[1])
