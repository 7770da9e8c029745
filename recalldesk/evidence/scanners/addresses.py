"""The setting RECALLDESK_CLAMD as an address."""

from dataclasses import dataclass

from recalldesk.foundation.problem import Problem

NONE = "none"


class ScannerAddressUnreadable(Problem):
    """RECALLDESK_CLAMD is none of the three forms."""

    def __init__(self) -> None:
        super().__init__(
            "RECALLDESK_CLAMD cannot be read.",
            "Write `unix:/run/clamav/clamd.ctl`, `tcp:127.0.0.1:3310`, or `none`.",
        )


@dataclass(frozen=True)
class UnixAddress:
    """A socket on this machine."""

    path: str


@dataclass(frozen=True)
class TcpAddress:
    """A host and port."""

    host: str
    port: int


def scanner_address(setting: str) -> UnixAddress | TcpAddress | None:
    """Where clamd listens; None where the setting says there is none.

    Raises ScannerAddressUnreadable.
    """
    if setting.strip() == NONE:
        return None
    form, _, rest = setting.strip().partition(":")
    if form == "unix" and rest.startswith("/"):
        return UnixAddress(rest)
    host, _, port = rest.rpartition(":")
    if form == "tcp" and host and port.isascii() and port.isdigit() and 0 < int(port) < 65_536:
        return TcpAddress(host.strip("[]"), int(port))
    raise ScannerAddressUnreadable
