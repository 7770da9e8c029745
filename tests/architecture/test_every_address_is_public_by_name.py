"""Every address is public because its name stands here, or asks for a key or for the pass of a
filing; nothing else exists.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

PUBLIC = {
    "healthz",
    "readyz",
    "api-docs",
    "api:openapi-json",
    "api:api-root",
    "api:check",
    "api:recalls",
    "api:recall",
    "api:no-such-address",
    "portal_root:choose_language",
    "portal_root:logo",
    "portal_root:theme",
    "portal:home",
    "portal:search",
    "portal:check_any",
    "portal:check_photo",
    "portal:check_photo_text",
    "portal:check_photo_waits",
    "portal:danger_any",
    "portal:danger_tell",
    "portal:come_back",
    "portal:claim_link",
    "portal:tell_me",
    "portal:demo_mail",
    "portal:recall",
    "portal:check",
    "portal:unreadable",
    "portal:danger",
    "portal:brand_check",
    "portal:brand_unreadable",
    "portal:brand_danger",
    "portal:begin",
    "portal:brand_begin",
    "portal:privacy",
}
WITH_A_KEY = {"api:check_batch"}
FILLING = {
    "portal:claim_unit",
    "portal:claim_label",
    "portal:claim_photos",
    "portal:claim_photos_state",
    "portal:claim_picture",
    "portal:claim_upload",
    "portal:claim_you",
    "portal:claim_remedy",
    "portal:claim_details",
    "portal:claim_send",
    "portal:claim_keep",
}
"""Each is tried without a pass in tests/portal/claims/."""
WITH_A_SECRET = {"mail_webhook"}
FOLLOWING = {
    "portal:claim": (),
    "portal:claim_message": (),
    "portal:claim_more_photos": (),
    "portal:claim_appeal": (),
    "portal:claim_code": ("address",),
    "portal:claim_mend": (),
    "portal:claim_withdraw": (),
    "portal:claim_disposed": (),
    "portal:claim_my_data": (),
    "portal:claim_erase": (),
}
"""Each with what its address names beside the filing."""


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"the address {entry.pattern} has no name"
            yield ":".join((*spaces, entry.name))
        else:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from names(entry, inner)


def test_every_address_is_public_by_name_or_asks_for_something() -> None:
    known = PUBLIC | WITH_A_KEY | WITH_A_SECRET | FILLING | set(FOLLOWING)
    assert set(names(get_resolver())) == known


@pytest.mark.usefixtures("db", "index_folder")
@pytest.mark.parametrize("name", sorted(WITH_A_KEY))
def test_what_asks_for_a_key_is_answered_to_nobody_without(client: Client, name: str) -> None:
    assert client.post(reverse(name)).status_code == 401


@pytest.mark.usefixtures("db", "index_folder")
@pytest.mark.parametrize("name", sorted(WITH_A_SECRET))
def test_what_asks_for_a_secret_is_not_there_where_none_is_set(client: Client, name: str) -> None:
    assert client.post(reverse(name, args=["postmark"])).status_code == 404


@pytest.mark.usefixtures("db", "index_folder")
@pytest.mark.parametrize("name", sorted(FOLLOWING))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_filing_is_shown_to_nobody_without_its_pass(
    client: Client, name: str, method: str
) -> None:
    address = reverse(name, args=["made-up-key", *FOLLOWING[name]])
    answer = client.generic(method.upper(), address, headers={"Origin": "http://testserver"})
    assert answer.status_code in (403, 405)
    assert answer["Cache-Control"] == "no-store"
