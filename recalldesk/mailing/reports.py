"""Reads a report of a mail server: what became of a mail (RFC 3464, and 6533 beside it).

Guarantees: whatever the bytes are, there is a report or the word that there is none; nothing of it
is kept but which mail it is of and what became of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser, HeaderParser

from recalldesk.mailing.deliveries import News
from recalldesk.mailing.errors import NotAReport
from recalldesk.mailing.judging import is_of_the_address

MOST_BYTES = 4 * 1024 * 1024
"""Of a report. Its first parts say all; behind them stands the mail that came back."""
STATUS = ("message/delivery-status", "message/global-delivery-status")
HEADERS_ALONE = ("text/rfc822-headers", "message/global-headers")
WHOLE = ("message/rfc822", "message/global")
NAMES_A_MAIL = ("In-Reply-To", "References")
"""Where some servers name the mail, if they send none of it back."""
MESSAGE_ID = re.compile(r"<[^<>\s]{1,254}>")
MOST_NAMES = 20
BECAME = {"failed": News.CAME_BACK, "delivered": News.DELIVERED}


@dataclass(frozen=True)
class Report:
    """Which mail it is of, by the names that it may have; and what became of it. None: it is still
    on its way. `reaches_nobody`: it came back because nobody has the address."""

    message_ids: tuple[str, ...]
    news: News | None
    reaches_nobody: bool = False


def report_in(content: bytes) -> Report:
    """The report that these bytes are. Raises NotAReport."""
    try:
        whole = BytesParser(policy=policy.compat32).parsebytes(content[:MOST_BYTES])
        return _report(whole)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        # Python's reader of mail is not made for whatever somebody may send.
        raise NotAReport from error


def _report(whole: Message) -> Report:
    parts = whole.get_payload()
    if whole.get_content_type() != "multipart/report" or not isinstance(parts, list):
        raise NotAReport
    told = [part for part in parts if isinstance(part, Message)]
    status = next((part for part in told if part.get_content_type() in STATUS), None)
    if status is None:
        raise NotAReport
    blocks = list(_blocks(status))
    actions = [str(block["Action"]).strip().lower() for block in blocks if block["Action"]]
    if not actions:
        raise NotAReport
    # A mail goes to one person; where it went on to several, a failure is what somebody must see.
    news = next((BECAME[action] for action in BECAME if action in actions), None)
    reasons = [str(block["Status"]) for block in blocks if block["Status"]]
    reaches_nobody = news is News.CAME_BACK and any(map(is_of_the_address, reasons))
    return Report(tuple(_names(whole, told)), news, reaches_nobody)


def _blocks(status: Message) -> Iterator[Message]:
    """The groups of fields in the part that says what became of it."""
    inside = status.get_payload()
    for block in inside if isinstance(inside, list) else ():
        if not isinstance(block, Message):
            continue
        yield block
        rest = block.get_payload()
        # Of `global-delivery-status` Python makes one mail with the other groups as its text.
        for text in rest.split("\n\n") if isinstance(rest, str) else ():
            yield HeaderParser(policy=policy.compat32).parsestr(text)


def _names(whole: Message, parts: list[Message]) -> list[str]:
    """What the mail may be called: by its own headers first, then by those of the report."""
    said = [original["Message-ID"] for part in parts for original in _originals(part)]
    said += [whole[name] for name in NAMES_A_MAIL]
    return [name for each in said if each for name in MESSAGE_ID.findall(str(each))][:MOST_NAMES]


def _originals(part: Message) -> Iterator[Message]:
    """The mail that came back, or its headers."""
    kind, inside = part.get_content_type(), part.get_payload()
    if kind not in HEADERS_ALONE + WHOLE:
        return
    if isinstance(inside, list):
        yield from (each for each in inside[:1] if isinstance(each, Message))
    else:
        text = part.get_payload(decode=True)
        if isinstance(text, bytes):
            yield BytesParser(policy=policy.compat32).parsebytes(text, headersonly=True)
