"""Who gets a remedy, and where: frozen with its order, so that every repeat asks for the same.

Guarantee: nothing of it is shown by `repr`, so that no report of an error holds it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, repr=False)
class Recipient:
    """One owner, as far as a remedy needs. `address` is by field (i18n names, with
    `country_code`), `address_lines` as it stands on a parcel, without the name; `payee` by field
    (`kind` says which way money goes). What is not known is empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "en"
    address: Mapping[str, str] = field(default_factory=dict)
    address_lines: tuple[str, ...] = ()
    payee: Mapping[str, str] = field(default_factory=dict)

    def as_text(self) -> str:
        """As JSON, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> "Recipient":
        """Back from `as_text`; from an empty text, nobody."""
        kept = json.loads(text) if text else {}
        return cls(**{**kept, "address_lines": tuple(kept.get("address_lines", ()))})
