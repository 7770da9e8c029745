"""What a verification of the log finds. Without Django.

Guarantee: what is kept of any number of findings is bounded; how many there were is counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from recalldesk.audit.head_text import SignedHead
from recalldesk.audit.restore_text import SignedRestore

MOST_KEPT = 100


class Kind(StrEnum):
    """What can be wrong."""

    ROW_TOUCHED = "row_touched"
    ROW_REMOVED = "row_removed"
    ROW_ADDED = "row_added"
    ROW_LEFT = "row_left"
    NOTE_TOUCHED = "note_touched"
    CONTENT_TOUCHED = "content_touched"
    CONTENT_REMOVED = "content_removed"
    CONTENT_ADDED = "content_added"
    STATE_DIFFERS = "state_differs"
    BLOCK_TOUCHED = "block_touched"
    BLOCK_REMOVED = "block_removed"
    CHAIN_REBUILT = "chain_rebuilt"
    CHAIN_CUT = "chain_cut"
    RESTORE_UNFIT = "restore_unfit"
    HEAD_FORGED = "head_forged"
    HEAD_UNKNOWN = "head_unknown"
    HEAD_UNREADABLE = "head_unreadable"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `says` is what the row says now, by column."""

    kind: Kind
    words: str
    row_id: int | None = None
    block: int | None = None
    says: Mapping[str, str] | None = None


@dataclass
class Findings:
    """All of them, in the order of the log."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)

    def add(
        self,
        kind: Kind,
        words: str,
        *,
        row_id: int | None = None,
        block: int | None = None,
        says: Mapping[str, str] | None = None,
    ) -> None:
        """One more."""
        self.counts[kind] += 1
        if len(self.kept) < MOST_KEPT:
            self.kept.append(Finding(kind, words, row_id, block, says))


@dataclass(frozen=True)
class Loss:
    """What a restore lost: the heads that left before it and name blocks that it did not find."""

    restore: SignedRestore
    heads: tuple[SignedHead, ...]

    @property
    def rows(self) -> int:
        """How many rows of the log are lost, as far as heads tell."""
        return max((head.rows for head in self.heads), default=self.restore.rows) - (
            self.restore.rows
        )


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what was found.

    `holding` are the good heads that the chain fits, the oldest first. `losses` are those of
    restores that were signed, the oldest first; no finding. `waiting` rows are not
    sealed yet, `late` ones say a time long before they were sealed; neither is a finding.
    """

    blocks: int
    rows: int
    notes: int
    erased_notes: int
    contents: int
    erased_texts: int
    waiting: int
    late: int
    first_late: int | None
    holding: tuple[SignedHead, ...]
    losses: tuple[Loss, ...]
    findings: Findings

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.findings.counts

    @property
    def unheld(self) -> int:
        """Blocks after the newest head that holds: only the database speaks for them."""
        return self.blocks - (self.holding[-1].block if self.holding else 0)

    def between(self, block: int) -> tuple[SignedHead | None, SignedHead | None]:
        """The last head that holds before a block, and the first one with it."""
        before = [head for head in self.holding if head.block < block]
        after = [head for head in self.holding if head.block >= block]
        return (before[-1] if before else None), (after[0] if after else None)
