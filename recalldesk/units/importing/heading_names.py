"""What a heading says of its column: that it holds serials, an end of ranges, or something else."""

import re
import unicodedata

SERIAL_NAMES = frozenset(
    {
        "serial",
        "serials",
        "serialno",
        "serialnr",
        "serialnum",
        "serialnumber",
        "serialnumbers",
        "serialid",
        "sn",
        "snr",
        "sno",
        "unitserial",
        "unitserialnumber",
        "productserial",
        "productserialnumber",
        "deviceserial",
        "deviceserialnumber",
        "vin",
        "numerodeserie",
        "nodeserie",
        "seriennummer",
    }
)
RANGE_NAMES = (
    ("start", "end"),
    ("from", "to"),
    ("first", "last"),
    ("begin", "end"),
    ("startserial", "endserial"),
    ("serialstart", "serialend"),
    ("startserialnumber", "endserialnumber"),
    ("firstserial", "lastserial"),
    ("firstserialnumber", "lastserialnumber"),
    ("fromserial", "toserial"),
    ("serialfrom", "serialto"),
    ("rangestart", "rangeend"),
    ("rangefrom", "rangeto"),
    ("startofrange", "endofrange"),
)
SERIAL_INSIDE = ("serial", "numerodeserie", "nodeserie", "seriennummer")
SERIAL_WORD = re.compile(r"(?<![a-z])(?:s[^a-z0-9]{0,3}nr?|sno|vins?)(?![a-z])")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORDS_FOR_SOMETHING_ELSE = """
    model models modelo modell type tipo typ name names nombre description descripcion colour color
    colours colors farbe size country countries pais land region city ciudad ort state province
    county address street zip postcode postal phone telephone tel mobile email mail store shop
    tienda retailer dealer seller vendor distributor supplier customer client cliente kunde buyer
    owner contact warehouse factory plant site location status estado result condition grade note
    notes nota notas comment comments remark remarks bemerkung reason date dates fecha datum time
    year month week day made produced manufactured production shipped sold bought received returned
    batch batches lot lots lote charge order orders pedido bestellung bestellnummer po invoice
    factura rechnung receipt tracking shipment delivery consignment pallet carton sku ean ean13 ean8
    upc gtin jan asin isbn mpn part parts article artikel artikelnummer imei mac quantity cantidad
    menge qty count units amount price cost currency weight version revision firmware software
    hardware brand marca marke category url link
"""
OTHER_WORDS = frozenset(WORDS_FOR_SOMETHING_ELSE.split())
OTHER_NAMES = frozenset({"product", "producto", "produkt", "productname", "item", "itemname"})


def heading_key(cell: str) -> str:
    """A heading without case, accents, spaces and signs: "Serial No." gives serialno."""
    return re.sub(r"[^a-z0-9]+", "", _plain(cell))


def names_serials(cell: str) -> bool:
    """Whether the heading says that its column holds serials, of whatever part of a unit."""
    key = heading_key(cell)
    if key.strip("0123456789") in SERIAL_NAMES or any(name in key for name in SERIAL_INSIDE):
        return True
    return SERIAL_WORD.search(_plain(HUMP.sub(" ", cell))) is not None


def names_something_else(cell: str) -> bool:
    """Whether the heading surely says that its column holds no serials."""
    words = re.findall(r"[a-z]+\d*", _plain(HUMP.sub(" ", cell)))
    return heading_key(cell) in OTHER_NAMES or not OTHER_WORDS.isdisjoint(words)


def _plain(cell: str) -> str:
    decomposed = unicodedata.normalize("NFKD", cell).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))
