"""What goes wrong with a feed, in words for the person who read it."""

from recalldesk.foundation.problem import Problem


class FeedProblem(Problem):
    """Base of the family. `message` says what is wrong, `hint` what to do."""


class FeedNotFetched(FeedProblem):
    """Nothing that could be read came from the address."""


class FeedNotRead(FeedProblem):
    """The file is no feed, or not a whole one; nothing of it was stored."""


class EntriesNotAccountedFor(FeedNotRead):
    """The entries read do not add up to those counted independently."""
