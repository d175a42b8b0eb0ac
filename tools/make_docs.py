"""Write the reference pages of docs/ from the code, so that they cannot say anything else than the program does.

``python tools/make_docs.py`` writes them; a test compares the committed pages with what this makes.
"""

import ast
import inspect
import re
import types
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from assess.audience import AUDIENCES, RULES
from assess.cli.main import cli
from assess.frozen import Frozen
from assess.marking import MEANINGS, TLP
from assess.portfolio import columns
from assess.problems import CATALOGUE, ExitCode, Rule
from assess.questionnaire import model as questionnaire
from assess.report.formats.comma import CSV_COLUMNS
from assess.report.sandbox import MAX_STEPS, MAX_VALUE
from assess.report.templates import EXTRA_STYLE, MAX_FILE, templates_folder
from assess.report.view import basics, changes, pages
from assess.report.view import model as view
from assess.rubric import model as rubric
from assess.rubric.load import load_rubric

DOCS = Path(__file__).parents[1] / "docs"
WIDTH = 100
_NOTE = "<!-- Written by tools/make_docs.py; change the code, then run «make docs». -->\n"
_ENDINGS: Mapping[ExitCode, str] = {
    ExitCode.FINE: "Done. Warnings may stand.",
    ExitCode.PROBLEMS: "A file has errors, a report does not hold, or somebody interrupted the command.",
    ExitCode.USAGE: "The command was typed wrong; nothing was done.",
    ExitCode.ENVIRONMENT: "The machine lacks something: a system library, a writable folder, space.",
    ExitCode.INTERNAL: "The program is at fault. `ASSESS_DEBUG=1` in the environment shows where.",
}
_FAMILIES = {
    "Y": "The YAML of a file",
    "Q": "Questionnaires",
    "R": "Rubrics",
    "M": "Measures and roadmaps",
    "P": "Reports",
    "B": "Portfolios and batches",
    "F": "The offline form",
    "T": "Working together on one file",
    "W": "The workbook",
    "E": "The machine",
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


# --- problems -----------------------------------------------------------------------------------


class _Names(dict[str, str]):
    """Shows what an occurrence fills in as its name."""

    def __missing__(self, key: str) -> str:
        return f"‹{key}›"


def _filled(text: str) -> str:
    return text.format_map(_Names())


def problems_page() -> str:
    """Every code with its message, rule and way out."""
    text = (
        f"# Problems\n\n{_NOTE}\n"
        "A problem is printed with its place (file:line:column, or file:sheet!cell), its code, what is wrong, the\n"
        "rule behind it and the way out; all problems of a file come at once, in order. An error forbids\n"
        "scoring, a warning does not. ‹Names in angles› are filled in.\n\n"
        "## How commands end\n\n" + _endings()
    )
    for letter, title in _FAMILIES.items():
        text += f"\n## {letter}: {title}\n" + "".join(_problem(r) for r in CATALOGUE.values() if r.code[0] == letter)
    return text


def _endings() -> str:
    return table(["Exit code", "Meaning"], [[str(code.value), _ENDINGS[code]] for code in ExitCode])


def _problem(rule: Rule) -> str:
    return (
        f"\n### {rule.code} {_filled(rule.message)}\n\n"
        f"{rule.severity.value.capitalize()}. {_filled(rule.rule)}\n\n"
        f"Way out: {_filled(rule.way_out)}\n"
    )


# --- commands -----------------------------------------------------------------------------------


def cli_page() -> str:
    """The help of every command."""
    text = (
        f"# Commands\n\n{_NOTE}\n"
        "What a command makes goes to files or to the standard output, talk goes to the standard error. `NO_COLOR` in\n"
        "the environment switches colours off. The help of commands and options is in English; what they print\n"
        "is in the language that `--language` or `ASSESS_LANGUAGE` names.\n\n" + _endings()
    )
    for name, command in commands(cli, "assess"):
        context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH,
                                help_option_names=cli.context_settings["help_option_names"])
        text += f"\n## {name}\n\n```\n{command.get_help(context)}\n```\n"
    return text


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command under ``command`` by its whole name, in the order of the help."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for part in command.list_commands(context):
            below = command.get_command(context, part)
            assert below is not None
            yield from commands(below, f"{name} {part}")


