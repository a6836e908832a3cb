"""Rules as data: what each language file says, checked as it is loaded.

A language is one TOML file in ``cleaning/languages``; adding one needs no Python. Its rules only *name* lines; the
cutting is done elsewhere. A rule that lacks an example that it strips or one that it keeps, or that fails one of
its own examples, does not load.
"""

from .book import Rulebook
from .definition import Rule, Where
from .files import languages, load, parse
from .language import Language
from .pattern import Match

__all__ = ["Language", "Match", "Rule", "Rulebook", "Where", "languages", "load", "parse"]
