"""What staff may do: the permissions, and the table of which role holds which; what a key may."""

from collections.abc import Mapping
from enum import Enum

from django.db.models import TextChoices


class Role(TextChoices):
    """The roles of the desk."""

    VIEWER = "viewer", "Viewer"
    REVIEWER = "reviewer", "Reviewer"
    SENIOR_REVIEWER = "senior_reviewer", "Senior reviewer"
    RECALL_MANAGER = "recall_manager", "Recall manager"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    REGULATOR = "regulator", "Regulator"


class Permission(Enum):
    """One thing that a person may do. The value is the name that stands in messages."""

    SEE_RECALLS = "see recalls"
    EDIT_RECALL = "define a recall and import its serials"
    APPROVE_RECALL = "approve a recall version"
    PUBLISH_RECALL = "publish or close a recall"
    OVERRIDE_FINDING = "override a finding that holds publication back"
    REACH_OWNERS = "see whom owners asked us to tell, or forget them"
    SEE_CLAIMS = "see claims, with personal data masked"
    SEE_PERSONAL = "see an owner's personal data in full, photos and serials"
    ANSWER_OWNERS = "answer owners about their claims"
    ENTER_CLAIM = "enter claims and contacts for owners"
    DECIDE_CLAIM = "decide claims"
    DECIDE_SECOND = "give a second opinion, decide appeals and exceptions"
    MANAGE_REMEDIES = "send on, cancel or switch remedies that are stopped"
    IMPORT_CODES = "bring in gift codes"
    HAND_OUT_FILES = "hand out files to warehouse and bank, and read what comes back"
    REPORT_CORRECTION = "enter and bring in what others corrected, and take it back"
    RELEASE_BUDGET = "release a day's budget, with a second person"
    SEE_INCIDENTS = "see incidents, with personal and health data masked"
    SEE_HEALTH = "see in full what an incident tells of people and their health"
    ENTER_INCIDENT = "enter incidents that were told to the desk, and what is learned of them"
    DECIDE_INCIDENT = "decide whether an incident is reported to the authority, and join reports"
    IMPORT_INCIDENTS = "bring in files of incident reports"
    SEE_PURCHASERS = "see who bought affected units, with personal data masked"
    IMPORT_ORDERS = "bring in order files, and take out their rejected lines"
    SETTLE_PURCHASERS = "say whether two purchasers are one person"
    CALL_PURCHASERS = "call purchasers, and write down what comes back by phone and letter"
    WRITE_WAVES = "write waves of direct notices, pause and stop them, and take out letters"
    APPROVE_WAVES = "approve a wave of direct notices that somebody else wrote"
    MANAGE_SITES = "bring in and change sites that take recalled units"
    SEE_FIGURES = "see the desk's figures"
    SEE_STOCK = "see partners, what they were told, and their stock"
    MANAGE_PARTNERS = "add partners, have them stop selling, and enter what they tell"
    ENTER_PUBLICITY = "enter posts, auction sites that were looked at, and hits"
    SEE_REPORTS = "see reports to authorities, and the rows behind them, masked"
    FILE_REPORT = "file a report to an authority"
    ASK_FIRM = "ask the firm questions about a recall, for an authority"
    ANSWER_AUTHORITY = "answer an authority's questions, and give it a seat"
    EXPORT_LIST = "export lists of claims"
    READ_LOG = "verify the log and export a claim's whole life"
    SEE_KEEPING = "see how long what is kept, what is held, and what was erased"
    HOLD_DATA = "place and lift legal holds, and set how long what is kept"
    ERASE_EARLY = "ask for an erasure before its day, or agree to one"
    TAKE_OVER = "take over a recall that was run elsewhere, and take a whole recall out"
    MANAGE_STAFF = "add and change staff"
    MANAGE_KEYS = "give partners API keys, and revoke them"


class PartnerLevel(TextChoices):
    """Where in the chain of sale a partner stands."""

    MANUFACTURER = "manufacturer", "Manufacturer"
    DISTRIBUTOR = "distributor", "Distributor"
    RETAILER = "retailer", "Retailer"


class KeyRight(TextChoices):
    """One thing that a partner's API key may do."""

    CHECK_BATCH = "check_batch", "Ask about up to 1,000 serials at once"
    SCANNER = "scanner", "Settle a doubt by a scanned bar code"
    STOCK = "stock", "Tell stock and own refunds"


_SEES = frozenset(
    {
        Permission.SEE_RECALLS,
        Permission.SEE_CLAIMS,
        Permission.SEE_INCIDENTS,
        Permission.SEE_PURCHASERS,
        Permission.SEE_FIGURES,
        Permission.SEE_STOCK,
        Permission.SEE_REPORTS,
    }
)
_REVIEWER = _SEES | {
    Permission.SEE_PERSONAL,
    Permission.ANSWER_OWNERS,
    Permission.ENTER_CLAIM,
    Permission.ENTER_INCIDENT,
    Permission.DECIDE_CLAIM,
    Permission.CALL_PURCHASERS,
}
_SENIOR = _REVIEWER | {
    Permission.APPROVE_RECALL,
    Permission.DECIDE_SECOND,
    Permission.SEE_HEALTH,
    Permission.SETTLE_PURCHASERS,
    Permission.APPROVE_WAVES,
    Permission.MANAGE_SITES,
    Permission.EXPORT_LIST,
    Permission.MANAGE_REMEDIES,
    Permission.RELEASE_BUDGET,
    Permission.REPORT_CORRECTION,
    Permission.MANAGE_PARTNERS,
    Permission.ENTER_PUBLICITY,
}
_MANAGER = _SENIOR | {
    Permission.EDIT_RECALL,
    Permission.PUBLISH_RECALL,
    Permission.OVERRIDE_FINDING,
    Permission.REACH_OWNERS,
    Permission.IMPORT_CODES,
    Permission.DECIDE_INCIDENT,
    Permission.IMPORT_INCIDENTS,
    Permission.IMPORT_ORDERS,
    Permission.WRITE_WAVES,
    Permission.HAND_OUT_FILES,
    Permission.READ_LOG,
    Permission.FILE_REPORT,
    Permission.ANSWER_AUTHORITY,
    Permission.SEE_KEEPING,
    Permission.HOLD_DATA,
    Permission.ERASE_EARLY,
}

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: _SEES,
    Role.REVIEWER: _REVIEWER,
    Role.SENIOR_REVIEWER: _SENIOR,
    Role.RECALL_MANAGER: _MANAGER,
    Role.AUDITOR: _SEES
    | {
        Permission.SEE_PERSONAL,
        Permission.SEE_HEALTH,
        Permission.EXPORT_LIST,
        Permission.READ_LOG,
        Permission.SEE_KEEPING,
    },
    Role.ADMINISTRATOR: _MANAGER
    | {Permission.TAKE_OVER, Permission.MANAGE_STAFF, Permission.MANAGE_KEYS},
    Role.REGULATOR: frozenset({Permission.SEE_REPORTS, Permission.ASK_FIRM}),
}


def roles_that_may(permission: Permission) -> tuple[Role, ...]:
    """The roles that hold a permission, in the order of the table."""
    return tuple(role for role, held in ROLE_PERMISSIONS.items() if permission in held)