# --- keys of files ------------------------------------------------------------------------------

_WORDS: Mapping[Any, str] = {
    str: "text", int: "whole number", float: "number", bool: "`true` or `false`", date: "day such as `2026-11-23`",
    type(None): "nothing",
}
_NAMED = ((questionnaire.PartialDate, "day, month or year"), (questionnaire.Id, "id"))
_LIMITS = {"ge": "at least {}", "gt": "more than {}", "le": "at most {}", "min_length": "at least {} entries",
           "max_length": "at most {} characters"}
# Where the file has another shape than the model that it becomes.
_SHAPES: Mapping[tuple[type[Frozen], str], str] = {
    (rubric.Rubric, "components"): "list of ids",
    (rubric.Rubric, "challenges"): "mapping of id to [Challenge](#challenge)",
    (rubric.Component, "indicators"): "mapping of id to [Indicator](#indicator)",
    (rubric.Challenge, "barriers"): "mapping of id to [Barrier](#barrier)",
    (questionnaire.Questionnaire, "answers"): "mapping of id to [an answer](#an-answer)",
    (questionnaire.Questionnaire, "challenges"): "mapping of id to [an answer](#an-answer)",
}


def shape(kind: Any) -> str:
    """Say what a value of this type looks like in the file."""
    named = next((text for known, text in _NAMED if kind == known), None)
    if named:
        return named
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return shape(parts[0])
    if origin is Literal:
        return _either([f"`{part}`" for part in parts])
    if origin in (Union, types.UnionType):
        return _either([shape(part) for part in parts if part is not type(None)])
    if origin is tuple:
        inside = shape(parts[0])
        return f"list of {inside}" if parts[-1] is Ellipsis else f"list of {len(parts)}, each a {inside}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"mapping of {shape(parts[0])} to {shape(parts[1])}"
    if isinstance(kind, type) and issubclass(kind, Frozen):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return _WORDS[kind]


def _either(options: Sequence[str]) -> str:
    unique = list(dict.fromkeys(options))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} or {unique[-1]}"


def limits(field: FieldInfo) -> str:
    """Say the limits of a field; that a text is not empty goes without saying."""
    found = [
        _LIMITS[name].format(f"{value:g}" if value < 1_000 else f"{value:,}".replace(",", " "))
        for item in field.metadata for name in _LIMITS if (value := getattr(item, name, None)) is not None
        if (name, value) != ("min_length", 1)
    ]
    return f" ({', '.join(found)})" if found else ""


