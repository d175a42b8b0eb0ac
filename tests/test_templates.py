"""Templates of the user's own replace the bundled ones, and none of them gets out of its room."""

import base64
import os
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tiny import TINY, questionnaire

from assess.assessment import Assessment, assess
from assess.language import ENGLISH
from assess.problems.model import InputError
from assess.problems.render import as_text
from assess.report import sandbox
from assess.report.html import Medium, render_html
from assess.report.loads import loads
from assess.report.make import Wish, render, view_of
from assess.report.provenance import Sources
from assess.report.templates import Templates, templates_folder
from assess.report.verify import verify

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def small(**sections: Any) -> Assessment:
    answers = {"ONE-01": {"level": 5, "evidence": ["a-both"]}, "TWO-02": {"level": 1, "evidence": ["a-old"]}}
    return assess(TINY, [questionnaire(**{"answers": answers} | sections)], ranges=False)


class Folder:
    """A folder of templates, and what comes of a report with them."""

    def __init__(self, path: Path) -> None:
        self.path = path / "mine"
        self.path.mkdir()

    def write(self, name: str, text: str | bytes) -> None:
        (self.path / name).parent.mkdir(exist_ok=True)
        (self.path / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def page(self, front: str | None = None, medium: Medium = "screen", **sections: Any) -> str:
        if front is not None:
            self.write("front.html", front)
        view = view_of(small(**sections), TINY, ENGLISH)
        return render_html(view, ENGLISH, medium, templates=Templates.of(self.path))

    def pdf(self, front: str | None = None) -> bytes:
        if front is not None:
            self.write("front.html", front)
        wish = Wish(("pdf",), templates=Templates.of(self.path))
        return render(small(), TINY, Sources([b"rubric: tiny 0.1\n"]), wish)

    def refused(self, front: str, medium: Medium = "screen") -> str:
        """Return the first line of what is said about a template."""
        with pytest.raises(InputError) as caught:
            self.page(front, medium)
        text = as_text(caught.value.problems, ENGLISH)
        assert all(line.startswith("    ") or f"{self.path}" in line for line in text.splitlines())
        return text.splitlines()[0].replace(f"{self.path}/", "").replace(str(self.path), "DIR")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# --- what one may do --------------------------------------------------------------------------------


def test_a_file_of_the_folder_replaces_the_bundled_one_of_the_same_name(folder: Folder) -> None:
    page = folder.page("<h1>Ours: {{ view.front.index }}</h1>")
    assert "<h1>Ours: " in page and 'id="evidence"' in page


def test_one_block_is_replaced_by_extending_the_bundled_page(folder: Folder) -> None:
    folder.write("report.html", "{% extends 'bundled/report.html' %}"
                 "{% block front %}<h1>Ours</h1>{{ part.figure(view.front.strip) }}{% endblock %}"
                 "{% block method %}{% endblock %}")
    page = folder.page()
    assert "<h1>Ours</h1><figure" in page.replace("\n", "") and 'id="evidence"' in page and 'id="method"' not in page


def test_a_style_sheet_is_replaced_and_an_own_one_comes_last(folder: Folder) -> None:
    folder.write("screen.css", "h1 { color: rebeccapurple }")
    folder.write("extra.css", "h1 { color: teal }")
    page = folder.page()
    assert "prefers-color-scheme" not in page.split("</style>")[0].split("rebeccapurple")[1]
    assert page.index("rebeccapurple") < page.index("teal") < page.index("</style>")


def test_a_picture_of_the_folder_is_in_the_page_whole_and_in_the_pdf(folder: Folder) -> None:
    folder.write("logo.png", PIXEL)
    both = "<h1>T</h1><img alt='Crest' src='{{ embed('logo.png') }}'>"
    assert f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}" in folder.page(both)
    plain = PdfReader(BytesIO(folder.pdf("<h1>T</h1><img alt='Crest' src='logo.png'>")))
    assert [image.image.size for image in plain.pages[0].images if image.image] == [(1, 1)]
    assert len(PdfReader(BytesIO(folder.pdf(both))).pages[0].images) == 1


