"""A mail server that takes everything and writes down which mail it took for whom, and when. It is
a process of its own, and knows nothing of any database.

Says its port, and ends when nobody reads what it says any more.
"""

import asyncio
import hashlib
import re
import sys
import time
from typing import BinaryIO

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([0-9a-f]{32})@", re.IGNORECASE | re.MULTILINE)
LINE = len(f"{'0' * 32} {'0' * 64} 1234567890.123\n")
"""Letters of a line: how many there are is seen by the size of the file."""
ANSWERS = {b"QUIT": b"221 bye\r\n", b"DATA": b"354 go on\r\n"}


async def conversation(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: BinaryIO
) -> None:
    """One connection, until it is closed."""
    writer.write(b"220 sink\r\n")
    recipient = b""
    try:
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                recipient = line.partition(b"<")[2].partition(b">")[0]
            writer.write(ANSWERS.get(word, b"250 well\r\n"))
            if word == b"QUIT":
                break
            if word == b"DATA":
                await writer.drain()
                mail = await reader.readuntil(b"\r\n.\r\n")
                note(kept, mail, recipient)
                writer.write(b"250 taken\r\n")
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass  # whoever called was killed
    finally:
        writer.close()


def note(kept: BinaryIO, mail: bytes, recipient: bytes) -> None:
    """Before it says that it took the mail."""
    found = MESSAGE_ID.search(mail)
    name = found[1].decode() if found else "-" * 32
    digest = hashlib.sha256(recipient).hexdigest()
    kept.write(f"{name} {digest} {time.time():.3f}\n".encode())
    kept.flush()


async def serve(path: str) -> None:
    """Until standard input ends."""
    with open(path, "ab") as kept:
        server = await asyncio.start_server(
            lambda reader, writer: conversation(reader, writer, kept),
            "127.0.0.1",
            0,
            limit=1 << 20,
        )
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
