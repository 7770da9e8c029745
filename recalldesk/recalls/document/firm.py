"""Who recalls: the firm, and the brands under which owners know it; and who made and sold it."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, EmailStr, Field

from recalldesk.recalls.document.contrast import readable_on_sheet
from recalldesk.recalls.document.logo import harmless_svg
from recalldesk.recalls.document.parts import Key, Line, MaybeLine, Part, Problem, Rule, Text

Accent = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$"), AfterValidator(readable_on_sheet)]
Https = Annotated[str, Field(pattern=r"^https://")]
E164 = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]


class CompanyRole(StrEnum):
    """What a company did with the product."""

    MANUFACTURER = "manufacturer"
    IMPORTER = "importer"
    DISTRIBUTOR = "distributor"
    RETAILER = "retailer"


class Firm(Part):
    """The firm that answers for the recall."""

    name: Line
    legal_name: MaybeLine = ""
    role: CompanyRole | None = None
    address: Line
    website: Https


OTHER_SHOP = "other"
"""Under which name a shop counts that the file gives no key."""


class Company(Part):
    """A company that made, brought in, passed on or sold the products, or some of them.

    `key` is the name under which its checks count, where it embeds the recall.
    """

    name: Line
    role: CompanyRole
    key: Key | None = None
    headquarters: MaybeLine = ""
    products: tuple[Key, ...] = ()


_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST_NAME = re.compile(rf"localhost|{_LABEL}(\.{_LABEL})+")


def is_host_name(host: str) -> bool:
    """Whether it is one whole name, as `recall.firm.example`: one that begins with a point would
    stand for all names below it."""
    return len(host) <= 253 and _HOST_NAME.fullmatch(host) is not None


def _host_names(brand: "Brand") -> Iterator[Problem]:
    for place, host in enumerate(brand.hosts):
        if not is_host_name(host):
            yield ("hosts", place), "must be a whole host name, such as recall.firm.example"


class Brand(Part):
    """A name under which owners bought it, with a check page of its own."""

    key: Key
    name: Line
    monogram: Annotated[str, Field(min_length=1, max_length=2)]
    logo: Annotated[str, AfterValidator(harmless_svg)] = ""
    accent: Accent
    hosts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")], ...] = ()
    sender: EmailStr
    email: EmailStr
    phone: E164
    phone_shown: Line
    phone_is_free: bool | None = None
    hours: Text
    online_service: Https | None = None
    products: tuple[Key, ...] = Field(min_length=1)

    rules = (Rule(_host_names, ("hosts",)),)
