"""So many mails of a wave by one worker's round; or as many of their size by a bare loop."""

import json
import smtplib
import sys
import time
from email.message import EmailMessage

import django

django.setup()

BODY = 2_000
"""Letters of each of a mail's two parts, about what a notice has."""

WARM = 20


def send(count: int) -> int:
    """By the product's own sender."""
    from recalldesk.mailing.mail_line import MailLine
    from recalldesk.outreach.sending import told
    from recalldesk.outreach.sending.rounds import Preparing
    from recalldesk.outreach.sending.sender import Sender

    preparing = Preparing()
    with MailLine() as line:
        sender = Sender(
            line=line,
            prepare=preparing,
            remember=told.remember_told,
            look_ahead=preparing.look_ahead,
        )
        sender.run(lambda: sender.sent >= count)
    return sender.sent


def bare(port: int, count: int) -> int:
    """By one connection, with nothing around the calls."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(count):
            mail = EmailMessage()
            mail["Message-ID"] = f"<{number:032x}@kettles.example>"
            mail["From"], mail["To"] = "recall@kettles.example", "made-up@home.example"
            mail["Subject"] = "Safety recall"
            mail.set_content("made up " * (BODY // 8))
            mail.add_alternative("made up " * (BODY // 8), subtype="html")
            server.send_message(mail)
    return count


if __name__ == "__main__":
    mode, *numbers = sys.argv[1:]
    if mode == "send":
        send(WARM)  # what is loaded at the first mail is no part of the others
    began, processor = time.monotonic(), time.process_time()
    sent = send(int(numbers[0])) if mode == "send" else bare(int(numbers[0]), int(numbers[1]))
    print(
        json.dumps(
            {
                "sent": sent,
                "seconds": time.monotonic() - began,
                "processor": time.process_time() - processor,
            }
        )
    )
