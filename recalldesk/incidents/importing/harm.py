"""Who was hurt and what was damaged, as a row of a file says it. Pure."""

import re
from collections.abc import Mapping
from decimal import Decimal

from recalldesk.incidents.importing.words import CARES, NO_DAMAGE, SEVERITIES, plain
from recalldesk.incidents.states import Care, ReportReason
from recalldesk.incidents.story import Damaged, Hurt

BETWEEN = ";"
"""Between people, and their ages, of one report."""
MOST_PEOPLE, OLDEST = 1_000, 130
AMOUNT = re.compile(r"(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")


def hurt_in(said: Mapping[str, str]) -> tuple[Hurt, ...] | ReportReason:
    """The people who were hurt, or why that cannot be told."""
    cares = _cares(said)
    if isinstance(cares, ReportReason):
        return cares
    cares = _as_many(cares, said.get("injured", ""))
    if isinstance(cares, ReportReason):
        return cares
    if not cares:
        return ()  # the age of somebody who was not hurt is not kept
    ages = [each.strip() for each in said.get("age", "").split(BETWEEN)]
    if len(ages) > len(cares) or not all(map(_is_age, ages)):
        return ReportReason.NO_AGE
    ages += [""] * (len(cares) - len(ages))
    harm = said.get("harm", "").strip()
    return tuple(
        Hurt(care, age, "" if place else harm)
        for place, (care, age) in enumerate(zip(cares, ages, strict=True))
    )


def damage_of(said: Mapping[str, str]) -> tuple[Damaged, ...] | ReportReason:
    """The property that was damaged, or why that cannot be told. An amount of nothing, of nothing
    that is named, is no damage."""
    what, amount, currency = (said.get(name, "") for name in ("damage", "amount", "currency"))
    what = "" if plain(what) in NO_DAMAGE else what.strip()
    if not amount:
        if currency:
            return ReportReason.NO_AMOUNT
        return (Damaged(what=what),) if what else ()
    if not AMOUNT.fullmatch(amount) or not CURRENCY.fullmatch(currency):
        return ReportReason.NO_AMOUNT
    worth = Decimal(amount.replace(",", ""))
    if worth >= Decimal(10) ** 12:
        return ReportReason.NO_AMOUNT
    return (Damaged(worth.quantize(Decimal("0.01")), currency, what),) if worth or what else ()


def _cares(said: Mapping[str, str]) -> tuple[Care, ...] | ReportReason:
    """What care each had. What a firm's own column says goes before SaferProducts' wording."""
    own, severity = said.get("care", ""), plain(said.get("severity", ""))
    if own:
        words = [plain(each) for each in own.split(BETWEEN) if each.strip()]
        if any(word not in CARES for word in words):
            return ReportReason.NO_CARE
        return tuple(CARES[word] for word in words)
    if severity and severity not in SEVERITIES:
        return ReportReason.NO_CARE
    care = SEVERITIES.get(severity)
    return (care,) if care else ()


def _as_many(cares: tuple[Care, ...], count: str) -> tuple[Care, ...] | ReportReason:
    """One for each of so many people, where the row says how many."""
    if not count:
        return cares
    whole = count.removesuffix(".0")
    if not (whole.isascii() and whole.isdecimal() and len(whole) <= 4):
        return ReportReason.NO_COUNT
    people = int(whole)
    if people > MOST_PEOPLE:
        return ReportReason.NO_COUNT
    if len(cares) == 1 and people:
        return cares * people
    if not cares:
        return (Care.UNKNOWN,) * people
    return cares if people == len(cares) else ReportReason.NO_COUNT


def _is_age(text: str) -> bool:
    whole = text.removesuffix(".0")
    is_number = whole.isascii() and whole.isdecimal() and len(whole) < 4
    return not text or (is_number and int(whole) <= OLDEST)
