"""Draw a page the way «assess score» does, without attachments: the counterpart of ``bare_pdf``."""

import sys
from pathlib import Path

from assess.report.pdf import render_pdf


def main(page: str, out: str) -> None:
    """Render ``page`` to ``out``."""
    Path(out).write_bytes(render_pdf(Path(page).read_text(encoding="utf-8")))


if __name__ == "__main__":
    main(*sys.argv[1:])
