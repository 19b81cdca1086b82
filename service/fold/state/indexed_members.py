"""Which members of a story are in the candidate index.

Articles are compared with the representatives of a story only, so further copies would add nothing
but postings, and with enough postings a key is a stop key.
"""

from dataclasses import replace

from service.contract.extracted import SIGNATURE_VERSION
from service.fold.state.article import ArticleState
from service.fold.state.restore import left_out
from service.fold.state.story import StoryState
from service.fold.state.text_table import StoredText
from service.fold.state.window import Window

INDEXED_MEMBERS = 16
"""The first members of a story are in the candidate index; of later ones, only those that represent
it. So a text of which there are fifty thousand copies has a few dozen
postings, and its keys are no stop keys."""


def index_member(
    window: Window, article: ArticleState, story: StoryState, text: StoredText
) -> None:
    """Add the article that was inserted last to the candidate index, if it is needed there: a later
    member of a story that does not represent it is left out."""
    if article.signature_version != SIGNATURE_VERSION:
        return
    represents = any(each.number == article.number for each in story.representatives)
    if story.size > INDEXED_MEMBERS and not represents:
        article.indexed = False
        window.store.put_article(article, story.slot, story.slot, left_out(text))
    else:
        window.index.add(article.number, text.keys)


def index_again(window: Window, article: ArticleState) -> None:
    """Add an article that was left out to the candidate index, before it represents a story.

    The postings of a number never change, which the segments rely on. So an article that was left
    out gets a new number, as a new version does.
    """
    if article.indexed:
        return
    text = window.store.texts.stored(article.number)
    article.indexed = True
    text = replace(text, keys=text.all_keys, left_out=text.keys)
    window.renumber(article, text)
    window.index.add(article.number, text.keys)
