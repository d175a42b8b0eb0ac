"""The offline form in a real browser, driven as a person would: what tests of the form share."""

import atexit
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.conftest import program

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)


@lru_cache(maxsize=1)
def browser() -> Browser:
    """One browser for all tests of the process; it ends with the process."""
    driver = sync_playwright().start()
    atexit.register(driver.stop)
    return driver.chromium.launch(executable_path=program("chromium"), args=list(_QUIET))


class Form:
    """A form that is open in a browser; every request that leaves the page is refused and counted."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context, self.page = context, page
        self.requests: list[str] = []
        self.mistakes: list[str] = []
        page.on("pageerror", lambda error: self.mistakes.append(str(error)))
        page.on("console", lambda message: self.mistakes.append(message.text) if message.type == "error" else None)
        context.on("request", lambda request: self.requests.append(request.url))

    def go(self, place: str) -> None:
        """Follow the way to a page, a question or a body."""
        self.page.evaluate("id => { location.hash = id }", place)
        self.page.locator(f"[id='{place}']").wait_for()

    def question(self, key: str) -> Locator:
        """Go to a question and return its card."""
        self.go(key)
        return self.page.locator(f"article[id='{key}']")

    def answer(self, key: str, row: str, slot: str = "pair", section: str = "answers") -> Locator:
        """Choose a row of a question; return the panel that opens under it."""
        card = self.question(key)
        card.locator(f"[id='{section}.{key}.{slot}.{row}']").check()
        return card.locator(".panel").nth(int(slot == "B"))

    def open(self, file: Path) -> None:
        """Open a questionnaire from the disk, and wait until the form has taken it over or refused it."""
        self.page.evaluate("() => delete document.getElementById('app').dataset.opened")
        self.page.locator("#file").set_input_files(str(file))
        self.page.locator("#app[data-opened]").wait_for()

    def saved(self, folder: Path) -> Path:
        """Save the questionnaire and return the file that the browser wrote."""
        with self.page.expect_download() as waiting:
            self.page.locator("#save").click()
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def findings(self, within: str = "main") -> list[tuple[str, str, str]]:
        """Return code, path and message of every problem that is shown in a part of the page."""
        return [
            (one.get_attribute("data-code") or "", one.get_attribute("data-path") or "",
             one.locator(".what").text_content() or "")
            for one in self.page.locator(f"{within} .finding").all()
        ]

    def told(self, name: str, within: str, code: str) -> str:
        """Return the problems with ``code`` in a part of the page as the command line would print them."""
        text = ""
        for one in self.page.locator(f"{within} .finding[data-code={code}]").all():
            parts = [one.locator(f".{part}").text_content() for part in ("what", "rule .text", "way .text")]
            at = one.locator(".place")
            place = ":".join(re.findall(r"\d+", at.text_content() or "")) if at.count() else ""
            text += f"{name}{':' if place else ''}{place} {one.get_attribute('data-code')} {parts[0]}\n"
            text += f"    Rule: {parts[1]}\n    Way out: {parts[2]}\n"
        return text


@contextmanager
def opened(file: Path, **how: Any) -> Iterator[Form]:
    """Open a form; at the end it made no mistake and asked nothing of the network."""
    context = browser().new_context(**{"viewport": {"width": 1200, "height": 900}, "reduced_motion": "reduce", **how})
    context.set_default_timeout(10_000)
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    try:
        form = Form(context, context.new_page())
        form.page.goto(file.as_uri())
        form.page.locator("#page h1").wait_for()
        yield form
        assert form.mistakes == []
        assert [url for url in form.requests if not url.startswith(("file:", "blob:"))] == []
    finally:
        context.close()
