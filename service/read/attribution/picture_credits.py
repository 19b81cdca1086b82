"""The agency that a picture's credit names: the picture's, never the text's."""

from collections.abc import Iterable

from service.contract.declared import Picture
from service.read.attribution.names import names_within


def with_agencies(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Return pictures, each with the first agency that its credit names."""
    return tuple(map(_with_agency, pictures))


def _with_agency(picture: Picture) -> Picture:
    named = names_within(picture.credit) if picture.credit else []
    return picture.model_copy(update={"agency": named[0].key}) if named else picture
