"""Reading YAML: what a person may write wrong is answered with a place and a code."""

from pathlib import Path

import pytest

from assess import yamlio
from assess.problems import InputError

BOMB = b"b: &a [1,2,3,4,5,6,7,8,9,0]\n" + b"".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n".encode()
    for before, name in zip("acdef", "cdefg", strict=True)
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a:\n\tb: 1", "f.yaml:2:1 Y103"),
        (b"a: 1\n---\nb: 2", "f.yaml:2:1 Y108"),
        (b"", "f.yaml Y110"),
        (b"# only a remark\n", "f.yaml Y110"),
        (b"- 1", "f.yaml:1:1 Y111"),
        (b"a: !!python/object:os.system x", "f.yaml:1:4 Y109"),
        (b"a: &x [*x]", "f.yaml:1:8 Y107"),
        (BOMB, "f.yaml:6:8 Y107"),
        (b"? [1]\n: 2", "f.yaml:1:3 Y112"),
        (b"a: 1\nb: \xff", "f.yaml:2:4 Y113"),
        (b"a: [1", "f.yaml:2:1 Y102"),
        (b"[" * 100_000, "f.yaml:1:21 Y106"),
        (b"a: \x07", "f.yaml:1:4 Y102"),
        (b"a: [-]", "f.yaml:1:5 Y102"),
    ],
)
def test_unreadable_yaml_is_refused_at_its_place(raw: bytes, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        yamlio.parse(raw, "f.yaml")
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\n <HTML>", "Y116 {'file': 'f.yaml'}"),
        (b"%PDF-2.0", "Y117 {'file': 'f.yaml', 'kind': 'a PDF'}"),
        (b"PK\x03\x04 word/document.xml", "Y117 {'file': 'f.yaml', 'kind': 'a document of a word processor'}"),
        (b"PK\x03\x04", "Y117 {'file': 'f.yaml', 'kind': 'a packed archive'}"),
    ],
)
def test_another_kind_of_file_is_known_by_its_first_bytes_however_large_it_is(
    raw: bytes, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "large").write_bytes(raw)
    for read in (lambda: yamlio.parse(raw, "f.yaml"), lambda: yamlio.read(tmp_path / "large", max_bytes=len(raw) - 1)):
        with pytest.raises(InputError) as caught:
            read()
        (problem,) = caught.value.problems
        assert f"{problem.code} {dict(problem.values)}".replace(str(tmp_path / "large"), "f.yaml") == expected


def test_norway_stays_a_text_and_a_warning_tells_what_others_would_read() -> None:
    document = yamlio.parse(b"code: NO\nlevel: 08\ntime: 12:30\nday: 2026-11-23\n", "f.yaml")
    assert document.data == {"code": "NO", "level": "08", "time": "12:30", "day": "2026-11-23"}
    assert [(str(p.place), p.code, p.values["otherwise"]) for p in document.problems] == [
        ("f.yaml:1:7", "Y120", "false"),
        ("f.yaml:2:8", "Y120", "an octal number"),
        ("f.yaml:3:7", "Y120", "a number in base 60"),
    ]


def test_quoted_texts_stay_texts_without_a_warning() -> None:
    document = yamlio.parse(b"a: 'NO'\nb: \"12\"\nc: 12\nd: true\ne: ~\nf: 1.5\n", "f.yaml")
    assert document.data == {"a": "NO", "b": "12", "c": 12, "d": True, "e": None, "f": 1.5}
    assert document.problems == []


def test_a_duplicate_key_keeps_the_first_value_and_names_both_lines() -> None:
    document = yamlio.parse(b"a: {x: 1}\nb: 2\na: {x: 3}\n", "f.yaml")
    assert document.data == {"a": {"x": 1}, "b": 2}
    assert [(str(p.place), p.code, dict(p.values)) for p in document.problems] == [
        ("f.yaml:3:1", "Y104", {"key": "a", "first": "1"})
    ]
    assert str(document.place(("a", "x"))) == "f.yaml:1:8"


def test_places_point_at_keys_and_values_and_fall_back_to_the_parent() -> None:
    document = yamlio.parse(b"answers:\n  TRU-01: {level: 3}\n", "f.yaml")
    assert str(document.place(("answers", "TRU-01", "level"))) == "f.yaml:2:19"
    assert str(document.place(("answers", "TRU-01"), key=True)) == "f.yaml:2:3"
    assert str(document.place(("answers", "TRU-01", "note"))) == "f.yaml:2:3"


def test_a_file_over_the_limit_is_refused_before_it_is_parsed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "big.yaml"
    path.write_text("a: " + "x" * 100)
    with pytest.raises(InputError) as caught:
        yamlio.read(path, max_bytes=50)
    assert caught.value.problems[0].values == {"size": "103", "limit": "50"}


def test_a_number_without_a_fraction_is_a_whole_number_however_it_is_written() -> None:
    document = yamlio.parse(b"a: 2.0\nb: 2e0\nc: [0, 2.0]\nd: -0.0\ne: 2.5\nf: 999999999999999.0\n", "f.yaml")
    assert repr(document.data) == "{'a': 2, 'b': 2, 'c': [0, 2], 'd': 0, 'e': 2.5, 'f': 999999999999999}"
    assert document.problems == []


def test_a_number_that_no_program_keeps_exactly_stays_a_text_and_a_warning_tells_so() -> None:
    document = yamlio.parse(b"a: 1234567890123456\nb: 1e400\nc: 0.1234567890123456789012345678901234567890\n", "f.yaml")
    assert document.data == {
        "a": "1234567890123456", "b": "1e400", "c": "0.1234567890123456789012345678901234567890"
    }
    assert [(str(p.place), p.code, p.values["otherwise"]) for p in document.problems] == [
        (f"f.yaml:{line}:4", "Y120", "a number that may lose digits") for line in (1, 2, 3)
    ]


def test_the_tag_of_a_text_makes_a_text_of_what_looks_like_a_number() -> None:
    assert yamlio.parse(b"a: !!str 2\nb: !!str NO\nc: !!int 2\n", "f.yaml").data == {"a": "2", "b": "NO", "c": 2}


def test_odd_line_ends_stand_in_texts_and_remarks_and_end_no_line() -> None:
    document = yamlio.parse("# a\u2028b: 1\nc: x\u2029y # z\x85d: 3\ne: '\u2028'\nf: 08\n".encode(), "f.yaml")
    assert document.data == {"c": "x\u2029y", "e": "\u2028", "f": "08"}
    assert [str(p.place) for p in document.problems] == ["f.yaml:4:4"]


def test_lines_that_end_with_a_carriage_return_alone_are_counted() -> None:
    document = yamlio.parse(b"a: 1\rb: 08\r\nc:\r  - NO\r", "f.yaml")
    assert document.data == {"a": 1, "b": "08", "c": ["NO"]}
    assert [str(p.place) for p in document.problems] == ["f.yaml:2:4", "f.yaml:4:5"]
    with pytest.raises(InputError) as caught:
        yamlio.parse("a: 1\rй: 2\rїжак ".encode() + b"\xff", "f.yaml")
    assert str(caught.value) == "f.yaml:3:6 Y113"


def test_what_stands_under_a_key_that_is_repeated_is_read_for_those_who_cite_it() -> None:
    document = yamlio.parse(b"a: 1\na: &x {b: 2, b: 3}\nc: *x\n", "f.yaml")
    assert document.data == {"a": 1, "c": {"b": 2}}
    assert [(str(p.place), p.code) for p in document.problems] == [("f.yaml:2:1", "Y104")]
