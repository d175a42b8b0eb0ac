"""Documents are ZIP archives; written anew so that the same content gives the same bytes."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_YEAR = 1980  # of the calendar of ZIP


def repacked(archive: bytes, day: date) -> bytes:
    """Return ``archive`` with every entry dated ``day``, the same compression, and no trace of the machine."""
    when = (max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0)
    made = BytesIO()
    with ZipFile(BytesIO(archive)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, when)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
            target.writestr(entry, source.read(name))
    return made.getvalue()
