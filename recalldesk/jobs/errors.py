"""What a job says when it could not be done yet, and is to be tried again."""

from recalldesk.foundation.problem import Problem


class NotYet(Problem):
    """Nothing is broken on our side: what the job needs is away, or asks to come back later.

    Whatever else a job raises is a fault of ours; it is tried again all the same.
    """
