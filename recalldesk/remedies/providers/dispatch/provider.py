"""Replacements and repairs by the firm's own warehouse, which gets pick lists."""

from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.batches.file_provider import Destination, FileProvider
from recalldesk.remedies.batches.states import BatchKind
from recalldesk.remedies.providers.interface import Refused, Wanted
from recalldesk.remedies.states import Stopped


class Dispatch(FileProvider):
    """Needs no setting: without files to hand out it does nothing."""

    @property
    def name(self) -> str:
        """As rows and recall files name it."""
        return ProviderName.DISPATCH.value

    def destination(self, wanted: Wanted) -> Destination | Refused:
        """The pick list, where there is an address to send to."""
        if not wanted.recipient.address_lines:
            return Refused("no address", Stopped.ADDRESS)
        return Destination(BatchKind.PICK_LIST)
