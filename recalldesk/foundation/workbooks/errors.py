"""What is wrong with a workbook."""

from recalldesk.foundation.problem import Problem


class WorkbookNotReadable(Problem):
    """It is damaged, locked, no workbook, or a trap."""
