"""Agencies as the sources of a text or of a picture."""

from service.agencies.table import book
from service.contract.ninjs import InfoSource

_ORIGINATOR = "originfo"


def info_source(key: str) -> InfoSource:
    """Return an agency as a source, given its key."""
    try:
        name = book().row(key).name
    except KeyError:  # written by a version with other agencies
        name = key
    return InfoSource(role=_ORIGINATOR, name=name, literal=key)
