"""The page that asks, served to the browser of the same machine and to nobody else.

It is bound to the loopback address. Other programs and other pages in the same browser do not know the random token
that every address begins with, and a Host that is not ours (a name that somebody had resolved to this machine) is
refused.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ..errors import CleaningError
from ..report.page import page
from . import verdicts
from .cuts import Asked
from .verdicts import RIGHT, WRONG

ADDRESS = "127.0.0.1"
_LONGEST = 1_000  # bytes of a request
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(slots=True)
class Review:
    """What is asked, and what has been said.

    Attributes:
        name: of the release.
        asked: the cuts.
        file: where verdicts go.
        said: the last verdict on each cut, by its key.
    """

    name: str
    asked: list[Asked]
    file: Path
    said: dict[verdicts.Key, verdicts.Verdict] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.said = verdicts.read(self.file)

    def verdict(self, asked: Asked) -> str:
        """Return what was said of a cut; empty if nothing was."""
        found = self.said.get(verdicts.key_of(verdicts.verdict_of(asked, RIGHT)))
        return found["verdict"] if found else ""

    def judge(self, number: int, said: str) -> int:
        """Note a verdict, and return how many of the cuts have one.

        Raises:
            OutputError: the file cannot be written.
        """
        verdict = verdicts.verdict_of(self.asked[number], said)
        with self._lock:
            verdicts.append(self.file, verdict)
            self.said[verdicts.key_of(verdict)] = verdict
        return self.judged

    @property
    def judged(self) -> int:
        """How many of the cuts have a verdict."""
        return sum(bool(self.verdict(asked)) for asked in self.asked)

    def page(self) -> str:
        """Return the page that asks."""
        said = [self.verdict(asked) for asked in self.asked]
        return page("review.html", "review.js", allowed="; connect-src 'self'", review=self, said=said)


class ReviewServer(ThreadingHTTPServer):
    """Serves a review until it is shut down.

    Args:
        review: what is asked.
        port: where; 0 means any that is free.

    Raises:
        OSError: the port is taken.
    """

    daemon_threads = True

    def __init__(self, review: Review, port: int = 0) -> None:
        self.review, self.token = review, secrets.token_urlsafe(24)
        super().__init__((ADDRESS, port), _Handler)

    @property
    def url(self) -> str:
        """The address of the page, with the token."""
        return f"http://{ADDRESS}:{self.server_port}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "review"
    sys_version = ""
    timeout = 30  # seconds that a request may take to arrive

    def do_GET(self) -> None:
        if self._is_allowed(""):
            self._answer(HTTPStatus.OK, self.server.review.page(), "text/html")

    def do_POST(self) -> None:
        if not self._is_allowed("verdict"):
            return
        try:
            number, said = _request(self._body(), len(self.server.review.asked))
        except ValueError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
            return
        try:
            judged = self.server.review.judge(number, said)
        except CleaningError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        else:
            self._answer(HTTPStatus.OK, json.dumps({"judged": judged}), "application/json")

    def _is_allowed(self, wanted: str) -> bool:
        """Refuse who is not the page in this machine's browser, and what is not there."""
        hosts = {f"{name}:{self.server.server_port}" for name in (ADDRESS, "localhost")}
        origin = self.headers.get("Origin")
        if self.headers.get("Host") not in hosts or (origin and origin.removeprefix("http://") not in hosts):
            self._refuse(HTTPStatus.FORBIDDEN, "this page is for the browser of this machine")
            return False
        token, slash, rest = self.path.removeprefix("/").partition("/")
        if not slash or not hmac.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "the address lacks the token: take the one that the terminal shows")
            return False
        if rest != wanted:
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing here")
            return False
        return True

    def _body(self) -> bytes:
        size = self.headers.get("Content-Length", "")
        if not size.isdecimal() or int(size) > _LONGEST:
            raise ValueError(f"a verdict takes 1 to {_LONGEST} bytes")
        return self.rfile.read(int(size))

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        self._answer(status, f"{why}\n", "text/plain")

    def _answer(self, status: HTTPStatus, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(status)
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(body)), **_HEADERS}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing of requests: the terminal has better things to show."""


def _request(body: bytes, known: int) -> tuple[int, str]:
    """Return number and verdict of a request.

    Raises:
        ValueError: it is none.
    """
    try:
        content = json.loads(body)
    except ValueError as error:
        raise ValueError("not JSON") from error
    if not isinstance(content, dict) or set(content) != {"number", "verdict"}:
        raise ValueError("a verdict has a number and a verdict")
    number, said = content["number"], content["verdict"]
    if type(number) is not int or not 0 <= number < known:
        raise ValueError(f"no cut has the number {number!r}")
    if not isinstance(said, str) or said not in {RIGHT, WRONG}:
        raise ValueError(f"a verdict is {RIGHT} or {WRONG}")
    return number, said
