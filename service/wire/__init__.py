"""Article to Wire: which agency signs a text, which take of the story it is, with evidence."""

from service.wire.agency import Agency, agencies
from service.wire.attribution import Attribution, attribute

__all__ = ["Agency", "Attribution", "agencies", "attribute"]
