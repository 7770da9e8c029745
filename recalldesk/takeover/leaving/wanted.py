"""What of a recall is to be written out, and who may have it."""

from collections.abc import Iterator
from dataclasses import dataclass

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.takeover.errors import LeavingRefused


@dataclass(frozen=True)
class Wanted:
    """`personal`: what tells of people; `originals`: files of shops, banks and warehouses as they
    were; `codes`: gift codes, which are money."""

    personal: bool = True
    originals: bool = False
    codes: bool = False

    def refuse_unless_permitted(self, by: Staff) -> None:
        """Raises NotPermitted, LeavingRefused."""
        for each in self._asks_for():
            require(by, each)
        if not self.personal and (self.originals or self.codes):
            raise LeavingRefused(
                "Original files and gift codes are people's.",
                "Leave out --without-personal, or what it cannot go with.",
            )

    def _asks_for(self) -> Iterator[Permission]:
        yield Permission.TAKE_OVER
        yield Permission.EXPORT_LIST
        if self.personal:
            yield Permission.SEE_PERSONAL
            yield Permission.SEE_HEALTH
        if self.originals:
            yield Permission.IMPORT_ORDERS
            yield Permission.HAND_OUT_FILES
        if self.codes:
            yield Permission.IMPORT_CODES

    def __str__(self) -> str:
        """As the log says it."""
        said = "with personal data" if self.personal else "without personal data"
        more = ((self.originals, "with original files"), (self.codes, "with gift codes"))
        return ", ".join((said, *(words for is_so, words in more if is_so)))
