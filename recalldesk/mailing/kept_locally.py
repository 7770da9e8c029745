"""What went to a folder in place of to people: the mails and text messages of a demo.

Guarantee: a file that is no mail or message of ours is passed over.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

from recalldesk.mailing.mail_url import FOLDER
from recalldesk.mailing.states import Channel

MOST = 100


@dataclass(frozen=True)
class Kept:
    """One of them."""

    channel: Channel
    at: datetime
    sender: str
    to: str
    subject: str
    text: str
    language: str


def kept_locally() -> list[Kept]:
    """The newest hundred, the newest first."""
    files = sorted(_files(), reverse=True)[:MOST]
    return [kept for _, path in files if (kept := _read(path)) is not None]


def mail_folder() -> Path:
    """Where mails go that go to a folder."""
    is_folder = settings.EMAIL_BACKEND == FOLDER
    return Path(settings.MAIL_OPTIONS["folder"]) if is_folder else settings.MAIL_FOLDER


def _files() -> Iterable[tuple[int, Path]]:
    for folder, ending in ((mail_folder(), "eml"), (settings.SMS_FOLDER, "json")):
        for path in folder.glob(f"[!.]*.{ending}"):
            yield path.stat().st_mtime_ns, path


def _read(path: Path) -> Kept | None:
    at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    try:
        return _mail(path, at) if path.suffix == ".eml" else _text_message(path, at)
    except (ValueError, LookupError, TypeError):
        return None


def _mail(path: Path, at: datetime) -> Kept:
    mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = mail.get_body(("plain",))
    return Kept(
        channel=Channel.EMAIL,
        at=at,
        sender=str(mail["From"]),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=body.get_content() if body else "",
        language=str(mail["Content-Language"] or ""),
    )


def _text_message(path: Path, at: datetime) -> Kept:
    message = json.loads(path.read_text())
    return Kept(
        channel=Channel.SMS,
        at=at,
        sender="",
        to=message["to"],
        subject="",
        text=message["text"],
        language=message["language"],
    )
