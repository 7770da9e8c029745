"""Which role may do what: the whole table, so that a change of it is seen."""

import pytest

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role

P = Permission
PUBLISH = P.PUBLISH_RECALL
SEES = {P.SEE_RECALLS, P.SEE_CLAIMS, P.SEE_INCIDENTS, P.SEE_PURCHASERS, P.SEE_FIGURES} | {
    P.SEE_STOCK,
    P.SEE_REPORTS,
}
WORKS = {
    P.SEE_PERSONAL,
    P.ANSWER_OWNERS,
    P.ENTER_CLAIM,
    P.ENTER_INCIDENT,
    P.DECIDE_CLAIM,
    P.CALL_PURCHASERS,
}
PAYS = {P.MANAGE_REMEDIES, P.RELEASE_BUDGET, P.REPORT_CORRECTION}
ANSWERS_FOR_OTHERS = {
    P.APPROVE_RECALL,
    P.DECIDE_SECOND,
    P.EXPORT_LIST,
    P.SEE_HEALTH,
    P.SETTLE_PURCHASERS,
    P.APPROVE_WAVES,
    P.MANAGE_SITES,
    P.MANAGE_PARTNERS,
    P.ENTER_PUBLICITY,
} | PAYS
HANDS_OVER = {
    P.DECIDE_INCIDENT,
    P.IMPORT_INCIDENTS,
    P.IMPORT_ORDERS,
    P.IMPORT_CODES,
    P.WRITE_WAVES,
    P.HAND_OUT_FILES,
    P.FILE_REPORT,
    P.ANSWER_AUTHORITY,
}
RUNS = {P.EDIT_RECALL, PUBLISH, P.OVERRIDE_FINDING, P.REACH_OWNERS, P.READ_LOG} | HANDS_OVER
KEEPS = {P.SEE_KEEPING, P.HOLD_DATA, P.ERASE_EARLY}
ADMINISTERS = {P.TAKE_OVER, P.MANAGE_STAFF, P.MANAGE_KEYS}

TABLE = {
    Role.VIEWER: SEES,
    Role.REVIEWER: SEES | WORKS,
    Role.SENIOR_REVIEWER: SEES | WORKS | ANSWERS_FOR_OTHERS,
    Role.RECALL_MANAGER: SEES | WORKS | ANSWERS_FOR_OTHERS | RUNS | KEEPS,
    Role.AUDITOR: SEES | {P.SEE_PERSONAL, P.SEE_HEALTH, P.EXPORT_LIST, P.READ_LOG, P.SEE_KEEPING},
    Role.ADMINISTRATOR: SEES | WORKS | ANSWERS_FOR_OTHERS | RUNS | KEEPS | ADMINISTERS,
    Role.REGULATOR: {P.SEE_REPORTS, P.ASK_FIRM},
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
