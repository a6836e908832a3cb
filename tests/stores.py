"""A store that speaks S3, on the own machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec
import pytest
from moto.server import ThreadedMotoServer


@contextmanager
def s3(bucket: str, secret: str = "test") -> Iterator[Any]:
    """Start a store with a bucket, say where it is as users do, and give its file system."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", secret)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("NO_PROXY", "*")
        files = fsspec.filesystem("s3")
        files.mkdir(bucket)  # each of the tests' own: what one server holds, the next one of the process has too
        yield files
    files.clear_instance_cache()
    server.stop()
