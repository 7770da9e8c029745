"""How the firm came to know of an incident, what happened, and what was decided about it."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IncidentSource(TextChoices):
    """Where it was told."""

    DANGER_PAGE = "danger_page", "The page for a dangerous unit"
    FORM = "form", "The form for reports"
    DESK = "desk", "Somebody who called or wrote to the desk"
    FILE = "file", "A file of reports"


class IncidentState(TextChoices):
    """Whether it has to be reported to the authority: decided, or not yet."""

    OBTAINED = "obtained", "Not decided"
    FILED = "filed", "Reported to the authority"
    NOT_REPORTABLE = "not_reportable", "Not reportable"


MOVES: Mapping[IncidentState, frozenset[IncidentState]] = {
    IncidentState.OBTAINED: frozenset({IncidentState.FILED, IncidentState.NOT_REPORTABLE}),
    # What is learned later may make it reportable, or doubtful again; a report is never unsaid.
    IncidentState.NOT_REPORTABLE: frozenset({IncidentState.FILED, IncidentState.OBTAINED}),
    IncidentState.FILED: frozenset(),
}


class Happened(TextChoices):
    """What the unit did: the gravest of what is told."""

    EXPLOSION = "explosion", _("It exploded")
    FIRE = "fire", _("It caught fire")
    SMOKE = "smoke", _("It smoked")
    HEAT = "heat", _("It became very hot or melted")
    LEAK = "leak", _("It swelled or leaked")
    SHOCK = "shock", _("It gave an electric shock")
    OTHER = "other", _("Something else")


class Care(TextChoices):
    """What care somebody who was hurt had; the gravest."""

    NONE = "none", _("No treatment was needed")
    FIRST_AID = "first_aid", _("First aid, at home or on the spot")
    DOCTOR = "doctor", _("A doctor or an emergency room")
    HOSPITAL = "hospital", _("Kept in hospital")
    DEATH = "death", _("The person died")
    UNKNOWN = "unknown", _("Not known")


class HasUnit(TextChoices):
    """Where the unit is now."""

    YES = "yes", _("Yes, I have it")
    NO = "no", _("No, it is gone")
    ELSEWHERE = "elsewhere", _("The fire service, an insurer or somebody else has it")


class ReportReason(TextChoices):
    """Why a row of a file of reports is not taken."""

    COLUMN_COUNT = "column_count", "does not have as many columns as the heading"
    UNREADABLE = "unreadable", "cannot be read: a stray quotation mark, or characters lost"
    IN_DOUBT = "in_doubt", "may be several reports that a stray quotation mark makes one"
    NO_NUMBER = "no_number", "has no number of its report, or a longer one than 64 characters"
    NO_DAY = "no_day", "has a day of the report that is none, in the future, or before 2000"
    NO_INCIDENT_DAY = "no_incident_day", "has a day of the incident that is none, or in the future"
    NO_HAPPENED = "no_happened", "says what happened in a word that is not known"
    NO_CARE = "no_care", "says what care somebody had in a word that is not known"
    NO_COUNT = "no_count", "has no whole number of people, or one that does not fit their care"
    NO_AGE = "no_age", "has an age that is none, or not as many ages as people"
    NO_AMOUNT = "no_amount", "has an amount of damage that is none, or one without its currency"
    NO_COUNTRY = "no_country", "names a country otherwise than by two capital letters"
    HALF_REPORTED = "half_reported", "says only half of when, and as what, it was reported"
    SAYS_NOTHING = "says_nothing", "says neither what happened nor who or what was harmed"
    TOO_LONG = "too_long", "has a cell that is longer than it may be"
