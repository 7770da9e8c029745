"""The signed heads by which the log can be verified: those given, those written, those kept.

Guarantee: only a head that one of the known keys signed counts; every other is told of.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from recalldesk.audit.errors import HeadUnreadable
from recalldesk.audit.findings import Findings, Kind
from recalldesk.audit.head_text import SignedHead, heads_in
from recalldesk.audit.heads import files_of_folder, heads_of_file, public_keys
from recalldesk.audit.models import Head


def heads_at_hand(files: Sequence[Path], findings: Findings) -> list[SignedHead]:
    """All good heads, each once. Raises LogKeyUnusable; OSError where a given file is not there."""
    keys, good = public_keys(), dict[bytes, SignedHead]()
    for where, read in _sources(files):
        try:
            found = read()
        except HeadUnreadable as error:
            findings.add(Kind.HEAD_UNREADABLE, f"{where}: {error.message}")
            continue
        for head in found:
            key = keys.get(head.key)
            if key is None:
                findings.add(
                    Kind.HEAD_UNKNOWN,
                    f"{where}: the head of block {head.block:,} is signed by the key {head.key}, "
                    "which is not among RECALLDESK_LOG_KEY and RECALLDESK_RETIRED_LOG_KEYS.",
                )
            elif not head.is_signed_by(key):
                findings.add(
                    Kind.HEAD_FORGED,
                    f"{where}: the head of block {head.block:,} was not signed as it stands.",
                )
            else:
                good[head.content] = head
    return list(good.values())


def _sources(files: Sequence[Path]) -> Iterator[tuple[str, Callable[[], list[SignedHead]]]]:
    for path in [*files, *files_of_folder()]:
        yield str(path), partial(heads_of_file, path)
    for head in Head.objects.order_by("pk").iterator():
        yield f"head {head.pk} in the database", partial(heads_in, head.text.encode())
