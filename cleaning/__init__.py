r"""Clean scraped documents and publish them as a dataset that can be trusted.

>>> import cleaning
>>> document = cleaning.clean_text("Rain is expected in the north, the weather service said.\n\nLeave a Reply")
>>> document.text
'Rain is expected in the north, the weather service said.'
>>> [(cut.rule, cut.reason.value) for cut in document.cuts]
[('en.comment-form', 'comment-form')]
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

# Dependencies that report their use to their makers are told not to, before they are imported: this package opens no
# connection that the user did not ask for. Whoever sets these variables differently has asked for it.
for _name, _value in {
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}.items():
    os.environ.setdefault(_name, _value)

from .document import Cut, Document, Dropped  # noqa: E402
from .errors import CleaningError  # noqa: E402
from .pipeline import clean_html, clean_text  # noqa: E402
from .reason import Reason  # noqa: E402
from .settings import Settings  # noqa: E402

if TYPE_CHECKING:
    from .corpus.build import build
    from .release import Release
    from .release.diff import diff
    from .release.publish import publish

__version__ = version("scrape2corpus")

__all__ = [
    "CleaningError",
    "Cut",
    "Document",
    "Dropped",
    "Reason",
    "Release",
    "Settings",
    "build",
    "clean_html",
    "clean_text",
    "diff",
    "publish",
]


# What needs the engine is imported only when it is asked for: cleaning one document does not.
_LATER = {"Release": ".release", "build": ".corpus.build", "diff": ".release.diff", "publish": ".release.publish"}


def __getattr__(name: str) -> Any:
    """Return a public name that is imported only when it is asked for."""
    if name in _LATER:
        return getattr(import_module(_LATER[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
