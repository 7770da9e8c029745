"""Street lines of other countries.

Guarantees: accents, case, signs, the abbreviations of the table and whether the number stands
before the street or behind it do not matter; every number of the line is in what is read, in order.
"""

import re

from recalldesk.foundation.normal_forms.lines import StreetLine
from recalldesk.foundation.normal_forms.usps import SUFFIXES
from recalldesk.foundation.normal_forms.words import plain

TOKEN = re.compile(r"\d+(?:[-/]\d+)*|[^\W\d_]+")
ORDINAL_SIGNS = str.maketrans({"º": "", "ª": "", "°": ""})
BLOCKS = re.compile(r"(?<=\d)\s*(?:丁目|番地の?|番|号室?|の)\s*")
_FLAT_WORDS = """
flat apt apartment appartement appt unit suite ste room rm whg wohnung top piso planta puerta pta
porta interior int departamento depto dpto dep etage stock og floor fl lejlighed leilighet bus lgh
apto apartado appartamento interno scala esc escalera
"""
_NUMBER_WORDS = "n no nr num numero numer hausnummer haus number"
_FLATS = frozenset(_FLAT_WORDS.split())
_ADDED = frozenset(_NUMBER_WORDS.split())
"""Words that name a number and say nothing."""
_WORDS = {
    "c": "calle",
    "cl": "calle",
    "av": "avenida",
    "avda": "avenida",
    "ave": "avenida",
    "avd": "avenida",
    "avenue": "avenida",
    "pza": "plaza",
    "plza": "plaza",
    "pl": "plaza",
    "place": "plaza",
    "pso": "paseo",
    "ctra": "carretera",
    "r": "rue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "v": "via",
    "vle": "viale",
    "pzza": "piazza",
    "izda": "izq",
    "izquierda": "izq",
    "dcha": "der",
    "derecha": "der",
    "platz": "pl",
    "weg": "weg",
}
_ENDINGS = (("strasse", "str"), ("straat", "str"), ("platz", "pl"), ("allee", "al"))
_UMLAUTS = (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ae", "a"), ("oe", "o"), ("ue", "u"))
_FLAT_BEFORE = {"AU": "/", "NZ": "/", "CA": "-"}
"""What stands between a flat and the number of its house: 4/12 Oak St, 4-12 Oak St."""
_GERMAN = frozenset({"DE", "AT", "CH", "LI"})
_ENGLISH = frozenset({"GB", "IE", "CA", "AU", "NZ", "ZA", "IN", "SG", "HK", "MT"})


def read_abroad(street: str, country: str) -> StreetLine | None:
    """What the line says; None where it says nothing."""
    text = street.translate(ORDINAL_SIGNS)
    if country in _GERMAN:
        text = _without_umlauts(text)
    text = BLOCKS.sub("-", plain(text)).strip("- ")
    tokens = TOKEN.findall(text)
    if not tokens:
        return None
    rest, flats = _without_flat(tokens)
    numbers, words = _apart(rest, country)
    before = _FLAT_BEFORE.get(country, "")
    if not flats and before and numbers and before in numbers[0]:
        flat, number = numbers[0].split(before, 1)
        flats, numbers = [flat], [number, *numbers[1:]]
    elif numbers and "/" in numbers[0]:
        first, behind = numbers[0].split("/", 1)
        numbers, flats = [first, *numbers[1:]], [behind, *flats]
    house = f"{numbers[0] if numbers else ''} {''.join(words)}".strip()
    return StreetLine(house, " ".join((*numbers[1:], *flats)))


def _without_umlauts(text: str) -> str:
    """Müller, Mueller and Muller are one."""
    text = text.casefold()
    for umlaut, vowel in _UMLAUTS:
        text = text.replace(umlaut, vowel)
    return text


def _without_flat(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The tokens that say the house, and those that follow a word for a flat."""
    rest: list[str] = []
    flats: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        after = place + 1
        if token in _FLATS and after < len(tokens) and _is_value(tokens[after]):
            flats.append(tokens[after])
            place = after + 1
            if place < len(tokens) and tokens[after].isdigit() and _is_letter(tokens[place]):
                flats[-1] += tokens[place]
                place += 1
        else:
            rest.append(token)
            place += 1
    return rest, flats


def _is_value(token: str) -> bool:
    return token[0].isdigit() or len(token) == 1


def _is_letter(token: str) -> bool:
    return len(token) == 1 and token.isascii()


def _apart(tokens: list[str], country: str) -> tuple[list[str], list[str]]:
    """Numbers with the letter behind each, and words, both in their order."""
    numbers: list[str] = []
    words: list[str] = []
    was_number = False
    for place, token in enumerate(tokens):
        if token[0].isdigit():
            numbers.append(token)
            was_number = True
            continue
        begins = not words and country not in _ENGLISH and token in _WORDS
        if was_number and _is_letter(token) and not (begins and tokens[place + 1 :]):
            numbers[-1] += token
        elif token not in _ADDED:
            words.append(_standard(token, country))
        was_number = False
    return numbers, words


def _standard(token: str, country: str) -> str:
    if country in _ENGLISH and token.upper() in SUFFIXES:
        return SUFFIXES[token.upper()].casefold()
    token = _WORDS.get(token, token)
    for ending, short in _ENDINGS:
        if token.endswith(ending):
            return token.removesuffix(ending) + short
    return token
