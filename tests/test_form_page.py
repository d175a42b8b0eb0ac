"""The page of the offline form: what it weighs, allows and shows, and whether everybody can use it."""

import hashlib
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from assess.cli.main import main
from assess.language import translator
from assess.questionnaire.form import MAX_BYTES, SCRIPTS
from assess.resources import data_folder
from assess.rubric.load import load_rubric, rubric_translator
from tests.formpage import Form, opened

ROOT = Path(__file__).parents[1]
ASSETS = data_folder("report_templates") / "form"
PLACES = ("about", "sources", "TRU", "BOD-UN-4", "end")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A form in each language, filled with a real example."""
    folder = tmp_path_factory.mktemp("pages")
    files = {}
    for language in ("en", "uk"):
        files[language] = folder / f"{language}.html"
        with pytest.raises(SystemExit) as ended:
            main(["form", "--from", str(ROOT / "examples" / "eu-ukraine-2026.yaml"), "--language", language,
                  "-o", str(files[language])])
        assert ended.value.code == 0
    return files


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_form_is_one_file_under_a_megabyte_with_both_languages_inside(
    pages: dict[str, Path], language: str
) -> None:
    content = pages[language].read_bytes()
    assert len(content) < MAX_BYTES
    assert re.findall(rb"<(?:link|img|iframe|object|embed)\b|\ssrc=|\shref=|\son[a-z]+=|\sstyle=", content[:2000]) == []


def test_the_policy_allows_this_script_and_this_style_and_nothing_else(pages: dict[str, Path]) -> None:
    text = pages["en"].read_text()
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert (len(scripts), len(styles)) == (1, 1)

    def mark(content: str) -> str:
        import base64

        return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

    assert re.findall(r'Content-Security-Policy" content="([^"]*)"', text) == [
        f"default-src 'none'; script-src '{mark(scripts[0])}'; style-src '{mark(styles[0])}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ]


def test_no_script_of_the_form_makes_code_or_markup_of_text() -> None:
    own = "".join((ASSETS / name).read_text() for name in SCRIPTS)
    assert re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|fetch\(|XMLHttp|"
                      r"WebSocket|sendBeacon|import\(", own) == []


def test_the_yaml_library_is_the_one_that_was_built() -> None:
    recorded, name = (ASSETS / "yaml.sha256").read_text().split()
    assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == recorded


def test_the_form_carries_the_licence_of_the_library(pages: dict[str, Path]) -> None:
    assert (ASSETS / "yaml.LICENSE.txt").read_text() in pages["en"].read_text()


def test_modules_share_one_scope_without_taking_a_name_twice() -> None:
    names = [name for module in SCRIPTS for name in re.findall(
        r"^(?:export )?(?:async )?(?:const|let|function|class) (\w+)", (ASSETS / module).read_text(), re.MULTILINE)]
    assert sorted(names) == sorted(set(names))


def test_every_text_of_the_form_is_there_in_ukrainian() -> None:
    from assess.questionnaire.form import _words

    words = _words({name: (ASSETS / name).read_text() for name in SCRIPTS})
    tr = translator("uk")
    assert [word for word in words if tr(word) == word] == []
    assert len(words) > 150


def test_text_of_a_file_is_never_markup(chromium: str, pages: dict[str, Path], tmp_path: Path) -> None:
    evil = "<img src=x onerror=document.title=1><script>document.title=2</script>"
    file = tmp_path / "evil.yaml"
    file.write_text(
        f"rubric: cyberdialog 1.0\nrelationship: {{parties: {{A: {{code: AA, name: '{evil}'}}, "
        f"B: {{code: BB, name: B}}}}, title: '{evil}'}}\nas_of: 2026-11-01\n"
        f"answered_by: {{side: third, role: '{evil}'}}\nevidence:\n"
        f"  a: {{title: '{evil}', grade: A, source: both, url: 'javascript:alert(1)'}}\n"
        f"answers: {{TRU-01: {{level: 1, note: '{evil}', evidence: [a, '{evil}']}}, '{evil}': 3}}\n"
        f"'{evil}': 1\n")
    with opened(pages["en"]) as form:
        form.open(file)
        for place in PLACES:
            form.go(place)
            assert form.page.locator("#app img, #app script, #app [onerror], #app a[href^='javascript']").count() == 0
        assert evil in form.page.title()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_axe_finds_nothing_in_any_state_of_the_form(
    chromium: str, pages: dict[str, Path], language: str, scheme: str
) -> None:
    with opened(pages[language], color_scheme=scheme, bypass_csp=True) as form:
        found = {place: axe(form, place) for place in PLACES}
        form.go("TRU-01")
        for fold in form.page.locator("#TRU-01 details").all():
            fold.evaluate("fold => { fold.open = true }")
        found["folds"] = violations(form)
        form.page.locator("#TRU-01 [value=not_applicable], #TRU-01 [value=disputed]").first.check()
        found["broken"] = violations(form)
        form.page.locator("#TRU-01 .row button").click()
        found["window"] = violations(form)
        form.page.keyboard.press("Escape")
        form.page.set_viewport_size({"width": 320, "height": 640})
        found["narrow"] = violations(form)
        assert form.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert {place: what for place, what in found.items() if what} == {}


def axe(form: Form, place: str) -> list[tuple[str, str]]:
    form.go(place)
    return violations(form)


def violations(form: Form) -> list[tuple[str, str]]:
    """What axe finds against WCAG 2.2 A and AA and its good practices."""
    found = Axe().run(form.page).response["violations"]
    return [(one["id"], node["html"][:160]) for one in found for node in one["nodes"]]


def test_the_form_is_filled_in_with_the_keyboard_alone(chromium: str, pages: dict[str, Path], tmp_path: Path) -> None:
    with opened(pages["en"]) as form:
        keys = form.page.keyboard
        form.page.locator("#next").focus()
        keys.press("Enter")
        form.page.wait_for_function("document.activeElement.id !== 'next'")  # the address changes first, then the page
        here = form.page.evaluate("document.activeElement.id")
        assert load_rubric().indicators[here].type == "P"
        for _ in range(40):
            keys.press("Tab")
            if form.page.evaluate("document.activeElement.type") == "radio":
                break
        keys.press("ArrowUp")
        chosen = form.page.evaluate("document.activeElement.value")
        assert form.page.evaluate("document.activeElement.checked")
        with form.page.expect_download() as waiting:
            keys.press("Control+s")
        waiting.value.save_as(tmp_path / "keys.yaml")
    from assess import yamlio

    answer = yamlio.read(tmp_path / "keys.yaml").data["answers"][here]  # type: ignore[index,call-overload]
    assert str(answer["level"]) == chosen  # type: ignore[index,call-overload]


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A form that nobody has begun."""
    with pytest.raises(SystemExit) as ended:
        main(["form", "--parties", "UA,EU", "-o", str(tmp_path / "blank.html")])
    assert ended.value.code == 0
    return tmp_path / "blank.html"


