"""A published kettle recall, and a photo store in the test's folder."""

from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
