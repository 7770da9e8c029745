"""What an installation is for, which says to what checks it is held."""

from enum import StrEnum


class Profile(StrEnum):
    """What the installation is for. Only `production` is held to every check."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"
