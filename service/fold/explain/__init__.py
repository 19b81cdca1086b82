"""Explains why two articles are one story or not, in words, from their texts and signatures."""

from service.fold.explain.explain import SignedText, explain
from service.fold.explain.model import Explanation, StoredPlacement

__all__ = ["Explanation", "SignedText", "StoredPlacement", "explain"]
