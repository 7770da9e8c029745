"""What goes wrong with whom a wave is for."""

from recalldesk.foundation.problem import Problem


class AudienceRefused(Problem):
    """Nobody can be meant like that."""
