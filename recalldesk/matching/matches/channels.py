"""Whether a recall's name of a channel means the shop that a file is of."""

MARKETPLACES = ("amazon", "ebay", "newegg")
"""Their names are held by the names of their parts: Amazon.com, eBay UK."""


def is_of_channel(named: str, channel: str) -> bool:
    """Whether an identifier that the recall lists under `named` is one of `channel`.

    `channel`: amazon, ebay, newegg, shopify, generic, or a shop's name from a mapping file. A name
    that is of no marketplace ("our own site") is the firm's own shop: files of Shopify and of a
    shop without a name are of it.
    """
    name, shop = (" ".join(each.casefold().split()) for each in (named, channel))
    if not name:
        return True
    if shop in {"shopify", "generic", ""}:
        return not any(each in name for each in MARKETPLACES)
    return shop in name or name in shop
