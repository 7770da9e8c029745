"""Papers set for a test, and what a reader of them gets."""

import io
from dataclasses import replace
from datetime import date

from pypdf import PdfReader

from recalldesk.notices.notice import Notice
from recalldesk.notices.papers.kinds import Kind, Paper
from recalldesk.notices.papers.setting import as_pdf
from recalldesk.notices.papers.telling import told_of
from recalldesk.notices.published import Published
from tests.notice.examples import example, notice

TODAY = date(2025, 7, 1)
INCHES = {Paper.LETTER: (8.5, 11), Paper.TABLOID: (11, 17)}
MILLIMETRES = {Paper.A4: (210, 297), Paper.A3: (297, 420)}


def pdf_of(
    kind: Kind, paper: Paper, name: str, language: str = "en", *, told: Notice | None = None
) -> PdfReader:
    return read(set_of(kind, paper, example(name), told or notice(name, language)))


def set_of(kind: Kind, paper: Paper, published: Published, told: Notice) -> bytes:
    return as_pdf(kind, told_of(kind, paper, published, told, TODAY))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf: PdfReader) -> str:
    return run_together(" ".join(page.extract_text() for page in pdf.pages))


def run_together(text: str) -> str:
    """Without spaces: where lines break is the paper's."""
    return "".join(text.replace("\u200b", "").split())


def long_winded(told: Notice) -> Notice:
    """The same with texts several times as long."""
    return replace(
        told,
        headline=f"{told.headline}, and {told.headline}, and once more {told.headline}",
        hazard=" ".join([told.hazard] * 4),
        steps=told.steps * 3,
    )
