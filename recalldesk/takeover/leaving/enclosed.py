"""Whole files of a recall: its pictures, photos of owners, what was enclosed, reports as they were
filed, and, where they are asked for, the originals of files that came in or were handed out.

Guarantees: what is gone from the store is named as lost; a store that does not answer ends the run,
since nobody could tell then what is lost.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps

from recalldesk.evidence.enclosures.scanning import file_name
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.evidence.errors import FileMissing, NoPicture, StoreUnreachable
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import picture_bytes
from recalldesk.evidence.states import PhotoState
from recalldesk.inquiries.attaching import ATTACHMENTS
from recalldesk.pictures.models import PictureSize, TakenPicture
from recalldesk.purchasers.kept_files import in_the_clear, working_folder
from recalldesk.purchasers.models import OrderFile
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.remedies.models import BatchFile
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.sealing.keys import SealingError
from recalldesk.stock.certificates.shelf import CERTIFICATES
from recalldesk.takeover.errors import LeavingRefused
from recalldesk.takeover.leaving.folder import Folder

PIECE = 1 << 20
BESIDE = re.compile(r"(?!version-)\w[\w. -]{0,100}\.\w{1,5}", re.ASCII)
"""Names of pictures that can stand beside the recall's file."""


@dataclass
class Files:
    """`photos`: the names of the photos of each set; `lost`: what is gone from the store."""

    photos: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    written: int = 0
    lost: list[str] = field(default_factory=list)

    @contextmanager
    def may_be_lost(self, name: str) -> Iterator[None]:
        """Notes a file that is gone. Raises LeavingRefused where the store does not answer."""
        try:
            yield
        except (NoPicture, FileMissing, SealingError):
            self.lost.append(name)
        except StoreUnreachable as error:
            raise LeavingRefused(
                "The file store does not answer.", "`recalldesk doctor` says what is wrong."
            ) from error


def write_recall_files(folder: Folder, recall: Recall) -> None:
    """Each version's file, and beside it the pictures by the names that it has for them; of one
    name the newest, those before it apart."""
    for version in RecallVersion.objects.filter(recall=recall).order_by("number"):
        folder.write(f"recall/version-{version.number}.toml", [version.source.encode()])
    taken = TakenPicture.objects.filter(version__recall=recall).order_by("-version__number", "file")
    for number, row in enumerate(taken.select_related("version"), 1):
        size = PictureSize.objects.filter(picture=row.picture_id).order_by("width").last()
        if size is not None:
            name = f"recall/{row.file}"
            if name in folder.files or not BESIDE.fullmatch(row.file):
                name = f"recall/former/version-{row.version.number}-{number}.jpg"
            folder.write(name, [bytes(size.content)], named=row.file)


def write_reports(folder: Folder, recall: Recall) -> None:
    """Reports as they were filed."""
    filed: Any = apps.get_model("reports.FiledReport")  # of a package above this one
    for report in filed._default_manager.filter(recall=recall).order_by("pk").iterator():
        folder.write(f"reports/report-{report.pk}.pdf", [bytes(report.pdf)])


def write_photos(folder: Folder, recall: Recall, files: Files) -> None:
    """The photos of owners."""
    rows = Photo.objects.filter(evidence_set__recall=recall, state=PhotoState.CLEAN)
    for photo in rows.order_by("pk").iterator(chunk_size=200):
        name = f"{photo.pk}-{photo.kind}.jpg"
        with files.may_be_lost(f"photos/{name}"):
            folder.write(f"photos/{name}", [picture_bytes(photo)])
            files.photos[photo.evidence_set_id].append(name)
            files.written += 1


def write_enclosed(folder: Folder, recall: Recall, files: Files) -> None:
    """Certificates of partners, and what was attached to answers to authorities."""
    for shelf in (CERTIFICATES, ATTACHMENTS):
        rows = shelf.model._default_manager.filter(recall=recall, state=FileState.CLEAN)
        for file in rows.order_by("pk").iterator(chunk_size=200):
            name = f"enclosed/{file_name(file, shelf)}"
            with files.may_be_lost(name), shelf.opened(file) as chunks:
                folder.write(name, [b"".join(chunks)])


def write_originals(folder: Folder, recall: Recall, files: Files) -> None:
    """Order files as shops sent them, and files as they were handed to banks and warehouses."""
    kept = OrderFile.objects.filter(recall=recall).exclude(storage_key="")
    with working_folder() as working:
        for file in kept.order_by("pk").iterator():
            name = f"originals/orders-{file.pk}{file.reading.get('suffix', '')}"
            with files.may_be_lost(name), in_the_clear(file, working) as path:
                folder.write(name, _pieces(path))
    handed = BatchFile.objects.filter(batch__recall=recall).exclude(sealed_content=b"")
    for each in handed.select_related("batch").order_by("pk").iterator():
        content = base64.b64decode(opened(each, "sealed_content"))
        folder.write(f"originals/handed-out-{each.batch_id}.{each.form}", [content])


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
