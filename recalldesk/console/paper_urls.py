"""The addresses of letters, of calls, and of shops that tell, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console import sent_back
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import calls, shop_tellings, wave_letters

SEE, WRITE, CALL = (
    Permission.SEE_PURCHASERS,
    Permission.WRITE_WAVES,
    Permission.CALL_PURCHASERS,
)
LETTERS, SHOP = "waves/<slug:slug>/<int:number>/letters/", "shops/<slug:slug>/<int:number>/"
ADDRESSES: tuple[tuple[str, View, str, Permission], ...] = (
    ("letters-returned/", wave_letters.letters_returned, "letters_returned", CALL),
    (LETTERS, wave_letters.wave_letters, "wave_letters", SEE),
    (f"{LETTERS}make/", wave_letters.letters_make, "letters_make", WRITE),
    (f"{LETTERS}<int:file>/take/", wave_letters.letters_take, "letters_take", WRITE),
    (f"{LETTERS}<int:file>/posted/", wave_letters.letters_posted, "file_posted", WRITE),
    (f"{LETTERS}<int:file>/back/", wave_letters.letters_put_back, "letters_put_back", WRITE),
    ("waves/<slug:slug>/<int:number>/calls/", calls.wave_calls, "wave_calls", CALL),
    ("calls/", calls.calls, "calls", CALL),
    ("calls/next/", calls.call_next, "call_next", CALL),
    ("calls/read/", calls.calls_read, "calls_read", CALL),
    ("calls/<int:number>/", calls.call, "call", CALL),
    ("calls/<int:number>/number/", calls.call_number, "call_number", CALL),
    ("calls/<int:number>/outcome/", calls.call_outcome, "call_outcome", CALL),
    ("calls/<int:number>/answer/", calls.call_answer, "call_answer", CALL),
    ("calls/<int:number>/leave/", calls.call_leave, "call_leave", CALL),
    ("calls/<slug:slug>/<int:number>/take/", calls.calls_take, "calls_take", WRITE),
    ("shops/", shop_tellings.shop_tellings, "shop_tellings", SEE),
    ("shops/<slug:slug>/new/", shop_tellings.shop_telling_new, "shop_telling_new", WRITE),
    (SHOP, shop_tellings.shop_telling, "shop_telling", SEE),
    (f"{SHOP}take/", shop_tellings.shop_telling_take, "shop_telling_take", WRITE),
    (f"{SHOP}read/", shop_tellings.shop_telling_read, "shop_telling_read", WRITE),
    (f"{SHOP}counts/", shop_tellings.shop_telling_counts, "shop_telling_counts", WRITE),
    ("rejected-lines/", sent_back.rejects_back, "rejects_back", CALL),
)
PAPER_ADDRESSES = [
    desk_path(route, view, name=name, permission=permission)
    for route, view, name, permission in ADDRESSES
]
