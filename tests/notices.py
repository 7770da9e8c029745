"""Whole recall files whose notices lack nothing that the linter asks for, one for each law."""

import re

from recalldesk.recalls.starting import starting_text

UNITED_STATES = starting_text("kettle-k20").replace(
    'role = "importer"          #', 'role = "distributor"       #'
)
HEADING = 'notice_heading = { en = "Product safety recall", es = "Recuperación por motivos'
STOP = '{ en = "Unplug it. Do not use it again.", es = "Desenchúfelo. No vuelva a usarlo." }'
STOP_AT_ONCE = (
    '{ en = "Stop using it immediately.", es = "Deje de usarlo de inmediato." },\n  ' + STOP
)
REFUND = """[[remedies]]
key = "refund"
kind = "refund"
countries = ["ES"]
title = { en = "Your money back", es = "Le devolvemos su dinero" }
explanation = { en = "What you paid.", es = "Lo que usted pagó." }
days = 10

# Working days"""


def _changed(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new)


def european(country: str) -> str:
    """The file for one country under the GPSR, in the place of the United States."""
    text = UNITED_STATES
    for old, new in (
        (f"# {HEADING}", HEADING),
        ("# share = {", "share = {"),
        (STOP, STOP_AT_ONCE),
        ("# Working days", REFUND),
    ):
        text = _changed(text, old, new)
    text = re.sub(r'countries = \["(?:US|ES)"\]', f'countries = ["{country}"]', text)
    return _changed(text, 'country = "US"', f'country = "{country}"')


def elsewhere(country: str) -> str:
    """The file for a country whose law no rule speaks of."""
    text = _changed(UNITED_STATES, 'countries = ["US"]', f'countries = ["{country}"]')
    return _changed(text, 'country = "US"', f'country = "{country}"')


NORTHERN_IRELAND = "\nnorthern_ireland = "
NOTICES = {
    "US": UNITED_STATES,
    "ES": european("ES"),
    "NO": european("NO").replace('languages = ["en", "es"]', 'languages = ["en", "es"]'),
    "CA": elsewhere("CA"),
    "GB": elsewhere("GB").replace(
        'emergency_number = "911"', f'emergency_number = "999"{NORTHERN_IRELAND}false'
    ),
    "GB with Northern Ireland": european("GB").replace(
        'emergency_number = "911"', f'emergency_number = "999"{NORTHERN_IRELAND}true'
    ),
}
"""By the country. In Norway the notice lacks Norwegian, which no recall file speaks yet."""
