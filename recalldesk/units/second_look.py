"""The token that binds one person's attempts. It holds digests, never the serial.

Guarantee: a token that was altered or not made here is refused; an old one still binds.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from recalldesk.units.errors import SecondLookInvalid
from recalldesk.units.verdict.attempts import Attempts, text_digest

SALT = "recalldesk.second-look"
NONE_YET = Attempts()


def digest_of(normalised: str) -> str:
    """A keyed digest of a text, to know it again."""
    return text_digest(normalised, key=f"{SALT}:{settings.SECRET_KEY}".encode())


def issue(attempts: Attempts) -> str:
    """A token for these attempts."""
    return signing.dumps(
        [attempts.looks, int(attempts.within_reach), *attempts.digests], salt=SALT, compress=False
    )


def binding_token() -> str:
    """A token for somebody whose own was lost: as after one look that came within reach."""
    return issue(Attempts(looks=1, within_reach=True))


def redeem(token: str) -> Attempts:
    """The attempts that a token stands for. Raises SecondLookInvalid."""
    if not token:
        return NONE_YET
    lasts: timedelta = settings.SECOND_LOOK_LASTS
    try:
        return _attempts(signing.loads(token, salt=SALT, max_age=lasts), expired=False)
    except signing.SignatureExpired:
        return _attempts(signing.loads(token, salt=SALT), expired=True)
    except (signing.BadSignature, UnicodeError) as error:
        raise SecondLookInvalid(
            "The second_look token is not one of ours, or was altered.",
            "Send it exactly as it was given, or leave it out to start anew.",
        ) from error


def _attempts(parts: list[object], *, expired: bool) -> Attempts:
    looks, within_reach, *digests = parts
    return Attempts(
        looks=int(str(looks)),
        within_reach=bool(within_reach),
        digests=tuple(str(digest) for digest in digests),
        expired=expired,
    )
