"""What a collection site is, whether it takes recalled units, and why a line is not taken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SiteKind(TextChoices):
    """What a site is."""

    HAZARDOUS_WASTE = "hazardous_waste", _("Household hazardous waste site")
    RECYCLING_CENTRE = "recycling_centre", _("Municipal recycling or waste site")
    COLLECTION_DAY = "collection_day", _("Collection day for hazardous waste")
    BATTERY_RECYCLER = "battery_recycler", _("Battery recycling firm")
    FIRE_STATION = "fire_station", _("Fire station")
    FIRM = "firm", _("Collection by the firm that recalls")
    SHOP = "shop", _("Shop")
    OTHER = "other", _("Other collection site")


class Takes(TextChoices):
    """Whether a site takes recalled lithium-ion batteries, as it was told."""

    YES = "yes", "Takes them"
    ASK = "ask", "Ask first"
    NO = "no", "Does not take them"


class Refused(TextChoices):
    """Why an owner was turned away, by one tap."""

    NOT_RECALLED = "not_recalled", _("They take no recalled batteries")
    RESIDENTS = "residents", _("They take things from residents only")
    APPOINTMENT = "appointment", _("An appointment was needed")
    NOT_OPEN = "not_open", _("It was closed, or is gone")
    UNSAID = "unsaid", _("Another reason")


class FileOf(TextChoices):
    """What a file holds."""

    SITES = "sites", "Collection sites"
    POSTAL_CODES = "postal_codes", "Postal codes"


class LineReason(TextChoices):
    """Why a line of a file, or a feature, is not taken."""

    COLUMN_COUNT = "column_count", "does not have as many columns as the heading"
    UNREADABLE = "unreadable", "cannot be read: a stray quotation mark, or characters lost"
    IN_DOUBT = "in_doubt", "goes over several lines, of which one may be a site of its own"
    TOO_LONG = "too_long", "has a cell that is longer than it may be"
    NO_NAME = "no_name", "has no name"
    NO_ADDRESS = "no_address", "has neither an address nor a number of its own"
    NO_COUNTRY = "no_country", "names no country by its code of two letters"
    NO_TAKES = "no_takes", "does not say in a known word whether it takes them: yes, no or ask"
    NO_RESIDENTS = "no_residents", "does not say in a known word whether it is for residents only"
    NO_DAY = "no_day", "has a day of checking that cannot be read, or that lies in the future"
    NO_POSITION = "no_position", "has no position, and its postal code is not known"
    NO_NUMBERS = "no_numbers", "has a latitude or a longitude that is no number"
    OUT_OF_RANGE = "out_of_range", "has a position that is nowhere"
    SWAPPED = "swapped", "has latitude and longitude the wrong way round"
    FAR = "far", "has a position that is far from its postal code"
    SAID_TWICE = "said_twice", "names a site of which an earlier line says something else"
    NO_FEATURE = "no_feature", "is no feature with properties"
    NO_POINT = "no_point", "is no point: its geometry is something else"
    NO_CODE = "no_code", "has no postal code"
