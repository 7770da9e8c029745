"""The cast, for every test that asks for it."""

from tests.cast import (
    cast,
    command,
    index_folder,
    kettles,
    published_recall,
    quick_passwords,
)

__all__ = ["cast", "command", "index_folder", "kettles", "published_recall", "quick_passwords"]
