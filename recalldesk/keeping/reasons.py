"""Why somebody does something about what is kept, in words of their own; it is sealed."""

from recalldesk.keeping.errors import KeepingProblem

LONGEST = 2_000


def reason_or_refuse(reason: str, problem: type[KeepingProblem]) -> str:
    """The reason without blanks around it. Raises the problem where there is none."""
    text = reason.strip()
    if not text:
        raise problem("A reason is missing.", "Say why; it stands sealed beside the log.")
    if len(text) > LONGEST:
        raise problem(
            f"The reason has {len(text):,} characters; {LONGEST:,} are the most.", "Shorten it."
        )
    return text