BOTH, SIDE, ROLE = "Say whose view this is, and the role.", "Say whose view this is.", "Say the role."
WHO = "section[aria-label='Who answers']"


def test_who_answers_is_asked_for_in_words_of_the_form_once_its_fields_were_left(chromium: str, blank: Path) -> None:
    with opened(blank) as form:
        told = [form.findings(WHO)]
        form.page.get_by_label("somebody else").focus()
        told.append(form.findings(WHO))
        form.page.keyboard.press("Tab")
        told.append(form.findings(WHO))
        form.page.keyboard.press("Tab")
        told.append(form.findings(WHO))
        form.page.get_by_label("somebody else").check()
        told.append(form.findings(WHO))
        form.page.get_by_label("Role", exact=True).fill("desk officer")
        told.append(form.findings(WHO))
    missing = ("Q201", "answered_by")
    assert told == [[], [], [], [(*missing, BOTH)], [(*missing, ROLE)], []]


def test_the_check_at_the_end_asks_who_answers_in_the_words_of_the_form(chromium: str, blank: Path) -> None:
    with opened(blank) as form:
        form.page.get_by_label("Role", exact=True).fill("desk officer")
        assert form.findings(WHO) == []
        form.go("end")
        assert [row for row in form.findings() if row[0] == "Q201"] == [("Q201", "answered_by", SIDE)]
        form.go("about")
        assert form.findings(WHO) == [("Q201", "answered_by", SIDE)]


