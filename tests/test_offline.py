"""The package opens no connection that nobody asked for: shown with a guard in every process of a build."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from corpora import SEEDS, sums

SWITCHES = {
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}

# Every interpreter runs this before anything else. Its own machine is allowed: the engine talks to its workers there.
GUARD = """
import os
import sys

EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0,
          "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}


def guard(event, arguments):
    if event not in EVENTS:
        return
    address = arguments[EVENTS[event]]
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, bytes):
        host = os.fsdecode(host)
    if host is None or host.startswith(("/", "\\0", "127.")) or host in ("", "::1", "localhost"):
        return
    with open(os.environ["CONNECTIONS"], "a") as file:
        file.write(f"{event} {address} {sys.argv}\\n")
    raise OSError(f"no connections in this test: {event} {address}")


sys.addaudithook(guard)
"""


@contextmanager
def proxy() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a proxy that only writes down what it is asked for.

    Code that is no Python is out of the guard's sight, but its HTTP clients heed the same variables.
    """
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:  # closed: the test is over
                    return
                with client:
                    asked.append(client.recv(300).decode("latin-1"))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def guarded(folder: Path, proxy_address: str = "") -> dict[str, str]:
    """Return an environment with the guard, and without anything that switches connections off."""
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(GUARD)
    (folder / "connections").touch()
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HF_") and name not in SWITCHES}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy_address)
    paths = {"PYTHONPATH": str(folder / "guard"), "CONNECTIONS": str(folder / "connections")}
    return ours | paths | {"HF_HOME": str(folder / "hf")} | (proxies if proxy_address else {"no_proxy": "*"})


def test_a_build_connects_to_nobody(tmp_path: Path, seeds_release: Path) -> None:
    output = tmp_path / "release"
    with proxy() as (address, asked):
        command = [sys.executable, "-m", "cleaning", "build", str(SEEDS), "--output", str(output)]
        subprocess.run(command, env=guarded(tmp_path, address), check=True, capture_output=True, timeout=300)
    assert (tmp_path / "connections").read_text() == ""
    assert asked == []
    assert sums(output) == sums(seeds_release)  # also from process to process


FETCH = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/ping', timeout=5)"


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        (FETCH, "socket.getaddrinfo 192.0.2.1"),
        ("import socket; socket.socket().connect(('192.0.2.1', 80))", "socket.connect ('192.0.2.1', 80)"),
        ("import socket; socket.socket(type=2).sendto(b'.', ('192.0.2.1', 53))", "socket.sendto ('192.0.2.1', 53)"),
        ("import socket; socket.gethostbyname('pypi.example')", "socket.gethostbyname pypi.example"),
    ],
)
def test_the_guard_sees_connections(tmp_path: Path, code: str, seen: str) -> None:
    ended = subprocess.run([sys.executable, "-c", code], env=guarded(tmp_path), check=False, capture_output=True)
    assert ended.returncode == 1
    assert (tmp_path / "connections").read_text().startswith(seen)


def test_the_proxy_sees_a_connection(tmp_path: Path) -> None:
    with proxy() as (address, asked):
        environment = guarded(tmp_path, address)
        subprocess.run([sys.executable, "-c", FETCH], env=environment, check=False, capture_output=True)
    assert [line.partition("\r\n")[0] for line in asked] == ["GET http://192.0.2.1/ping HTTP/1.1"]


TELL = "import cleaning, json, os; print(json.dumps(dict(os.environ)))"


@pytest.mark.parametrize(
    "chosen", [{}, {"DO_NOT_TRACK": "0", "RAY_USAGE_STATS_ENABLED": "1"}], ids=["by default", "asked"]
)
def test_dependencies_are_told_not_to_report(tmp_path: Path, chosen: dict[str, str]) -> None:
    environment = guarded(tmp_path) | chosen
    told = subprocess.run([sys.executable, "-c", TELL], env=environment, check=True, capture_output=True, text=True)
    found = json.loads(told.stdout)
    assert {name: found[name] for name in SWITCHES} == SWITCHES | chosen
