"""What goes wrong with order files and purchasers."""

from recalldesk.foundation.problem import Problem


class OrdersRefused(Problem):
    """A file of orders that cannot be taken in as it is; nothing was kept."""


class NoSuchFile(Problem):
    """There is no order file of that number."""


class NoSuchPurchaser(Problem):
    """There is no purchaser, or no question about one, of that number."""


class QuestionRefused(Problem):
    """A question cannot be settled like that."""