def default(field: FieldInfo) -> str:
    """Say what holds where the key is left out."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), {}, ""):
        return "nothing"
    if isinstance(value, Frozen):
        return "unknown" if isinstance(value, questionnaire.Unknown) else "as shown there"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def keys_of(model: type[Frozen], names: Mapping[str, str], without: Sequence[str] = ()) -> str:
    """Return the table of the keys of ``model``; ``names`` are keys that the file calls otherwise."""
    rows = [
        [f"`{names.get(key, field.alias or key)}`",
         _SHAPES.get((model, key)) or shape(field.annotation) + limits(field), default(field), field.description or ""]
        for key, field in model.model_fields.items() if key not in without
    ]
    return table(["Key", "Shape", "Default", "Meaning"], rows)


def models_page(parts: Sequence[tuple[str, str, Sequence[type[Frozen]]]], without: Mapping[type[Frozen], Sequence[str]],
                names: Mapping[type[Frozen], Mapping[str, str]]) -> str:
    """Return a section for each part: its title, what it is, and the keys of its models."""
    text = ""
    for title, about, models in parts:
        text += f"\n## {title}\n\n{about}\n"
        for model in models:
            said = " ".join((model.__doc__ or "").replace("``", "`").split())
            keys = keys_of(model, names.get(model, {}), without.get(model, ()))
            text += f"\n### {model.__name__}\n\n{said}\n\n{keys}"
    return text


_RUBRIC_PARTS: Sequence[tuple[str, str, Sequence[type[Frozen]]]] = (
    ("rubric.yaml", "The frame: levels, evidence, coverage, stages and gates. The keys from `challenges` to\n"
     "`instruments` stand in files of their own, see below.",
     (rubric.Rubric, rubric.Level, rubric.EvidenceRules, rubric.EvidenceCaps, rubric.CoverageRules, rubric.Stage,
      rubric.Gate, rubric.Condition)),
    ("components/ID.yaml", "One file for each component that rubric.yaml names. `indicators` maps the id of each\n"
     "indicator to its keys, so that `id` is not written inside.",
     (rubric.Component, rubric.Indicator, rubric.Borderline, rubric.Proof, rubric.Citation, rubric.Step,
      rubric.NoAgeing, rubric.EventAgeing, rubric.ElapsedAgeing)),
    ("challenges.yaml", "Optional, with the keys `challenges` and `exposure`. Ids are keys here too, of challenges\n"
     "and of their `barriers`.",
     (rubric.Challenge, rubric.Barrier, rubric.ExposureRules)),
    ("bodies.yaml", "Optional, with the keys `statuses`, `pair_statuses`, `systems` and `bodies`.",
     (rubric.Status, rubric.PairStatus, rubric.System, rubric.Body, rubric.SilentDefault)),
    ("aims.yaml", "Optional, with the key `aims`.", (rubric.Aim,)),
    ("instruments.yaml", "Optional, with the key `instruments`: the register from which indicators derive.",
     (rubric.Instrument,)),
)


def rubric_page() -> str:
    """How to write a rubric: the keys of all its files."""
    ids = {model: ("id",) for model in (rubric.Indicator, rubric.Barrier, rubric.Challenge, rubric.Body, rubric.Aim)}
    return (
        f"# How to write a rubric\n\n{_NOTE}\n"
        "A rubric is a folder of YAML files. `assess rubric new FOLDER --id my-rubric` begins one that can be scored\n"
        "with at once; or copy `rubrics/cyberdialog`. `assess rubric check FOLDER` tells every problem with its line,\n"
        "and what is doubtful: weights that change nothing, gates that cannot hold, texts without a translation.\n"
        "Texts are English; translations stand in the folder `locales` of the rubric.\n\n"
        "What only the whole can tell is checked as well: each indicator and barrier has one anchor for each level\n"
        "(R304), whatever is named exists (R305), ids are unique in the whole rubric (R307), levels count from 0, and\n"
        "scores, thresholds and caps rise (R308).\n"
        + models_page(_RUBRIC_PARTS, {**ids, rubric.Rubric: ("hash", "source")}, {rubric.Rubric: {}})
    )


_QUESTIONNAIRE_PARTS: Sequence[tuple[str, str, Sequence[type[Frozen]]]] = (
    ("The file", "One file is the view of one rater, or of one side, of one relationship at one date. It is YAML\n"
     "1.2 in UTF-8; lines may end with LF, CR LF or CR. A number without a fraction is a whole number however it is\n"
     "written: `2`, `2.0` and `2e0` are the same level, `2025` and `2025.0` the same year. A number of more than 15\n"
     "digits stays the text that it is. Quotes, or the tag `!!str`, make a text of anything.",
     (questionnaire.Questionnaire, questionnaire.Relationship, questionnaire.Parties, questionnaire.Party,
      questionnaire.Rater, questionnaire.Evidence)),
    ("An answer", "Under `answers` and `challenges` stands one answer for each indicator or barrier. Where a side or\n"
     "a direction is asked (types S and D) the answer has the two keys `A` and `B`, each with an answer of its own.\n"
     "An answer is the number of a level, the word `unknown`, or one of the mappings below. What is left out or\n"
     "blank is unknown, and unknown never counts as level 0.",
     (questionnaire.Answered, questionnaire.Unknown, questionnaire.NotApplicable, questionnaire.Disputed)),
    ("A body", "Under `bodies` stands for each body what side A is there, what side B is, and what both do together:\n"
     "a status or level, the word `unknown`, or a mapping.",
     (questionnaire.BodyAnswer, questionnaire.Participation)),
)
_AS_WRITTEN: Mapping[type[Frozen], Mapping[str, str]] = {
    questionnaire.Unknown: {"reason": "unknown"},
    questionnaire.NotApplicable: {"reason": "not_applicable"},
    questionnaire.Disputed: {"values": "disputed"},
}


def questionnaire_page() -> str:
    """The keys of a questionnaire."""
    answers = _QUESTIONNAIRE_PARTS[1][2]
    states: dict[type[Frozen], Sequence[str]] = {m: ("state",) for m in (*answers, questionnaire.Participation)}
    return (
        f"# The questionnaire\n\n{_NOTE}\n"
        "`assess new --parties UA,EU` writes a blank that explains itself; this page is for looking things up.\n"
        + models_page(_QUESTIONNAIRE_PARTS, states, _AS_WRITTEN)
    )


def portfolio_page() -> str:
    """The columns of a portfolio's tables, for the rubric that comes with the program."""
    default = load_rubric()
    tables = (
        ("portfolio: one row a relationship and date", columns.relationship_columns(default)),
        ("indicators: one row an indicator", columns.INDICATOR_COLUMNS),
    )
    text = f"# Portfolios\n\n{_NOTE}\n{_PORTFOLIO}"
    for title, found in tables:
        rows = [[f"`{column.name}`", column.kind, column.meaning] for column in found]
        text += f"\n## {title}\n\n{table(['Column', 'Kind', 'Meaning'], rows)}"
    return text


