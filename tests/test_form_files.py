"""What the offline form keeps and gives back: files, drafts, older versions, the copy in the browser."""

from itertools import pairwise
from pathlib import Path

import pytest

from assess import yamlio
from assess.cli.main import main
from assess.rubric.load import load_rubric
from tests.formpage import Form, opened

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "rubrics" / "tiny"
HEAD = """\
# why this file was begun
rubric: tiny 0.1
relationship: {parties: {A: {code: AA, name: Aland}, B: {code: BB, name: Bland}}}
as_of: 2026-11-01
answered_by: {side: third, role: analyst}
"""


@pytest.fixture(scope="module")
def form(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("files") / "form.html"
    with pytest.raises(SystemExit) as ended:
        main(["form", "--parties", "AA,BB", "--names", "Aland,Bland", "--rubric", str(TINY), "--as-of", "2026-11-01",
              "-o", str(file)])
    assert ended.value.code == 0
    return file


def written(folder: Path, text: str) -> Path:
    (folder / "ours.yaml").write_text(text)
    return folder / "ours.yaml"


def test_what_nobody_touched_keeps_its_remarks_its_order_and_keys_of_the_future(form: Path, tmp_path: Path) -> None:
    text = HEAD + """\
answers:
  # asked in June
  TRE-01: {level: 2, mood: fair} # by telephone
  ONE-01: 1
future: {key: [1, 08, NO]}
# the end
"""
    with opened(form) as page:
        page.open(written(tmp_path, text))
        page.answer("ONE-01", "3")
        saved = page.saved(tmp_path / "new").read_text()
    assert saved == text.replace("ONE-01: 1", "ONE-01:\n    level: 3").replace("# the end", "\n# the end")


def test_what_an_alias_repeats_changes_in_one_place_alone(form: Path, tmp_path: Path) -> None:
    text = HEAD + "answers:\n  ONE-01: &same {level: 3, note: why}\n  TRE-01: *same\n"
    with opened(form) as page:
        page.open(written(tmp_path, text))
        page.answer("ONE-01", "1")
        saved = yamlio.read(page.saved(tmp_path / "new")).data
    assert saved["answers"] == {"ONE-01": {"level": 1, "note": "why"}, "TRE-01": {"level": 3, "note": "why"}}


HOSTILE = ["NO", "08", "2024-01-01", "a: b", "# x", "- x", "*x", "&x", "!x", "%x", "@x", "`x", "| x", "> x", "? x", "'",
           '"', "a\tb", "null", "~", "true", "1e3", "1:30", "---", "... x", "<b>{{x}}</b>", "{a: 1}", "[1]", "x\ny",
           "x\n\n  y", "ends: ", "Їжак 🇺🇦", "\u202eabc", "a #b", "\\n", "yes", "0x1f", ".5", "+1", "-", "=", "<<",
           "x" * 300 + " y", "it\x92s", "a\x80b\x9fc", "a\x7fb", "a\x85b", "a\u2028b\u2029c", "a\ufffeb\uffffc",
           "a\ufeffb", "\x01\x0b\x0c\x1b[31m", "two\nlines\x92", '"\\x92" \x92']


def test_every_text_comes_back_from_the_file_as_it_was_typed(form: Path, tmp_path: Path) -> None:
    keys = [i.id for i in load_rubric(str(TINY)).indicators.values() if i.type == "P"]
    with opened(form) as page:
        for texts in batched(HOSTILE, len(keys)):
            for key, text in zip(keys, texts, strict=False):
                page.answer(key, "2").get_by_label("Note").fill(text)
            data = yamlio.read(page.saved(tmp_path / "new")).data["answers"]
            wanted = {key: {"level": 2, "note": text} for key, text in zip(keys, texts, strict=False)}
            assert {key: data[key] for key in wanted} == wanted  # type: ignore[index,call-overload]


def test_a_file_with_old_line_ends_and_brackets_at_the_margin_is_saved_whole(form: Path, tmp_path: Path) -> None:
    text = HEAD + "answers:\n  ONE-01: {\nlevel: 2.0,\nnote: 'a\u2028b\nc'\n}\n  TRE-01: 1\n"
    with opened(form) as page:
        page.open(written(tmp_path, text.replace("\n", "\r")))
        assert page.findings("#opened") == []
        page.answer("TRE-01", "3")
        data = yamlio.read(page.saved(tmp_path / "new")).data
    assert data["answers"] == {"ONE-01": {"level": 2, "note": "a\u2028b c"}, "TRE-01": {"level": 3}}


def test_half_of_a_character_becomes_the_sign_for_one_that_is_lost(form: Path, tmp_path: Path) -> None:
    with opened(form) as page:
        page.answer("ONE-01", "2").get_by_label("Note").evaluate(
            "field => { field.value = 'a\\ud800b'; field.dispatchEvent(new Event('input', { bubbles: true })); "
            "field.dispatchEvent(new Event('change', { bubbles: true })); }")
        data = yamlio.read(page.saved(tmp_path / "new")).data
    assert data["answers"] == {"ONE-01": {"level": 2, "note": "a\ufffdb"}}


def test_signs_that_a_file_escapes_stay_escaped_and_those_of_a_broken_part_are_written_out(
    form: Path, tmp_path: Path
) -> None:
    text = HEAD + 'answers:\n  ONE-01: {level: 3, note: "it\\x92s"}\n  TRE-01: {level: 2, note: it\x92s\u2028}\n'
    with opened(form) as page:
        page.open(written(tmp_path, text))
        page.go("end")
        saved = page.saved(tmp_path / "new")
    assert yamlio.read(saved).data["answers"] == {"ONE-01": {"level": 3, "note": "it\x92s"}}
    assert saved.read_text().partition("was opened:\n")[2] == "#   TRE-01: {level: 2, note: it\\x92s\\u2028}\n#\n"


def test_a_marking_of_blanks_is_none_as_for_check(form: Path, tmp_path: Path) -> None:
    with opened(form) as page:
        page.open(written(tmp_path, HEAD + "marking: ' '\n"))
        page.go("end")
        assert [found for found in page.findings() if found[0] == "Q203"] == [
            ("Q203", "marking", "« » does not fit here: it should not be empty")]


def batched(texts: list[str], size: int) -> list[list[str]]:
    return [texts[start:start + size] for start in range(0, len(texts), size)]


def test_a_cut_off_draft_is_taken_over_and_the_rest_is_kept_as_remarks(form: Path, tmp_path: Path) -> None:
    text = HEAD + "answers:\n  ONE-01: {level: 3}\n  TRE-01: {level: 2, note: 'half a sen"
    with opened(form) as page:
        page.open(written(tmp_path, text))
        assert [found[0] for found in page.findings("#opened")] == ["Y102", "F702"]
        assert page.page.locator("#rest").input_value() == "  TRE-01: {level: 2, note: 'half a sen"
        page.go("end")
        saved = page.saved(tmp_path / "new")
        assert saved.read_text() == HEAD + (
            "answers:\n  ONE-01: {level: 3}\n\n# Text that could not be read when the file was opened:\n"
            "#   TRE-01: {level: 2, note: 'half a sen\n")
        page.open(saved)
        assert page.findings("#opened") == []


def test_a_slip_in_the_middle_costs_its_own_answer_alone(form: Path, tmp_path: Path) -> None:
    text = HEAD + """\
answers:
  ONE-01: {level: 3}
  ONE-03: {level: 2, note: "half a sentence}
  TRE-01:
    level: 2
   note: pushed out
  TRE-02: 1
challenges
bodies:
  BOD-1: unknown
"""
    with opened(form) as page:
        page.open(written(tmp_path, text))
        assert [found[::2] for found in page.findings("#opened")][1:] == [
            ("F702", "a part of the file cannot be read: lines 8, 9–11, 13")]
        lines = text.splitlines()
        assert page.page.locator("#rest").input_value().splitlines() == [lines[n] for n in (7, 8, 9, 10, 12)]
        saved = yamlio.read(page.saved(tmp_path / "new")).data
    assert (saved["answers"], saved["bodies"]) == ({"ONE-01": {"level": 3}, "TRE-02": 1}, {"BOD-1": "unknown"})


def test_two_mistakes_on_one_line_are_both_told(form: Path, tmp_path: Path) -> None:
    with opened(form) as page:
        page.open(written(tmp_path, HEAD + "answers: {ONE-01: {level: 7, levle: 2}}\n"))
        page.question("ONE-01")
        assert [found[:2] for found in page.findings("#ONE-01")] == [
            ("Q206", "answers.ONE-01.level"), ("Q202", "answers.ONE-01.levle")
        ]


def test_a_file_of_an_older_version_is_taken_over_for_review_and_loses_nothing(form: Path, tmp_path: Path) -> None:
    older = HEAD.replace("tiny 0.1", "tiny 0.0")
    with opened(form) as page:
        page.open(written(tmp_path, older + "answers: {ONE-01: 3, OLD-01: 2, ONE-02: {A: 1, B: unknown}}\n"))
        assert [found[0] for found in page.findings("#opened")] == ["F705"]
        page.page.locator("#take-over").click()
        saved = page.saved(tmp_path / "new")
    assert yamlio.read(saved).data == yamlio.parse((HEAD + (
        "answers: {ONE-01: {level: 3, review: true}, OLD-01: {level: 2, review: true}, "
        "ONE-02: {A: {level: 1, review: true}, B: unknown}}\n")).encode(), "wanted").data


def test_a_file_that_is_no_questionnaire_is_refused_and_the_work_stays(form: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.xlsx").write_bytes(b"PK\x03\x04")
    with opened(form) as page:
        page.answer("ONE-01", "3")
        page.page.evaluate("() => delete document.getElementById('app').dataset.opened")
        page.page.locator("#file").set_input_files(str(tmp_path / "answers.xlsx"))
        page.page.get_by_role("button", name="Open the file").click()
        page.page.locator("#app[data-opened]").wait_for()
        assert [found[0] for found in page.findings("#opened")] == ["F706"]
        assert page.question("ONE-01").locator(".levels input:checked").get_attribute("value") == "3"


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in pairwise("abcdefghij"))


@pytest.mark.parametrize(("bomb", "code"), [
    (LAUGHS, "Y107"),
    ("a: " + "[" * 100_000, "Y106"),
    ("a: &a [*a]\n", "Y107"),
    ("a: !!python/object/apply:os.system [x]\n", "Y109"),
])
def test_a_yaml_bomb_is_refused(form: Path, tmp_path: Path, bomb: str, code: str) -> None:
    with opened(form) as page:
        page.open(written(tmp_path, bomb))
        assert page.findings("#opened")[0][0] == code


# --- the copy in the browser --------------------------------------------------------------------


def stored(page: Form) -> int:
    return int(page.page.evaluate("localStorage.length"))


def test_nothing_is_kept_in_the_browser_unless_somebody_asks_for_it(form: Path) -> None:
    with opened(form) as page:
        page.answer("ONE-01", "3")
        page.page.wait_for_timeout(600)
        assert stored(page) == 0


def test_a_copy_in_the_browser_survives_a_reload_and_is_wiped_on_request(form: Path) -> None:
    with opened(form) as page:
        page.go("about")
        page.page.locator("#keep").check()
        page.answer("ONE-01", "3")
        page.page.reload()
        page.page.locator("#go-on").click()
        assert page.question("ONE-01").locator(".levels input:checked").get_attribute("value") == "3"
        page.go("about")
        page.page.locator("#wipe-copy").click()
        assert stored(page) == 0
        assert not page.page.locator("#keep").is_checked()


def test_the_form_asks_before_unsaved_answers_are_closed(form: Path) -> None:
    with opened(form) as page:
        page.answer("ONE-01", "3")
        asked: list[str] = []
        page.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.page.reload()
        assert asked == ["beforeunload"]


# --- the register of sources --------------------------------------------------------------------

CITED = HEAD + """\
evidence:
  talks: {title: Record of the talks, date: 2026-06-01, grade: A, source: both}
  press: {title: Report, grade: B, source: third, mood: fair}
answers:
  ONE-01: {level: 3, evidence: [talks, press]}
  ONE-02: {A: {level: 1, evidence: [talks]}, B: unknown}
"""


def test_a_source_that_gets_another_id_is_cited_by_it_everywhere(form: Path, tmp_path: Path) -> None:
    with opened(form) as page:
        page.open(written(tmp_path, CITED))
        page.go("sources")
        page.page.get_by_role("button", name="Change source talks").click()
        page.page.locator("dialog").get_by_label("Source id", exact=True).fill("round-1")
        page.page.get_by_role("button", name="Keep the changes").click()
        saved = page.saved(tmp_path / "new")
    assert yamlio.read(saved).data == yamlio.parse(CITED.replace("talks:", "round-1:").replace(
        "[talks", "[round-1").encode(), "wanted").data


def test_a_source_that_is_deleted_is_no_longer_cited_after_the_form_has_asked(form: Path, tmp_path: Path) -> None:
    with opened(form) as page:
        page.open(written(tmp_path, CITED))
        page.go("sources")
        page.page.get_by_role("button", name="Delete source talks").click()
        assert page.page.locator("dialog p").text_content() == "talks is cited in ONE-01, ONE-02. Delete it there too?"
        page.page.get_by_role("button", name="Delete it everywhere").click()
        page.page.locator("#undo").click()
        assert yamlio.read(page.saved(tmp_path / "back")).data == yamlio.parse(CITED.encode(), "wanted").data
        page.page.get_by_role("button", name="Delete source talks").click()
        page.page.get_by_role("button", name="Delete it everywhere").click()
        saved = yamlio.read(page.saved(tmp_path / "new")).data
    assert saved["answers"] == {"ONE-01": {"level": 3, "evidence": ["press"]},
                                "ONE-02": {"A": {"level": 1}, "B": "unknown"}}


def test_an_answer_that_is_turned_into_another_form_and_back_has_lost_nothing(form: Path, tmp_path: Path) -> None:
    text = HEAD + "answers:\n  ONE-01: {level: 3, confidence: high, date: 2026-05, note: why, mood: fair}\n"
    with opened(form) as page:
        page.open(written(tmp_path, text))
        page.answer("ONE-01", "unknown")
        page.answer("ONE-01", "3")
        saved = yamlio.read(page.saved(tmp_path / "new")).data
        page.page.get_by_role("button", name="Clear this answer").click()
        page.page.locator("#undo").click()
        assert yamlio.read(page.saved(tmp_path / "back")).data == saved
        page.page.get_by_role("button", name="Clear this answer").click()
        assert "answers" not in yamlio.read(page.saved(tmp_path / "empty")).data
    assert saved == yamlio.parse(text.encode(), "wanted").data
