"""The letter by which the desk learns of an incident.

Guarantee: it says that there is one, since when and of which recall, and nothing of what was told:
neither a person nor a word of harm leaves by it.
"""

from django.utils.translation import gettext, override

from recalldesk.incidents.desk_addresses import addresses_of
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentSource
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.reads import LiveRecall

DESK_LANGUAGE = "en"


def tell_desk(incident: Incident, live: LiveRecall | None, *, can_be_reached: bool) -> None:
    """Writes to every address that answers for the recall, or for any where none is known."""
    is_form = incident.source == IncidentSource.FORM
    with override(DESK_LANGUAGE):
        subject = gettext("Report of incident %(number)s") if is_form else ""
        said = gettext("An owner tells what happened with a unit.") if is_form else ""
        letter = Letter(
            subject=(subject or gettext("Danger: incident %(number)s")) % {"number": incident.pk},
            language=DESK_LANGUAGE,
            signed="Recalldesk",
            paragraphs=(
                said or gettext("An owner says that a unit is dangerous or has hurt somebody."),
                gettext("Obtained at %(at)s (UTC); recall: %(recall)s.")
                % {
                    "at": f"{incident.obtained_at:%Y-%m-%d %H:%M:%S}",
                    "recall": live.slug if live else gettext("not known"),
                },
                gettext("A way to reach whoever told of it is known now.")
                if can_be_reached
                else gettext("No name or contact is known yet."),
                gettext("A duty to report may run from that moment. Look at it at once."),
            ),
        )
    for address in addresses_of(live.recall_id if live else None):
        write_mail(
            recall=incident.recall,
            to=address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=DESK_LANGUAGE,
            purpose=Purpose.INCIDENT_TO_DESK,
        )
