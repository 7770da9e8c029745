"""An amount in words, as it stands on a check in English."""

from decimal import Decimal

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
TENS = (
    *("zero", "ten", "twenty", "thirty", "forty"),
    *("fifty", "sixty", "seventy", "eighty", "ninety"),
)
SCALES = ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))


def in_words(amount: Decimal) -> str:
    """Such as `One hundred twenty-three and 45/100`."""
    cents = int(amount * 100)
    return f"{_words(cents // 100).capitalize()} and {cents % 100:02}/100"


def _words(number: int) -> str:
    for scale, name in SCALES:
        if number >= scale:
            rest = number % scale
            return f"{_words(number // scale)} {name}" + (f" {_words(rest)}" if rest else "")
    if number < len(ONES):
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
