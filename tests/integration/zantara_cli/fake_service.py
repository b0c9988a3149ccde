"""Stands in for a service: answers /readyz; dies, hangs or is unready when a file in FAKE_DIR says so."""

import http.server
import json
import os
import signal
import sys
import time
from pathlib import Path

NAME = sys.argv[1]
WISHES = Path(os.environ["FAKE_DIR"])


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body: dict[str, object] = {"service": NAME, "status": "ready", "parts": {}}
        unready = WISHES / f"{NAME}.unready"
        if self.path == "/env":
            body = {"env": dict(os.environ)}
        elif unready.exists():
            body = {"parts": {"content": {"ok": False, "error": unready.read_text()}}}
        text = json.dumps(body).encode()
        self.send_response(503 if "env" not in body and unready.exists() else 200)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    with (WISHES / "starts").open("a") as file:
        file.write(f"{NAME}\n")
    if (WISHES / f"{NAME}.crash").exists():
        print(f"{NAME}: the reason of the crash", flush=True)
        sys.exit(3)
    if (WISHES / f"{NAME}.deaf").exists():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.05), note_end(), sys.exit(0)))
    http.server.HTTPServer(("127.0.0.1", int(os.environ["ZANTARA_HTTP_PORT"])), Handler).serve_forever()


def note_end() -> None:
    with (WISHES / "ends").open("a") as file:
        file.write(f"{NAME}\n")


main()
