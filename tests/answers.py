"""How the servers that tests start on this machine answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler


class Answers(BaseHTTPRequestHandler):
    """Answers with JSON or bytes, keeps connections open, and says nothing."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer in two parts waits for the network's acknowledgement of the first

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def body(self) -> bytes:
        """Return what the request sent, which must be read even if nobody wants it."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def send_json(self, value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """Answer with a value as JSON."""
        self.send(json.dumps(value).encode(), status, {"Content-Type": "application/json", **(headers or {})})

    def send(self, content: bytes, status: int, headers: Mapping[str, str]) -> None:
        """Answer with bytes."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
