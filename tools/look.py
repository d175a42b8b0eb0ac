"""Draw every example in every language and paper, and lay its pages out on sheets to look at.

    python tools/look.py FOLDER [--only TEXT] [--resolution 48]

Each report becomes FOLDER/<example>-<language>-<paper>.pdf and pictures of ten pages each beside it. Nobody can
test what is ugly: look at the sheets after every change of a template.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*-20??.yaml"))
COLUMNS, ROWS, GAP = 5, 2, 8


def main() -> None:
    """Draw what was asked for and print the paths of the sheets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="only names that hold this text, such as -uk-letter")
    parser.add_argument("--resolution", type=int, default=48, help="dots per inch")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for example in EXAMPLES:
        for language in ("en", "uk"):
            for paper in ("a4", "letter"):
                name = f"{example.stem}-{language}-{paper}"
                if given.only in name:
                    pdf = _drawn(example, language, paper, given.folder / f"{name}.pdf")
                    for sheet in _sheets(pdf, given.resolution):
                        print(sheet, flush=True)


def _drawn(example: Path, language: str, paper: str, target: Path) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "assess", "score", str(example), "--format", "pdf", "--out", folder]
        subprocess.run([*command, "--language", language, "--paper", paper], cwd=ROOT, check=True, capture_output=True)
        target.write_bytes(Path(folder, f"{example.stem}.pdf").read_bytes())
    return target


def _sheets(pdf: Path, resolution: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(resolution), "-png", pdf, f"{folder}/page"], check=True)
        pages = [Image.open(path) for path in sorted(Path(folder).iterdir())]
        for number in range(0, len(pages), COLUMNS * ROWS):
            path = pdf.with_name(f"{pdf.stem}-{number // (COLUMNS * ROWS) + 1}.png")
            _sheet(pages[number : number + COLUMNS * ROWS]).save(path)
            yield path


def _sheet(pages: list[Image.Image]) -> Image.Image:
    width, height = (max(page.size[axis] for page in pages) + GAP for axis in (0, 1))
    sheet = Image.new("RGB", (COLUMNS * width, -(-len(pages) // COLUMNS) * height), "#888")
    for number, page in enumerate(pages):
        sheet.paste(page, (number % COLUMNS * width, number // COLUMNS * height))
    return sheet


if __name__ == "__main__":
    main()
