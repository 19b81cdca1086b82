"""Groups of languages that one text may be taken for: a copy of it must reach the same shard, and
be compared with it, whichever of them the identifier named."""

from collections.abc import Mapping, Sequence

_GROUPS: Mapping[str, Sequence[str]] = {
    "sh": ("hr", "bs", "sr", "cnr", "sh"),
    "id": ("id", "ms"),
    "cs": ("cs", "sk"),
    "nb": ("nb", "no", "nn", "da"),
    "hi": ("hi", "bho", "mai"),
    "ar": ("ar", "arz"),
    "et": ("et", "ekk"),
    "fil": ("fil", "tl"),
}
"""The primary subtags of each group, by the name of the group."""

LISTS: Mapping[str, Sequence[str]] = {"id": ("id", "ms"), "cs": ("cs", "sk"), "nb": ("nb", "da")}
"""Groups whose words are in several lists (see `service.text.rarity`)."""

_GROUP_OF = {member: group for group, members in _GROUPS.items() for member in members}


def language_group(language: str) -> str:
    """Return the group of a language; a language that is in none is a group of its own.

    Args:
        language: BCP 47 tag; only the primary subtag counts.
    """
    primary = language.split("-")[0].lower()
    return _GROUP_OF.get(primary, primary)
