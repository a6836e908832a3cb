"""A Hub on this machine that takes uploads: what publishing and loading ask of huggingface.co, held in memory."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

from answers import Answers

TOKEN = "hf_recogniseMe0123456789"
ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"
Files = dict[str, bytes]
# What a request is answered with instead: a status, or CUT, which closes the connection.
Fault = Callable[[str, str], int | None]
CUT = -1
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


@dataclass
class Dataset:
    """A repository: commits, and names for them."""

    private: bool = False
    commits: dict[str, Files] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def commit(self, branch: str, files: Files, message: str) -> str:
        """Add a commit to a branch."""
        oid = hashlib.sha1(f"{len(self.commits)} {message}".encode()).hexdigest()
        self.commits[oid] = files
        self.messages.append(message)
        self.branches[branch] = oid
        return oid

    def resolve(self, revision: str) -> str | None:
        """Return the commit of a branch, tag or commit."""
        oid = self.branches.get(revision) or self.tags.get(revision) or revision
        return oid if oid in self.commits else None

    def files(self, revision: str = "main") -> Files:
        """Return the files of a revision."""
        return self.commits[self.resolve(revision) or ""]


@dataclass
class Hub:
    """The state of the Hub.

    Attributes:
        endpoint: its address.
        datasets: by name.
        objects: large files that were sent, by SHA-256.
        asked: each request, as method and path.
        ignored: files that every repository's .gitignore leaves out.
        fault: says what a request is answered with instead; None: nothing.
    """

    endpoint: str = ""
    datasets: dict[str, Dataset] = field(default_factory=dict)
    objects: Files = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ignored: set[str] = field(default_factory=set)
    fault: Fault = lambda _method, _path: None

    def make(self, name: str, files: Files | None = None, *, private: bool = False) -> Dataset:
        """Make a dataset, as the Hub does: with a commit that holds .gitattributes."""
        made = self.datasets[name] = Dataset(private)
        made.commit("main", {".gitattributes": ATTRIBUTES, **(files or {})}, "initial commit")
        return made

    def sent(self) -> list[str]:
        """Return the large files that were sent."""
        return [line for line in self.asked if line.startswith("PUT")]

    def written(self) -> list[str]:
        """Return the requests that change something."""
        changing = ("PUT", "POST /api/repos", "POST /api/datasets")
        return [line for line in self.asked if line.startswith(changing) and "/paths-info/" not in line]


class Asked:
    """What is asked about a dataset: ``kind/revision/below``."""

    def __init__(self, name: str, dataset: Dataset, rest: str, query: dict[str, list[str]], body: bytes) -> None:
        self.name, self.dataset, self.query, self.body = name, dataset, query, body
        self.kind, _, where = rest.partition("/")
        revision, _, self.below = where.partition("/")
        self.revision = revision or "main"

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def files(self) -> Files:
        """The files of the revision."""
        return self.dataset.files(self.revision)


def _is_large(path: str) -> bool:
    return path.endswith(".parquet")


def _oid(path: str, content: bytes) -> str:
    if _is_large(path):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def _entry(path: str, content: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": "file", "path": path, "size": len(content), "oid": _oid(path, content)[:40]}
    if _is_large(path):
        entry["lfs"] = {"oid": _oid(path, content), "size": len(content), "pointerSize": 130}
    return entry


class _Handler(Answers):
    hub: Hub

    def _answer(self) -> None:
        url = urlparse(self.path)
        path, body = unquote(url.path), self.body()
        self.hub.asked.append(f"{self.command} {path}")
        status = self.hub.fault(self.command, path)
        if status == CUT:
            self.close_connection = True
            self.connection.shutdown(2)
        elif status:
            said = f"no, {self.headers.get('Authorization', 'nobody')}"  # a Hub that tells the token
            self.send_json({"error": said}, status, {"X-Error-Message": said})
        else:
            self._route(path, parse_qs(url.query), body)

    do_GET = do_HEAD = do_POST = do_PUT = _answer  # noqa: N815  (the names that http.server looks for)

    def _route(self, path: str, query: dict[str, list[str]], body: bytes) -> None:
        changes = self.command == "POST" and "/paths-info/" not in path
        if changes and self._token() != TOKEN:
            self.send_json({"error": "Invalid username or password."}, 401)
        elif found := re.fullmatch(r"/(api/)?datasets/(\w+/\w+)(?:/|\.git/)?(.*)", path):
            dataset = self.hub.datasets.get(found[2])
            if dataset is None or (dataset.private and self._token() != TOKEN):
                self._missing("RepoNotFound")
            else:
                self._of_dataset(Asked(found[2], dataset, found[3], query, body), api=bool(found[1]))
        elif self.command == "PUT":
            self._put(path, body)
        elif path == "/api/repos/create":
            self._create(json.loads(body))
        elif path == "/api/validate-yaml":
            self.send_json({"errors": [], "warnings": []})
        else:
            self._missing("EntryNotFound")

    def _of_dataset(self, asked: Asked, *, api: bool) -> None:
        answers = {
            "": self._info,
            "revision": self._info,
            "refs": self._refs,
            "tree": self._tree,
            "paths-info": self._paths,
            "preupload": self._preupload,
            "commit": self._commit,
            "tag": self._tag,
            "branch": self._branch,
        }
        others = {"info": self._batch, "resolve": self._resolve}
        if asked.kind != "branch" and asked.dataset.resolve(asked.revision) is None and asked.kind != "info":
            self._missing("RevisionNotFound")
        else:
            (answers if api else others)[asked.kind](asked)

    def _token(self) -> str:
        return self.headers.get("Authorization", "").removeprefix("Bearer ")

    def _create(self, wanted: dict[str, Any]) -> None:
        name = f"{wanted['organization']}/{wanted['name']}"
        there = name in self.hub.datasets
        if not there:
            self.hub.make(name, private=wanted.get("visibility") == "private")
        self.send_json({"url": f"{self.hub.endpoint}/datasets/{name}"}, 409 if there else 200)

    def _info(self, asked: Asked) -> None:
        oid = asked.dataset.resolve(asked.revision) or ""
        siblings = [{"rfilename": path} for path in asked.files]
        self.send_json({"id": asked.name, "sha": oid, "private": asked.dataset.private, "siblings": siblings})

    def _refs(self, asked: Asked) -> None:
        held = {"branches": asked.dataset.branches, "tags": asked.dataset.tags, "converts": {}}
        self.send_json(
            {
                kind: [{"name": name, "ref": f"refs/{kind}/{name}", "targetCommit": oid} for name, oid in names.items()]
                for kind, names in held.items()
            }
        )

    def _tree(self, asked: Asked) -> None:
        prefix = f"{asked.below}/" if asked.below else ""
        inside = {path: content for path, content in asked.files.items() if path.startswith(prefix)}
        if not inside:
            self._missing("EntryNotFound")
            return
        folders = {str(folder) for path in inside for folder in PurePosixPath(path).parents} - {".", asked.below}
        entries = {path: {"type": "directory", "path": path, "oid": "0" * 40, "size": 0} for path in sorted(folders)}
        entries |= {path: _entry(path, content) for path, content in sorted(inside.items())}
        recursive = asked.query.get("recursive", [""])[0].lower() == "true"
        self.send_json(
            [entry for path, entry in entries.items() if recursive or "/" not in path.removeprefix(prefix)],
        )

    def _paths(self, asked: Asked) -> None:
        wanted = asked.json["paths"] if asked.body[:1] == b"{" else parse_qs(asked.body.decode())["paths"]
        self.send_json([_entry(path, asked.files[path]) for path in wanted if path in asked.files])

    def _preupload(self, asked: Asked) -> None:
        told = [
            {
                "path": file["path"],
                "uploadMode": "lfs" if _is_large(file["path"]) else "regular",
                "shouldIgnore": file["path"] in self.hub.ignored,
                "oid": _oid(file["path"], asked.files[file["path"]]) if file["path"] in asked.files else None,
            }
            for file in asked.json["files"]
        ]
        self.send_json({"files": told})

    def _batch(self, asked: Asked) -> None:
        answers = []
        for wanted in asked.json["objects"]:
            href = f"{self.hub.endpoint}/store/{wanted['oid']}?X-Signature=signed"
            actions = {} if wanted["oid"] in self.hub.objects else {"actions": {"upload": {"href": href, "header": {}}}}
            answers.append({"oid": wanted["oid"], "size": wanted["size"], **actions})
        self.send_json({"transfer": "basic", "objects": answers})

    def _put(self, path: str, body: bytes) -> None:
        oid = path.removeprefix("/store/")
        assert hashlib.sha256(body).hexdigest() == oid
        self.hub.objects[oid] = body
        self.send_json({})

    def _commit(self, asked: Asked) -> None:
        lines = [json.loads(line) for line in asked.body.splitlines()]
        header, files = lines[0]["value"], dict(asked.files)
        if header.get("parentCommit") not in {None, asked.dataset.branches[asked.revision]}:
            self.send_json({"error": "A commit has happened since."}, 412)
            return
        for line in lines[1:]:
            path = line["value"]["path"]
            if line["key"] == "file":
                files[path] = base64.b64decode(line["value"]["content"])
            elif line["key"] == "lfsFile":
                files[path] = self.hub.objects[line["value"]["oid"]]
            else:
                del files[path]
        oid = asked.dataset.commit(asked.revision, files, header["summary"])
        url = f"{self.hub.endpoint}/datasets/{asked.name}/commit/{oid}"
        self.send_json({"commitUrl": url, "commitOid": oid, "pullRequestUrl": None})

    def _tag(self, asked: Asked) -> None:
        there = asked.json["tag"] in asked.dataset.tags
        asked.dataset.tags.setdefault(asked.json["tag"], asked.dataset.resolve(asked.revision) or "")
        self.send_json({}, 409 if there else 200)

    def _branch(self, asked: Asked) -> None:
        there = asked.revision in asked.dataset.branches
        asked.dataset.branches.setdefault(asked.revision, asked.dataset.branches["main"])
        self.send_json({}, 409 if there else 200)

    def _resolve(self, asked: Asked) -> None:
        if asked.below not in asked.files:
            self._missing("EntryNotFound")
            return
        content = asked.files[asked.below]
        part = _RANGE.fullmatch(self.headers.get("Range", ""))
        start, stop = (int(part[1]), min(int(part[2]) + 1, len(content))) if part else (0, len(content))
        headers = {
            "ETag": f'"{_oid(asked.below, content)}"',
            "X-Repo-Commit": asked.dataset.resolve(asked.revision) or "",
        }
        if part:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(content)}"
        self.send(content[start:stop], 206 if part else 200, headers)

    def _missing(self, code: str) -> None:
        self.send_json({"error": "not found"}, 404, {"X-Error-Code": code})


@contextmanager
def hub_store() -> Iterator[Hub]:
    """Give a Hub without any datasets that knows one token, :data:`TOKEN`."""
    hub = Hub()
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub})) as server:
        server.daemon_threads = True
        hub.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield hub
        server.shutdown()
        thread.join(10)
