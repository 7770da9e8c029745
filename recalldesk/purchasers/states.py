"""What order files are, how sure a match is, and how somebody can be reached."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Channel(TextChoices):
    """Whose form a file has."""

    AMAZON = "amazon", "Amazon"
    EBAY = "ebay", "eBay"
    NEWEGG = "newegg", "Newegg"
    SHOPIFY = "shopify", "Shopify"
    GENERIC = "generic", "Another shop, by a mapping file"


class FileKind(TextChoices):
    """What the lines of a file are."""

    ORDERS = "orders", "Orders"
    REGISTRATIONS = "registrations", "Registrations and warranties"
    RETURNS = "returns", "Units that came back"


class Strength(TextChoices):
    """How sure it is that a line is of an affected unit."""

    STRONG = "strong", "By its number, in the time and place of sale"
    WEAK = "weak", "Perhaps: somebody may look"


class NamedBy(TextChoices):
    """How a line of a file is known to be of a purchase."""

    PRODUCT = "product", "By the product, too"
    SKU = "sku", "By the order's number and the seller's number of the product"
    ORDER = "order", "By the order's number alone"


class ContactKind(TextChoices):
    """By what somebody can be reached. An alias is a shop's own address that passes mail on: it is
    written to, and nobody is known by it."""

    EMAIL = "email", "E-mail address"
    ALIAS = "alias", "Shop's alias of an e-mail address"
    PHONE = "phone", "Phone number"
    ADDRESS = "address", "Postal address"


class QuestionState(TextChoices):
    """Whether two purchasers are one person."""

    OPEN = "open", "Not settled"
    ONE = "one", "One person"
    TWO = "two", "Two persons"


class QuestionSource(TextChoices):
    """Who asks."""

    RULE = "rule", "The rules were in doubt"
    REVIEW = "review", "The review found it likely"


QUESTION_MOVES: Mapping[QuestionState, frozenset[QuestionState]] = {
    QuestionState.OPEN: frozenset({QuestionState.ONE, QuestionState.TWO}),
    QuestionState.ONE: frozenset({QuestionState.TWO}),
    QuestionState.TWO: frozenset({QuestionState.ONE}),
}
