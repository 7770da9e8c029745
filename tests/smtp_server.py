"""A mail server of the tests on 127.0.0.1, which can be told to fail where real ones do."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


@dataclass
class Mood:
    """What it answers; a code, or `hang_up` in its place. `taken` is what it said yes to;
    `greeted`: how many called."""

    greeting: str = "220 made-up server"
    sender: str = "250 sender taken"
    recipient: str = "250 recipient taken"
    end_of_mail: str = "250 mail taken"
    keeps_before_hanging_up: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    greeted: int = 0


HANG_UP = "hang_up"


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        mood = cast("_Server", self.server).mood
        mood.greeted += 1
        if not self._say(mood.greeting):
            return
        while line := self.rfile.readline():
            word = line.split(b" ")[0].strip().upper()
            if word == b"DATA":
                self._say("354 go on")
                if not self._take_mail(mood):
                    return
                continue
            if word == b"RCPT":
                mood.recipients.append(line.decode().partition("<")[2].partition(">")[0])
            answers = {
                b"EHLO": "250 made-up.example",
                b"MAIL": mood.sender,
                b"RCPT": mood.recipient,
                b"QUIT": "221 bye",
            }
            if not self._say(answers.get(word, "250 well")) or word == b"QUIT":
                return

    def _take_mail(self, mood: Mood) -> bool:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        is_taken = mood.end_of_mail.startswith("250")
        if is_taken or mood.keeps_before_hanging_up:
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            mood.taken.append(cast("EmailMessage", mail))
        return self._say(mood.end_of_mail)

    def _say(self, answer: str) -> bool:
        if answer == HANG_UP:
            return False
        self.wfile.write(answer.encode() + b"\r\n")
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mood: Mood


@contextmanager
def smtp_server() -> Iterator[tuple[str, Mood]]:
    """Its URL, as RECALLDESK_EMAIL_URL takes it, and its mood."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.mood = Mood()
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", server.mood
        finally:
            server.shutdown()
