"""Reports of mail servers, made up after those that Postfix, Exim and Exchange send."""

NAME = "<0123456789abcdef0123456789abcdef@recall.example>"
REPORT = """\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: recall@tidewater.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
{more}Content-Type: multipart/report; report-type={report_type}; boundary="made.up"

This is a MIME-encapsulated message.

--made.up
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--made.up
Content-Description: Delivery report
Content-Type: message/{status_type}

Reporting-MTA: dns; mx.example
X-Postfix-Queue-ID: 4MADEUP

Final-Recipient: rfc822; olga@home.example
Original-Recipient: rfc822;olga@home.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--made.up
{original}
--made.up--
"""
WHOLE = """\
Content-Type: message/rfc822

Message-ID: {name}
From: Tidewater <recall@tidewater.example>
To: olga@home.example
Subject: Your claim
Content-Type: text/plain

Made up.
"""
HEADERS = """\
Content-Type: text/rfc822-headers

Received: by mx.example
Message-Id:
 {name}
Subject: Your claim
"""
NONE_OF_IT = "Content-Type: text/plain\n\nNothing of it.\n"


def a_report(
    name: str = NAME,
    *,
    action: str = "failed",
    original: str = WHOLE,
    more: str = "",
    status_type: str = "delivery-status",
    report_type: str = "delivery-status",
) -> bytes:
    """A report of the mail of this name, as a mail server gives it to a pipe."""
    said = REPORT.format(
        action=action,
        original=original.format(name=name),
        more=more,
        status_type=status_type,
        report_type=report_type,
    )
    return said.encode()
