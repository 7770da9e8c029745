"""A program that sends what waits, as a worker's job does, and is killed by a test. What a killed
one had in hand is let go after a second.

Its arguments: the database's name, and the URL of a mail server.
"""

import os
import sys
import time
from datetime import timedelta

import django

os.environ["RECALLDESK_EMAIL_URL"] = sys.argv[2]
django.setup()

from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]

from recalldesk.mailing.mail_line import MailLine
from recalldesk.outreach.sending import claiming
from recalldesk.outreach.sending.sender import Sender
from tests.outreach.waves_made import in_made_up_words

claiming.LEASE = timedelta(seconds=1)
while True:
    with MailLine() as line:
        sender = Sender(line=line, prepare=in_made_up_words, remember=lambda _ids: None)
        sender.run(lambda: False)
    time.sleep(0.1)
