"""What can be wrong with a limit's configuration."""

from recalldesk.foundation.problem import Problem


class ProxiesUnreadable(Problem):
    """The setting that names trusted proxies cannot be read."""
