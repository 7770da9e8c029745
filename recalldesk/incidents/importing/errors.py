"""What goes wrong with incidents."""

from recalldesk.foundation.problem import Problem


class ReportsRefused(Problem):
    """A file of reports that cannot be taken in as it is; nothing was kept."""
