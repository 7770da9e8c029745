"""The firm's own account, as the settings say it."""

from dataclasses import dataclass

from django.conf import settings
from stdnum import iban
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.us import rtn

from recalldesk.remedies.batches.states import BatchKind

LONGEST_COMPANY = 10


@dataclass(frozen=True, repr=False)
class FirmAccount:
    """Whence money goes. `holder` empty: no refunds by file. `us_routing` is the bank's number,
    `us_company` the firm's at its bank (its tax number after a 1, mostly). `pays_by_csv`: the bank
    takes a table instead of ISO 20022 and NACHA."""

    holder: str
    iban: str
    bic: str
    us_routing: str
    us_company: str
    us_bank: str
    checks: bool
    pays_by_csv: bool

    @property
    def kinds(self) -> frozenset[BatchKind]:
        """The ways in which it can pay."""
        found = set[BatchKind]()
        if self.holder and self.iban:
            found.add(BatchKind.IBAN)
        if self.holder and self.us_routing and self.us_company:
            found.add(BatchKind.US_ACCOUNT)
        if self.holder and self.checks:
            found.add(BatchKind.CHECK)
        return frozenset(found)


def firm_account() -> FirmAccount:
    """The account of the settings."""
    environment = settings.ENVIRONMENT
    return FirmAccount(
        holder=environment.refund_holder.strip(),
        iban=iban.compact(environment.refund_iban),
        bic=environment.refund_bic.strip().upper(),
        us_routing=environment.refund_us_routing.strip(),
        us_company=environment.refund_us_company.strip(),
        us_bank=environment.refund_us_bank.strip(),
        checks=environment.refund_checks,
        pays_by_csv=environment.refund_files == "csv",
    )


def is_unusable(account: FirmAccount) -> bool:
    """Whether a part of it is wrong, or is missing beside another."""
    half_us = bool(account.us_routing) != bool(account.us_company)
    given = account.iban or account.us_routing or account.checks
    has_no_holder = bool(given) and not account.holder
    too_long = len(account.us_company) > LONGEST_COMPANY
    try:
        if account.iban:
            iban.validate(account.iban)
        if account.us_routing:
            rtn.validate(account.us_routing)
    except NotANumber:
        return True
    return half_us or has_no_holder or too_long
