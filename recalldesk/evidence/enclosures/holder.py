"""The sealed files of a shelf, for a rotation of keys.

Guarantees: a file is replaced whole, and only while its row is locked and names it, so that nothing
removed comes back; what is missing or does not open stays, is named, and stops no other.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction

from recalldesk.evidence import files
from recalldesk.evidence.arriving import nameless_file
from recalldesk.evidence.enclosures.rows import EnclosedFile
from recalldesk.evidence.enclosures.shelf import Shelf
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.sealing import sealed_files, vault
from recalldesk.sealing.holders import Batch
from recalldesk.sealing.keys import SealingError


@dataclass(frozen=True)
class FilesOfShelf:
    """A Holder (sealing/holders.py)."""

    shelf: Shelf
    name: str

    def count(self) -> Counter[str]:
        """How many files name each data key; only their heads are read."""
        found = Counter[str]()
        for file in self._kept():
            try:
                found[files.key_of(self.shelf.sealed_file(file.storage_key))] += 1
            except (FileMissing, StoreUnreachable, SealingError):
                found[""] += 1
        return found

    def reseal(self, newest: Collection[str]) -> Iterator[Batch]:
        """Seals anew the files that name none of these keys, one after the other."""
        for file in self._kept():
            named = (f"{self.shelf.one} {file.pk}",)
            try:
                batch = self._reached(file, newest)
            except (StoreUnreachable, OSError):
                batch = Batch(unreached=named)
            except (FileMissing, SealingError):
                batch = Batch(unopened=named)
            yield batch

    def _kept(self) -> Iterator[EnclosedFile]:
        rows = self.shelf.model._default_manager.exclude(storage_key="")
        return rows.order_by("pk").iterator()

    @transaction.atomic
    def _reached(self, file: EnclosedFile, newest: Collection[str]) -> Batch:
        """Whoever settles the file waits, and takes away what is stored here."""
        rows = self.shelf.model._default_manager.select_for_update(of=("self",))
        row = rows.get(pk=file.pk)
        if not row.storage_key:
            return Batch()
        sealed = self.shelf.sealed_file(row.storage_key)
        if files.key_of(sealed) in newest:
            return Batch()
        scope = vault.recall_scope(row.recall_id)
        with files.opened(sealed, scope=scope) as chunks, nameless_file() as anew:
            for chunk in sealed_files.sealed(chunks, scope=scope, purpose=sealed.purpose):
                anew.write(chunk)
            anew.seek(0)
            files.replace(sealed, anew)
        return Batch(resealed=1)
