"""What a column of an order file may say."""

from enum import StrEnum


class Field(StrEnum):
    """What is read of a row. What a mapping file may name as well."""

    ORDER = "order"
    ITEM = "item"
    ASIN = "asin"
    SKU = "sku"
    UPC = "upc"
    ITEM_NUMBER = "item_number"
    TITLE = "title"
    SERIAL = "serial"
    UNITS = "units"
    UNITS_SENT = "units_sent"
    UNITS_BACK = "units_back"
    STATUS = "status"
    ITEM_STATUS = "item_status"
    CANCELLED_ON = "cancelled_on"
    ORDERED_ON = "ordered_on"
    PAID_ON = "paid_on"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    STREET_1 = "street_1"
    STREET_2 = "street_2"
    STREET_3 = "street_3"
    CITY = "city"
    STATE = "state"
    POSTAL_CODE = "postal_code"
    COUNTRY = "country"
    BUYER_NAME = "buyer_name"
    BUYER_PHONE = "buyer_phone"
    BUYER_STREET_1 = "buyer_street_1"
    BUYER_STREET_2 = "buyer_street_2"
    BUYER_CITY = "buyer_city"
    BUYER_STATE = "buyer_state"
    BUYER_POSTAL_CODE = "buyer_postal_code"
    BUYER_COUNTRY = "buyer_country"


PRODUCT = (Field.ASIN, Field.SKU, Field.UPC, Field.ITEM_NUMBER, Field.TITLE)
"""By which a line names a product."""
