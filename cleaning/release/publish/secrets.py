"""Secrets stay secret: what a library says, or says that a server said, is shown without them."""

from __future__ import annotations

import logging
import re
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from .contents import Watch

_SIGNED = re.compile(r"(https?://[^\s?'\"]+)\?[^\s'\"]*")


def hidden(text: str, secret: str) -> str:
    r"""Return a text on one line, without the secret, and without the signatures of addresses.

    >>> hidden("bad token hf_abc\n for https://store.example/x?signature=1", "hf_abc")
    'bad token *** for https://store.example/x'
    """
    text = " ".join(text.split())
    return _SIGNED.sub(r"\1", text.replace(secret, "***") if secret else text)


def harmless(error: BaseException, secret: str) -> BaseException | None:
    """Return an error that may be shown as the cause of another: None if its trace would say the secret."""
    trace = "".join(traceback.format_exception(error))
    return None if secret and secret in trace else error


@contextmanager
def overheard(library: str, watch: Watch, secret: str) -> Iterator[None]:
    """While the block runs, tell the watch what a library logs and warns of, in place of standard error."""
    logger = logging.getLogger(library)
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [_Teller(watch, secret)], False
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        for warning in warned:
            if not issubclass(warning.category, DeprecationWarning):  # which are for those who write the library
                watch.warn(hidden(str(warning.message), secret))


class _Teller(logging.Handler):
    def __init__(self, watch: Watch, secret: str) -> None:
        super().__init__()
        self._watch, self._secret = watch, secret

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.warn(hidden(record.getMessage(), self._secret))
