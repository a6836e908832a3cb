"""A page of its own from a template: everything escaped, style and script inside, and no network allowed."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ..release.meanings import meaning

_CODE = re.compile(r"`([^`]*)`")


def page(template: str, script: str, *, allowed: str = "", **values: Any) -> str:
    """Return a page.

    Args:
        template: the template's file name.
        script: the name of the file with its script. No other script may run.
        allowed: more of a Content-Security-Policy, for a page that talks to its server.
        values: what the template asks for.
    """
    code = _read(script)
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    return (
        _environment()
        .get_template(template)
        .render(
            policy=f"{policy}; form-action 'none'{allowed}", style=_ours("page.css"), script=_ours(script), **values
        )
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"code": _code, "number": _number, "meaning": meaning, "percent": _percent}
    return environment


def _read(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _ours(name: str) -> Markup:
    return Markup(_read(name))  # noqa: S704 - a file of this package


def _code(text: str) -> Markup:
    """Return our own words with what stands in backquotes as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped in this line


def _number(value: int) -> str:
    return f"{value:,}"


def _percent(part: float, whole: float) -> str:
    """Return a share, to a tenth of a percent.

    >>> _percent(1, 3), _percent(0, 0)
    ('33.3', '0.0')
    """
    return f"{100 * part / whole:.1f}" if whole else "0.0"
