"""One record of the CPSC's recall feed, field by field.

Guarantee: names, types and their order are the feed's; a record that differs cannot be made. Texts
carry `&amp;`, `&lt;` and `&gt;` as the feed's do; whoever reads them undoes that.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Midnight = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T00:00:00$")]
Nothing = Annotated[str, Field(pattern=r"^$")]
"""Of a numbering that only the CPSC has: always empty."""


class Entry(BaseModel):
    """A table of the feed. Nothing is added and nothing left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Product(Entry):
    """A product. `NumberOfUnits` in words: "About 1,158,000"."""

    Name: str
    Description: str
    Model: str
    Type: str
    CategoryID: Nothing = ""
    NumberOfUnits: str


class Inconjunction(Entry):
    """The same recall at another authority."""

    URL: str


class Image(Entry):
    """A picture."""

    URL: str
    Caption: str


class Injury(Entry):
    """What happened."""

    Name: str


class Company(Entry):
    """A company; of a retailer a sentence that says where, when and for how much it was sold."""

    Name: str
    CompanyID: Nothing = ""


class ManufacturerCountry(Entry):
    """Where it was made."""

    Country: str


class ProductUpc(Entry):
    """A number of a bar code."""

    UPC: str


class Hazard(Entry):
    """The hazard in words."""

    Name: str
    HazardType: Nothing = ""
    HazardTypeID: Nothing = ""


class Remedy(Entry):
    """What owners are told to do, and what they get."""

    Name: str


class RemedyOption(Entry):
    """The same in the feed's words: Refund, Replace, Repair, …"""

    Option: Annotated[
        str, Field(pattern=r"^(Refund|Repair|Replace|Dispose|Label|New Instructions)$")
    ]


class Record(Entry):
    """One recall."""

    RecallID: Annotated[int, Field(ge=1)]
    RecallNumber: Annotated[str, Field(pattern=r"^[^-]*$")]
    RecallDate: Midnight
    Description: str
    URL: Annotated[str, Field(pattern=r"^https?://")]
    Title: str
    ConsumerContact: str
    LastPublishDate: Midnight
    Products: list[Product]
    Inconjunctions: list[Inconjunction] = []
    Images: list[Image] = []
    Injuries: list[Injury]
    Manufacturers: list[Company]
    Retailers: list[Company]
    Importers: list[Company]
    Distributors: list[Company]
    SoldAtLabel: None = None
    ManufacturerCountries: list[ManufacturerCountry]
    ProductUPCs: list[ProductUpc]
    Hazards: list[Hazard]
    Remedies: list[Remedy]
    RemedyOptions: list[RemedyOption]
