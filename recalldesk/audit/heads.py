"""Makes heads of the log, signs them, and brings them out of the database.

Guarantees: the key that signs stands in the environment only; a head that was made leaves, however
often its jobs are killed: they commit with its row, and are tried until it is done.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.errors import NothingSealed
from recalldesk.audit.head_text import MOST_BYTES, SignedHead, signed_head
from recalldesk.audit.models import Block, Head
from recalldesk.audit.recipients import recipients
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.signing import PublicKey, SigningKey, key_in, known_keys
from recalldesk.foundation import clock, private_files

EVERY = timedelta(hours=23, minutes=30)
"""Daily, and never later and later: what asks whether one is due comes each hour."""
WRITE, WRITE_QUEUE = "audit.write_head", "audit"
MAIL, MAIL_QUEUE = "mailing.mail_head", "mailing"
"""Job and queue of whoever mails it. They are named only: nothing here imports upwards."""
ENDING = ".txt"


def signing_key() -> SigningKey:
    """The key of RECALLDESK_LOG_KEY. Raises LogKeyUnusable."""
    return SigningKey(key_in(settings.LOG_KEY, variable="RECALLDESK_LOG_KEY"))


def public_keys() -> Mapping[str, PublicKey]:
    """Every key whose signature counts, by its name. Raises LogKeyUnusable."""
    return known_keys(signing=settings.LOG_KEY, retired=settings.RETIRED_LOG_KEYS)


def head_now() -> SignedHead:
    """The head of the chain as it stands, signed; kept nowhere.

    Raises NothingSealed, LogKeyUnusable.
    """
    key, block = signing_key(), Block.objects.order_by("-number").first()
    if block is None:
        raise NothingSealed(
            "The log has no block yet.", "A worker seals it: `recalldesk work`, or `serve`."
        )
    return signed_head(
        block=block.number,
        rows=block.total,
        digest=bytes(block.digest),
        sealed_at=block.sealed_at,
        made_at=clock.now(),
        key=key,
    )


def make_head(*, after: str = "") -> Head:
    """Seals what waits, and makes a head that leaves by its jobs; `after` stands before it in its
    text, and leaves with it.

    Raises NothingSealed, LogKeyUnusable.
    """
    seal_what_waits()
    with transaction.atomic():
        made = head_now()
        text = f"{after}{made.text}"
        head = Head.objects.create(block_id=made.block, text=text, made_at=made.made_at)
        if settings.LOG_HEADS_FOLDER is not None:
            app.configure_task(WRITE, queue=WRITE_QUEUE).defer(head_id=head.pk)
        if recipients():
            app.configure_task(MAIL, queue=MAIL_QUEUE).defer(head_id=head.pk)
    return head


def make_head_if_due() -> Head | None:
    """One a day. None where none is due, or nothing was ever logged. Raises LogKeyUnusable."""
    newest = newest_head()
    if newest is not None and newest.made_at > clock.now() - EVERY:
        return None
    seal_what_waits()
    return make_head() if Block.objects.exists() else None


def newest_head() -> Head | None:
    """The head that was made last."""
    return Head.objects.order_by("-pk").first()


def write_head(*, head_id: int) -> Path | None:
    """Puts a head into the folder for heads; one that is there stays. Raises OSError."""
    folder: Path | None = settings.LOG_HEADS_FOLDER
    head = Head.objects.get(pk=head_id)
    if folder is None:
        return None
    moment = head.made_at.strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"head-{head.block_id:09}-{moment}{ENDING}"
    if not folder.is_dir():
        private_files.make_home(folder)
    if not path.exists():
        draft = path.with_name(f".{path.name}")
        draft.write_text(head.text, encoding="ascii")
        draft.replace(path)
    return path


def content_of_file(path: Path) -> bytes:
    """What a file with heads holds, as far as one can. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def files_of_folder() -> list[Path]:
    """The files in the folder for heads, the oldest name first; none where there is no folder."""
    folder: Path | None = settings.LOG_HEADS_FOLDER
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.glob(f"*{ENDING}") if not path.name.startswith("."))
