"""Which process runs which tests: a file is one process's, so that what it sets up is made once.

All files before the served site of owners are one process's, too: three servers are started for it;
and so are those of the folder for a plain web server, which takes half a minute to write.
What takes longest comes first, so that no process is left alone with it at the end.
"""

from typing import Any

import pytest

TOGETHER = ("tests/portal/browser/", "tests/portal/stand_in/")
FIRST = ("tests/portal/browser/", "tests/journeys/", "tests/operating/", "tests/contracts/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Takes the place of `--dist`."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist keeps its types to itself
        def _split_scope(self, nodeid: str) -> str:
            return next(filter(nodeid.startswith, TOGETHER), nodeid.partition("::")[0])

    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that come first, in their order; then all others in theirs."""
    items.sort(key=lambda item: [not item.nodeid.startswith(each) for each in FIRST])
