"""What the offline form weighs, and how long a browser takes until it can be filled in.

Run ``python -m benchmarks.form [FILE]``; FILE fills the form.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from assess.cli.main import main as assess
from benchmarks.startup import EXAMPLE

_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")
_READY = "() => performance.getEntriesByName('ready')[0]?.startTime"


def main(example: Path = EXAMPLE) -> None:
    """Print one line a form: empty and filled, in each language."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(_QUIET))
        for language in ("en", "uk"):
            for name, how in (("empty", ("--parties", "UA,EU")), ("filled", ("--from", str(example)))):
                file = Path(folder, f"{name}-{language}.html")
                _write("form", *how, "--language", language, "-o", str(file))
                size = file.stat().st_size / 1000
                print(f"form, {name}, {language}: {size:.0f} kB (goal 1000 kB), "
                      f"ready after {_loading(browser, file):.0f} ms (goal 1000 ms)")
        browser.close()


def _write(*arguments: str) -> None:
    try:
        assess(arguments)
    except SystemExit as ended:
        if ended.code:
            raise


def _loading(browser: Browser, file: Path) -> float:
    """Milliseconds from the start of loading until the form stands, the median of seven fresh windows."""
    times = []
    for _ in range(7):
        page = browser.new_page()
        page.goto(file.as_uri())
        times.append(float(page.wait_for_function(_READY).json_value()))
        page.close()
    return median(times)


if __name__ == "__main__":
    main(*(Path(path) for path in sys.argv[1:2]))
