"""The report in a browser, on a phone and on a desk: words stay whole, nothing is beyond the edge or on a text."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assess.assessment import Assessment, assess
from assess.questionnaire.load import load_questionnaire
from assess.report.html import render_html
from assess.report.make import view_of
from assess.rubric.load import load_rubric, rubric_translator
from tests.formpage import browser

EXAMPLE = Path(__file__).parents[1] / "examples" / "us-ukraine-2026.yaml"
# Every word of a head that stands on two lines, every head of figures that does, and every caption beyond the edge.
FAULTS = r"""() => {
  document.querySelectorAll("details").forEach(part => { part.open = true })
  const lines = (node, from, to) => {
    const range = document.createRange()
    range.setStart(node, from), range.setEnd(node, to)
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size
  }
  const texts = node => node.nodeType === 3 ? [node] : [...node.childNodes].flatMap(texts)
  const broken = head => texts(head).flatMap(node => [...node.data.matchAll(/[^\s\/–-]+/g)]
    .filter(word => lines(node, word.index, word.index + word[0].length) > 1).map(word => `broken: ${word[0]}`))
  const wrapped = head => texts(head).filter(node => lines(node, 0, node.length) > 1)
    .map(node => `wrapped: ${node.data}`)
  const beyond = caption => {
    const range = document.createRange()
    range.selectNodeContents(caption)
    return range.getBoundingClientRect().right > innerWidth ? [`beyond: ${caption.textContent}`] : []
  }
  const of = (selector, faults) => [...document.querySelectorAll(selector)].flatMap(faults)
  return [...of("th", broken), ...of("thead th.n", wrapped), ...of("caption", beyond),
    ...document.documentElement.scrollWidth > innerWidth ? ["the page is wider than the screen"] : []]
}"""
# What the way up shares with a text beside or under it, after the page was scrolled to here.
COVERED = """share => {
  scrollTo(0, share * document.documentElement.scrollHeight)
  const up = document.querySelector(".top").getBoundingClientRect()
  const text = document.querySelector("main").getBoundingClientRect()
  const beside = up.left >= text.right, line = up.left === 0 && up.right === document.documentElement.clientWidth
  return beside || line && up.bottom === innerHeight && (share < 1 || text.bottom <= up.top)
}"""


@lru_cache(maxsize=1)
def scored() -> Assessment:
    rubric = load_rubric()
    return assess(rubric, [load_questionnaire(EXAMPLE, rubric)[0]])


@pytest.fixture(params=["en", "uk"])
def report(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    tr = rubric_translator("cyberdialog", request.param)
    file = tmp_path / "report.html"
    file.write_text(render_html(view_of(scored(), load_rubric(), tr), tr, "screen"), encoding="utf-8")
    page = browser().new_page()
    page.goto(file.as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_words_of_heads_stay_whole_and_captions_stay_on_the_screen(report: Page, width: int) -> None:
    report.set_viewport_size({"width": width, "height": 844})
    assert report.evaluate(FAULTS) == []


@pytest.mark.parametrize("width", [390, 1024, 1280])
def test_the_way_up_never_lies_on_a_text(report: Page, width: int) -> None:
    report.set_viewport_size({"width": width, "height": 844})
    assert [report.evaluate(COVERED, share) for share in (0, 0.5, 1)] == [True, True, True]
