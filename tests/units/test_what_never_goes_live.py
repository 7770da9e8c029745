"""What nobody can override is not approved, and each finding says what to do about it."""

import re

import pytest
from django.test import override_settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.states import Reason
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.actions import approve_for_publication, override_finding, publish_version
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.facts import scope_facts
from recalldesk.units.models import SerialList
from recalldesk.units.publication import standing_findings
from recalldesk.units.rules import findings
from tests.cast import SERIALS, SLUG, Cast, Desk, recall_text

in_production = override_settings(IS_PRODUCTION=True)


def with_facts_only(text: str) -> str:
    text, count = re.subn(r"(?m)^made_up = .*$", "made_up = []", text)
    assert count == 1
    return text


def state_of(version: RecallVersion) -> str:
    return str(RecallVersion.objects.get(pk=version.pk).state)


class TestMadeUpParts:
    """Good for a demo; in production they would be told to owners as facts."""

    @in_production
    def test_they_hold_a_version_back_for_good(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approved()
        assert [f.reason for f in findings(scope_facts(version))] == [Reason.MADE_UP]
        with pytest.raises(PublicationRefused, match="everything in this file") as refused:
            publish_version(version=version, by=cast.approver)
        assert "empty `made_up`" in refused.value.hint
        assert "serials import" not in refused.value.hint
        assert state_of(version) == VersionState.APPROVED

    @in_production
    def test_nobody_overrides_them(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approved()
        (made_up,) = findings(scope_facts(version))
        with pytest.raises(PublicationRefused, match="made up") as refused:
            override_finding(version=version, finding=made_up, by=cast.author, note="x")
        assert "never overridden" in refused.value.hint

    @in_production
    def test_a_file_of_facts_goes_live(self, kettles: Desk) -> None:
        version = kettles.published(with_facts_only(recall_text()))
        assert version.state == VersionState.LIVE

    def test_elsewhere_they_are_no_finding(self, kettles: Desk) -> None:
        version = kettles.approved()
        assert scope_facts(version).made_up
        assert standing_findings(version) == ()

    @in_production
    def test_they_are_not_approved_either(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.apply()
        kettles.take(version)
        with pytest.raises(PublicationRefused, match="never go live"):
            approve_for_publication(version=version, by=cast.approver)
        assert state_of(version) == VersionState.DRAFT


def test_an_empty_scope_is_not_approved_and_says_to_import(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    with pytest.raises(PublicationRefused, match="never go live") as refused:
        approve_for_publication(version=version, by=cast.approver)
    assert f"`recalldesk serials import {SLUG} FILE`" in refused.value.hint
    assert state_of(version) == VersionState.DRAFT


def test_a_list_read_otherwise_says_to_replace_it(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    kettles.take(version)
    SerialList.objects.filter(recall=version.recall).update(read_as="X9")
    with pytest.raises(PublicationRefused, match="never go live") as refused:
        approve_for_publication(version=version, by=cast.approver)
    assert "--replace" in refused.value.hint
    assert "Import the serials first" not in refused.value.hint


def test_what_two_people_may_override_is_approved(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply(recall_text(units=6))
    kettles.take(version, SERIALS)
    approved = approve_for_publication(version=version, by=cast.approver)
    assert approved.state == VersionState.APPROVED


def test_whoever_may_not_approve_is_refused_before_anything_else(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    with pytest.raises(NotPermitted):
        approve_for_publication(version=version, by=cast.viewer)
