"""The published kettle recall of the claims' tests, and their photo store."""

from tests.claims.conftest import _desk_of_the_file, desk, photos_folder

__all__ = ["_desk_of_the_file", "desk", "photos_folder"]
