"""The real way to an answer, with one version live and no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from recalldesk.units import checking
from recalldesk.units.live import LiveIndex
from recalldesk.units.verdict.answer import Answer
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.live_versions import all_at_once


@contextmanager
def only_live(version: KnownVersion) -> Iterator[None]:
    """Within it `check_serial` finds this version, confirmed at every moment, and no other.

    Only where the index comes from is replaced: tokens, verdict and freshness are the product's.
    """
    live = all_at_once((version,))
    with patch.object(checking, "live_index", lambda at: LiveIndex(live, at)):
        yield


def check(text: str, token: str = "") -> Answer:
    """The answer that page, API and command give."""
    return checking.check_serial(text, second_look=token)
