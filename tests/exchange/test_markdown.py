"""Plain text where a format holds Markdown."""

from html import escape

from hypothesis import example, given
from markdown_it import MarkdownIt

from planner.pages.markdown import escaped
from tests.exchange.generated import texts
from tests.exchange.oscal_reader import plain


@given(texts)
def test_text_comes_back_as_it_was(text):
    assert plain(escaped(text)) == text


@example("1. a")
@example("12) a")
@example("- a")
@example("# a")
@given(texts.map(lambda text: " ".join(text.split())))
def test_a_reader_of_markdown_sees_the_text_and_nothing_else(line):
    # It makes an entity of a quotation mark, too; what is asked is whether a person sees the same.
    assert MarkdownIt("commonmark").render(escaped(line)) == f"<p>{escape(line).replace('&#x27;', chr(39))}</p>\n"
