"""Roles change and people leave: by an administrator, about others, in the log."""

import pytest

from recalldesk.accounts.actions import prove
from recalldesk.accounts.errors import NotPermitted, NotProved, StaffNotAccepted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.accounts.staff_changes import change_role, forget_second_factor, let_leave
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from tests.at_the_desk import factors_of, staff, with_app
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def last_change(person: Staff) -> tuple[str, str, int | None]:
    row = StateChange.objects.filter(subject=Subject.STAFF, subject_id=person.pk).latest("pk")
    return row.from_state, row.to_state, row.actor_id


def test_a_role_changes_and_the_log_says_who_did_it(cast: Cast) -> None:
    changed = change_role(email=cast.viewer.email, role=Role.AUDITOR, by=cast.administrator)
    assert changed.role == Role.AUDITOR
    assert last_change(changed) == (Role.VIEWER, Role.AUDITOR, cast.administrator.pk)
    with pytest.raises(StaffNotAccepted, match="already"):
        change_role(email=cast.viewer.email, role=Role.AUDITOR, by=cast.administrator)


def test_who_leaves_proves_nothing_any_more_and_keeps_no_factor(cast: Cast) -> None:
    with_app(cast.viewer)
    left = let_leave(email=cast.viewer.email, by=cast.administrator)
    assert not left.is_active
    assert factors_of(left) == set()
    assert last_change(left) == (Role.VIEWER, "left", cast.administrator.pk)
    with pytest.raises(NotProved):
        prove(email=left.email, password=PASSWORD)


def test_a_lost_second_factor_is_forgotten(cast: Cast) -> None:
    with_app(cast.author)
    forget_second_factor(email=cast.author.email, by=cast.administrator)
    assert factors_of(cast.author) == set()
    assert last_change(cast.author)[1] == "factors_forgotten"


def test_nobody_changes_themselves(cast: Cast) -> None:
    staff(Role.ADMINISTRATOR)
    email = cast.administrator.email
    with pytest.raises(StaffNotAccepted, match="their own"):
        change_role(email=email, role=Role.VIEWER, by=cast.administrator)
    with pytest.raises(StaffNotAccepted, match="their own"):
        let_leave(email=email, by=cast.administrator)


def test_there_is_always_an_administrator(cast: Cast) -> None:
    second = staff(Role.ADMINISTRATOR)
    let_leave(email=cast.administrator.email, by=second)
    gone = Staff.objects.get(pk=cast.administrator.pk)
    for act in (
        lambda: change_role(email=second.email, role=Role.VIEWER, by=gone),
        lambda: let_leave(email=second.email, by=gone),
    ):
        with pytest.raises(NotPermitted):
            act()
    # As if another administrator had been made a moment ago, and left by other means.
    gone.is_active = True
    with pytest.raises(StaffNotAccepted, match="only administrator"):
        let_leave(email=second.email, by=gone)


def test_only_who_manages_staff_changes_staff(cast: Cast) -> None:
    for act in (
        lambda: change_role(email=cast.viewer.email, role=Role.REVIEWER, by=cast.approver),
        lambda: let_leave(email=cast.viewer.email, by=cast.approver),
        lambda: forget_second_factor(email=cast.viewer.email, by=cast.approver),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_who_is_not_there_cannot_be_changed(cast: Cast) -> None:
    for email in ("nobody@staff.example", cast.outsider.email, "\x00"):
        with pytest.raises(StaffNotAccepted, match="no member of staff"):
            let_leave(email=email, by=cast.administrator)