def test_the_same_templates_give_the_same_bytes_and_verify_asks_for_them(folder: Folder) -> None:
    first = folder.pdf("<h1>Ours</h1>")
    assert first == folder.pdf()
    wish = Wish(("pdf",), templates=Templates.of(folder.path))
    source = (Path(__file__).parent / "broken" / "sound.yaml").read_bytes()
    whole = assess(TINY, [questionnaire(answers={})])
    made = render(whole, TINY, Sources([source]), wish)
    told = [p.code for p in verify(made, "r.pdf", Templates.of(folder.path)).problems]
    assert "P436" not in told
    assert verify(made, "r.pdf").problems[-1].code == "P436"
    folder.write("front.html", "<h1>Theirs</h1>")
    assert verify(made, "r.pdf", Templates.of(folder.path)).problems[-1].code == "P436"


def test_a_file_that_replaces_nothing_is_a_warning_with_the_nearest_name(folder: Folder) -> None:
    folder.write("fornt.html", "")
    folder.write("README.txt", "")
    templates = Templates.of(folder.path)
    (warning,) = templates.unused()
    assert (warning.code, warning.nearest[0]) == ("P434", "front.html")


# --- what one may not do ----------------------------------------------------------------------------

INSIDES = [
    "{{ view.__class__.__mro__ }}",
    "{{ view|attr('__class__') }}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ _.__globals__ }}",
    "{{ embed.__closure__ }}",
    "{{ ngettext('{count.__class__}', '', view) }}",
    "{{ '{0.__class__}'.format(view) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ view.front.strip.svg.__init_subclass__ }}",
    "{% for x in [view] %}{{ x|map(attribute='__class__')|list }}{% endfor %}",
    "{{ [view]|map(attribute='__class__')|first }}",
    "{{ namespace.mro() }}",
    "{{ cycler.__init__ }}",
    "{% import 'os' as os %}",
]


@pytest.mark.parametrize("attack", INSIDES)
def test_nothing_of_python_behind_the_view_can_be_reached(folder: Folder, attack: str) -> None:
    assert "front.html:1:1 P402 the template front.html failed: " in folder.refused(attack)


@pytest.mark.parametrize("name", ["../../../../etc/passwd", "/etc/passwd", "..\\x", "bundled/../../pyproject.toml",
                                  "link.html", "deep/passwd"])
@pytest.mark.parametrize("way", ["{%% include '%s' %%}", "{%% extends '%s' %%}", "{%% import '%s' as x %%}",
                                 "{{ embed('%s.png') }}"])
def test_no_path_and_no_link_leads_out_of_the_folder(folder: Folder, tmp_path: Path, name: str, way: str) -> None:
    (tmp_path / "secret").write_text("SECRET")
    for link, target in {"link.html": tmp_path / "secret", "link.html.png": tmp_path / "secret",
                         "deep": tmp_path}.items():
        (folder.path / link).symlink_to(target)
    for name_outside in ("passwd", "passwd.png"):
        (tmp_path / name_outside).write_text("SECRET")
    said = folder.refused(way % name.replace("\\", "\\\\"))
    assert " P431 " in said or "there is no file" in said


def test_a_link_inside_the_folder_and_a_folder_that_is_a_link_are_fine(folder: Folder, tmp_path: Path) -> None:
    folder.write("parts/one.html", "<h1>Linked</h1>")
    (folder.path / "front.html").symlink_to(folder.path / "parts/one.html")
    (tmp_path / "also").symlink_to(folder.path)
    view = view_of(small(), TINY, ENGLISH)
    assert "<h1>Linked</h1>" in render_html(view, ENGLISH, "screen", templates=Templates.of(tmp_path / "also"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_and_not_waited_for(folder: Folder) -> None:
    os.mkfifo(folder.path / "pipe.html")
    assert " P433 pipe.html cannot be used as a file of a template" in folder.refused("{% include 'pipe.html' %}")


BOMBS = [
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ range(10 ** 9)|list }}",
    "{{ 'a' * 10 ** 10 }}",
    "{{ [1] * 10 ** 10 }}",
    "{{ 9 ** 999 }}",
    "{{ 9 ** 64 ** 64 ** 64 ** 64 }}",
    "{{ 'a'.ljust(10 ** 10) }}",
    "{{ 'a'|center(10 ** 10) }}",
    "{{ '%99999999999d' % 1 }}",
    "{{ '{:99999999999}'.format('a') }}",
    "{{ '%99999999999d'|format(1) }}",
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x|replace('a', 'aa') %}{% endfor %}",
    "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x.replace('a', 'aa') %}{% endfor %}",
    "{% include 'front.html' %}",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_template_that_never_ends_or_fills_the_memory_is_stopped_with_its_line(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, bomb: str
) -> None:
    monkeypatch.setattr(sandbox.counted_steps.__wrapped__, "__defaults__", (200_000,))  # type: ignore[attr-defined]
    said = folder.refused(f"<h1>T</h1>\n{bomb}")
    assert said.startswith(("front.html:2:1 P432 ", "front.html:2:1 P435 ", "front.html:2:1 P402 "))


