"""The Hub's client with the user's token, and its errors as one line that says what to do; never the token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...errors import CleaningError, OutputError
from .contents import Watch
from .secrets import harmless, hidden, overheard

if TYPE_CHECKING:
    from huggingface_hub import HfApi

_LOG_IN = "log in with `hf auth login` or set HF_TOKEN"
_AGAIN = "nothing is published by half; the same command takes up where it stopped"
_ADVICE = {
    401: f"the Hub does not take this token: {_LOG_IN}",
    403: f"this token may not write there: make one at https://huggingface.co/settings/tokens, and {_LOG_IN}",
    404: f"the Hub has no such thing, or not for this token: see that the name is right, and {_LOG_IN}",
    409: "somebody else is changing it: try again",
    412: "somebody else has changed it meanwhile: try again",
    429: f"the Hub asks to wait: try again later; {_AGAIN}",
}


@contextmanager
def client(name: str, watch: Watch) -> Iterator[HfApi]:
    """Give a client of the Hub that sends the user's token.

    Args:
        name: the repository, which errors name.
        watch: told what the client has to say while it works, such as that it tries again.

    Raises:
        OutputError: there is no token, or something went wrong in the block.
    """
    from huggingface_hub import HfApi, constants, get_token  # noqa: PLC0415 - takes a while to import
    from huggingface_hub.utils.tqdm import (  # noqa: PLC0415
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    token, bars = "", are_progress_bars_disabled()
    try:
        token = get_token() or ""
        _check(token, name)
        with overheard("huggingface_hub", watch, token):
            if constants.HF_HUB_DISABLE_PROGRESS_BARS is None:
                disable_progress_bars()
            yield HfApi(token=token)
    except CleaningError:
        raise
    except Exception as error:
        raise OutputError(f"{name}: {hidden(_told(error), token)}") from harmless(error, token)
    finally:
        if constants.HF_HUB_DISABLE_PROGRESS_BARS is None and not bars:
            enable_progress_bars()


def _check(token: str, name: str) -> None:
    if not token:
        raise OutputError(f"{name}: the Hub has to know who publishes: {_LOG_IN}")
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise OutputError(f"{name}: the token holds characters that no token has: {_LOG_IN}")


def _told(error: Exception) -> str:
    """Return what happened and what to do: the client wraps what the Hub answered in errors of its own."""
    from httpx2 import TransportError  # noqa: PLC0415 - the Hub's client brings it
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled  # noqa: PLC0415

    reason: BaseException | None = error
    while reason:
        if isinstance(reason, HfHubHTTPError) and reason.response is not None:
            return _answered(reason.response.status_code, reason.server_message or "")
        if isinstance(reason, OfflineModeIsEnabled):
            return "HF_HUB_OFFLINE is set, which forbids to ask the Hub: unset it"
        if isinstance(reason, TransportError):
            return f"the Hub cannot be reached ({reason or type(reason).__name__}): is there a connection? {_AGAIN}"
        reason = reason.__cause__
    return f"the Hub or its client failed: {type(error).__name__}: {error}; {_AGAIN}"


def _answered(status: int, said: str) -> str:
    advice = _ADVICE.get(status)
    if not advice:
        advice = f"the Hub has trouble: try again later; {_AGAIN}" if status >= 500 else "the Hub refuses"
    return f"{advice} (HTTP {status}{': ' + said if said else ''})"