_PORTFOLIO = f"""`assess portfolio FOLDER --out OUT` checks and scores every questionnaire below a folder. It also takes
single files, and manifests:

```yaml
portfolio: Our partners           # the title of the report
files:
  - ua-eu-2025.yaml               # from the folder of the manifest on
  - "asia/*.yaml"
  - raters: [us-ua-a.yaml, us-ua-b.yaml]   # several raters of one relationship and date
```

Files of one relationship and date are several raters if they differ in side or role, or if a manifest lists them
together; otherwise the program asks which of them counts. A file with errors is passed over, told at the end, and
costs nothing else. Records are kept in `OUT/.assess-cache`, under hashes of the questionnaire, the rubric and the
version of the program: what has not changed is not computed again, and an interrupted run goes on where it stopped.
The records tell as much as the questionnaires do; keep the folder as safe as these, or use `--no-cache`.

Likely ranges are those of the report, drawn with shorter chains for all relationships at once; their ends differ from
the report's by a point or so, and by a few where the answers leave much open. A relationship's figures never depend on
what else is in the portfolio.

The tables come as Parquet, CSV, a workbook and JSON, with the same columns. Kinds: text, number, count (a whole
number), truth, numbers (a list; in Parquet and JSON only). An empty cell means: not known, or not applicable. Columns
of components, challenges, systems, aims and stages carry the ids of the rubric in small letters, here those of the
rubric that comes with the program. The version of this scheme is {columns.SCHEMA_VERSION}; it stands in the metadata
of the Parquet files as `assess.schema_version`, beside `assess.rubric`, `assess.rubric_hash` and `assess.engine`, and
in the JSON as `schema_version`. Columns are added within one major number, never renamed or taken away.

`examples/portfolio_duckdb.py` asks the Parquet files some questions with DuckDB: how the relationships stand, what
moved, how likely one is ahead of another.
"""

# --- reports ------------------------------------------------------------------------------------

_TYPES = {"str": "text", "int": "whole number", "bool": "`true` or `false`", "Decimal": "number with one decimal",
          "Markup": "picture (SVG)", "None": "nothing"}
_FIELD = re.compile(r"(\w+): (.+?)(?: = .+?)?(?:  # (.+))?\Z")


