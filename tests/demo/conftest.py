"""The examples, published as the demo publishes them."""

from tests.portal.conftest import published

__all__ = ["published"]
