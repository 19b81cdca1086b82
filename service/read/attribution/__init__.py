"""Article to Wire: the agency that a text is credited to, the take of the story, and evidence."""

from service.read.attribution.pipeline import Attribution, attribute

__all__ = ["Attribution", "attribute"]
