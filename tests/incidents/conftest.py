"""The published kettle recall of the claims' tests."""

from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
