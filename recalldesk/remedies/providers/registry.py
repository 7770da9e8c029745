"""The providers of this installation, by their names.

Guarantee: one that is not configured is not there; asking for it says so and loses nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.errors import ProviderUnknown
from recalldesk.remedies.providers.interface import Provider

Made = Callable[[], Provider | None]
_made_by: dict[str, Made] = {}


def register(name: ProviderName, made: Made) -> None:
    """Says how a provider is made from the settings; None where it is not configured."""
    _made_by[name.value] = made


def provider_named(name: str) -> Provider:
    """One provider. Raises ProviderUnknown."""
    provider = _made_by[name]() if name in _made_by else None
    if provider is None:
        raise ProviderUnknown(
            f"No provider {name!r} is configured.",
            "Set what it needs in the environment; docs/remedies.md lists it.",
        )
    return provider


def configured() -> Mapping[str, Provider]:
    """All that are configured, by name."""
    made = {name: make() for name, make in sorted(_made_by.items())}
    return {name: provider for name, provider in made.items() if provider is not None}


@contextmanager
def replaced(provider: Provider) -> Iterator[None]:
    """Has another provider answer under its name, for as long as the context lasts."""
    before = _made_by.get(provider.name)
    _made_by[provider.name] = lambda: provider
    try:
        yield
    finally:
        if before is None:
            del _made_by[provider.name]
        else:
            _made_by[provider.name] = before