def test_the_way_to_the_next_place_says_whether_it_is_blank_or_unknown(
    chromium: str, tmp_path: Path
) -> None:
    tiny = Path(__file__).parent / "rubrics" / "tiny"
    sheet = (Path(__file__).parent / "broken" / "sound.yaml").read_text()
    rubric = load_rubric(str(tiny))
    names = []
    for state in ("blank", "unknown", "known"):
        text = sheet.split("answers:")[0]
        if state != "blank":
            value = "unknown" if state == "unknown" else "{not_applicable: excluded by the mandate}"
            text += "answers:\n" + "".join(f"  {key}: {value}\n" for key in rubric.indicators)
            text += "challenges:\n" + "".join(f"  {key}: {value}\n" for key in rubric.barriers)
            status = next(iter(rubric.statuses))
            body = "unknown" if state == "unknown" else f"{{A: {status}, B: {status}, together: 0}}"
            text += "bodies:\n" + "".join(f"  {key}: {body}\n" for key in rubric.bodies)
        (tmp_path / f"{state}.yaml").write_text(text)
        with pytest.raises(SystemExit):
            main(["form", "--from", str(tmp_path / f"{state}.yaml"), "--rubric", str(tiny),
                  "-o", str(tmp_path / f"{state}.html")])
        with opened(tmp_path / f"{state}.html") as form:
            names.append(form.page.locator("#next").inner_text())
    assert names == ["Next open question", "Next unknown question", "Check and save"]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_on_a_phone_the_choices_of_language_and_colours_show_their_words_whole(
    chromium: str, pages: dict[str, Path], language: str
) -> None:
    with opened(pages[language], viewport={"width": 390, "height": 844}) as form:
        assert form.page.evaluate("""() => [...document.querySelectorAll(".tools select")].map(select => {
          const whole = select.cloneNode(true)
          whole.value = select.value
          whole.style.width = "auto"
          whole.style.maxWidth = "none"
          document.body.append(whole)
          const cut = select.getBoundingClientRect().width < whole.getBoundingClientRect().width
          whole.remove()
          return cut
        })""") == [False, False]


def test_a_question_is_found_by_its_words_and_reached_with_enter(chromium: str, pages: dict[str, Path]) -> None:
    with opened(pages["en"]) as form:
        form.page.locator("#find").fill("crisis channel")
        assert form.page.locator(".results").inner_text().split("\n")[0] == "TRU-02 Crisis channel"
        form.page.locator("#find").press("Enter")
        form.page.locator("#TRU-02").wait_for()


def test_every_error_at_the_end_leads_to_its_place(chromium: str, pages: dict[str, Path]) -> None:
    with opened(pages["en"]) as form:
        form.answer("TRU-01", "disputed")
        form.go("end")
        link = form.page.locator(".finding.error a").first
        assert link.text_content() == "Go to TRU-01 Founding commitment"
        link.click()
        form.page.locator("article#TRU-01").wait_for()


def test_the_language_changes_inside_the_form_and_keeps_the_answers(chromium: str, pages: dict[str, Path]) -> None:
    with opened(pages["en"]) as form:
        form.go("TRU-01")
        before = form.page.locator("article input:checked").count()
        form.page.locator("#language").select_option("uk")
        form.page.locator("html[lang=uk]").wait_for()
        assert form.page.locator("#pair").text_content() == "Україна – Європейський Союз"
        tr = rubric_translator("cyberdialog", "uk")
        question = load_rubric().indicators["TRU-01"]
        assert form.page.locator("#TRU-01 .asked").text_content() == tr(question.question)
        assert form.page.locator("article input:checked").count() == before


def test_paper_shows_every_question_and_what_was_answered(chromium: str, pages: dict[str, Path]) -> None:
    import io

    from pypdf import PdfReader

    with opened(pages["en"]) as form:
        paper = form.page.pdf()
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    rubric = load_rubric()
    assert [key for key in (*rubric.indicators, *rubric.barriers, *rubric.bodies) if key not in text] == []
    assert "Text on the third round in Brussels" in text
