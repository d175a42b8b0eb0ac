"""What travels inside the PDF, so that anybody can score again: questionnaires, rubric, result."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from pydantic import ValidationError

from assess.assessment import Assessment, Audience
from assess.language import N_, Phrase
from assess.problems.model import InputError, Place, Problem
from assess.reasons import reason
from assess.report.pdf import Carried, libraries
from assess.report.record import Record
from assess.rubric.model import Rubric

RECORD = "provenance.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a report was made from: the questionnaires as they were written, or where they are withheld their hashes.

    ``libraries`` are named in the record; those of this machine, unless a report is made again.
    """

    questionnaires: Sequence[bytes]
    hashes: Sequence[str] = ()
    libraries: Mapping[str, str] | None = None


def carried(
    assessment: Assessment, rubric: Rubric, sources: Sources, language: str, paper: str, templates: str = ""
) -> tuple[Carried, ...]:
    """Return the files to embed; their names say nothing of the machine they come from.

    A copy for an audience carries no questionnaire: its record names the hash of each.
    """
    files = [rubric_file(rubric), result_file(assessment)]
    return bundle(files, sources, assessment.audience, Record(
        engine=assessment.result.engine, language=language, paper=paper, parts={}, templates=templates))


def rubric_file(rubric: Rubric, name: str = "rubric.json") -> Carried:
    """Return the rubric as a file to embed."""
    return Carried(name, rubric.source.encode(), "The rubric", "Source")


def result_file(assessment: Assessment, name: str = "result.json") -> Carried:
    """Return the result as a file to embed."""
    return Carried(name, assessment.to_json().encode(), "The result", "Data")


def bundle(files: Sequence[Carried], sources: Sources, audience: Audience, record: Record) -> tuple[Carried, ...]:
    """Add to ``files`` the questionnaires, where ``audience`` may see them, and the record of all of them."""
    whole = audience == "internal"
    answers = [
        Carried(f"questionnaire-{number}.yaml", content, "The answers", "Source")
        for number, content in enumerate(sorted(sources.questionnaires), start=1) if whole
    ]
    withheld = () if whole else tuple(sorted(sources.hashes or map(sha256, sources.questionnaires)))
    parts = {file.name: sha256(file.content) for file in (*answers, *files)}
    used = libraries() if sources.libraries is None else sources.libraries
    told = record.model_copy(update={"parts": parts, "libraries": used, "withheld": withheld})
    left_out = {key for key, value in (("libraries", used), ("comparison", record.comparison)) if not value}
    text = json.dumps(told.model_dump(exclude=left_out), indent=2, sort_keys=True) + "\n"
    return (*answers, *files, Carried(RECORD, text.encode(), "How the report was made", "Supplement"))


def sha256(content: bytes) -> str:
    """Return the SHA-256 as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_carried(pdf: bytes, name: str) -> tuple[Record, Mapping[str, bytes], int]:
    """Return the record, the embedded parts by name, and the number of pages.

    Raises:
        InputError: P404, this is no PDF, or it does not carry what a report carries.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is broken is told in words of our own
    try:
        reader = PdfReader(BytesIO(pdf))
        parts = {key: contents[0] for key, contents in reader.attachments.items()}
        pages = len(reader.pages)
        record = Record.model_validate_json(parts.pop(RECORD))
    except (PyPdfError, KeyError, ValueError, OSError, RecursionError) as error:
        raise InputError([Problem("P404", Place(name), {"reason": _reason(error, pdf)})]) from error
    return record, parts, pages


def _reason(error: Exception, pdf: bytes) -> str:
    """Why nothing could be read, in words."""
    if b"%PDF-" not in pdf[:1024]:
        return Phrase(N_("it is no PDF"))
    if isinstance(error, KeyError):
        return Phrase(N_("it carries no record"))
    if isinstance(error, ValidationError):
        item = error.errors(include_url=False)[0]
        key = ".".join(map(str, item["loc"])) or RECORD
        return Phrase(N_("its record is not what this program writes, {key}: {reason}"), key=key, reason=reason(item))
    return (str(error) or type(error).__name__).splitlines()[0]
