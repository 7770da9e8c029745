"""Street lines of the United States, after Publication 28 of its Postal Service.

Guarantees: what differs only in the spellings of that publication, in case, signs and spaces, in
whether a flat is called Apt, Unit, Suite or #, in zeros before its number, or in whether a number
is written out, reads the same; every number of the line is in what is read.
"""

import re
from itertools import takewhile

from recalldesk.foundation.normal_forms.lines import StreetLine
from recalldesk.foundation.normal_forms.usps import (
    COUNTED,
    DIRECTIONS,
    IN_TWO_WORDS,
    OF_NUMBERED_ROADS,
    ORDINALS,
    PLACES_IN_A_HOUSE,
    ROADS_WITH_NUMBERS,
    SUFFIXES,
    UNITS,
    WORDS_OF_NUMBERS,
)
from recalldesk.foundation.normal_forms.words import plain

BOX = re.compile(r"\b(?:P ?O ?B|(?:P ?O|POST OFFICE|POSTAL)? ?BOX) ?#? ?(\d+[A-Z]?)\b")
TOKEN = re.compile(r"\d+/\d+|[A-Z0-9]+(?:-[A-Z0-9]+)*|#")
BETWEEN_WORDS = re.compile(r"\.(?=\d)|(?<=\d)\.|(?<=[^\W\d_]{2})\.(?=[^\W\d_])")
"""A dot that stands where others write a space: Apt.4, St.Apt; that of N.W. is no such dot."""
WORD_AND_NUMBER = re.compile(r"([A-Z]+)-?(\d+[A-Z0-9-]*)")
ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
DASH = re.compile(r"(?<=\d)-(?=[A-Z])|(?<=[A-Z])-(?=\d)")
"""4-B is 4B; 1-11 and 11-1 stay apart."""
ORDINAL = re.compile(r"(\d+)(?:ST|ND|RD|TH)")
SIDES = frozenset({"N", "S"}), frozenset({"E", "W"})


def read_united_states(street: str, country: str = "US") -> StreetLine | None:
    """What the line says; None where it says nothing."""
    text = BETWEEN_WORDS.sub(" ", plain(street).upper())
    tokens = TOKEN.findall(text.replace(".", "").replace("'", "").replace("’", ""))
    if not tokens:
        return None
    tokens = _without_word_of_house(_apart(tokens))
    box = BOX.search(" ".join(tokens))
    if box and not _is_rural(tokens):
        return StreetLine(f"PO BOX {box[1]}", "")
    rest, flat = _without_flat(tokens)
    words = [_standard(token, place) for place, token in enumerate(_joined(rest))]
    if not flat:
        words, flat = _without_bare_flat(words)
    return StreetLine(" ".join(words), " ".join(flat))


def _is_rural(tokens: list[str]) -> bool:
    """A box on a rural route is part of a longer line."""
    return tokens[0] in {"RR", "RFD", "HC", "RURAL", "STAR"}


def _apart(tokens: list[str]) -> list[str]:
    """The tokens with Apt4 as two; Twenty Third as one, as Twenty-Third is."""
    apart: list[str] = []
    for token in tokens:
        glued = WORD_AND_NUMBER.fullmatch(token)
        if glued and glued[1] in UNITS:
            apart += glued.groups()
        elif apart and f"{apart[-1]}-{token}" in IN_TWO_WORDS:
            apart[-1] += f"-{token}"
        else:
            apart.append(token)
    return apart


def _without_word_of_house(tokens: list[str]) -> list[str]:
    """No. 4 Main St as 4 Main St; of No 4, 12 Main St the first number is a flat's."""
    is_of_house = tokens[0] in WORDS_OF_NUMBERS and len(tokens) > 2 and tokens[1].isdigit()
    return tokens[1:] if is_of_house and not tokens[2][0].isdigit() else tokens


