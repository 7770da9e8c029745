"""What can be a model number, and how two are compared.

Guarantee: pure; case, spaces, dashes and other marks make no difference between two numbers.
"""

import re
import unicodedata

LONGEST = 60
"""Characters of a number that is kept. What is longer is a sentence."""
SHORTEST_KEY = 3
"""Letters and digits that it has at least: a shorter one would be in every second recall."""
LONGEST_KEY = 40
MEASURE = re.compile(
    r"\d+(?:\.\d+)?-?(?:mah|v|w|wh|volts?|watts?|inch(?:es)?|in|oz|lb|lbs|kg|g|cm|mm|m|ft|foot|feet"
    r"|piece|pack|pc|pcs|qt|quart|gal|gallon|amp|amps|a|hz|khz|mhz|ghz|gb|mb|cc|hp|ml|l|psi|btu|k|p"
    r"|year|month|week|day|hour|hr|hrs|speed|person|wheel|door|drawer|tier|cup|light|in-1|st|nd|rd"
    r"|th|s|x)s?(?:-.*)?",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}|(?:1-)?8(?:00|33|44|55|66|77|88)-[\w-]+")
DATE = re.compile(
    r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}"
    r"|(?:0?[1-9]|1[0-2])[-./][0-3]?\d[-./](?:19|20)?\d\d"
    r"|(?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d"
)
YEARS = re.compile(r"(?:19|20)\d\d[-–](?:(?:19|20)?\d\d)")
DECIMAL = re.compile(r"\d+\.\d+")
STANDARD = re.compile(r"(?:IPX?\d{1,2}|USB-?\d.*|UL-?\d+|ASTM.*|F\d{3,4}-\d\d.*|COVID-19|CO2)")
BAR_CODE = re.compile(r"\d{11,}")
NO_MODELS = frozenset(
    {"ALL", "ALLMODELS", "VARIOUS", "VARIOUSMODELS", "MULTIPLE", "MULTIPLEMODELS", "NONE", "NA"}
    | {"UNKNOWN", "SEEDESCRIPTION", "SEEBELOW", "SEEABOVE", "SEENOTICE", "TBD", "NOTAPPLICABLE"}
)
LEAD = re.compile(
    r"(?:(?:models?|items?|skus?|styles?)\b)?\s*(?:(?:numbers?|nos?|names?)\b\.?|#)?\s*:?\s*",
    re.IGNORECASE,
)
PARTS = re.compile(r"[,;/|&\n()]|\band\b|\bor\b|\bthrough\b", re.IGNORECASE)
MOST_WORDS = 4


def key_of(written: str) -> str:
    """The letters and digits of a number, in capitals: equal for two that mean the same."""
    plain = unicodedata.normalize("NFKC", written).upper()
    return "".join(character for character in plain if character.isalnum())


def says_something_else(token: str) -> bool:
    """Whether it is a date, a phone number, a measure, a bar code, a standard."""
    return any(
        form.fullmatch(token) for form in (MEASURE, PHONE, DATE, YEARS, DECIMAL, STANDARD, BAR_CODE)
    )


def is_number_of_model(token: str) -> bool:
    """Whether one word can be a model number: it has a digit and is nothing else."""
    if not SHORTEST_KEY <= len(key_of(token)) <= LONGEST_KEY or len(token) > LONGEST:
        return False
    return any(c.isdigit() for c in token) and not says_something_else(token)


def models_of_field(text: str) -> tuple[str, ...]:
    """The models of a field that holds nothing but models, as they are written there."""
    found: dict[str, str] = {}
    for part in PARTS.split(text):
        lead = LEAD.match(part.strip())
        written = part.strip()[lead.end() if lead else 0 :].strip(" \"'“”‘’.:#")
        key = key_of(written)
        fits = SHORTEST_KEY <= len(key) <= LONGEST_KEY and len(written) <= LONGEST
        is_none = key in NO_MODELS or says_something_else(written)
        if fits and not is_none and len(written.split()) <= MOST_WORDS:
            found.setdefault(key, written)
    return tuple(found.values())