def fields_of(module: types.ModuleType) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Yield name, first words and fields (name, type, meaning) of each dataclass of a module, in its order.

    The meaning of a field is the comment behind it, or on the line before it.
    """
    source = inspect.getsource(module)
    lines = source.splitlines()
    for found in ast.parse(source).body:
        if isinstance(found, ast.ClassDef) and any("dataclass" in ast.unparse(d) for d in found.decorator_list):
            fields = [_field(lines, f.lineno - 1) for f in found.body if isinstance(f, ast.AnnAssign)]
            yield found.name, " ".join((ast.get_docstring(found) or "").split()), fields


def _field(lines: Sequence[str], at: int) -> tuple[str, str, str]:
    match = _FIELD.match(lines[at].strip())
    assert match, lines[at]
    above = lines[at - 1].strip()
    meaning = match[3] or (above.removeprefix("# ") if above.startswith("# ") else "")
    return match[1], _kind(ast.parse(match[2], mode="eval").body), meaning


def _kind(annotation: ast.expr) -> str:
    """Say a type in words, with links to the classes."""
    if isinstance(annotation, ast.BinOp):
        return f"{_kind(annotation.left)} or {_kind(annotation.right)}"
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, ast.Tuple):
        parts = annotation.slice.elts
        if isinstance(parts[-1], ast.Constant):
            return f"list of {_kind(parts[0])}"
        return f"({', '.join(map(_kind, parts))})"
    name = ast.unparse(annotation)
    return _TYPES.get(name) or f"[{name}](#{name.lower()})"


def _bundled() -> str:
    """The bundled templates of reports with their blocks."""
    rows = []
    for path in sorted(templates_folder().glob("*.*")):
        if not path.name.startswith("handbook"):
            blocks = re.findall(r"{% block (\w+) %}", path.read_text(encoding="utf-8"))
            rows.append([f"`{path.name}`", ", ".join(f"`{block}`" for block in blocks) or "–"])
    return table(["File", "Blocks"], rows)


_OWN = f"""`assess score FILE --format pdf,html,docx,xlsx,csv,json` writes any of these; `assess report` makes them
again from a result or from questionnaires, and `assess report FILE --templates DIR --watch` once more whenever a file
changes.

| Format | What it is for |
| --- | --- |
| `pdf` | handing over and keeping; carries answers, rubric and result, so that `assess verify` can check it |
| `html` | reading on a screen; one file that loads nothing |
| `docx` | editing in an office: styles, tables with repeated heads, charts as shapes, links to the evidence |
| `xlsx` | a summary to read, then the whole result, a sheet a table; the last sheet says what every column holds |
| `csv` | one row an indicator, the same columns always |
| `json` | the whole result for programs |

All of them tell the same figures. DOCX is made from the page that becomes the PDF, so own templates shape it too.
Text that people wrote stays text: it never becomes markup, a formula, a field or a link of another kind than http(s).

## Your own templates

Put files into a folder and name it with `--templates`. A file with the name of a bundled one replaces it. To replace
one block only, extend the bundled file, which `bundled/` names:

```jinja
{{% extends "bundled/report.html" %}}
{{% block front %}}
<h1>{{{{ view.title }}}}</h1>
<img alt="Crest" src="{{{{ embed('crest.png') }}}}">
{{{{ part.figure(view.front.strip) }}}}
{{% endblock %}}
```

`{EXTRA_STYLE}` comes after the bundled style sheets, so a few lines change a colour. Pages are Jinja2 and see:

