"""What the desk says of an order file that is refused: what is wrong, and what to do on its page.

Guarantee: a hint names the fields of the page, and no option of the terminal.
"""

from recalldesk.console.purchaser_words import KINDS
from recalldesk.foundation.problem import Problem
from recalldesk.matching.files.errors import MappingRefused
from recalldesk.purchasers.errors import TooManyBack, WrongKind
from recalldesk.purchasers.states import FileKind


def refused_words(problem: Problem) -> str:
    """Both in one text."""
    if isinstance(problem, WrongKind):
        return (
            f"The mapping file is of {KINDS[problem.mapped]}, and “{KINDS[problem.asked]}” is"
            f" chosen here. Choose “{KINDS[problem.mapped]}” as what its lines are, or write"
            f' kind = "{problem.asked.value}" in the mapping file.'
        )
    if isinstance(problem, TooManyBack):
        return (
            f"The file would take back {problem.units:,} of all {problem.bought:,} units that were"
            f" bought. If its lines are orders, choose “{KINDS[FileKind.ORDERS]}”. If these units"
            " did come back, choose the file again, tick “These units did come back”, and take it"
            " in."
        )
    if isinstance(problem, MappingRefused):
        return f"The mapping file is not understood. {problem}"
    return str(problem)
