"""Every address is public because its name stands here, or asks for a key, for the pass of a
filing, or for somebody of the desk; nothing else exists.
"""

import pytest
from django.test import Client
from django.urls import reverse

from recalldesk.console.access import Door, needs_of
from tests.architecture.addresses import every_address

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
    "cpsc_feed",
    "portal_root:choose_language",
    "portal_root:digital_link",
    "portal_root:digital_link_serial",
    "portal_root:logo",
    "portal_root:picture",
    "portal_root:theme",
    "portal:home",
    "portal:search",
    "portal:check_any",
    "portal:check_photo",
    "portal:check_photo_answer",
    "portal:check_photo_text",
    "portal:check_photo_waits",
    "portal:danger_any",
    "portal:danger_tell",
    "portal:incident_any",
    "portal:incident_told",
    "portal:incident",
    "portal:brand_incident",
    "portal:come_back",
    "portal:partner_link",  # it opens nothing before its button is pressed
    "portal:partner_sign_in",
    "portal:partner_sign_out",
    "portal:claim_link",
    "portal:told",
    "portal:told_nothing_more",
    "portal:tell_me",
    "portal:demo_mail",
    "portal:recall",
    "portal:recall_version",
    "portal:poster",
    "portal:press_release",
    "portal:preview",  # by a link that the desk signed
    "portal:preview_picture",
    "portal:preview_paper",
    "portal:preview_brand_paper",
    "portal:preview_banner",
    "portal:preview_check",
    "portal:preview_theme",
    "portal:preview_logo",
    "portal:feed",
    "portal:shops",
    "portal:embedded_banner",
    "portal:embedded_check",
    "portal:check",
    "portal:unreadable",
    "portal:danger",
    "portal:disposal",
    "portal:turned_away",
    "portal:brand_disposal",
    "portal:brand_turned_away",
    "portal:brand_check",
    "portal:brand_poster",
    "portal:brand_press_release",
    "portal:brand_unreadable",
    "portal:brand_danger",
    "portal:begin",
    "portal:brand_begin",
    "portal:privacy",
    "portal:list",
    "portal:brand_list",
}
WITH_A_KEY = {"api:check_batch", "api:tell_stock", "api:tell_refund"}
OF_PARTNERS: dict[str, tuple[object, ...]] = {
    "portal:partner": (),
    "portal:partner_check": (),
    "portal:partner_scan": (),
    "portal:partner_stop_sale": ("kettle-k20",),
    "portal:partner_letter": ("kettle-k20",),
    "portal:partner_counts": ("kettle-k20",),
    "portal:partner_row": ("kettle-k20", 1),
    "portal:partner_moved": ("kettle-k20",),
    "portal:partner_certificate": ("kettle-k20", 1),
    "portal:partner_refunds": ("kettle-k20",),
    "portal:partner_refund": ("kettle-k20", 1),
    "portal:partner_rejected": ("kettle-k20", 1),
    "portal:partner_posted": ("kettle-k20",),
    "portal:partner_picture": ("kettle-k20", 1, 1),
}
"""Each with what its address names."""
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
    "portal:claim_list",
    "portal:claim_list_result",
    "portal:claim_on_file",
}
"""Each is tried without a pass in tests/portal/claims/."""
WITH_A_SECRET: dict[str, tuple[str, ...]] = {
    "mail_webhook": ("postmark",),
    "metrics": (),
    "remedy_webhook": ("tremendous",),
    "text_webhook": (),
}
"""Each with what its address names."""
FOLLOWING = {
    "portal:claim": (),
    "portal:claim_message": (),
    "portal:claim_more_photos": (),
    "portal:claim_appeal": (),
    "portal:claim_code": ("address",),
    "portal:claim_gift_code": (),
    "portal:claim_mend": (),
    "portal:claim_withdraw": (),
    "portal:claim_disposed": (),
    "portal:claim_no_site": (),
    "portal:claim_my_data": (),
    "portal:claim_incident": (),
    "portal:claim_erase": (),
}
"""Each with what its address names beside the filing."""


PUBLIC_AT_THE_DESK = {
    "account_login",
    "account_logout",
    "account_inactive",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "console:invitation",
    "console:join",
}
"""The way in, and out. All else below /desk/ is walked by everybody in tests/console/."""


def test_every_address_is_public_by_name_or_asks_for_something() -> None:
    known = PUBLIC | WITH_A_KEY | set(WITH_A_SECRET) | FILLING | set(FOLLOWING) | set(OF_PARTNERS)
    assert {each.name for each in every_address() if not each.is_the_desks} == known


def test_an_address_of_the_desk_names_what_it_needs_or_is_public_by_name() -> None:
    needs = {each.name: needs_of(each.view) for each in every_address() if each.is_the_desks}
    assert {name for name, needed in needs.items() if needed is None} == set()
    public = {name for name, needed in needs.items() if needed is Door.PUBLIC}
    assert public == PUBLIC_AT_THE_DESK


def test_nothing_outside_the_desk_passes_for_an_address_of_it() -> None:
    assert not [each for each in every_address() if not each.is_the_desks and needs_of(each.view)]


@pytest.mark.usefixtures("db", "index_folder")
@pytest.mark.parametrize("name", sorted(WITH_A_KEY))
def test_what_asks_for_a_key_is_answered_to_nobody_without(client: Client, name: str) -> None:
    assert client.post(reverse(name)).status_code == 401


@pytest.mark.usefixtures("db", "index_folder")
@pytest.mark.parametrize("name", sorted(WITH_A_SECRET))
def test_what_asks_for_a_secret_is_not_there_where_none_is_set(client: Client, name: str) -> None:
    assert client.post(reverse(name, args=WITH_A_SECRET[name])).status_code == 404


@pytest.mark.usefixtures("db", "index_folder")
@pytest.mark.parametrize("name", sorted(OF_PARTNERS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_partners_page_is_shown_to_nobody_without_its_pass(
    client: Client, name: str, method: str
) -> None:
    address = reverse(name, args=OF_PARTNERS[name])
    answer = client.generic(method.upper(), address, headers={"Origin": "http://testserver"})
    assert answer.status_code in (403, 405)
    assert answer["Cache-Control"] == "no-store"


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
