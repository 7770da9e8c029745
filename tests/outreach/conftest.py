"""A published kettle recall, one for all tests of a file, and made-up purchasers of it."""

import pytest

from tests.cast import Desk
from tests.outreach.told import Told
from tests.purchasers.conftest import _desk_of_the_file, desk, photos_folder

__all__ = ["_desk_of_the_file", "desk", "photos_folder"]


@pytest.fixture
def told(desk: Desk) -> Told:
    """Purchasers, and waves to them."""
    return Told(desk.cast)
