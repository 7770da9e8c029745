"""What shops' files say of made-up people: shortened, mistyped, left out, written otherwise.

Guarantee: the same from the same seed; each record with the number of whom it truly is of.
"""

import random
from collections.abc import Iterator

from benchmarks.same_person.households import Home, Person, Town
from benchmarks.same_person.made_names import SHORT_FORMS
from benchmarks.same_person.rates import CHANNELS, Channel, Rates
from recalldesk.foundation.normal_forms.words import plain
from recalldesk.matching.people import PersonRecord, RecordKind

KEYS = {"a": "sq", "e": "wr", "i": "uo", "o": "ip", "n": "bm", "r": "et", "s": "ad", "t": "ry"}
KINDS = {"registration": RecordKind.REGISTRATION, "claim": RecordKind.CLAIM}
SHOPS_NUMBERS = [f"+1888555{number:04}" for number in range(400)]
OTHERWISE = {"Street": "St", "Avenue": "Ave", "Road": "Rd.", "Lane": "LN", "Drive": "Dr",
             "Court": "ct", "Boulevard": "Blvd", "Place": "Pl"}  # fmt: skip


def made(seed: int, rates: Rates, how_many: int) -> Iterator[tuple[int, PersonRecord]]:
    """So many records, each with the number of its person; those of one person stand together."""
    by = random.Random(seed * 7919)
    per_person = sum(place * share for place, share in enumerate(rates.records, start=1))
    town = Town(seed, rates, int(how_many / per_person))
    number = 0
    for person in town.people(how_many):
        writer = _Writer(person, rates, by)
        several = by.choices(range(1, 6), rates.records)[0]
        for place in range(several):
            number += 1
            record = writer.record(number, place / several)
            yield (-person.firm_number if record.name == person.firm else person.number), record
            if number == how_many:
                return


class _Writer:
    """Writes records of one person."""

    def __init__(self, person: Person, rates: Rates, by: random.Random) -> None:
        self._person, self._rates, self._by = person, rates, by
        self._gift_to: Home | None = None

    def record(self, number: int, when: float) -> PersonRecord:
        """One record; `when`: how late of this person's, from 0 to 1."""
        by, person = self._by, self._person
        channel = by.choices(CHANNELS, [each.share for each in CHANNELS])[0]
        is_later = when > person.since
        email, is_alias = self._email(channel, number)
        has_address = by.random() < channel.address
        home = person.homes[-1] if is_later else person.homes[0]
        return PersonRecord(
            id=number,
            name=self._name(is_later=is_later),
            email=email,
            is_alias=is_alias,
            phone=self._phone(is_later=is_later) if by.random() < channel.phone else "",
            address=self._address(home) if has_address else {},
            kind=KINDS.get(channel.name, RecordKind.ORDER),
        )

    def _often(self, share: float) -> bool:
        return self._by.random() < share

    def _name(self, *, is_later: bool) -> str:
        rates, person, by = self._rates, self._person, self._by
        if self._often(rates.no_name):
            return ""
        if person.firm_number and self._often(0.1):
            return person.firm
        given, families = person.given, list(person.families)
        if person.maiden and not is_later:
            families = [person.maiden]
        if len(families) > 1 and self._often(rates.second_name_lost):
            families = families[:1]
        if person.mates and self._often(rates.gift):
            given = by.choice(person.mates)
        elif self._often(rates.nickname):
            given = by.choice(SHORT_FORMS.get(plain(given), [given]))
        elif self._often(rates.initial):
            given = given[0] + by.choice(("", "."))
        return self._put_together(given, families)

    def _put_together(self, given: str, families: list[str]) -> str:
        rates, person, by = self._rates, self._person, self._by
        given, family = given.title(), " ".join(families).title()
        if self._often(rates.name_slip):
            given, family = by.choice(((self._slip(given), family), (given, self._slip(family))))
        if person.generation == "Jr" and self._often(rates.generation_written):
            family += by.choice((" Jr", " Jr.", " II"))
        elif person.generation == "Sr" and self._often(rates.generation_written / 3):
            family += " Sr"
        if person.mates and self._often(rates.both_named):
            given += f" & {person.mates[0].title()}"
        elif self._often(rates.middle_initial):
            given += " " + "ABCDEFGHJKLMRSTW"[person.number % 16] + by.choice(("", "."))
        name = f"{given} {family}"
        if self._often(rates.family_first):
            name = f"{family} {given}"
        elif self._often(rates.comma):
            name = f"{family}, {given}"
        name = plain(name).title() if self._often(rates.accents_lost) else name
        return name.upper() if self._often(rates.upper_case) else name

    def _email(self, channel: Channel, number: int) -> tuple[str, bool]:
        by, person = self._by, self._person
        chance = by.random()
        if chance < channel.own_email and person.emails:
            email = by.choice(person.emails)
            if self._often(self._rates.email_slip):
                local, _, host = email.partition("@")
                email = f"{self._slip(local)}@{host}"
            return email, False
        if channel.own_email <= chance < channel.own_email + channel.alias:
            return f"a{person.number:x}{channel.name[0]}@marketplace.amazon.com", True
        return "", False

    def _phone(self, *, is_later: bool) -> str:
        by, phones = self._by, self._person.phones
        if self._often(self._rates.shops_phone):
            return by.choice(SHOPS_NUMBERS)
        phone = phones[-1] if is_later or self._often(0.7) else phones[0]
        if self._often(self._rates.phone_slip):
            return phone[:2] + self._slip(phone[2:])
        return phone

    def _address(self, home: Home) -> dict[str, str]:
        rates, by = self._rates, self._by
        number, street, kind, code = str(home.number), home.street, home.kind, home.code
        if self._often(rates.number_slip):
            number = self._slip(number) if len(number) > 1 else str(by.randrange(1, 10))
        if self._often(rates.street_slip):
            street = self._slip(street)
        if self._often(rates.code_slip):
            code = self._slip(code)
        is_otherwise = self._often(rates.written_otherwise)
        line = f"{number} {street} {OTHERWISE[kind] if is_otherwise else kind}"
        if home.flat and not self._often(rates.flat_left_out):
            line += by.choice((" Apt ", " #", ", Unit ")) + home.flat
        return {
            "street_address": line.upper() if self._often(rates.upper_case) else line,
            "city": home.town,
            "country_area": "IL",
            "postal_code": code + ("-1234" if self._often(0.05) else ""),
            "country_code": "US",
        }

    def _slip(self, text: str) -> str:
        """One letter or digit too few, too many, another, or two the wrong way round."""
        by = self._by
        at = by.randrange(len(text))
        one = text[at]
        other = str(by.randrange(10)) if one.isdigit() else by.choice(KEYS.get(one.lower(), "xe"))
        kind = by.randrange(4)
        if kind == 0 and at + 1 < len(text):
            return text[:at] + text[at + 1] + one + text[at + 2 :]
        if kind == 1 and not one.isdigit() and len(text) > 3:
            return text[:at] + text[at + 1 :]
        if kind == 2 and not one.isdigit():
            return text[:at] + one + text[at:]
        return text[:at] + other + text[at + 1 :]
