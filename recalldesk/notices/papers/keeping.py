"""Papers as files, each made once.

Guarantee: what was made is kept by the digest of what it says, so that another version, language
or month is another file and none is ever out of date; one is made at a time on the whole machine,
so that whoever asks for many waits. Where the folder fails, a paper is made all the same.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from recalldesk.foundation.clock import now
from recalldesk.foundation.file_lock import FileLock
from recalldesk.foundation.private_files import create_private, make_folder
from recalldesk.notices.papers.kinds import Kind, Paper, file_name
from recalldesk.notices.papers.setting import as_pdf, digest_of
from recalldesk.notices.papers.telling import told_of
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.document.firm import Brand

MOST_KEPT = 500
"""Files in the folder; the oldest go first. One has about 40 kB."""


@dataclass(frozen=True)
class Printed:
    """A PDF, and what its file is called."""

    name: str
    pdf: bytes
    digest: str


def printed(
    kind: Kind,
    paper: Paper,
    published: Published,
    language: str,
    *,
    brand: Brand | None = None,
    today: date | None = None,
) -> Printed:
    """The paper of a version, in the language or in the nearest one that it has; of one of its
    brands, or of all."""
    notice = notice_of(published, language)
    told = told_of(kind, paper, published, notice, today or now().date(), brand)
    digest = digest_of(kind, told)
    name = file_name(
        kind,
        paper,
        recall=notice.recall,
        version=notice.version,
        language=notice.language,
        brand=brand.key if brand else "",
    )
    kept = settings.PAPERS_FOLDER / f"{digest}.pdf"
    pdf = _read(kept)
    if pdf is None:
        pdf = _made_once(kept, kind, told)
    return Printed(name, pdf, digest)


def _read(kept: Path) -> bytes | None:
    try:
        return kept.read_bytes()
    except OSError:
        return None


@contextmanager
def one_at_a_time() -> Iterator[bool]:
    """Whoever sets a paper on this machine waits for whoever does. False where the folder fails:
    then nobody waits."""
    folder = settings.PAPERS_FOLDER
    with suppress(OSError):
        make_folder(folder)
    lock = FileLock(folder / "lock")
    try:
        lock.wait_exclusive()
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _made_once(kept: Path, kind: Kind, told: dict[str, object]) -> bytes:
    with one_at_a_time() as is_kept:
        pdf = _read(kept) if is_kept else None
        if pdf is None:
            pdf = as_pdf(kind, told)
            if is_kept:
                with suppress(OSError):
                    _keep(kept, pdf)
        return pdf


def _keep(kept: Path, pdf: bytes) -> None:
    unfinished = kept.with_name(f"{token_hex(8)}.part")
    with os.fdopen(create_private(unfinished), "wb") as file:
        file.write(pdf)
    unfinished.replace(kept)
    for old in sorted(kept.parent.glob("*.p*"), key=lambda each: each.stat().st_mtime)[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
