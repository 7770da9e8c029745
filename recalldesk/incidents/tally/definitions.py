"""What each figure of incidents counts, in words. Pure.

Guarantee: the pages, the exports and the documentation say a figure by these words and no others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.incidents.states import Care, Happened, IncidentState
from recalldesk.incidents.tally.figures import NOT_KNOWN, Figure, Kind


@dataclass(frozen=True)
class Definition:
    """`title`: what it is called. `says`: what is counted."""

    title: str
    says: str


DEFINITIONS: Mapping[Kind, Definition] = {
    Kind.REPORTS: Definition(
        "Reports",
        "Every report of the recall, whoever told it and however it was decided, a danger of which "
        "nothing came among them. Several reports of the same event count once.",
    ),
    Kind.INCIDENTS: Definition(
        "Incidents", "Reports, but for those of a danger of which nothing came."
    ),
    Kind.NOTHING_HAPPENED: Definition(
        "Nothing came of it",
        "Reports of a danger that say that nothing happened and nobody was hurt, such as "
        "SaferProducts' “No Incident, No Injury”.",
    ),
    Kind.FIRES_AND_EXPLOSIONS: Definition(
        "Fires and explosions", "Incidents in which the unit caught fire or exploded."
    ),
    Kind.HAPPENED: Definition("What happened", "Incidents by the gravest that the unit did."),
    Kind.INJURIES: Definition(
        "People hurt", "Each person who was hurt and lived, whatever care they had."
    ),
    Kind.INJURIES_UNTREATED: Definition(
        "Hurt, without medical attention",
        "People hurt who needed no treatment, or had first aid at home or on the spot.",
    ),
    Kind.INJURIES_TREATED: Definition(
        "Hurt, with medical attention",
        "People hurt who were seen by a doctor or in an emergency room, or kept in hospital.",
    ),
    Kind.CARE: Definition("People hurt, by their care", "People hurt, by the gravest care."),
    Kind.DEATHS: Definition("Deaths", "Each person who died."),
    Kind.PROPERTY_REPORTS: Definition(
        "Reports of damage to property",
        "Reports that tell of damaged property, whether or not its worth is known.",
    ),
    Kind.DAMAGE: Definition(
        "Damage to property",
        "What was damaged, by its worth as it was told, in each currency apart; nothing is "
        "converted.",
    ),
    Kind.DAMAGE_UNKNOWN: Definition(
        "Damage of unknown worth", "Reports of damaged property of which some has no amount."
    ),
    Kind.STATE: Definition(
        "By decision", "Reports by whether they were reported to the authority."
    ),
}
"""Every figure, in the order in which the page has them."""
PARTS: Mapping[Kind, Mapping[str, str]] = {
    Kind.HAPPENED: {
        Happened.EXPLOSION.value: "Explosions",
        Happened.FIRE.value: "Fires",
        Happened.SMOKE.value: "Smoke",
        Happened.HEAT.value: "Heat or melting",
        Happened.LEAK.value: "Swelling or leaking",
        Happened.SHOCK.value: "Electric shock",
        Happened.OTHER.value: "Something else",
        NOT_KNOWN: "Not said",
    },
    Kind.CARE: {
        Care.NONE.value: "No treatment",
        Care.FIRST_AID.value: "First aid",
        Care.DOCTOR.value: "Doctor or emergency room",
        Care.HOSPITAL.value: "Kept in hospital",
        Care.UNKNOWN.value: "Care not known",
    },
    Kind.STATE: {state.value: str(state.label) for state in IncidentState},
}
STRUCK = "What the desk struck as wrong is counted nowhere."
WHEN = (
    "Before the recall is what happened before the day on which it was announced; that day itself "
    "is after. Of a day that is told as about then, that day holds."
)
PERIOD = {
    "obtained": "A report is of the day, of UTC, on which it was written here, so that what was "
    "told of a past period never changes.",
    "told": "A report is of the day on which it was told, as its file says it, else of the day, of "
    "UTC, on which it was written here. A file that comes later changes past periods.",
}
"""By which day reports are of a period."""


def title_of(figure: Figure) -> str:
    """What a figure is called."""
    if figure.kind is Kind.DAMAGE:
        return f"{DEFINITIONS[figure.kind].title}, {figure.part}"
    if figure.part:
        return PARTS[figure.kind][figure.part]
    return DEFINITIONS[figure.kind].title
