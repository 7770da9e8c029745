"""The addresses of order files and of those who bought, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import (
    purchaser_figures,
    purchaser_file,
    purchaser_file_new,
    purchaser_questions,
    purchaser_story,
    purchasers,
)

SEE, IMPORT = Permission.SEE_PURCHASERS, Permission.IMPORT_ORDERS
BELOW: tuple[tuple[str, View, str, Permission], ...] = (
    ("", purchasers.purchasers, "purchasers", SEE),
    ("search/", purchasers.purchaser_search, "purchaser_search", SEE),
    ("files/", purchaser_file.order_files, "order_files", SEE),
    ("files/new/", purchaser_file_new.order_file_new, "order_file_new", IMPORT),
    ("files/<int:number>/", purchaser_file.order_file, "order_file", SEE),
    ("files/<int:number>/full/", purchaser_file.order_file_full, "order_file_full", IMPORT),
    (
        "files/<int:number>/take-back/",
        purchaser_file.order_file_take_back,
        "order_file_take_back",
        IMPORT,
    ),
    ("files/<int:number>/rejects/", purchaser_file.order_rejects, "order_rejects", IMPORT),
    ("questions/", purchaser_questions.same_person, "same_person", SEE),
    ("questions/<int:number>/", purchaser_questions.question, "same_person_question", SEE),
    (
        "questions/<int:number>/settle/",
        purchaser_questions.settle,
        "same_person_settle",
        Permission.SETTLE_PURCHASERS,
    ),
    (
        "questions/<int:number>/full/",
        purchaser_questions.question_full,
        "same_person_full",
        Permission.SEE_PERSONAL,
    ),
    ("figures/", purchaser_figures.purchaser_figures, "purchaser_figures", SEE),
    ("figures/<str:figure>/", purchaser_figures.purchaser_rows, "purchaser_rows", SEE),
    ("<int:number>/", purchaser_story.purchaser, "purchaser", SEE),
    (
        "<int:number>/full/",
        purchaser_story.purchaser_full,
        "purchaser_full",
        Permission.SEE_PERSONAL,
    ),
)
PURCHASER_ADDRESSES = [
    desk_path(f"purchasers/{below}", view, name=name, permission=permission)
    for below, view, name, permission in BELOW
]
