"""Which restores the chain bears out, and which heads they explain.

Guarantees: a restore counts only where the block that it names is in the chain as it was signed, or
where a later one that counts took it back; it explains no head that was made after it.
"""

from collections.abc import Iterable

from recalldesk.audit.canonical import NOTHING_BEFORE
from recalldesk.audit.findings import Findings, Kind, Loss
from recalldesk.audit.head_text import SignedHead
from recalldesk.audit.restore_text import SignedRestore
from recalldesk.audit.stored import StoredBlock


class Restores:
    """The signed restores at hand, as the chain is read from its first block on."""

    def __init__(self, restores: Iterable[SignedRestore]) -> None:
        self._all = sorted(restores, key=lambda each: each.restored_at)
        self._fitting = {
            each.content
            for each in self._all
            if (each.block, each.rows, each.digest) == (0, 0, NOTHING_BEFORE)
        }
        self._lost = {each.content: list[SignedHead]() for each in self._all}

    def pass_by(self, block: StoredBlock) -> None:
        """The next block of the chain."""
        for each in self._all:
            if (each.block, each.rows, each.digest) == (block.number, block.total, block.digest):
                self._fitting.add(each.content)

    def judge(self, findings: Findings) -> None:
        """Tells of restores that the chain does not bear out; call it behind the last block."""
        for each in self._all:
            if each.content not in self._fitting and not self._is_taken_back(each):
                findings.add(
                    Kind.RESTORE_UNFIT,
                    f"The restore that was signed on {each.restored_at:%Y-%m-%d %H:%M} UTC found "
                    f"block {each.block:,}, and the chain holds another one or none.",
                    block=each.block,
                )

    def take(self, head: SignedHead) -> bool:
        """Whether a restore explains that the chain does not fit this head."""
        for each in self._all:
            if each.content in self._fitting and each.explains(head):
                self._lost[each.content].append(head)
                return True
        return False

    def losses(self) -> tuple[Loss, ...]:
        """What each restore lost."""
        return tuple(Loss(each, tuple(self._lost[each.content])) for each in self._all)

    def _is_taken_back(self, restore: SignedRestore) -> bool:
        return any(
            each.content in self._fitting
            and each.block < restore.block
            and each.restored_at >= restore.restored_at
            for each in self._all
        )