def test_a_whole_report_stays_far_below_the_limit_of_steps(folder: Folder) -> None:
    with sandbox.counted_steps(sandbox.MAX_STEPS // 20):
        folder.page("<h1>T</h1>")


@pytest.mark.parametrize("way", ["{{ view.title|safe }}", "{% autoescape false %}{{ view.title }}{% endautoescape %}",
                                 "{{ view.title|map('safe')|list }}"])
def test_escaping_cannot_be_switched_off(folder: Folder, way: str) -> None:
    said = folder.refused(way)
    assert "front.html:1:1 P437 the template switches escaping off" in said or "No filter named 'safe'" in said


def test_what_people_wrote_stays_text_in_an_own_template_too(folder: Folder) -> None:
    parties = {"A": {"code": "AA", "name": "<script>x</script>"}, "B": {"code": "BB", "name": "{{ 7 * 191 }}"}}
    page = folder.page("<h1>{{ view.title }}</h1>{{ view.front.strip.svg + view.title }}",
                       relationship={"parties": parties})
    assert "&lt;script&gt;x&lt;/script&gt; – {{ 7 * 191 }}</h1>" in page
    assert "<script>x" not in page and "1337" not in page


LOADING = [
    ('<img src="https://example.org/x.png">', "https://example.org/x.png"),
    ('<img src="file:///etc/passwd">', "file:///etc/passwd"),
    ('<img srcset="//example.org/x 2x">', "//example.org/x 2x"),
    ('<link rel="stylesheet" href="https://example.org/x.css">', "https://example.org/x.css"),
    ('<p style="background: url(https://example.org/x)">', "https://example.org/x"),
    ('<p style="background: u\\72l(https://example.org/y)">', "https://example.org/y"),
    ("<style>@import 'https://example.org/z';</style>", "https://example.org/z"),
    ("<svg><image href='https://example.org/i.svg'/></svg>", "https://example.org/i.svg"),
    ("<iframe srcdoc='x'></iframe>", "<iframe>"),
    ("<meta http-equiv='Refresh' content='0; url=https://example.org'>", "<meta>"),
    ("<form action='https://example.org'></form>", "https://example.org"),
    ("<p onclick='x()'>", "<p onclick>"),
    ("<a href='javascript:x()'>x</a>", "<a href>"),
    ("<a href='java&#10;script:x()'>x</a>", "<a href>"),
    ("<a href='&#1; JavaScr&Tab;ipt:x()'>x</a>", "<a href>"),
    ("<script>fetch('https://example.org')</script>", "<script>"),
]


@pytest.mark.parametrize(("markup", "found"), LOADING)
def test_a_page_that_would_load_or_run_something_is_not_written(folder: Folder, markup: str, found: str) -> None:
    assert folder.refused(markup) == f"DIR P403 the report refused to load {found}"


@pytest.mark.parametrize("address", ["https://example.org/x.png", "file:///etc/passwd", "../pyproject.toml",
                                     "link.png", "ftp://example.org/x"])
def test_the_pdf_loads_nothing_from_outside_the_two_folders(folder: Folder, tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (folder.path / "link.png").symlink_to(tmp_path / "secret.png")
    folder.write("extra.css", f"h1 {{ background: url({address}) }}")
    with pytest.raises(InputError) as caught:
        folder.pdf(f"<h1>T</h1><img alt='x' src='{address}'>")
    assert {problem.code for problem in caught.value.problems} == {"P403"}


def test_the_bundled_pages_load_and_run_nothing_of_others(folder: Folder) -> None:
    known = "".join(path.read_text() for path in templates_folder().glob("*.html"))
    assert list(loads(folder.page("<h1>T</h1>"), known)) == []


def test_a_copy_of_the_bundled_folder_makes_the_same_page(tmp_path: Path) -> None:
    copy = shutil.copytree(templates_folder(), tmp_path / "copy")
    view = view_of(small(), TINY, ENGLISH)
    for medium in ("print", "screen"):
        own = render_html(view, ENGLISH, medium, templates=Templates.of(copy))  # type: ignore[arg-type]
        assert own == render_html(view, ENGLISH, medium)  # type: ignore[arg-type]


def test_a_comparison_takes_own_templates_too(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assess.cli.main import main

    here = Path(__file__).parent
    text = (here / "broken" / "sound.yaml").read_text()
    (tmp_path / "new.yaml").write_text(text)
    (tmp_path / "old.yaml").write_text(text.replace("2026-11-01", "2026-10-01"))
    folder.write("compare.html", "<html lang='en'><title>T</title><h1>Ours: {{ view.title }}</h1></html>")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["compare", "old.yaml", "new.yaml", "--rubric", str(here / "rubrics" / "tiny"), "--out", "out",
              "--templates", "mine"])
    assert not ended.value.code, capsys.readouterr().err
    assert "<h1>Ours: " in (tmp_path / "out" / "compare-2026-10-01-2026-11-01.html").read_text()


# --- watching -----------------------------------------------------------------------------------------


def test_the_watch_makes_the_report_again_when_a_file_changes_and_shows_what_is_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from assess.cli.report import watched
    from assess.problems.model import Place, Problem

    file, runs = tmp_path / "front.html", list[str]()
    steps = iter(["", "one", "one", "broken", None, "two"])

    def work() -> None:
        runs.append(file.read_text() if file.exists() else "gone")
        if runs[-1] == "broken":
            raise InputError([Problem("P437", Place(str(file), 1, 1))])

    def wait() -> None:
        step = next(steps, "end")
        if step == "end":
            raise KeyboardInterrupt
        if step is None:
            file.unlink()
        elif step and (not file.exists() or file.read_text() != step):
            file.write_text(step)

    watched(lambda: [file], work, wait)
    assert runs == ["gone", "one", "broken", "gone", "two"]
    assert f"{file}:1:1 P437 the template switches escaping off" in capsys.readouterr().err


def test_the_report_of_a_result_file_is_that_of_its_questionnaire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assess.cli.main import main

    here = Path(__file__).parent
    shutil.copy(here / "broken" / "sound.yaml", tmp_path / "ours.yaml")
    monkeypatch.chdir(tmp_path)
    rubric = ("--rubric", str(here / "rubrics" / "tiny"))
    for arguments in (("score", "ours.yaml", "--format", "json,html"),
                      ("report", "out/ours.json", "--format", "html", "--out", "again"),
                      ("report", "ours.yaml", "--format", "html", "--out", "anew")):
        with pytest.raises(SystemExit) as ended:
            main([*arguments, *rubric])
        assert not ended.value.code, capsys.readouterr().err
    pages = [(tmp_path / folder / "ours.html").read_text() for folder in ("out", "again", "anew")]
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_a_copy_made_of_a_result_file_is_that_of_its_questionnaire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], audience: str
) -> None:
    from assess.cli.main import main

    here = Path(__file__).parent
    shutil.copy(here / "broken" / "sound.yaml", tmp_path / "ours.yaml")
    monkeypatch.chdir(tmp_path)
    rubric = ("--rubric", str(here / "rubrics" / "tiny"))
    copy = ("--audience", audience, "--marking", "TLP:CLEAR", "--format", "html")
    for arguments in (("score", "ours.yaml", "--format", "json"), ("score", "ours.yaml", *copy),
                      ("report", "out/ours.json", *copy, "--out", "again")):
        with pytest.raises(SystemExit) as ended:
            main([*arguments, *rubric])
        assert not ended.value.code, capsys.readouterr().err
    pages = [(tmp_path / folder / f"ours-{audience}.html").read_text() for folder in ("out", "again")]
    assert pages[0] == pages[1] and "TLP:CLEAR" in pages[0]
