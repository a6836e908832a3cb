"""From elements to lines: what begins a line, what flows within one, and where each line stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from strategies import fewer, nasty_texts

from cleaning.html.metadata import parse
from cleaning.html.render import FLAGS, INLINE, UNREAD, Rendered, render


def rendered(html: str) -> Rendered:
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    return render(tree)


def lines(html: str) -> list[str]:
    return rendered(html).lines


def flags_of(page: Rendered, line: int) -> set[str]:
    return {name for bit, name in enumerate(FLAGS) if page.flags[page.node[line]] >> bit & 1}


# --- Lines ---


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<p>One<p>Two", ["One", "Two"]),
        ("<div>Before<p>In</p>after</div>", ["Before", "In", "after"]),
        ("<ul><li>One</li><li>Two<ul><li>Three</ul></li></ul>tail", ["One", "Two", "Three", "tail"]),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", ["One", "Two"]),
        ("<h1>Rain</h1>in the north", ["Rain", "in the north"]),
        ("<my-widget>One</my-widget>two", ["One", "two"]),
        ("One<hr>two", ["One", "two"]),
    ],
)
def test_blocks_are_lines_of_their_own(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>It <b>rained</b> in <a href='/'>the north</a>.</p>", "It rained in the north."),
        ("<p>un<i>believ</i>able</p>", "unbelievable"),
        ("<p>H<sub>2</sub>O, <font color=red>red</font> <abbr>etc.</abbr></p>", "H2O, red etc."),
        ("<p>one\n\n  two\tthree </p>", "one two three"),
        ("<p>one&nbsp;two</p>", "one two"),
        ("<p>one<!-- two -->three</p>", "onethree"),
        ("<p>one<img src=a alt=two> three</p>", "one three"),
        ("<p>one<?php two ?> three</p>", "one three"),
        ("<p>one<script>two()</script> three</p>", "one three"),
        ("<p>one<style>p {}</style> three</p>", "one three"),
        ("one <b>two</b> three", "one two three"),
    ],
)
def test_what_flows_is_one_line(html: str, expected: str) -> None:
    assert lines(html) == [expected]


def test_a_line_break_ends_a_line() -> None:
    assert lines("<p>One<br>two<br><br>three</p><p>four</p>") == ["One", "two", "three", "four"]


def test_a_line_break_is_remembered_as_one() -> None:
    page = rendered("<p>One<br>two<br><br>three</p><p>four</p>")
    assert page.breaks == [False, True, True, False]


def test_line_feeds_part_lines_where_they_are_shown_and_nowhere_else() -> None:
    assert lines("<pre>One\n  two <b>three\nfour</b></pre><p>five\nsix</p>") == ["One", "two three", "four", "five six"]


@pytest.mark.parametrize("tag", sorted(UNREAD - {"head", "title"}))
def test_some_elements_are_not_read_and_what_follows_them_is(tag: str) -> None:
    body = etree.Element("body")
    for name, text, tail in (("p", "One", None), (tag, "hidden from readers", "two"), ("p", "three", None)):
        child = etree.SubElement(body, name)
        child.text, child.tail = text, tail
    assert render(body).lines == ["One", "two", "three"]


def test_an_article_that_the_parser_leaves_in_the_head_is_read() -> None:
    tree = parse("<!DOCTYPE html><meta charset=utf-8><title>Rain</title><style>p {}</style><main><p>One</p>two</main>")
    assert tree is not None
    page = render(tree)
    assert (page.title, page.lines) == ("Rain", ["One", "two"])


def test_a_head_with_what_belongs_there_is_not_read() -> None:
    tree = parse(
        "<html><head><!-- a --><title>Rain</title><noscript><img src=a>b</noscript></head><body>One</body></html>"
    )
    assert tree is not None
    assert render(tree).lines == ["One"]


def test_the_title_of_a_picture_is_read() -> None:
    assert lines("<p><svg><title>Share</title></svg></p><p>One</p>") == ["Share", "One"]


def test_what_only_browsers_without_scripts_show_is_read() -> None:
    page = rendered("<noscript><p>Turn it on</p></noscript>")
    assert page.lines == ["Turn it on"]
    assert "noscript" in flags_of(page, 0)


@pytest.mark.parametrize(
    "html", ["", " \n\t ", "<p></p>", "<p>&nbsp;</p><br><img src=a>", "<script>a</script>", "<!-- a -->"]
)
def test_nothing_to_show_is_no_line(html: str) -> None:
    assert lines(html) == []


def test_the_title_is_told_and_is_no_line() -> None:
    tree = parse("<html><head><title> Rain\n in the north </title></head><body><p>One</p></body></html>")
    assert tree is not None
    page = render(tree)
    assert (page.title, page.lines) == ("Rain in the north", ["One"])


# --- What is counted of a line ---


def test_links_and_strong_words_are_counted_by_line() -> None:
    page = rendered("<p>See <a href='/'>this</a> and <a href='/b'><b>that</b></a>.</p><p><em>No</em> link</p>")
    assert page.links == [2, 0]
    assert page.linked == [len("this") + len("that"), 0]
    assert page.strong == [len("that"), len("No")]


def test_links_within_links_do_not_count_twice() -> None:
    outer = etree.Element("a")
    outer.text = "one "
    inner = etree.SubElement(outer, "a")
    inner.text, inner.tail = "two", " three"
    outer.tail = " four"
    body = etree.Element("body")
    body.append(outer)
    page = render(body)
    assert (page.lines, page.linked, page.links) == (
        ["one two three four"],
        [len("one") + len("two") + len("three")],
        [2],
    )


def test_pictures_count_for_the_line_after_them() -> None:
    page = rendered("<img src=a><img src=b><p>One</p><p>two<img src=c></p><p>three</p>")
    assert page.images == [2, 1, 0]


# --- Where a line stands ---


@pytest.mark.parametrize(
    "attribute",
    ["hidden", "aria-hidden='true'", "style='display:none'", "style='color: red; visibility: hidden'"],
)
def test_what_is_hidden_is_read_and_marked_and_so_is_all_in_it(attribute: str) -> None:
    page = rendered(f"<p>One</p><div {attribute}><p>two</p></div><p>three</p>")
    assert page.lines == ["One", "two", "three"]
    assert ["-hidden-" in flags_of(page, line) for line in range(3)] == [False, True, False]


@pytest.mark.parametrize("attribute", ["aria-hidden='false'", "style='display:block'", "class='hidden'"])
def test_what_is_not_hidden_is_not_marked(attribute: str) -> None:
    assert "-hidden-" not in flags_of(rendered(f"<div {attribute}><p>one</p></div>"), 0)


def test_a_line_knows_all_elements_that_it_stands_in() -> None:
    page = rendered("<nav><ul><li><a href='/'>Home</a></li></ul></nav><article><p>One</p></article>")
    assert flags_of(page, 0) == {"nav/menu", "ul/ol/dl", "li", "a"}
    assert flags_of(page, 1) == {"article", "p"}


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        ("data-component='text-block'", ["text-block"]),
        ("aria-label='Related stories'", ["Related", "stories"]),
        ("rel=author", ["author"]),
        ("data-id='1234'", []),
        ("href='https://www.facebook.com/sharer/1?u=a'", ["hreffacebook", "hrefsharer"]),
        ("href='//m.site.example/tag/rain'", ["hrefsite", "hreftag", "hrefrain"]),
        ("href='/author/'", ["hrefauthor"]),
        ("href='/2024/05/1-rain'", []),
        ("href='mailto:a@b.example'", ["hrefmailto"]),
        ("href='#top'", ["hrefhere"]),
        ("href=''", ["hrefhere"]),
        ("title=One", []),
    ],
)
def test_some_attributes_are_names_too(attributes: str, names: list[str]) -> None:
    page = rendered(f"<p><a {attributes}>One</a></p>")
    assert page.names[page.node[0]].split() == names


def test_class_id_and_role_are_the_names_of_an_element() -> None:
    page = rendered("<div class='one two' id='three' role='four'>a</div><p itemprop='five'>b</p><p>c</p>")
    assert [page.names[node].split() for node in page.node] == [["one", "two", "three", "four"], ["five"], []]
    assert [page.tags[node] for node in page.node] == ["div", "p", "p"]


def test_a_line_stands_where_its_first_character_does() -> None:
    page = rendered("<p>One <b>two</b></p><p> <i>three</i> four</p>")
    assert [page.tags[node] for node in page.node] == ["p", "i"]


# --- Any markup ---

PIECES = (
    *("<p>", "</p>", "<div class='a b'>", "</div>", "<a href='/'>", "</a>", "<b>", "</b>", "<br>", "<ul><li>", "<td>"),
    *(
        "<pre>",
        "</pre>",
        "<!-- a -->",
        "<script>a</script>",
        "<span hidden>",
        "</span>",
        "\n",
        " ",
        "One",
        "two.",
        "雨",
    ),
)


def trees() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES) | nasty_texts(), max_size=30).map("".join)


def texts_of(element: Any) -> list[str]:
    """What is read of an element, the simple way."""
    found = []
    if isinstance(element.tag, str) and element.tag not in UNREAD:
        found = [element.text or "", *(text for child in element for text in texts_of(child))]
    return [*found, element.tail or ""]


@fewer
@given(trees())
def test_no_character_is_lost_and_none_is_added(html: str) -> None:
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    page = render(tree)
    assert "".join("".join(page.lines).split()) == "".join("".join(texts_of(tree)).split())
    assert all(line == " ".join(line.split()) != "" for line in page.lines)


@fewer
@given(trees())
def test_all_that_is_told_of_lines_and_elements_fits_together(html: str) -> None:
    page = rendered(html)
    of_lines = (page.node, page.linked, page.links, page.strong, page.breaks, page.images)
    assert {len(values) for values in of_lines} == {len(page.lines)}
    of_elements = (page.names, page.parents, page.firsts, page.lasts, page.flags)
    assert {len(values) for values in of_elements} == {len(page.tags)}
    assert all(parent < number for number, parent in enumerate(page.parents))
    for line, element in enumerate(page.node):
        block = element
        while page.tags[block] in INLINE:
            block = page.parents[block]
        assert page.firsts[block] <= line < page.lasts[block]


@pytest.mark.parametrize("tag", ["div", "span", "a", "b", "ul"])
def test_elements_may_be_nested_as_deep_as_anyone_likes(tag: str) -> None:
    root = etree.Element("body")
    place = root
    for _ in range(5_000):
        place = etree.SubElement(place, tag)
    place.text, root[0].tail = "deep", " down"
    page = render(root)
    assert " ".join(page.lines) == "deep down"
    assert len(page.tags) == 5_001
