"""Explains why two texts in two languages are translations of one another or not, in words."""

from service.link.explain.explain import explain_translation, texts_beside
from service.link.explain.model import TextsBeside, TranslationExplanation
from service.link.explain.told import source_of_articles

__all__ = [
    "TextsBeside",
    "TranslationExplanation",
    "explain_translation",
    "source_of_articles",
    "texts_beside",
]
