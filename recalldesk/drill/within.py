"""Whether a program is within a sandbox, judged by its settings."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from recalldesk.drill.errors import NotASandbox

MARK = "drill.json"
"""Stands in the folder of each sandbox."""
MADE_UP_PROFILE = "demo"
INTO_A_FOLDER = "recalldesk.mailing.folder.EmailBackend"
INTO_TEXTS = "local"
HERE = frozenset({"127.0.0.1"})


def refuse_unless_within(
    *,
    home: Path,
    profile: str,
    is_embedded: bool,
    mail: str,
    texts: str,
    bucket: str,
    services: Iterable[str],
) -> None:
    """Raises NotASandbox, naming what leads elsewhere."""
    wrong = []
    if not (home.parent / MARK).is_file():
        wrong.append("its data folder is not a sandbox's")
    if profile != MADE_UP_PROFILE:
        wrong.append("its profile is not that of a demo")
    if not is_embedded:
        wrong.append("it has a database of its own elsewhere (DATABASE_URL)")
    if mail != INTO_A_FOLDER:
        wrong.append("its mail would leave (RECALLDESK_EMAIL_URL)")
    if texts != INTO_TEXTS:
        wrong.append("its text messages would leave (RECALLDESK_SMS)")
    if bucket:
        wrong.append("its photos would lie in a bucket (RECALLDESK_S3_BUCKET)")
    if any(urlsplit(each).hostname not in HERE for each in services):
        wrong.append("its providers are not made up")
    if wrong:
        raise NotASandbox(
            f"This is no sandbox of a drill: {'; '.join(wrong)}.",
            "Drills are held with `recalldesk drill`, which starts their programs itself.",
        )
