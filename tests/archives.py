"""Web archives for tests: records as crawlers write them."""

from __future__ import annotations

PAGE = "<html><p>It rained all night in Málaga.</p></html>"


def record(kind: str, block: bytes, *, number: int = 1, length: int | None = None, **headers: str) -> bytes:
    """Return a record of an archive; ``length`` is what it says of itself, when it lies."""
    named = {
        "WARC-Type": kind,
        "WARC-Target-URI": f"https://news.example/{number}",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{number:012}>",
        "WARC-Date": "2024-01-02T03:04:05Z",
        "Content-Type": "text/plain" if kind == "conversion" else "application/http; msgtype=response",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    named["Content-Length"] = str(len(block) if length is None else length)
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(
    body: str | bytes = PAGE, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str
) -> bytes:
    """Return what a server sent."""
    named = ({"Content-Type": kind} if kind else {}) | {name.replace("_", "-"): text for name, text in headers.items()}
    head = "".join(f"{name}: {text}\r\n" for name, text in named.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + (body.encode() if isinstance(body, str) else body)


def page(number: int, *, length: int | None = None) -> bytes:
    """Return a record with a page that tells its number."""
    return record("response", response(f"<p>page {number}</p>"), number=number, length=length)


def url(number: int) -> str:
    """Return the address of a record."""
    return f"https://news.example/{number}"
