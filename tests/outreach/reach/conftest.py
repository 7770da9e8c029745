"""A recall with order files that came in, as those of purchasers have it."""

from tests.purchasers.conftest import _desk_of_the_file, desk, photos_folder, shops

__all__ = ["_desk_of_the_file", "desk", "photos_folder", "shops"]
