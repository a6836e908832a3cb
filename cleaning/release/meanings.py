"""What each reason means, in words for someone who has never seen this package."""

from __future__ import annotations

from ..reason import Reason

MEANINGS = {
    Reason.ADVERTISEMENT: "advertising, and the marks that plug-ins leave where it stood",
    Reason.AUTHOR_BIO: "a few lines about the author, below or above the article",
    Reason.BYLINE: "the line that names the author or the desk; the name is kept in `author`",
    Reason.CAPTION: "a caption of a picture; kept in `captions`",
    Reason.COMMENT_FORM: "the form for comments, and what surrounds it",
    Reason.COOKIE_NOTICE: "a notice or a request for consent about cookies",
    Reason.HEADLINE: "the headline, said in the text again; kept in `title`",
    Reason.LEGAL_NOTICE: "copyright and other legal notices",
    Reason.NAVIGATION: "menus, buttons, section labels and the like",
    Reason.NEWSLETTER: "calls to subscribe, to sign up or to donate",
    Reason.NOT_ARTICLE: "lines that do not belong to the article, judged by how they read and where they stand",
    Reason.PHOTO_CREDIT: "who took or owns a picture",
    Reason.RELATED_LINKS: "links and teasers to other articles",
    Reason.REPEATED: "text that the document had said before",
    Reason.SHARE_BAR: "buttons to share the page, and calls to follow on social media",
    Reason.SHARED_PARAGRAPH: "paragraphs that many texts of several sites share, such as an agency's footer",
    Reason.SITE_TEMPLATE: "lines that one site repeats on many of its pages",
    Reason.SPLICED_ARTICLE: "a second article that followed on the first; it is a document of its own, see `parent_id`",
    Reason.TAGS: "lists of keywords",
    Reason.TIMESTAMP: "lines that hold only a date or a time",
    Reason.WIDGET: "what interactive boxes leave behind: players, polls, weather, error messages",
    Reason.EMPTY: "nothing was left, or nothing had been there",
    Reason.EARLIER_RELEASE: "an earlier release has it already; `kept_id` names its twin there",
    Reason.EXACT_DUPLICATE: "the same text as another document, but for case, spaces, punctuation and Arabic spelling",
    Reason.NEAR_DUPLICATE: "nearly the same text as another document",
    Reason.REPETITIVE: "too much of it repeats itself",
    Reason.SAME_HEADLINE: "the same headline as another document, and a text that agrees with it",
    Reason.TAKEN_DOWN: "somebody asked for it to be left out; the text is not repeated here",
    Reason.TOO_SHORT: "shorter than the settings ask for",
    Reason.UNWANTED_LANGUAGE: "in a language that was not asked for, or that could not be told",
    Reason.UNREADABLE: "the record could not be read as text",
}


def meaning(reason: str) -> str:
    """Return what a reason means; of one that is not known, its name.

    >>> meaning("tags")
    'lists of keywords'
    """
    return MEANINGS[Reason(reason)] if reason in set(Reason) else reason
