"""Somebody at the link of a notice, of a published kettle recall."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from recalldesk.outreach.links import token_of
from recalldesk.outreach.models import DirectNotice
from tests.cast import Desk
from tests.outreach.told import PLACE, Told
from tests.portal.told.reader import Reader
from tests.purchasers.conftest import _desk_of_the_file, desk, photos_folder

__all__ = ["_desk_of_the_file", "desk", "photos_folder"]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def told(desk: Desk) -> Told:
    """Purchasers, and waves to them."""
    return Told(desk.cast)


@pytest.fixture
def notice(told: Told) -> DirectNotice:
    """One by mail, to somebody who bought one."""
    buyer = told.bought(email="ana@example.org", phone="+12025550111", address=PLACE)
    return told.notice(told.sent(), buyer)


@pytest.fixture
def reader(notice: DirectNotice) -> Reader:
    """Whoever opens its link."""
    return Reader(Client(), token_of(notice))
