"""The sealed certificates, for a rotation of keys.

Guarantees: a file is replaced whole, and only while its row is locked and names it, so that nothing
removed comes back; what is missing or does not open stays, is named, and stops no other.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from django.db import transaction

from recalldesk.evidence import files
from recalldesk.evidence.arriving import nameless_file
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.sealing import sealed_files, vault
from recalldesk.sealing.holders import Batch
from recalldesk.sealing.keys import SealingError
from recalldesk.stock.certificates.kept_files import sealed_file
from recalldesk.stock.models import StockFile


class Certificates:
    """A Holder (sealing/holders.py)."""

    name = "certificates of partners"

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
            named = (f"certificate {file.pk}",)
            try:
                batch = _reached(file, newest)
            except (StoreUnreachable, OSError):
                batch = Batch(unreached=named)
            except (FileMissing, SealingError):
                batch = Batch(unopened=named)
            yield batch


def _kept() -> Iterator[StockFile]:
    return StockFile.objects.exclude(storage_key="").order_by("pk").iterator()


@transaction.atomic
def _reached(file: StockFile, newest: Collection[str]) -> Batch:
    """Whoever settles the file waits, and takes away what is stored here."""
    row = StockFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
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
