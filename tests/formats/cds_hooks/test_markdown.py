"""What stands in a card's Markdown is text, whatever is in it, shown as Markdown or as HTML."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from service.domain.guidance.statements import Guidance, SourceDocument, Treatment
from service.formats.cds_hooks.detail import detail
from service.formats.cds_hooks.markdown import escaped
from tests.domain.made_up import listing, steady
from tests.formats.cds_hooks.made_cards import card_of
from tests.guidance_of_tests import SHA256, guidance_of_tests
from tests.strategies import hostile_names, texts

LINKS_ITSELF = re.compile(r"\b(?:https?|ftp)://|\bwww\.|(?<!\\)@", re.IGNORECASE)
"""What GitHub's Markdown makes a link of although nobody marked it as one."""


def hostile_guidance(text: str) -> Guidance:
    """A guidance whose title, treatment and statements hold the text."""
    guidance = guidance_of_tests()
    return replace(
        guidance,
        document=SourceDocument("leaflet", text, "en", "a file", SHA256),
        treatment=Treatment("examplinib", text),
        statements=tuple(replace(one, text=text) for one in guidance.statements),
    )


MARKUP = [
    *hostile_names,
    "# heading",
    "1. item",
    "2) item",
    "- item",
    "+ item",
    "= line",
    "> quoted",
    "~~struck~~ ~x~",
    "| a | b |\n|---|---|\n| c | d |",
    "[a]: https://evil.example",
    "![](https://evil.example/x.png)",
    "https://evil.example www.evil.example ftp://evil.example a@evil.example",
    "WWW.evil.example <https://evil.example>",
    "&lt;b&gt; &copy; &#60;",
    "line\n\n# second\n\n    code",
    "\\*not\\* \\<b>",
    "```\ncode\n```",
    "- [ ] task",
]


def plain_tokens(markdown: str) -> tuple[list[str], str]:
    """The kinds of Markdown's tokens, and the text between them as it is shown."""
    parser = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])
    kinds, shown = [], []
    for token in parser.parse(markdown):
        kinds.append(token.type)
        for inner in token.children or []:
            if inner.type == "text":
                shown.append(inner.content)
            else:
                kinds.append(inner.type)
        shown.append("\n")
    return kinds, "".join(shown)


@pytest.mark.parametrize("text", MARKUP)
def test_no_text_of_a_guidance_is_ever_markup(text: str) -> None:
    said = detail(card_of(listing(), guidance=hostile_guidance(text)))
    plain = detail(card_of(listing(), guidance=hostile_guidance("Plain")))
    kinds, shown = plain_tokens(said)

    assert kinds == plain_tokens(plain)[0]
    assert shown.count(" ".join(text.split())) >= 4
    assert "<" not in said
    assert ">" not in said


@pytest.mark.parametrize("text", MARKUP)
def test_no_address_becomes_a_link_by_itself(text: str) -> None:
    assert not LINKS_ITSELF.search(escaped(text))


@steady
@given(texts())
def test_any_text_is_shown_as_it_is(text: str) -> None:
    kinds, shown = plain_tokens(f"- {escaped(text)}")
    assert kinds == plain_tokens("- Plain")[0]
    assert " ".join(shown.split()) == " ".join(text.split())


@pytest.mark.parametrize("text", ["Tell your provider (all of it).", "over-the-counter: 1.50 mg, +5", "ok!"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert escaped(text) == text
