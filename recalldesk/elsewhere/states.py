"""The forms of feeds, where a model number was found, and why an entry was not taken."""

from django.db.models import TextChoices


class FeedForm(TextChoices):
    """In which form a feed came."""

    CPSC = "cpsc", "CPSC recall feed"
    USA_GOV = "usa_gov", "USA.gov Recalls"


class Found(TextChoices):
    """Where a number stood."""

    FIELD = "field", "in the model field"
    PROSE = "prose", "in the text"
    UPC = "upc", "bar code"


class EntryReason(TextChoices):
    """Why an entry was not taken."""

    NO_RECORD = "no_record", "It is no record with fields"
    OTHER_AUTHORITY = "other_authority", "It is of another authority than the CPSC"
    NO_NUMBER = "no_number", "It has neither a recall number nor an address"
    NO_DATE = "no_date", "It has no date that can be read"
    NO_TITLE = "no_title", "It says nothing of what is recalled"
    WRONG_KIND = "wrong_kind", "A field holds something else than text"
    TOO_LONG = "too_long", "A text in it is too long to be kept"
