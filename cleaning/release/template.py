"""The card's template: ``dataset_card.md`` as shipped, or one of the user's own, whose prose outlives each build.

One of the user's own is checked before a build begins: its syntax, and that it asks for nothing that a card has not.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..errors import SettingsError
from ..settings import Card
from ..shipped import shipped
from . import markdown
from .statistics import Statistics

# What a template can ask for; `card.py` says what each holds.
NAMES = frozenset({
    *("front_matter", "name", "card", "counts", "statistics", "composition", "examples", "plots", "largest_source"),
    *("promises", "personal", "configs", "splits", "empty", "steps", "settings"),
})  # fmt: skip
_FIELDS = {"card": frozenset(Card.model_fields), "statistics": frozenset(field.name for field in fields(Statistics))}


def shipped_template() -> str:
    """Return the template that comes with the package."""
    return shipped("dataset_card.md").read_text("utf-8")


def card_template(card: Card) -> jinja2.Template:
    """Return the template that the settings ask for.

    Raises:
        SettingsError: it is not there, is no template, or asks for something that a card does not have.
    """
    path = card.template_path
    text = _read(path) if path else shipped_template()
    name = str(path or "dataset_card.md")
    environment = _environment()
    try:
        tree = environment.parse(text)
        code = environment.compile(text, filename=name)
    except jinja2.TemplateSyntaxError as error:
        raise SettingsError(f"card.template: {name}, line {error.lineno}: {error.message}") from error
    for line, asked in _unknown(tree):
        raise SettingsError(
            f"card.template: {name}, line {line}: a card has no {asked}; `cleaning card` shows what it has"
        )
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


def render(template: jinja2.Template, **values: object) -> str:
    """Return the card, with a value for each of ``NAMES``.

    Raises:
        SettingsError: the template asks for what this release does not have.
    """
    try:
        return template.render(**values)
    except jinja2.TemplateError as error:
        raise SettingsError(f"card.template: {template.filename}: {error}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise SettingsError(f"card.template: {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"card.template: {path}: not UTF-8: {error}") from error


def _environment() -> jinja2.Environment:
    # Markdown has an escaping of its own: finalize applies it to every value. A template may come with settings that
    # somebody else wrote, and must not reach beyond the card.
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=markdown.escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    for use in (markdown.code, markdown.fence, markdown.link, markdown.prose, markdown.table):
        environment.filters[use.__name__] = use
    return environment


def _unknown(tree: nodes.Template) -> list[tuple[int, str]]:
    """Return line and name of what a template asks for and no card has, in the order of names."""
    names = meta.find_undeclared_variables(tree) - NAMES
    found = [(node.lineno, node.name) for node in tree.find_all(nodes.Name) if node.name in names]
    fields_asked = [
        (node, node.node.name) for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)
    ]
    wrong = [(node, name) for node, name in fields_asked if node.attr not in _FIELDS.get(name, {node.attr})]
    return sorted(found + [(node.lineno, f"{name}.{node.attr}") for node, name in wrong])
