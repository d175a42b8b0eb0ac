"""DOCX: the report as a document that an office can edit, made from the page that also becomes the PDF.

So it says what the PDF says, in its order and words, also where an office has templates of its own.
"""

from io import BytesIO

from assess.language import N_
from assess.report.formats.job import Job
from assess.report.formats.zipped import repacked

_NOTE = N_("the chart is in the PDF; the tables say the same")


def as_document(job: Job) -> bytes:
    """Return the document; the same assessment, language and templates give the same bytes."""
    from docx import Document  # imported late: only this format needs it

    from assess.report.formats.docx.page import Writer
    from assess.report.formats.docx.styles import prepare, running, text_width

    page = job.tree
    title, main = page.first("title"), page.first("main")
    described = next((n for n in page.walk() if n.tag == "meta" and n.attributes.get("name") == "description"), None)
    document = Document()
    prepare(document, job, title.text() if title else "", described.attributes["content"] if described else "")
    running_texts = main.attributes if main else {}
    running(document, running_texts.get("data-head", ""), running_texts.get("data-mark", ""),
            running_texts.get("data-foot", ""), text_width(job), job.marking)
    Writer(document, text_width(job), job.tr(_NOTE)).write(page)
    made = BytesIO()
    document.save(made)
    return repacked(made.getvalue(), job.day)
