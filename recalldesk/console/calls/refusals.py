"""What was refused, in words for whoever types for an owner."""

from collections.abc import Mapping

from recalldesk.claims.completeness import Step
from recalldesk.claims.errors import FieldProblem as P

PROBLEMS: Mapping[P, str] = {
    P.MISSING: "Fill this in.",
    P.NOT_AN_EMAIL: "This is no e-mail address. Have it spelled once more.",
    P.NOT_A_PHONE: "This is no phone number. Write it with its area code.",
    P.NO_WAY_TO_REACH: "Give an e-mail address, a phone number or a postal address.",
    P.NO_EMAIL_FOR_REMEDY: "The code of a gift card comes by e-mail: give an address for it.",
    P.NOT_OFFERED: "This cannot be chosen here.",
    P.UNKNOWN_COUNTRY: "Choose the country.",
    P.NOT_A_POSTAL_CODE: "This does not fit the place. Have it read once more.",
    P.NOT_AN_AREA: "This is none of that country.",
    P.NOT_AN_IBAN: "This is no IBAN. Have each character read once more.",
    P.NOT_A_ROUTING_NUMBER: "This is no routing number: nine digits, at the bottom of a check.",
    P.NOT_AN_ACCOUNT: "This is no account number. Write digits only.",
    P.NOT_A_REFERENCE: "This is no reference. It looks like R-2345-ACDE.",
    P.NOT_A_DAY: "This is no day in the past. Leave it empty if they do not know.",
    P.NOT_AN_AMOUNT: "This is no amount. Write digits, as 120 or 120.50.",
    P.NOTHING_TOLD: "Choose what happened, or note it in their own words.",
    P.TOO_LONG: "This is too long.",
    P.TOO_MANY: "That is all for today.",
}
MISSING: Mapping[str, str] = {
    Step.UNIT: "The serial is missing: type it, or say that it cannot be read.",
    Step.PHOTOS: "The recall asks for a photo.",
    Step.YOU: "Name, country or a way to reach the owner is missing. A gift card needs an e-mail.",
    Step.REMEDY: "Choose the remedy.",
    Step.DETAILS: "The remedy needs an address, or where the money goes.",
}
"""By step, where no single field is to blame."""
