"""Record what the version of each installed rubric holds, so that it cannot change unseen.

``python tools/record_rubric.py`` writes the hash of each rubric's current version into
rubrics/released.json. ``--release`` also keeps its whole content under history/, where
``assess migrate`` finds it; from then on the version is immutable, and this tool refuses another hash.
"""

import json
import sys
from pathlib import Path

from assess.rubric.load import installed_rubrics, load_rubric
from assess.rubric.model import Rubric

RUBRICS = Path(__file__).parents[1] / "rubrics"
RECORD = "released.json"


def history_file(rubrics: Path, rubric: Rubric) -> Path:
    """Where the content of a released version is kept."""
    return rubrics / rubric.id / "history" / f"{rubric.version}.json"


def record(rubrics: Path, rubric: Rubric, *, release: bool) -> str:
    """Write the hash, and with ``release`` the content; return what was done in a line."""
    name, kept = f"{rubric.id} {rubric.version}", history_file(rubrics, rubric)
    file = rubrics / RECORD
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    if kept.exists() and known.get(name) != rubric.hash:
        return f"{name} is released and cannot change: give the rubric a new version"
    file.write_text(json.dumps(known | {name: rubric.hash}, indent=2, sort_keys=True) + "\n")
    if release and not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(rubric.source, encoding="utf-8")
    return f"{name} {'released' if kept.exists() else 'recorded'}: {rubric.hash}"


def main(release: bool) -> int:
    """Record every installed rubric; end with 1 if a released one was changed."""
    told = [record(RUBRICS, load_rubric(name), release=release) for name in installed_rubrics()]
    print("\n".join(told))
    return int(any("cannot change" in line for line in told))


if __name__ == "__main__":
    sys.exit(main("--release" in sys.argv[1:]))
