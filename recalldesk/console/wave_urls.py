"""The addresses of waves of direct notices, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import (
    not_written_to,
    reach,
    wave,
    wave_acts,
    wave_answers,
    wave_notices,
    wave_previews,
    wave_told_by_hand,
    wave_writing,
    waves,
)

SEE, WRITE = Permission.SEE_PURCHASERS, Permission.WRITE_WAVES
BELOW: tuple[tuple[str, View, str, Permission], ...] = (
    ("", waves.waves, "waves", SEE),
    ("new/", waves.wave_new, "wave_new", WRITE),
    ("answers/", wave_answers.wave_answers, "wave_answers", SEE),
    ("not-written-to/", not_written_to.silent_contacts, "not_written_to", SEE),
    (
        "not-written-to/<int:number>/lift/",
        not_written_to.silent_contact_lift,
        "not_written_to_lift",
        Permission.REACH_OWNERS,
    ),
)
OF_ONE: tuple[tuple[str, View, str, Permission], ...] = (
    ("", wave.wave, "wave", SEE),
    ("change/", wave_writing.wave_change, "wave_change", WRITE),
    ("text/", wave_writing.wave_text, "wave_text", WRITE),
    ("test/", wave_writing.wave_test, "wave_test", WRITE),
    ("ask/", wave_writing.wave_ask, "wave_ask", WRITE),
    ("answer/", wave_acts.wave_answer, "wave_answer", Permission.APPROVE_WAVES),
    ("act/", wave_acts.wave_act, "wave_act", WRITE),
    ("counted/", wave_previews.wave_counted, "wave_counted", SEE),
    ("mail/<str:language>/", wave_previews.wave_mail, "wave_mail", SEE),
    ("letter/<str:language>.<str:form>", wave_previews.wave_letter, "wave_letter", SEE),
    ("notices/", wave_notices.wave_notices, "wave_notices", SEE),
    ("notices/<int:notice>/", wave_notices.wave_notice, "wave_notice", SEE),
    (
        "notices/<int:notice>/full/",
        wave_notices.wave_notice_full,
        "wave_notice_full",
        Permission.SEE_PERSONAL,
    ),
    (
        "notices/<int:notice>/told/",
        wave_told_by_hand.wave_notice_told,
        "wave_notice_told",
        Permission.CALL_PURCHASERS,
    ),
)
WAVE_ADDRESSES = [
    desk_path("reach/", reach.reach, name="reach", permission=SEE),
    desk_path("reach/<str:figure>/", reach.reach_rows, name="reach_rows", permission=SEE),
    *(
        desk_path(f"waves/{below}", view, name=name, permission=permission)
        for below, view, name, permission in BELOW
    ),
    *(
        desk_path(f"waves/<slug:slug>/<int:number>/{below}", view, name=name, permission=permission)
        for below, view, name, permission in OF_ONE
    ),
]
