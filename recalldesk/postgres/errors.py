"""What can go wrong with the embedded server. Each error has a message and a hint that says what
to do; none of them holds a secret.
"""

from recalldesk.foundation.problem import Problem


class PostgresError(Problem):
    """The base of the family: `message` says what happened, `hint` what to do about it."""


class BinariesMissingError(PostgresError):
    """PostgreSQL's programs are not installed, or cannot be run."""


class FolderUnusableError(PostgresError):
    """The data folder cannot be used: its path, its owner or its permissions forbid it."""


class AccountUnusableError(PostgresError):
    """The user under whom the server would run does not exist or is not allowed."""


class SocketFolderUnsafeError(PostgresError):
    """The folder for the socket belongs to somebody else, is open to others, or is not there."""


class PasswordUnusableError(PostgresError):
    """The password file is missing, damaged, or open to others."""


class ClusterUnusableError(PostgresError):
    """What lies in the place of the database is not one that this version can open."""


class InitialisationFailedError(PostgresError):
    """The first, empty database could not be made; nothing half-made is left in its place."""


class StartFailedError(PostgresError):
    """The server did not become ready; the message quotes its log."""


class StopFailedError(PostgresError):
    """The server was asked to stop and has not ended in time."""


class ArchiveUnusableError(PostgresError):
    """The folder for archived changes cannot be written by the server."""


class BackupFailedError(PostgresError):
    """A backup was not taken, or is not whole; what was begun is removed."""


class RecoveryFailedError(PostgresError):
    """A backup could not be brought to life; nothing was put in the database's place."""
