"""The sealed order files, for a rotation of keys.

Guarantees: a file is replaced whole, and only while its row is locked and names it, so that nothing
erased comes back; what is missing or does not open stays, is named, and stops no other. No byte is
on disk in the clear.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from django.db import transaction

from recalldesk.evidence import files
from recalldesk.evidence.arriving import nameless_file
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.purchasers.kept_files import sealed_file
from recalldesk.purchasers.models import OrderFile
from recalldesk.sealing import sealed_files, vault
from recalldesk.sealing.holders import Batch
from recalldesk.sealing.keys import SealingError


class OrderFiles:
    """A Holder (sealing/holders.py). Of a recall there are some dozen files, not many."""

    name = "order files"

    def count(self) -> Counter[str]:
        """How many files name each data key; only their heads are read."""
        found = Counter[str]()
        for file in _kept():
            try:
                found[files.key_of(sealed_file(file.storage_key))] += 1
            except (FileMissing, StoreUnreachable, SealingError):
                found[""] += 1
        return found

    def reseal(self, newest: Collection[str]) -> Iterator[Batch]:
        """Seals anew the files that name none of these keys, one after the other."""
        for file in _kept():
            named = (f"order file {file.pk}",)
            try:
                batch = _reached(file, newest)
            except (StoreUnreachable, OSError):
                batch = Batch(unreached=named)
            except (FileMissing, SealingError):
                batch = Batch(unopened=named)
            yield batch


def _kept() -> list[OrderFile]:
    return list(OrderFile.objects.exclude(storage_key="").order_by("pk"))


@transaction.atomic
def _reached(file: OrderFile, newest: Collection[str]) -> Batch:
    """Whoever erases the file waits, and takes away what is stored here."""
    row = OrderFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if not row.storage_key:
        return Batch()
    sealed = sealed_file(row.storage_key)
    if files.key_of(sealed) in newest:
        return Batch()
    scope = vault.recall_scope(row.recall_id)
    with files.opened(sealed, scope=scope) as chunks, nameless_file() as anew:
        for chunk in sealed_files.sealed(chunks, scope=scope, purpose=sealed.purpose):
            anew.write(chunk)
        anew.seek(0)
        files.replace(sealed, anew)
    return Batch(resealed=1)
