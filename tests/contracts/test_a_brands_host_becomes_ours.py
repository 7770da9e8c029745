"""The lane answers under a brand's host name once it was published, as Django does."""

import pytest
from pytest_django import Settings

from recalldesk.config.hosts import forget
from tests.cast import AFFECTED, Desk
from tests.contracts.wsgi import Application, Server, served
from tests.two_brands import HARBOUR, HARBOURS_SERIALS, harbours_text

CHECKS = "/api/v1/checks"


def test_refused_before_it_is_answered_by_both_after(kettles: Desk, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]

    def asked(application: Application) -> int:
        headers = {"Host": HARBOUR}
        return Server(application).post_json(CHECKS, {"serial": AFFECTED}, headers=headers).status

    kettles.published()
    assert [asked(each) for each in (served().lane_first, served().django_alone)] == [400, 400]
    kettles.published(harbours_text(), HARBOURS_SERIALS)
    forget()  # as a second later
    for each in (served().lane_first, served().django_alone, served().lane_first):
        assert asked(each) == 200
    assert (HARBOUR, None) in served().lane_first._ways


@pytest.mark.usefixtures("published_recall")
def test_a_name_that_is_nobodys_is_remembered_by_nobody(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    before = dict(served().lane_first._ways)
    headers = {"Host": "recall.elsewhere.example"}
    server = Server(served().lane_first)
    assert server.post_json(CHECKS, {"serial": AFFECTED}, headers=headers).status == 400
    assert served().lane_first._ways == before
