"""Whether a recall's name of a channel means the shop that a file is of."""

from collections.abc import Iterable

MARKETPLACES = ("amazon", "ebay", "newegg")
"""Their names are held by the names of their parts: Amazon.com, eBay UK."""


def is_of_channel(named: str, channel: str) -> bool:
    """Whether an identifier that the recall lists under `named` is one of `channel`.

    `channel`: amazon, ebay, newegg, shopify, generic, or a shop's name from a mapping file. A name
    that is of no marketplace ("our own site") is the firm's own shop: files of Shopify and of a
    shop without a name are of it.
    """
    name, shop = _form(named), _form(channel)
    if not name:
        return True
    if shop in {"shopify", "generic", ""}:
        return not _is_marketplace(name)
    return shop in name or name in shop


def is_own_shop(channel: str, named: Iterable[str]) -> bool:
    """Whether a file's shop is the firm's own: the only one that the recall names among `named` and
    that is no marketplace."""
    own = {name for each in named if (name := _form(each)) and not _is_marketplace(name)}
    return own == {_form(channel)}


def _is_marketplace(form: str) -> bool:
    return any(each in form for each in MARKETPLACES)


def _form(name: str) -> str:
    return " ".join(name.casefold().split())
