"""Refunds by payment files and checks."""

from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.batches.file_provider import Destination, FileProvider
from recalldesk.remedies.batches.states import BatchKind
from recalldesk.remedies.providers.interface import Refused, Wanted
from recalldesk.remedies.providers.refund.account import FirmAccount, firm_account
from recalldesk.remedies.states import Stopped

DOLLARS = "USD"
MOST = 100_000_000
"""A record of NACHA has room for no more; nor is it what an owner is owed."""


class Refund(FileProvider):
    """Pays from one account of the firm."""

    def __init__(self, account: FirmAccount) -> None:
        self._account = account

    @property
    def name(self) -> str:
        """As rows and recall files name it."""
        return ProviderName.REFUND.value

    def destination(self, wanted: Wanted) -> Destination | Refused:
        """The file of the payee's kind. What the firm cannot pay, a person must know."""
        if wanted.amount is None or wanted.amount <= 0 or not wanted.currency:
            return Refused("no amount", Stopped.NO_AMOUNT)
        if wanted.amount >= MOST:
            return Refused("too much", Stopped.REFUSED)
        kind = wanted.recipient.payee.get("kind", "")
        if kind not in (BatchKind.IBAN, BatchKind.US_ACCOUNT, BatchKind.CHECK):
            return Refused("no payee", Stopped.PAYEE)
        if kind == BatchKind.CHECK and not wanted.recipient.address_lines:
            return Refused("no address", Stopped.ADDRESS)
        if kind not in self._account.kinds:
            return Refused(f"no account for {kind}", Stopped.NOT_CONFIGURED)
        if kind == BatchKind.US_ACCOUNT and wanted.currency != DOLLARS:
            return Refused("not in dollars", Stopped.REFUSED)
        return Destination(BatchKind(kind), wanted.currency)


def refund_of_settings() -> Refund | None:
    """The provider; None where no account is set."""
    account = firm_account()
    return Refund(account) if account.kinds else None
