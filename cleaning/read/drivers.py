"""Packages that open addresses: which one is missing, and how to get it."""

from __future__ import annotations

import fsspec
from fsspec.registry import known_implementations

# Those that an extra of this package brings.
_EXTRAS = {"s3fs": "'scrape2corpus[s3]'"}


def missing_driver(address: str) -> str:
    """Return what to install for an address; empty where everything is there or nobody knows a package for it.

    >>> missing_driver("memory://pages")
    ''
    """
    for part in address.split("::"):
        protocol = part.partition("://")[0].lower()
        try:
            fsspec.get_filesystem_class(protocol)
        except ImportError as error:
            return f"{protocol}:// {_advice(protocol, error)}"
        except ValueError:  # nobody knows the protocol
            continue
    return ""


def _advice(protocol: str, error: ImportError) -> str:
    package = str(known_implementations.get(protocol, {}).get("class", "fsspec")).partition(".")[0]
    if package == "fsspec":  # its own module, which needs another package
        return f"needs a package: {known_implementations.get(protocol, {}).get('err') or error}"
    return f"needs the package {package}: pip install {_EXTRAS.get(package, package)}"
