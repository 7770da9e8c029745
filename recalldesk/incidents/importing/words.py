"""The words of files, and what they mean here."""

from collections.abc import Mapping

from recalldesk.incidents.states import Care, Happened, HasUnit

SEVERITIES: Mapping[str, Care | None] = {
    "incident no injury": None,
    "no incident no injury": None,
    "injury no first aid or medical attention received": Care.NONE,
    "injury first aid received by non-medical professional": Care.FIRST_AID,
    "injury seen by medical professional": Care.DOCTOR,
    "injury emergency department treatment received": Care.DOCTOR,
    "injury hospital admission": Care.HOSPITAL,
    "injury level of care not known": Care.UNKNOWN,
    "death": Care.DEATH,
    "unspecified": None,
}
"""How SaferProducts.gov says how badly somebody was hurt, without its commas."""
NO_INCIDENT = "no incident no injury"
CARES: Mapping[str, Care] = {
    **{care.value.replace("_", " "): care for care in Care},
    "no treatment": Care.NONE,
    "first aid at home": Care.FIRST_AID,
    "emergency room": Care.DOCTOR,
    "emergency department": Care.DOCTOR,
    "died": Care.DEATH,
    "not known": Care.UNKNOWN,
}
HAPPENED: Mapping[str, Happened] = {
    **{happened.value: happened for happened in Happened},
    "exploded": Happened.EXPLOSION,
    "burned": Happened.FIRE,
    "caught fire": Happened.FIRE,
    "smoked": Happened.SMOKE,
    "overheated": Happened.HEAT,
    "melted": Happened.HEAT,
    "leaked": Happened.LEAK,
    "swelled": Happened.LEAK,
    "electric shock": Happened.SHOCK,
}
NOTHING = "nothing"
"""What a register says of a danger of which nothing came."""
HAS_UNIT: Mapping[str, HasUnit] = {
    **{has.value: has for has in HasUnit},
    "true": HasUnit.YES,
    "false": HasUnit.NO,
}
NO_DAMAGE = frozenset({"no", "none", "-", "false", "0"})


def plain(text: str) -> str:
    """A word of a file as these tables write it."""
    return " ".join(text.replace(",", " ").replace("_", " ").split()).casefold()
