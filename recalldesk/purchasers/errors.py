"""What goes wrong with order files and purchasers."""

from recalldesk.foundation.problem import Problem
from recalldesk.purchasers.states import FileKind


class OrdersRefused(Problem):
    """A file of orders that cannot be taken in as it is; nothing was kept."""


class MappingMisplaced(OrdersRefused):
    """A mapping file is missing, or is there where the shop's form is known."""


class WrongKind(OrdersRefused):
    """The mapping file is of another kind of file than the one it is to be read as."""

    def __init__(self, *, mapped: FileKind, asked: FileKind) -> None:
        super().__init__(
            f"The mapping file is of {mapped.value}, and the file is to be read as {asked.value}.",
            f'Read it as {mapped.value}, or write kind = "{asked.value}" in the mapping file.',
        )
        self.mapped, self.asked = mapped, asked


class TooManyBack(OrdersRefused):
    """A file would take back much of all units, and nobody said that it is meant."""

    def __init__(self, *, units: int, bought: int) -> None:
        super().__init__(
            f"The file would take back {units:,} of all {bought:,} units that were bought.",
            "If they are orders, read them as orders. If these units did come back, say --yes.",
        )
        self.units, self.bought = units, bought


class NoSuchFile(Problem):
    """There is no order file of that number."""


class NoSuchPurchaser(Problem):
    """There is no purchaser, or no question about one, of that number."""


class QuestionRefused(Problem):
    """A question cannot be settled like that."""
