"""Whether two pages that could have one identity are two articles, by title and text."""

from service.contract.extracted import SIGNATURE_VERSION, Extracted
from service.fold.assign.scoring import MERGE
from service.fold.state.article import ArticleState
from service.fold.state.window import Window
from service.fold.verify.features import compare, is_conclusive, is_near
from service.fold.verify.text_record import packed_bytes, unpack_bytes
from service.fold.verify.verifier import score


def is_another(extracted: Extracted, holder: ArticleState, window: Window) -> bool:
    """Return True if the article is not the one that holds its address.

    That takes another title and another text; texts too short to tell leave it to the titles. With
    the same title, or none, the texts must have next to nothing in common: the second page of an
    article has the title of the first.
    """
    article, signature = extracted.article, extracted.signature
    if signature.exact == holder.exact:
        return False
    title, held_title = _normalised(article.title), _normalised(holder.title)
    is_same_title = title in held_title or held_title in title
    if not SIGNATURE_VERSION == signature.version == holder.signature_version:
        return not is_same_title
    text = unpack_bytes(packed_bytes(signature.record))
    features = compare(text, window.texts.text(holder.number))
    if not is_conclusive(features):
        return not is_same_title
    return not is_near(features) if is_same_title else score(features) < MERGE


def _normalised(title: str) -> str:
    """Return the letters and digits of a title, in lower case; words are separated by a blank."""
    kept = "".join(char if char.isalnum() else " " for char in title.casefold())
    return " ".join(kept.split())
