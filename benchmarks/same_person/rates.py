"""How often made-up people move, slip, share and shorten: set by hand before the rule was tuned.

They are guesses, not measurements of a real shop; harder than a shop's files where in doubt: of
those who share an e-mail address, a house or a number, more do than is usual.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rates:
    """Shares, of people or households in the first part and of records in the second."""

    household_sizes: tuple[float, ...] = (0.34, 0.34, 0.15, 0.11, 0.06)
    in_flats: float = 0.25
    other_family_name: float = 0.25
    shared_email: float = 0.04
    landline: float = 0.1
    child_on_parents_phone: float = 0.25
    junior: float = 0.015
    twins: float = 0.03
    moved: float = 0.05
    moved_together: float = 0.5
    moved_into: float = 0.5
    new_phone: float = 0.05
    recycled_phone: float = 0.02
    second_email: float = 0.15
    no_email: float = 0.03
    married: float = 0.01
    two_family_names: float = 0.08
    accents: float = 0.15
    organisations: float = 0.0008
    records: tuple[float, ...] = (0.5, 0.26, 0.12, 0.07, 0.05)

    nickname: float = 0.03
    initial: float = 0.015
    family_first: float = 0.008
    comma: float = 0.01
    name_slip: float = 0.015
    middle_initial: float = 0.08
    no_name: float = 0.003
    accents_lost: float = 0.4
    second_name_lost: float = 0.3
    generation_written: float = 0.5
    both_named: float = 0.004
    gift: float = 0.002
    upper_case: float = 0.1
    email_slip: float = 0.008
    phone_slip: float = 0.008
    number_slip: float = 0.005
    street_slip: float = 0.012
    code_slip: float = 0.004
    flat_left_out: float = 0.03
    written_otherwise: float = 0.4
    shops_phone: float = 0.002


RATES = Rates()


@dataclass(frozen=True)
class Channel:
    """What a shop's file holds of its buyers, in shares. `own_email`: not the shop's alias."""

    name: str
    share: float
    own_email: float
    alias: float
    phone: float
    address: float


CHANNELS = (
    Channel("amazon", 0.42, 0.0, 1.0, 0.85, 1.0),
    Channel("ebay", 0.2, 0.6, 0.3, 0.85, 1.0),
    Channel("shopify", 0.22, 0.98, 0.0, 0.65, 0.98),
    Channel("newegg", 0.09, 0.95, 0.0, 0.95, 1.0),
    Channel("registration", 0.04, 0.97, 0.0, 0.5, 0.85),
    Channel("claim", 0.03, 0.98, 0.0, 0.7, 0.98),
)
