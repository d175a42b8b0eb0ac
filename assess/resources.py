"""Find the data folders (rubrics, report templates, locales) in a checkout and in a wheel.

In a checkout the folders stand at the top level, beside this package, for the people who
edit them; in a wheel they lie inside the package, under ``_data``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder ``name`` (``rubrics``, ``report_templates`` or ``locales``).

    Raises:
        FileNotFoundError: the installation is damaged, neither place has the folder.
    """
    for place in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the data folder {name!r} is missing from this installation")
