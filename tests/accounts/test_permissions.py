"""Which role may do what: the whole table, so that a change of it is seen."""

import pytest

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role

SEE, EDIT = Permission.SEE_RECALLS, Permission.EDIT_RECALL
APPROVE, PUBLISH = Permission.APPROVE_RECALL, Permission.PUBLISH_RECALL
OVERRIDE, STAFF = Permission.OVERRIDE_FINDING, Permission.MANAGE_STAFF
REACH, KEYS = Permission.REACH_OWNERS, Permission.MANAGE_KEYS
ANSWER = Permission.ANSWER_OWNERS

TABLE = {
    Role.VIEWER: {SEE},
    Role.REVIEWER: {SEE, ANSWER},
    Role.SENIOR_REVIEWER: {SEE, APPROVE, ANSWER},
    Role.RECALL_MANAGER: {SEE, EDIT, APPROVE, PUBLISH, OVERRIDE, REACH, ANSWER},
    Role.AUDITOR: {SEE},
    Role.ADMINISTRATOR: {SEE, EDIT, APPROVE, PUBLISH, OVERRIDE, REACH, ANSWER, STAFF, KEYS},
}


def test_the_table_is_as_agreed_and_names_every_role() -> None:
    assert {role: set(held) for role, held in ROLE_PERMISSIONS.items()} == TABLE
    assert set(TABLE) == set(Role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_person_may_what_the_role_holds(role: Role, permission: Permission) -> None:
    person = Staff(email="p@desk.example", name="P", role=role)
    assert person.may(permission) is (permission in TABLE[role])


@pytest.mark.parametrize("permission", Permission)
def test_whoever_left_may_nothing(permission: Permission) -> None:
    person = Staff(name="P", role=Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(NotPermitted):
        require(person, permission)


def test_a_refusal_says_who_may_not_do_what() -> None:
    with pytest.raises(NotPermitted, match="Vera is viewer and may not publish or close a recall"):
        require(Staff(name="Vera", role=Role.VIEWER), PUBLISH)
