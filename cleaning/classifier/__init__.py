"""Which lines of a text are its article: features of lines, a small network over them, and a choice by expected F1."""

from .choose import most_likely
from .model import Model, Seen, load

__all__ = ["Model", "Seen", "load", "most_likely"]
