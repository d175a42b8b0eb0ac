"""The offline form: one HTML file with the rubric, the rules and the scripts inside, and nothing outside.

The page is a pure function of its inputs. Its policy allows the one script and the one style sheet that
carry the right hash and nothing else: no network, no evaluation of text, no handlers in markup.
"""

import base64
import hashlib
import html
import io
import json
import re
import zlib
from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - a type beside the field of the same name
from typing import Any

from assess import __version__
from assess.language import Translator
from assess.parties import known_parties
from assess.questionnaire.blank import blank
from assess.questionnaire.emit import dump
from assess.questionnaire.formdata import Texts, form_data
from assess.questionnaire.model import Parties
from assess.rubric.model import Rubric

MAX_BYTES = 1_000_000
LIBRARY = "yaml.js"
# The scripts in the order in which they are joined; each uses only what stands above it.
SCRIPTS = (
    "text.js", "schema.js", "brackets.js", "read.js", "salvage.js", "check.js", "coverage.js", "write.js", "store.js",
    "state.js", "dom.js", "evidence.js", "answer.js", "pages.js", "main.js",
)
_REMARKS = re.compile(r"^\s*/\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_MODULE_LINES = re.compile(r"^import [^;]*;\n|^export (?=\w)", re.MULTILINE)


def start(rubric: Rubric, parties: Parties, as_of: Date, tr: Translator) -> str:
    """Return the YAML with which an empty form starts: the head of a questionnaire, and no answer."""
    empty = blank(rubric, parties, as_of, tr)
    head = empty.model_dump(include={"rubric", "relationship", "as_of"}, exclude_defaults=True)
    return "\n".join(dump(head)) + "\n"


def form_page(
    rubric: Rubric, translators: Mapping[str, Translator], assets: Mapping[str, str], text: str, name: str
) -> str:
    """Return the form as one HTML file.

    ``translators`` maps languages to their translators, the one shown first coming first; ``assets`` are the
    files of ``report_templates/form`` by name; ``text`` is the questionnaire that the form starts with, as
    YAML, and ``name`` the name under which it is saved, without ending. Texts of the language shown first stand
    plain in the page, unless it would grow over ``MAX_BYTES``; then they are packed like the others.
    """
    texts = Texts()
    data = form_data(rubric, _words(assets), texts)
    data |= {"engine": __version__, "start": text, "name": name, "languages": list(translators)}
    data["parties"] = {code: known_parties(tr) for code, tr in translators.items()}
    spoken = {code: texts.in_language(tr) for code, tr in translators.items()}
    first = next(iter(spoken))
    packed = {code: _packed(said) for code, said in spoken.items()}
    page = _page({**data, "texts": {first: spoken.pop(first)}, "packed": {code: packed[code] for code in spoken}},
                 translators[first], assets, rubric)
    if len(page.encode()) < MAX_BYTES:
        return page
    return _page({**data, "texts": {}, "packed": packed}, translators[first], assets, rubric)


def _page(data: Mapping[str, Any], tr: Translator, assets: Mapping[str, str], rubric: Rubric) -> str:
    script = _script(assets)
    return _PAGE.format(
        language=tr.language, title=html.escape(tr(rubric.title)), policy=_policy(script, assets["form.css"]),
        style=assets["form.css"], data=_json(data), script=script, wait=html.escape(tr("The form is loading.")),
        without=html.escape(tr("This form works with scripts, which are switched off here. Allow scripts for this "
                               "file, or fill in the workbook or the YAML file instead.")),
        old=html.escape(tr("This browser is too old for this form. Open the file in a newer one.")),
    )


_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<noscript><p>{without}</p></noscript>
<div id="app"><main><p>{wait}</p><p id="old" hidden>{old}</p></main></div>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def _policy(script: str, style: str) -> str:
    """Return the content security policy: nothing but this script and this style sheet."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _script(assets: Mapping[str, str]) -> str:
    """Join the library and the modules into one script; inside it a module's exports are plain names.

    Raises:
        ValueError: a script would end its own element.
    """
    own = "".join(f"\n// --- {name}\n{_bare(assets[name])}" for name in SCRIPTS)
    script = f"{assets[LIBRARY]}\n(() => {{\n\"use strict\";{own}}})();\n"
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise ValueError("a script holds the end of its own element")
    return script


def _bare(module: str) -> str:
    """Return a module without its imports, the word ``export``, remarks on lines of their own, and indentation."""
    lines = (line.strip() for line in _REMARKS.sub("", _MODULE_LINES.sub("", module)).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("// ")) + "\n"


def _words(assets: Mapping[str, str]) -> list[str]:
    """Return every text that the scripts show, in the order of the scripts."""
    from babel.messages.extract import extract  # imported late: only the form needs it

    found: dict[str, None] = {}
    for name in SCRIPTS:
        for _, message, _, _ in extract("javascript", io.BytesIO(assets[name].encode()), keywords={"_": None}):
            assert isinstance(message, str)
            found.setdefault(message)
    return list(found)


def _json(data: Any) -> str:
    """Write data as JSON that cannot end its element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _packed(texts: list[str]) -> str:
    """Return texts as compressed JSON in base64."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = packer.compress(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()) + packer.flush()
    return base64.b64encode(raw).decode()