- `view`, see below ([ReportView](#reportview), or [TrendView](#trendview) in compare.html);
- `_("text")` and `ngettext("{{count}} step", "{{count}} steps", 3)`, which translate the texts of the program;
- `embed("name")`, the address of a picture or font of the folder, which then travels inside the page;
- `paper`, `style`, `screen` (false on paper), `browser` (false on paper and in a document) and `decimal`, the mark
  between whole and tenths.

What a template may not do, and what stops it:

- Escaping cannot be switched off (P437), and Python behind the view cannot be reached (P402).
- Files come from your folder and the bundled one alone; no path and no link leads out (P431), no file has more than
  {MAX_FILE:,} bytes (P433). Nothing is loaded from the network, when the report is made or when it is read (P403).
- A page runs at most {MAX_STEPS:,} lines (P432), and no text or list grows beyond {MAX_VALUE:,} (P435). Steps are
  counted, not seconds: the same template ends at the same place on every machine. A single step that asks for much
  memory at once is stopped where it is foreseen, not everywhere; look at templates of strangers before you use them.
- A report made with templates of your own is verified with the same folder (P436): `assess verify … --templates DIR`.

### Bundled files

"""


def report_page() -> str:
    """Formats, templates, and the view model with every field."""
    text = f"# Reports\n\n{_NOTE}\n{_OWN}{_bundled()}"
    text += "\n## The view model\n\nWhat a page says, ready to print in one language; a dash stands for the unknown.\n"
    for module in (basics, view, pages, changes):
        for name, about, fields in fields_of(module):
            rows = [[f"`{key}`", kind, meaning] for key, kind, meaning in fields]
            text += f"\n### {name}\n\n{about.replace('``', '`')}\n\n{table(['Field', 'Shape', 'Meaning'], rows)}"
    rows = [[f"`{key}`", meaning] for key, meaning in CSV_COLUMNS.items()]
    return text + (
        "\n## The columns of the CSV file\n\nUTF-8 with a byte order mark, without which common spreadsheets misread "
        "most letters;\nlines end with CR LF, numbers have a decimal point. A text that a spreadsheet would run as a "
        f"formula gets an apostrophe.\n\n{table(['Column', 'Meaning'], rows)}"
    )


def audiences_page() -> str:
    """What a copy leaves out for whom, the labels of TLP, and what can be proved."""
    rows = [
        [rule.title, *("withheld" if a in rule.withheld_from else "shown" for a in AUDIENCES), rule.instead]
        for rule in RULES.values()
    ]
    labels = [[label, MEANINGS[label]] for label in TLP]
    return (
        f"# Who may see a report\n\n{_NOTE}\n{_COPIES}\n"
        + table(["What", *AUDIENCES, "In its stead"], rows) + f"\n{_STAYS}\n## Marking\n{_MARKING}\n"
        + table(["Label", "Who may see it"], labels) + f"\n## Proof\n{_PROOF}"
    )


_COPIES = """`assess score FILE --audience partner` (or `public`) makes a copy to hand over. What differs is left out by
rule, once, before PDF, HTML, JSON or any other format is made; every copy says that something is withheld, and how
much of it. The full report is `--audience internal`. Copies are named after their audience: `…-public.pdf`.
"""
_STAYS = """The points of index, components, challenges, aims and indicators, the stage and the gates are those of the
full report. What stays in every copy: the names of the parties, the title of the relationship, the date, the bodies in
which a side takes part, and of each source with a public address its id, title, publisher, date, address and grade. A
public address has `http://` or `https://`, no account, and no name or number of an inner network. So write nothing into
a title, an id or an address of a public source that only your own side should read.

## What a copy still tells

Of a disputed answer a copy shows the middle, and everything that would give away how far the two values are apart is
left out or computed without it:

- Hard bounds of components, challenges, aims, of the index and of the weight of challenges count the answer with its
  middle, so they can be narrower than those of the full report. Where the other side of the question is open as well,
  the question counts as wholly open.
- `swing`, how far a question could move the index or the weight of challenges, counts what is unknown alone; the order
  of open questions follows it.
- The roadmap begins at the lower value. So no copy has one as long as an indicator is disputed; nor has it the answers
  that would change the stage, or the index under other level steps.

Systems and bodies know no disputed answers. A reader can still infer something from these:

- Gates and stages (`gates`, `stage`): a gate on a disputed question holds only if both values pass it; one that is
  undetermined says that its threshold lies between them. The lowest and the highest stage are those of the full report.
- A question of which one side is disputed and the other open can stand in the mean at one of its limits (`entered`,
  with the points above it), and this limit can be one of the two values.
- What is drawn (`uncertainty`, and `shares` under `sensitivity`): likely ranges, ranges from unknowns, robustness
  ranges, chances of stages, shares of the doubt, and what an open question would tell, with the order by it. All of
  them doubt both values, so a wide dispute widens them a little. Who knows every other answer can try which values fit.
  Where there are several raters, likely ranges and the share of the doubt that pooling has grow with how far they
  differ; the accuracy of each rater, and the index by the lowest of them, are left out.
- Hashes, and the seeds made from them: whoever guesses a whole questionnaire right, to the last character, can confirm
  the guess.
"""
_MARKING = """
`--marking TEXT`, or the key `marking` of the questionnaire, puts a marking into head and foot of every page, into the
metadata of the PDF, and into HTML and JSON. It is a label of the Traffic Light Protocol 2.0 of FIRST, or a
national marking as it is written. Several questionnaires make a report under the narrowest of their labels. A copy for
the public is refused under any label but TLP:CLEAR.

`assess compare` and `assess portfolio` go by the same rules: what is made of several assessments bears the narrowest of
their labels and every national marking, on every page, in HTML and JSON and on the terminal, and takes `--marking`. In
the tables of a portfolio each row has the marking of its own questionnaires; head and foot of the sheets of the
workbook, the metadata of the Parquet files and the head of the JSON have that of the whole.

`assess compare --audience` compares copies. A portfolio is always internal, and says so on its first page: its tables
hold the figures of every side, and its report names who stands ahead of whom.
"""
_PROOF = """
`assess verify report.pdf` compares every file inside with its hash, scores the answers again, makes the report
again and compares the two files. The same answers give the same file, byte for byte, with the same version on the same
libraries; the report names their versions. Where the bytes differ, everything that can be reached in the file is
compared, object by object: text, letters and their shapes, drawings, tags and alternative texts, links, bookmarks,
actions, metadata, files inside. What then comes out:

- Any difference is an error that says where it is (P406, P457). `assess sign` adds a signature; a signature explains
  that and nothing else, and one that another program has put on a report is a difference.
- Nothing differs but the bytes: the file was saved anew (P456, a warning). What was compared is the file as it is read
  here, strictly; another program may read other bytes in another way, and what nothing refers to was not looked at.
- The report names other versions than those here: the same letters may then honestly have other shapes and places. If
  fonts, places or other numbers differ, verify says that it could not be confirmed, and ends with 1 (P465); all
  other differences are errors as before. No hash covers the versions named, so they never let a difference pass.

The answers are scored with the rubric that the report carries. If it bears the name of an installed rubric and is not
what was released under its version, verify warns (P466); a rubric of any other name is taken as it is.

A copy for partner or public carries no questionnaire, only the SHA-256 of each. Then the pages are compared with the
result inside, and verify says that the answers behind it were not checked. Whoever has the questionnaires gives them:
`assess verify report-public.pdf --answers FILE`, once for each; then everything is checked.

A comparison over time (`assess compare … --out DIR`) is checked in the same way: it carries the answers, or for a
copy their SHA-256, the result of every date and the versions of the rubric. What was given to it as a result that had
been scored before is taken as it is, and verify names these dates (P467). Reports of a portfolio carry nothing.

## Signature

None of this says who made a report: whoever changes the answers and makes the report anew has a report that holds.
That is what a signature is for. It needs pyHanko: `pip install 'cyberdialog-assess[sign]'`.

`assess sign report.pdf --key key.pem --cert cert.pem`, or `--pkcs12 desk.p12`, writes `report-signed.pdf`. The
passphrase is asked for, or taken from the variable `ASSESS_PASSPHRASE`. Where the office gives out no keys, openssl
makes one with a certificate for a year, and asks for the passphrase; hand on `cert.pem`, never `key.pem`:

    openssl req -x509 -newkey rsa:3072 -keyout key.pem -out cert.pem -days 365 -subj "/CN=Cyber desk"

The signature stands behind the bytes of the
report, shows nothing on its pages, and certifies all of it: a report is signed once, as the last step.

`assess verify report-signed.pdf --trust cert.pem` says who signed, and fails if a byte was changed since or if neither
the signer nor the issuer is among the certificates given. Everything is done offline: whether a certificate was
revoked is not asked, and the time is that of the signer's own clock.
"""

PAGES = {
    "report.md": report_page,
    "portfolio.md": portfolio_page,
    "audiences.md": audiences_page,
    "problems.md": problems_page,
    "cli.md": cli_page,
    "rubric.md": rubric_page,
    "questionnaire.md": questionnaire_page,
}


def main() -> None:
    """Write all pages and print their paths."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(DOCS / name)


if __name__ == "__main__":
    main()
