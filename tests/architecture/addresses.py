"""Every address that there is: its name, its view, and one path that leads to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from recalldesk.console.account_urls import Number36

NO_UUID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Address:
    """`pattern` is what Django matches; `spaces` are the name spaces that its name stands in."""

    name: str
    pattern: URLPattern

    @property
    def view(self) -> Callable[..., Any]:
        return self.pattern.callback

    @property
    def path(self) -> str:
        """A path to it, with made-up values where it takes some."""
        return reverse(self.name, kwargs=made_up(self.pattern.pattern.converters))

    @property
    def is_the_desks(self) -> bool:
        return self.path.startswith(settings.DESK_PATH)


def made_up(converters: dict[str, Any]) -> dict[str, object]:
    """Values for what an address takes, by name."""

    def value(converter: object) -> object:
        if isinstance(converter, IntConverter):
            return 1
        if isinstance(converter, Number36):
            return "1"
        return NO_UUID if isinstance(converter, UUIDConverter) else "made-up"

    return {name: value(converter) for name, converter in converters.items()}


def _below(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"the address {entry.pattern} has no name"
            yield Address(":".join((*spaces, entry.name)), entry)
        else:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _below(entry, inner)


def every_address() -> list[Address]:
    """All of them."""
    return list(_below(get_resolver()))