def _without_flat(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The tokens that say the house, and those that say the flat: the building, the floor, it."""
    rest: list[str] = []
    flats: list[tuple[str, str]] = []
    place = 0
    while place < len(tokens):
        taken = _flat_at(tokens, place)
        if taken is None:
            rest.append(tokens[place])
            place += 1
        else:
            flat, place = taken
            flats.append(flat)
    return rest, [f"{kind}{value}" for kind, value in sorted(flats)]


def _flat_at(tokens: list[str], place: int) -> tuple[tuple[str, str], int] | None:
    """What is called a flat at this place, in a form, and where the next token stands."""
    kind = UNITS.get(tokens[place])
    if kind is not None and not _is_street(tokens, place):
        after = place + 1
        while after < len(tokens) and UNITS.get(tokens[after]) == "APT":
            after += 1  # Apt #4, Unit No 4
        value = _value_at(tokens, after, is_sure=tokens[place] not in WORDS_OF_NUMBERS)
        if value is not None:
            return ("" if kind == "APT" else kind, value[0]), value[1]
    if place and UNITS.get("".join(tokens[place + 1 : place + 2])) == "FL":
        number = _ordinal(tokens[place])
        if number:
            return ("FL", number), place + 2
    whole = PLACES_IN_A_HOUSE.get(tokens[place])
    is_last = place == len(tokens) - 1
    if whole and is_last and place > 1 and _ends_a_street(tokens[:place]):
        return ("", whole), place + 1
    return None


def _value_at(tokens: list[str], place: int, *, is_sure: bool) -> tuple[str, int] | None:
    """A flat's number or letter, with a letter that stands apart from its number."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    if is_sure and token in COUNTED:
        return COUNTED[token], place + 1
    has_digit = any(each.isdigit() for each in token)
    is_letter = len(token) == 1 and token.isalpha() and is_sure
    if not (has_digit or is_letter):
        return None
    value, after = DASH.sub("", token), place + 1
    if after < len(tokens) and _are_one(token, tokens[after]) and not _begins(tokens, after):
        value, after = value + tokens[after], after + 1
    return ZEROS.sub("", _ordinal(value) or value), after


def _ordinal(token: str) -> str:
    """The number of an ordinal, in digits or words; empty where it is none."""
    ordinal = ORDINAL.fullmatch(token)
    return ordinal[1] if ordinal else ORDINALS.get(token, "")


def _is_street(tokens: list[str], place: int) -> bool:
    """Whether this is the word Flat of a street: what follows is called a flat itself."""
    is_in_two = place > 1 and tokens[place] == "FLAT" and not _ends_a_street(tokens[:place])
    return is_in_two and UNITS.get("".join(tokens[place + 1 : place + 2])) == "APT"


def _are_one(one: str, other: str) -> bool:
    """Whether 4 B, or B 4, is one number of a flat."""
    is_digits, is_letter = one.isdigit(), len(one) == 1 and one.isalpha()
    return (is_digits and len(other) == 1 and other.isalpha()) or (is_letter and other.isdigit())


def _begins(tokens: list[str], place: int) -> bool:
    """Whether the street begins here, after a flat that was named first: Apt B 12 Oak St."""
    return tokens[place].isdigit() and place + 1 < len(tokens)


def _ends_a_street(tokens: list[str]) -> bool:
    return any(token in SUFFIXES for token in tokens[1:])


def _joined(tokens: list[str]) -> list[str]:
    """N W as NW; a letter that belongs to the house number, with it."""
    joined: list[str] = []
    for token in tokens:
        standard = DIRECTIONS.get(token, token)
        last = DIRECTIONS.get(joined[-1], joined[-1]) if len(joined) > 1 else ""
        if last in SIDES[0] and standard in SIDES[1]:
            joined[-1] = last + standard
        else:
            joined.append(token)
    return joined


def _standard(token: str, place: int) -> str:
    if place == 0:
        return COUNTED.get(token, token)
    number = _ordinal(token)
    if number:
        return number
    for table in (DIRECTIONS, SUFFIXES):
        if token in table:
            return table[token]
    return token


def _without_bare_flat(words: list[str]) -> tuple[list[str], list[str]]:
    """A number at the end of a line whose street has ended: 12 OAK ST 4B."""
    if len(words) < 4 or not words[-1][0].isdigit():
        return words, []
    before = words[:-1]
    ends = list(takewhile(lambda word: word in DIRECTIONS.values(), reversed(before)))
    street = before[: len(before) - len(ends)]
    is_ended = len(street) > 2 and street[-1] in SUFFIXES.values()
    is_road = street[-1] in ROADS_WITH_NUMBERS and bool({*street[1:-1]} & OF_NUMBERED_ROADS)
    if is_ended and not is_road and street[-1] not in {"HWY", "RTE", "LOOP"}:
        return before, [ZEROS.sub("", DASH.sub("", words[-1]))]
    return words, []
