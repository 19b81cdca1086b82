"""Profiles of the texts that were compared lately, by their packed form.

Stories of one event come within hours, and each is compared with those before it.
"""

from collections import OrderedDict

from service.link.profile import Profile
from service.text.concepts.packed import unpack_concepts
from service.text.concepts.stream import Concepts

MOST = 1024
"""Profiles that are kept, some 15 kB each."""

_kept: OrderedDict[bytes, Profile] = OrderedDict()


def profile_of(packed: bytes, text: Concepts | None = None) -> Profile:
    """Return the profile of a text.

    Args:
        text: the text unpacked, if it is.

    Raises:
        ValueError: see `service.text.concepts.packed.unpack_concepts`.
    """
    profile = _kept.get(packed)
    if profile is None:
        profile = Profile(unpack_concepts(packed) if text is None else text)
        _kept[packed] = profile
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    else:
        _kept.move_to_end(packed)
    return profile
