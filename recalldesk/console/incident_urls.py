"""The addresses of incidents, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import incident_deciding, incident_looks, incidents

SEE, DECIDE = Permission.SEE_INCIDENTS, Permission.DECIDE_INCIDENT
OF_ONE: tuple[tuple[str, View, str, Permission], ...] = (
    ("", incidents.incident, "incident", SEE),
    ("decide/", incident_deciding.decide, "incident_decide", DECIDE),
    ("same/", incident_deciding.same, "incident_same", DECIDE),
    ("strike/", incident_deciding.strike, "incident_strike", DECIDE),
    ("learn/", incident_looks.learn_more, "incident_learn", Permission.ENTER_INCIDENT),
    ("full/", incident_looks.full, "incident_full", Permission.SEE_HEALTH),
    ("photos/<int:photo>/", incident_looks.photo, "incident_photo", Permission.SEE_HEALTH),
)
INCIDENT_ADDRESSES = [
    desk_path("incidents/", incidents.incidents, name="incidents", permission=SEE),
    *(
        desk_path(f"incidents/<int:number>/{below}", view, name=name, permission=permission)
        for below, view, name, permission in OF_ONE
    ),
]
