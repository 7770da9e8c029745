"""The published kettle recall of the claims' tests, and their photo store; and whom it told."""

import pytest

from tests.cast import Desk
from tests.claims.conftest import _desk_of_the_file, desk, photos_folder
from tests.outreach.told import Told

__all__ = ["_desk_of_the_file", "desk", "photos_folder"]


@pytest.fixture
def told(desk: Desk) -> Told:
    """Purchasers, and waves to them."""
    return Told(desk.cast)
