"""Numbers written as one word in German, Dutch and Italian."""

from collections.abc import Iterator, Mapping

_THOUSANDS = {"de": ("tausend",), "nl": ("duizend",), "it": ("mila", "mille")}


def compounds(language: str, words: Mapping[int, str]) -> dict[str, int]:
    """The values of the numbers up to 999, by word without accents.

    Args:
        language: `de`, `nl` or `it`.
        words: the words for 2 to 20 and for each ten.
    """
    below = dict(_tens(language, words))
    below |= {word: value for value, word in words.items() if value < 100}
    if language == "de":
        below |= {"eins": 1, "ein": 1}
    hundred = {"de": "hundert", "nl": "honderd", "it": "cento"}[language]
    found = {word: value for word, value in below.items() if value > 1}
    firsts = [("", 1), *((words[n], n) for n in range(2, 10))]
    if language == "de":
        firsts.append(("ein", 1))
    for first, many in firsts:
        found[first + hundred] = 100 * many
        for word, value in below.items():
            found[first + hundred + word] = 100 * many + value
            if language == "it" and word.startswith("o"):
                found[first + hundred[:-1] + word] = 100 * many + value
    return found


def thousands(language: str, word: str, found: Mapping[str, int]) -> int | None:
    """The value of a number from 1,000 to 999,999 in one word; None if the word is none.

    Args:
        found: the result of `compounds`.
    """
    for thousand in _THOUSANDS[language]:
        before, here, after = word.partition(thousand)
        if not here:
            continue
        many = 1 if before in ("", "ein") else found.get(before)
        rest = 0 if not after else found.get(after)
        if many is not None and rest is not None and (before or after):
            return 1000 * many + rest
    return None


def _tens(language: str, words: Mapping[int, str]) -> Iterator[tuple[str, int]]:
    """Words and values from 21 to 99, without the tens."""
    units = {1: {"de": "ein", "nl": "een", "it": "uno"}[language]}
    units |= {n: words[n] for n in range(2, 10)}
    for ten in range(20, 100, 10):
        for unit, word in units.items():
            if language == "de":
                yield f"{word}und{words[ten]}", ten + unit
            elif language == "nl":
                yield f"{word}en{words[ten]}", ten + unit
            else:
                stem = words[ten][:-1] if word[0] in "uo" else words[ten]
                yield stem + word, ten + unit
