"""How an order file was read, in words for people: for the desk and for the terminal alike.

Guarantee: what the reader says of itself, and no cell of the file; a word that is not known here is
shown as it stands.
"""

from collections.abc import Iterator, Mapping

from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.mapping import DayOrder

Said = tuple[str, str]
DAYS = {
    DayOrder.MONTH_FIRST: "month first (06/01/2024 is 1 June)",
    DayOrder.DAY_FIRST: "day first (01/06/2024 is 1 June)",
    DayOrder.YEAR_FIRST: "year first (24/06/01 is 1 June 2024)",
}
SEPARATORS = {
    "tab": "columns set apart by tabs",
    "comma": "columns set apart by commas",
    "semicolon": "columns set apart by semicolons",
    "bar": "columns set apart by bars",
    "sheet": "a workbook’s first filled sheet",
}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows, Western European",
    "cp932": "Windows, Japanese",
    "ascii": "plain ASCII",
}
SHOPS = {"amazon": "Amazon", "ebay": "eBay", "newegg": "Newegg", "shopify": "Shopify"}
COLUMNS: Mapping[Field, str] = {
    Field.ORDER: "Order number",
    Field.ITEM: "Line of the order",
    Field.ASIN: "ASIN",
    Field.SKU: "SKU",
    Field.UPC: "UPC",
    Field.ITEM_NUMBER: "Item number",
    Field.TITLE: "Title",
    Field.UNIT_PRICE: "Price of one unit",
    Field.PRICE: "Price",
    Field.CURRENCY: "Currency",
    Field.SERIAL: "Serial number",
    Field.UNITS: "Units",
    Field.UNITS_SENT: "Units sent",
    Field.UNITS_BACK: "Units back",
    Field.STATUS: "State of the order",
    Field.ITEM_STATUS: "State of the line",
    Field.CANCELLED_ON: "Day of cancelling",
    Field.ORDERED_ON: "Day of the order",
    Field.PAID_ON: "Day of payment",
    Field.NAME: "Name",
    Field.FIRST_NAME: "Given name",
    Field.LAST_NAME: "Family name",
    Field.EMAIL: "E-mail",
    Field.PHONE: "Phone",
    Field.COMPANY: "Firm",
    Field.STREET_1: "Street",
    Field.STREET_2: "Street, second line",
    Field.STREET_3: "Street, third line",
    Field.CITY: "City",
    Field.STATE: "State",
    Field.POSTAL_CODE: "Postal code",
    Field.COUNTRY: "Country",
    Field.BUYER_NAME: "Buyer’s name",
    Field.BUYER_PHONE: "Buyer’s phone",
    Field.OTHER_PHONE: "Another phone",
    Field.BUYER_STREET_1: "Buyer’s street",
    Field.BUYER_STREET_2: "Buyer’s street, second line",
    Field.BUYER_CITY: "Buyer’s city",
    Field.BUYER_STATE: "Buyer’s state",
    Field.BUYER_POSTAL_CODE: "Buyer’s postal code",
    Field.BUYER_COUNTRY: "Buyer’s country",
}


def read_as(described: Mapping[str, object]) -> list[Said]:
    """What is said of how a file was read: first of the whole, then of each column the heading
    under which it was found."""
    return [*_of_the_whole(described), *_of_columns(described.get("columns"))]


def shop_of(described: Mapping[str, object]) -> str:
    """What a mapping file calls the shop; empty where none does."""
    said = described.get("mapping")
    shop = said.get("channel", "") if isinstance(said, Mapping) else ""
    return " ".join(shop.split()) if isinstance(shop, str) else ""


def _of_the_whole(described: Mapping[str, object]) -> Iterator[Said]:
    variant, encoding = _text(described, "variant"), _text(described, "encoding")
    if "mapping" in described:
        if shop := shop_of(described):
            yield "Shop", shop
        yield "Form", "as the mapping file says"
    elif variant:
        shop, comma, form = variant.partition(", ")
        yield "Form", f"{SHOPS.get(shop, shop)}{comma}{form}"
    separator = _text(described, "separator")
    text = ENCODINGS.get(encoding, encoding) if encoding != "sheet" else ""
    written = [each for each in (text, SEPARATORS.get(separator, separator)) if each]
    if written:
        yield "Written as", ", ".join(written)
    heading = described.get("heading_line")
    if heading:
        yield "Headings", f"in line {heading}"
    order = _text(described, "day_order")
    if order:
        yield "Date", DAYS.get(DayOrder(order), order) if order in list(DayOrder) else order


def _of_columns(columns: object) -> Iterator[Said]:
    if not isinstance(columns, Mapping):
        return
    names = {each.value: words for each, words in COLUMNS.items()}
    # A JSON of the database keeps columns in no order: the reader's own one is the people's too.
    for field in [*names, *(each for each in columns if each not in names)]:
        if field in columns:
            yield names.get(field, field.replace("_", " ").capitalize()), f"“{columns[field]}”"


def _text(described: Mapping[str, object], name: str) -> str:
    said = described.get(name)
    return said if isinstance(said, str) else ""
