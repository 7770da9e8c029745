"""What the desk says of an order file that is refused: what is wrong, and what to do on its page.

Guarantee: a hint names the fields of the page, and no option of the terminal.
"""

from recalldesk.console.purchaser_words import KINDS
from recalldesk.foundation.problem import Problem
from recalldesk.matching.files.errors import MappingRefused
from recalldesk.purchasers.errors import WrongKind


def refused_words(problem: Problem) -> str:
    """Both in one text."""
    if isinstance(problem, WrongKind):
        return (
            f"The mapping file is of {KINDS[problem.mapped]}, and “{KINDS[problem.asked]}” is"
            f" chosen here. Choose “{KINDS[problem.mapped]}” as what its lines are, or write"
            f' kind = "{problem.asked.value}" in the mapping file.'
        )
    if isinstance(problem, MappingRefused):
        return f"The mapping file is not understood. {problem}"
    return str(problem)
