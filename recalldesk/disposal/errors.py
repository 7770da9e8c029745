"""What goes wrong with collection sites."""

from recalldesk.foundation.problem import Problem


class SitesRefused(Problem):
    """A file of sites or postal codes, or a change of a site, is not taken; nothing was changed."""


class SiteUnknown(Problem):
    """There is no such site, or it is closed."""

    def __init__(self) -> None:
        super().__init__("There is no such site.", "The list shows those that there are.")
