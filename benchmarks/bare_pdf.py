"""The least that a PDF takes: import WeasyPrint and render the same HTML with the same options."""

import sys
from pathlib import Path

import weasyprint

from assess.report.pdf import FORMAT

FONTS = Path(__file__).parents[1] / "report_templates"


def main(page: str, out: str) -> None:
    """Render ``page`` to ``out``."""
    html = weasyprint.HTML(string=Path(page).read_text(encoding="utf-8"), base_url=FONTS.as_uri() + "/")
    html.write_pdf(out, pdf_variant=FORMAT)


if __name__ == "__main__":
    main(*sys.argv[1:])
