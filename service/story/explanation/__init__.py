"""Why two articles are one story or not, in words: from their texts, not from hashes alone."""

from service.story.explanation.explain import SignedText, explain
from service.story.explanation.model import Explanation, StoredPlace

__all__ = ["Explanation", "SignedText", "StoredPlace", "explain"]
