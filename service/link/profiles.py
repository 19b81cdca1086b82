"""Profiles of the texts that were compared lately, by their packed form.

Stories of one event come within hours, and each is compared with those before it.
"""

from collections import OrderedDict
from collections.abc import Iterable

from service.link.profile import Profile
from service.text.concepts.packed import unpack_concepts, unpack_together
from service.text.concepts.stream import Concepts

MOST = 1024
"""Profiles that are kept, some 15 kB each."""

_kept: OrderedDict[bytes, Profile] = OrderedDict()


def make_profiles(texts: Iterable[tuple[bytes, Concepts | None]]) -> None:
    """Make the profiles of several texts together, which is cheaper; `profile_of` then has them.

    Args:
        texts: packed, and unpacked if they are.

    Raises:
        ValueError: see `service.text.concepts.packed.unpack_concepts`.
    """
    wanted: dict[bytes, Concepts | None] = {}
    for packed, text in texts:
        if packed in _kept:
            _kept.move_to_end(packed)
        else:
            wanted[packed] = text
    found = unpack_together([packed for packed, text in wanted.items() if text is None])
    missing = iter(found)
    unpacked = [next(missing) if text is None else text for text in wanted.values()]
    for packed, profile in zip(wanted, Profile.together(unpacked), strict=True):
        _keep(packed, profile)


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
        _keep(packed, profile)
    else:
        _kept.move_to_end(packed)
    return profile


def _keep(packed: bytes, profile: Profile) -> None:
    _kept[packed] = profile
    if len(_kept) > MOST:
        _kept.popitem(last=False)
