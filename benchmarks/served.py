"""The web application as people start it, on an empty database, for as long as a benchmark needs it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Served:
    """A running server."""

    address: str
    environment: dict[str, str]
    log: Path

    def made(self, code: str, *arguments: str) -> Any:
        """Run a piece of Python with Django set up, on the database of the server; what its last line prints, as JSON."""
        program = f"import datetime, json, sys\nimport django\ndjango.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], env=self.environment, check=True, stdout=subprocess.PIPE, text=True
        )
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def served() -> Iterator[Served]:
    """A server that stops, and whose data is gone, at the end of the block."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SOLEUS_") and k != "DATABASE_URL"}
        environment |= {"SOLEUS_DATA": folder, "SOLEUS_SECRET_KEY": secrets.token_urlsafe(32), "DJANGO_SETTINGS_MODULE": "soleus.web.settings"}
        log = Path(folder) / "server.log"
        with log.open("w") as out:
            server = subprocess.Popen([sys.executable, "-m", "soleus", "serve", "--port", str(port)], env=environment, stderr=out)
            try:
                while "Soleus is at" not in log.read_text(encoding="utf-8"):
                    if server.poll() is not None:
                        raise RuntimeError(log.read_text(encoding="utf-8"))
                    time.sleep(0.1)
                yield Served(f"http://localhost:{port}", environment, log)
            finally:
                server.terminate()
                server.wait(20)
