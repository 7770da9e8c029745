"""That the database was restored, as a small signed text beside a head of the log. Without Django.

Guarantee: only whoever has the key that signs heads can say so. It speaks for heads that were made
before the restore and name later blocks than it found; a log that was cut afterwards, or by anybody
without that key, is not excused by it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from recalldesk.audit.head_text import MOMENT, SignedHead
from recalldesk.audit.signing import PublicKey, SigningKey

BEGIN = "-----BEGIN RECALLDESK LOG RESTORE-----"
END = "-----END RECALLDESK LOG RESTORE-----"
LINE = 64
FORM = re.compile(
    rf"{BEGIN}\n"
    r"(?P<signed>form: 1\n"
    r"block: (?P<block>\d{1,18})\n"
    r"rows: (?P<rows>\d{1,18})\n"
    r"digest: (?P<digest>[0-9a-f]{64})\n"
    r"restored-at: (?P<restored_at>\S{27})\n"
    r"backup-of: (?P<backup_of>\S{27})\n"
    r"key: (?P<key>[0-9a-f]{16})\n)"
    r"signature:\n(?P<signature>[0-9a-f]{64}\n[0-9a-f]{64})\n"
    rf"{END}"
)


@dataclass(frozen=True)
class SignedRestore:
    """A restore. `block`, `rows`, `digest`: the last block that was there after it; `backup_of`:
    when the backup was taken."""

    block: int
    rows: int
    digest: bytes
    restored_at: datetime
    backup_of: datetime
    key: str
    signature: bytes = b""

    @property
    def content(self) -> bytes:
        """The bytes that are signed. They begin as those of no head do."""
        return (
            f"{BEGIN}\n"
            "form: 1\n"
            f"block: {self.block}\n"
            f"rows: {self.rows}\n"
            f"digest: {self.digest.hex()}\n"
            f"restored-at: {self.restored_at.astimezone(UTC).strftime(MOMENT)}\n"
            f"backup-of: {self.backup_of.astimezone(UTC).strftime(MOMENT)}\n"
            f"key: {self.key}\n"
        ).encode("ascii")

    @property
    def text(self) -> str:
        """The whole of it, as it leaves."""
        digits = self.signature.hex()
        signed = self.content.decode("ascii")
        return f"{signed}signature:\n{digits[:LINE]}\n{digits[LINE:]}\n{END}\n"

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether this key signed it."""
        return key.has_signed(self.content, self.signature)

    def explains(self, head: SignedHead) -> bool:
        """Whether it is why the block of this head is not there any more."""
        return head.block > self.block and head.made_at <= self.restored_at


def signed_restore(
    *,
    block: int,
    rows: int,
    digest: bytes,
    restored_at: datetime,
    backup_of: datetime,
    key: SigningKey,
) -> SignedRestore:
    """A restore, signed."""
    unsigned = SignedRestore(block, rows, digest, restored_at, backup_of, key.public.name)
    signature = key.sign(unsigned.content)
    return SignedRestore(
        block, rows, digest, restored_at, backup_of, unsigned.key, signature=signature
    )


def restores_in(text: str) -> list[SignedRestore]:
    """The restores that a text tells of; one that is not whole is none."""
    found = (_restore(match) for match in FORM.finditer(text.replace("\r\n", "\n")))
    return [each for each in found if each is not None]


def _restore(match: re.Match[str]) -> SignedRestore | None:
    try:
        restored_at, backup_of = (
            datetime.strptime(match[name], MOMENT).replace(tzinfo=UTC)
            for name in ("restored_at", "backup_of")
        )
    except ValueError:
        return None
    return SignedRestore(
        block=int(match["block"]),
        rows=int(match["rows"]),
        digest=bytes.fromhex(match["digest"]),
        restored_at=restored_at,
        backup_of=backup_of,
        key=match["key"],
        signature=bytes.fromhex(match["signature"]),
    )
