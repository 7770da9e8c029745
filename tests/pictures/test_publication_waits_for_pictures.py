"""A version whose pictures are missing is neither approved nor published, and says what to do."""

import pytest

from recalldesk.recalls.actions import approve_version
from recalldesk.units.actions import approve_for_publication, publish_version
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.publication import standing_findings
from tests.cast import Desk
from tests.made_pictures import fill_in


def test_a_missing_picture_holds_the_approval_back(kettles: Desk) -> None:
    draft = kettles.apply(pictures=False)
    kettles.take(draft)
    [standing] = standing_findings(draft)
    assert standing.finding.reason == "pictures_missing"
    assert not standing.finding.can_be_overridden
    with pytest.raises(PublicationRefused) as refused:
        approve_for_publication(version=draft, by=kettles.cast.approver)
    assert "k20-front.jpg" in refused.value.message
    assert "recalldesk recall pictures kettle-k20" in refused.value.hint


def test_once_it_is_there_nothing_does(kettles: Desk) -> None:
    draft = kettles.apply(pictures=False)
    kettles.take(draft)
    fill_in(draft)
    assert standing_findings(draft) == ()
    approve_for_publication(version=draft, by=kettles.cast.approver)


def test_one_that_was_approved_by_an_older_release_is_not_published(kettles: Desk) -> None:
    draft = kettles.apply(pictures=False)
    kettles.take(draft)
    approved = approve_version(version=draft, by=kettles.cast.approver)
    with pytest.raises(PublicationRefused, match="pictures that are missing"):
        publish_version(version=approved, by=kettles.cast.approver)
