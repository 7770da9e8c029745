"""A head of the log as a small text: which block was the last, and who signed it. Without Django.

Guarantees: it is ASCII in short lines, so that a mail, a print or a pasted copy holds it whole;
what was signed are the very bytes between its first line and the signature.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from recalldesk.audit.canonical import DIGEST_BYTES
from recalldesk.audit.errors import HeadUnreadable
from recalldesk.audit.signing import PublicKey, SigningKey

BEGIN, END = "-----BEGIN RECALLDESK LOG HEAD-----", "-----END RECALLDESK LOG HEAD-----"
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
LINE = 64
"""Digits of the signature in each of its two lines."""
FORM = re.compile(
    rf"{BEGIN}\n"
    r"(?P<signed>form: 1\n"
    r"block: (?P<block>\d{1,18})\n"
    r"rows: (?P<rows>\d{1,18})\n"
    r"digest: (?P<digest>[0-9a-f]{64})\n"
    r"sealed-at: (?P<sealed_at>\S{27})\n"
    r"made-at: (?P<made_at>\S{27})\n"
    r"key: (?P<key>[0-9a-f]{16})\n)"
    r"signature:\n(?P<signature>[0-9a-f]{64}\n[0-9a-f]{64})\n"
    rf"{END}"
)
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class SignedHead:
    """The head of the chain at one moment. `rows` counts the rows of all blocks up to it."""

    block: int
    rows: int
    digest: bytes
    sealed_at: datetime
    made_at: datetime
    key: str
    signature: bytes = b""

    @property
    def content(self) -> bytes:
        """The bytes that are signed."""
        return (
            "form: 1\n"
            f"block: {self.block}\n"
            f"rows: {self.rows}\n"
            f"digest: {self.digest.hex()}\n"
            f"sealed-at: {self.sealed_at.astimezone(UTC).strftime(MOMENT)}\n"
            f"made-at: {self.made_at.astimezone(UTC).strftime(MOMENT)}\n"
            f"key: {self.key}\n"
        ).encode("ascii")

    @property
    def text(self) -> str:
        """The whole of it, as it leaves."""
        digits = self.signature.hex()
        signed = self.content.decode("ascii")
        return f"{BEGIN}\n{signed}signature:\n{digits[:LINE]}\n{digits[LINE:]}\n{END}\n"

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether this key signed it."""
        return key.has_signed(self.content, self.signature)


def signed_head(
    *,
    block: int,
    rows: int,
    digest: bytes,
    sealed_at: datetime,
    made_at: datetime,
    key: SigningKey,
) -> SignedHead:
    """A head, signed."""
    unsigned = SignedHead(block, rows, digest, sealed_at, made_at, key.public.name)
    signature = key.sign(unsigned.content)
    return SignedHead(block, rows, digest, sealed_at, made_at, unsigned.key, signature)


def heads_in(content: bytes) -> list[SignedHead]:
    """The heads that a file holds: one that was written, or a mail as it was saved.

    Raises HeadUnreadable where there is none, or one that is not whole.
    """
    text = text_in(content).replace("\r\n", "\n")
    found = [_head(match) for match in FORM.finditer(text)]
    if not found or len(found) != text.count(BEGIN):
        raise HeadUnreadable(
            "There is no whole head of a log in it.",
            f"It stands between `{BEGIN}` and `{END}`, unchanged.",
        )
    return found


def _head(match: re.Match[str]) -> SignedHead:
    digest = bytes.fromhex(match["digest"])
    assert len(digest) == DIGEST_BYTES
    try:
        sealed_at, made_at = (_moment(match[name]) for name in ("sealed_at", "made_at"))
    except ValueError as error:
        raise HeadUnreadable("A head names a moment that is none.") from error
    return SignedHead(
        block=int(match["block"]),
        rows=int(match["rows"]),
        digest=digest,
        sealed_at=sealed_at,
        made_at=made_at,
        key=match["key"],
        signature=bytes.fromhex(match["signature"]),
    )


def _moment(text: str) -> datetime:
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)


def text_in(content: bytes) -> str:
    """What a file says: one that was written, or a mail as it was saved."""
    if BEGIN.encode() in content and b"\nContent-Transfer-Encoding" not in content:
        return content.decode("utf-8", "replace")
    mail = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    body = mail.get_body(("plain",))
    try:
        return body.get_content() if body else content.decode("utf-8", "replace")
    except (LookupError, KeyError, ValueError):
        return content.decode("utf-8", "replace")
