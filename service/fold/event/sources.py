"""Agencies as the sources of a text or of a picture."""

from service.agencies import agencies
from service.contract.ninjs import InfoSource

_ORIGINATOR = "originfo"


def info_source(key: str) -> InfoSource:
    """Return an agency as a source, given its key."""
    names = {agency.key: agency.name for agency in agencies()}
    return InfoSource(role=_ORIGINATOR, name=names.get(key, key), literal=key)
