"""Why something is not in the clean text: the reasons, by which everything that goes is named and counted."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a span, or a whole document, is not in the clean text."""

    # Spans.
    ADVERTISEMENT = "advertisement"
    AUTHOR_BIO = "author-bio"
    BYLINE = "byline"
    CAPTION = "caption"
    COMMENT_FORM = "comment-form"
    COOKIE_NOTICE = "cookie-notice"
    HEADLINE = "headline"
    LEGAL_NOTICE = "legal-notice"
    NAVIGATION = "navigation"
    NEWSLETTER = "newsletter"
    NOT_ARTICLE = "not-article"
    PHOTO_CREDIT = "photo-credit"
    RELATED_LINKS = "related-links"
    REPEATED = "repeated"
    SHARED_PARAGRAPH = "shared-paragraph"
    SHARE_BAR = "share-bar"
    SITE_TEMPLATE = "site-template"
    SPLICED_ARTICLE = "spliced-article"
    TAGS = "tags"
    TIMESTAMP = "timestamp"
    WIDGET = "widget"

    # Whole documents.
    EARLIER_RELEASE = "earlier-release"
    EMPTY = "empty"
    EXACT_DUPLICATE = "exact-duplicate"
    NEAR_DUPLICATE = "near-duplicate"
    REPETITIVE = "repetitive"
    SAME_HEADLINE = "same-headline"
    TAKEN_DOWN = "taken-down"
    TOO_SHORT = "too-short"
    UNWANTED_LANGUAGE = "unwanted-language"

    # Records that never became a document.
    UNREADABLE = "unreadable"


# Those that no span has.
OF_DOCUMENTS = frozenset({
    Reason.EARLIER_RELEASE, Reason.EMPTY, Reason.EXACT_DUPLICATE, Reason.NEAR_DUPLICATE, Reason.REPETITIVE,
    Reason.SAME_HEADLINE, Reason.TAKEN_DOWN, Reason.TOO_SHORT, Reason.UNWANTED_LANGUAGE, Reason.UNREADABLE,
})  # fmt: skip
