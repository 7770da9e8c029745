"""A published recall, and a shop that sold what it names."""

import pytest

from recalldesk.accounts.models import Partner
from recalldesk.recalls.models import Recall, RecallVersion
from tests.cast import Cast
from tests.stock.at_a_shop import shop


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    """The kettle's."""
    return published_recall.recall


@pytest.fixture
def market(cast: Cast) -> Partner:
    """A shop."""
    return shop(cast.author)
