"""The cast and the command, for what a drill reads of an installation."""

from tests.cast import cast, command, index_folder, kettles, published_recall, quick_passwords

__all__ = ["cast", "command", "index_folder", "kettles", "published_recall", "quick_passwords"]
