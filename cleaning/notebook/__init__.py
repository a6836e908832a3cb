"""How a document and a release show themselves in a notebook: as HTML that needs no network and no script.

Colours are mixed with those of the page, so that light and dark ones do. Where a viewer strips styles, the elements
say the same: what was cut is ``<del>``, what is long is folded.
"""

from .document import document_html
from .release import release_html

__all__ = ["document_html", "release_html"]
