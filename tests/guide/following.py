"""Carries out the blocks of the guide in a folder that stands for the whole machine."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.guide.blocks import Block, blocks_of
from tests.ports import free_port
from tests.prepared import prepared
from tests.programs import comes_true, status_of

ROOTS = ("/var/lib/recalldesk", "/srv/", "/etc/recalldesk", "/root/", "/usr/local/bin")
OWNERS = re.compile(r"-o \w+ (?:-g \w+ )?|-g recalldesk ")
PASSWORD = "a made-up password of Ana"
EDITED = {
    "RECALLDESK_CLAMD": "none",
    "RECALLDESK_EMAIL_URL": "smtp://127.0.0.1:9",
}
"""What a person writes into the settings with an editor: here, that nothing leaves this machine."""


@dataclass
class Machine:
    """The folder, the programs of the installed wheel, and what was started."""

    root: Path
    programs: Path
    port: int = field(default_factory=free_port)
    printed: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What a shell of root has here."""
        own = self.root / "usr/local/bin"
        return {
            "PATH": f"{own}:{self.programs}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": str(self.root / "root"),
            "LANG": "C.UTF-8",
            "RECALLDESK_AS_IS": "1",
            "RECALLDESK_STAFF_PASSWORD": PASSWORD,
            "RECALLDESK_ENVIRONMENT": str(self.settings),
        }

    @property
    def said(self) -> Path:
        """What the started programs wrote."""
        return self.root / "said.log"

    @property
    def settings(self) -> Path:
        """The file of settings."""
        return self.root / "etc/recalldesk/environment"

    def placed(self, text: str) -> str:
        """The text with every folder of the machine below this one."""
        for each in ROOTS:
            text = re.sub(rf"(?<![\w./]){each}", f"{self.root}{each}", text)
        return text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")

    def shell(self, text: str, *, fails: bool = False) -> str:
        """What it prints for the next program. Its first failing line ends it."""
        text = OWNERS.sub("", self.placed(text))
        if os.geteuid() == 0:  # its database belongs to another user, who must pass through
            text = text.replace("install -d -m 700", "install -d -m 711")
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        self.printed = ran.stdout + ran.stderr
        assert fails or ran.returncode == 0, f"{text}\n{self.printed}"
        return ran.stdout

    def follows(self, page: str, *, until: str = "", after: str = "") -> None:
        """Carries out a page's blocks from behind the one that holds `after` up to `until`."""
        blocks = blocks_of(page)
        begin = next((n + 1 for n, each in enumerate(blocks) if after in each.text), 0)
        for block in blocks[begin if after else 0 :]:
            if until and until in block.text:
                return
            self._does(block)

    def _does(self, block: Block) -> None:
        if block.kind == "run":
            self.shell(block.text, fails="any" in block.marks)
            if "recalldesk deploy" in block.text:
                self._edit()
        if block.kind == "shows":
            assert block.text.strip() in self.printed, f"{block}\n{self.printed}"

    def _edit(self) -> None:
        """The files with the folders of this machine; in the settings what a person writes."""
        for path in [*(self.root / "root/deploy").rglob("*"), self.settings]:
            if path.is_file():
                path.write_text(self.placed(path.read_text(encoding="utf-8")), encoding="utf-8")
        text = self.settings.read_text(encoding="utf-8")
        for name, value in EDITED.items():
            text = re.sub(rf"^{name}=.*$", f"{name}='{value}'", text, flags=re.MULTILINE)
        self.settings.write_text(f"{text}RECALLDESK_PORT='{self.port}'\n", encoding="utf-8")

    def lay_tables(self) -> None:
        """The tables as `recalldesk database prepare` makes them: that takes half a minute, and the
        suite has done it once. The command itself then finds nothing to do."""
        kept = prepared()
        home = self.root / "var/lib/recalldesk"
        if kept is not None and (kept / "postgres").exists():
            subprocess.run(["cp", "-a", str(kept / "postgres"), str(home)], check=True)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """While what the units start runs, by their own lines."""
        units = self.root / "root/deploy/systemd"
        running = [self._started(units / name) for name in ("recalldesk-web.service", WORKER)]
        try:
            is_there = comes_true(lambda: status_of(self.port, "/healthz") != 0, seconds=240)
            assert is_there, self.said.read_text()
            yield
        finally:
            for program in running:
                program.terminate()
            for program in running:
                program.communicate(timeout=60)

    def _started(self, unit: Path) -> subprocess.Popen[str]:
        (words,) = re.findall(r"^ExecStart=\S+ (.*)$", unit.read_text(), re.MULTILINE)
        with self.said.open("a") as said:
            return subprocess.Popen(
                ["sh", "-c", f'set -a; . "{self.settings}"; set +a; exec recalldesk {words}'],
                env=self.environment,
                cwd="/",
                stdout=said,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    def clear(self) -> None:
        """Takes everything away, and what a failed test left running."""
        for pid_file in self.root.rglob("postmaster.pid"):
            try:
                os.kill(int(pid_file.read_text().split("\n")[0]), signal.SIGQUIT)
            except (ProcessLookupError, ValueError):
                continue
        shutil.rmtree(self.root, ignore_errors=True)


WORKER = "recalldesk-worker@.service"
