"""A recall, and who enters what is done for it in public."""

import pytest

from recalldesk.accounts.models import Staff
from recalldesk.recalls.models import Recall
from tests.cast import Cast


@pytest.fixture
def by(cast: Cast) -> Staff:
    return cast.author


@pytest.fixture
def recall(db: None) -> Recall:
    return Recall.objects.create(slug="kettle-k20")
