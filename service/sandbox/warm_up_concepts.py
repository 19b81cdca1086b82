"""Imported by the fork server where READ signs concepts, before `warm_up.py`: loads the lexicon and
what concepts need besides, so that all children share one copy of it."""

from service.text.concepts.stream import concepts

CONCEPTS = concepts("Ferries left the harbour of Port Soledad on 3 March.", "en")
"""The concepts of a sentence. The tables of its language are loaded with those of concepts."""
