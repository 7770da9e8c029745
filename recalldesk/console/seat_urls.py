"""The addresses of an authority's seat, and of what the firm does about seats and questions."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import (
    seat,
    seat_figures,
    seat_log,
    seat_questions,
    seat_rows,
    seat_stock,
    seats,
)

SEE, ASK, ANSWER = Permission.SEE_REPORTS, Permission.ASK_FIRM, Permission.ANSWER_AUTHORITY
OF_RECALL = "seat/<slug:slug>/"
SEAT_ADDRESSES = [
    desk_path("seat/", seat.seat, name="seat", permission=SEE),
    desk_path(OF_RECALL, seat.seat_recall, name="seat_recall", permission=SEE),
    desk_path(f"{OF_RECALL}notice/", seat.seat_notice, name="seat_notice", permission=SEE),
    desk_path(
        f"{OF_RECALL}corrections/",
        seat_figures.seat_corrections,
        name="seat_corrections",
        permission=SEE,
    ),
    desk_path(
        f"{OF_RECALL}corrections/rows/",
        seat_rows.correction_rows,
        name="seat_correction_rows",
        permission=SEE,
    ),
    desk_path(f"{OF_RECALL}reach/", seat_figures.seat_reach, name="seat_reach", permission=SEE),
    desk_path(
        f"{OF_RECALL}reach/<str:figure>/",
        seat_rows.reach_rows,
        name="seat_reach_rows",
        permission=SEE,
    ),
    desk_path(
        f"{OF_RECALL}incidents/",
        seat_figures.seat_incidents,
        name="seat_incidents",
        permission=SEE,
    ),
    desk_path(
        f"{OF_RECALL}incidents/<str:figure>/",
        seat_rows.incident_rows,
        name="seat_incident_rows",
        permission=SEE,
    ),
    desk_path(f"{OF_RECALL}stock/", seat_stock.seat_stock, name="seat_stock", permission=SEE),
    desk_path(
        f"{OF_RECALL}stock/<str:figure>/",
        seat_stock.stock_rows,
        name="seat_stock_rows",
        permission=SEE,
    ),
    desk_path(f"{OF_RECALL}log/", seat_log.seat_log, name="seat_log", permission=SEE),
    desk_path(
        f"{OF_RECALL}questions/", seat_questions.questions, name="seat_questions", permission=ASK
    ),
    desk_path(
        f"{OF_RECALL}questions/<int:number>/",
        seat_questions.question,
        name="seat_question",
        permission=ASK,
    ),
    desk_path(
        f"{OF_RECALL}questions/<int:number>/withdraw/",
        seat_questions.question_withdraw,
        name="seat_question_withdraw",
        permission=ASK,
    ),
    desk_path(
        f"{OF_RECALL}questions/<int:number>/attachments/<int:file>/",
        seat_questions.attachment,
        name="seat_attachment",
        permission=ASK,
    ),
    desk_path("seats/", seats.seats, name="seats", permission=ANSWER),
    desk_path("seats/give/", seats.seat_give, name="seat_give", permission=ANSWER),
    desk_path("seats/<int:number>/end/", seats.seat_end, name="seat_end", permission=ANSWER),
    desk_path(
        "seats/questions/<int:number>/",
        seats.authority_question,
        name="authority_question",
        permission=ANSWER,
    ),
    desk_path(
        "seats/questions/<int:number>/attachments/<int:file>/",
        seats.attachment,
        name="authority_attachment",
        permission=ANSWER,
    ),
]
