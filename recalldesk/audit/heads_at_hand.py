"""The signed heads by which the log can be verified: those given, those written, those kept; and
what they tell of restores.

Guarantee: only what one of the known keys signed counts; every other is told of.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from recalldesk.audit.errors import HeadUnreadable
from recalldesk.audit.findings import Findings, Kind
from recalldesk.audit.head_text import SignedHead, heads_in, text_in
from recalldesk.audit.heads import content_of_file, files_of_folder, public_keys
from recalldesk.audit.models import Head
from recalldesk.audit.restore_text import SignedRestore, restores_in
from recalldesk.audit.signing import PublicKey


@dataclass
class AtHand:
    """Good heads and restores, each once, by what was signed."""

    heads: dict[bytes, SignedHead] = field(default_factory=dict)
    restores: dict[bytes, SignedRestore] = field(default_factory=dict)


def heads_at_hand(files: Sequence[Path], findings: Findings) -> AtHand:
    """All good ones. Raises LogKeyUnusable; OSError where a given file is not there."""
    keys, good = public_keys(), AtHand()
    for where, read in _sources(files):
        content = read()
        try:
            heads = heads_in(content)
        except HeadUnreadable as error:
            findings.add(Kind.HEAD_UNREADABLE, f"{where}: {error.message}")
            continue
        for head in heads:
            words = f"{where}: the head of block {head.block:,}"
            if _counts(head, keys, words, findings):
                good.heads[head.content] = head
        for restore in restores_in(text_in(content)):
            words = f"{where}: the restore to block {restore.block:,}"
            if _counts(restore, keys, words, findings):
                good.restores[restore.content] = restore
    return good


def _counts(
    signed: SignedHead | SignedRestore,
    keys: Mapping[str, PublicKey],
    words: str,
    findings: Findings,
) -> bool:
    key = keys.get(signed.key)
    if key is None:
        findings.add(
            Kind.HEAD_UNKNOWN,
            f"{words} is signed by the key {signed.key}, which is not among RECALLDESK_LOG_KEY "
            "and RECALLDESK_RETIRED_LOG_KEYS.",
        )
    elif not signed.is_signed_by(key):
        findings.add(Kind.HEAD_FORGED, f"{words} was not signed as it stands.")
    else:
        return True
    return False


def _sources(files: Sequence[Path]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for path in [*files, *files_of_folder()]:
        yield str(path), partial(content_of_file, path)
    for head in Head.objects.order_by("pk").iterator():
        yield f"head {head.pk} in the database", partial(head.text.encode)
