"""A Hub on this machine: what `hf://` asks of huggingface.co, for one dataset, out of a folder."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from answers import Answers

NAME = "org/name"
_COMMIT = "a" * 40
_LISTING = re.compile(rf"/api/datasets/{NAME}/tree/main(?:/(?P<path>.+))?")
_FILE = re.compile(rf"/datasets/{NAME}/resolve/main/(?P<path>.+)")
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class _Handler(Answers):
    folder: Path
    asked: list[str]

    def do_GET(self) -> None:  # noqa: N802  (the name that http.server looks for)
        url = urlparse(self.path)
        name = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self.asked.append(" ".join(filter(None, [url.path, self.headers.get("Range"), name])))
        if url.path in (f"/api/datasets/{NAME}", f"/api/datasets/{NAME}/revision/main"):
            self.send_json({"id": NAME, "sha": _COMMIT, "siblings": []})
        elif found := _LISTING.fullmatch(url.path):
            self._list(self.folder / (found["path"] or ""), parse_qs(url.query).get("recursive") == ["true"])
        elif (found := _FILE.fullmatch(url.path)) and (self.folder / found["path"]).is_file():
            self._send_range((self.folder / found["path"]).read_bytes())
        else:
            self.send_json({"error": "not found"}, 404)

    def _list(self, folder: Path, recursive: bool) -> None:
        found = sorted(folder.rglob("*") if recursive else folder.glob("*"))
        entries = [
            {
                "type": "directory" if path.is_dir() else "file",
                "oid": _COMMIT,
                "size": 0 if path.is_dir() else path.stat().st_size,
                "path": path.relative_to(self.folder).as_posix(),
            }
            for path in found
        ]
        self.send_json(entries if folder.is_dir() else {"error": "not found"}, 200 if folder.is_dir() else 404)

    def _send_range(self, content: bytes) -> None:
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        start, stop = (int(asked[1]), min(int(asked[2]) + 1, len(content))) if asked else (0, len(content))
        headers = {"ETag": '"x"', "X-Repo-Commit": _COMMIT, "Content-Range": f"bytes {start}-{stop - 1}/{len(content)}"}
        self.send(content[start:stop], 206 if asked else 200, headers)


@contextmanager
def hub(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the address of a Hub with the dataset ``org/name``, and a list of what it is asked for."""
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"folder": folder, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()
        thread.join(10)
