"""The file store on a disk of this machine, of which each file is copied to a second disk at once.

Guarantees: a photo is taken in though the second disk is away, and copied later
(`matching.match_files`); a file that the first disk lost is read from the second and put back;
what is removed is removed from the second disk first, so that nothing erased stays there unseen.
"""

import secrets
from pathlib import Path

import structlog
from django.core.files import File

from recalldesk.evidence.private_folder import PrivateFolder

MARK = "copies.mark"
"""The same text in both folders: one that lacks it is a place at which no disk is mounted now."""

log = structlog.get_logger()


class CopiesAway(OSError):
    """The second disk is not there, or is another one."""


class CopiedFolder(PrivateFolder):
    """A private folder, and one of copies beside it on another disk."""

    def __init__(self, location: Path, copies: Path) -> None:
        super().__init__(location)
        self._copies = PrivateFolder(copies)

    def _save(self, name: str, content: "File[bytes]") -> str:
        name = super()._save(name, content)
        try:
            self.copy(name)
        except OSError as error:
            log.warning("photo_not_copied", error=type(error).__name__)
        return name

    def open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """A file to be read; where the first disk lost it, the second one's is put back."""
        if not self.exists(name) and self.is_copied(name):
            self.bring_back(name)
        return super().open(name, mode)

    def delete(self, name: str) -> None:
        """Removes a file from both disks. Raises CopiesAway; then it is on both still."""
        self._refuse_if_away()
        self._copies.delete(name)
        super().delete(name)

    def is_copied(self, name: str) -> bool:
        """Whether the second disk has it."""
        return self._copies.exists(name)

    def copy(self, name: str) -> None:
        """Copies a file to the second disk. Raises CopiesAway, OSError."""
        self._refuse_if_away()
        with super().open(name, "rb") as file:
            self._copies.save(name, file)

    def bring_back(self, name: str) -> None:
        """Puts a copy in the place of a file that is lost. Raises FileNotFoundError, OSError."""
        with self._copies.open(name, "rb") as file:
            super()._save(name, file)

    def is_away(self) -> bool:
        """Whether the second disk is not there. The first time it is taken as it is."""
        ours, theirs = self._mark(self), self._mark(self._copies)
        if ours:
            return ours != theirs
        return not self._marked(theirs or secrets.token_hex(16), is_new=not theirs)

    def _refuse_if_away(self) -> None:
        if self.is_away():
            raise CopiesAway("the second disk is away")

    def _marked(self, mark: str, *, is_new: bool) -> bool:
        stores = (self._copies, self) if is_new else (self,)
        for store in stores:
            folder = Path(store.location)
            store._make_folder(folder)
            (folder / MARK).write_text(mark)
        return True

    @staticmethod
    def _mark(store: PrivateFolder) -> str:
        try:
            return (Path(store.location) / MARK).read_text()
        except FileNotFoundError:
            return ""
