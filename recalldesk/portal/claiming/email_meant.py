"""Whether an e-mail address looks like a slip of the finger at a great provider.

Guarantee: it is a question and never a refusal; an address of a provider that is there is never
doubted, though it differs from a greater one by a letter.
"""

from rapidfuzz.distance import OSA

GREAT = ("gmail.com", "hotmail.com", "yahoo.com", "outlook.com", "icloud.com")
THERE_TOO = frozenset({"mail.com", "email.com", "ymail.com"})
"""Providers that are one letter from a great one."""


def email_meant(email: str) -> str:
    """The address that was probably meant; empty where nothing is in doubt."""
    name, _, domain = email.rpartition("@")
    domain = domain.casefold()
    if domain in GREAT or domain in THERE_TOO:
        return ""
    meant = next((each for each in GREAT if OSA.distance(domain, each, score_cutoff=1) == 1), "")
    return f"{name}@{meant}" if name and meant else ""
