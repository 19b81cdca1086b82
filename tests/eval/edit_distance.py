"""How near two texts are by Levenshtein's distance, in characters.

The distance is computed a column of the table at a time, the column's differences as the bits of
two integers (Myers 1999, in the form of Hyyrö 2003); a bound by common 4-grams comes first.
"""

from collections import Counter, defaultdict

GRAM = 4  # characters


def is_similar(one: str, other: str, least: float) -> bool:
    """Whether 1 - distance / length of the longer text is at least so much."""
    longer = max(len(one), len(other))
    most = round((1 - least) * longer, 6)
    if abs(len(one) - len(other)) > most or fewest_edits(one, other) > most:
        return False
    return edit_distance(one, other) <= most


def fewest_edits(one: str, other: str) -> int:
    """A lower bound of the distance: an edit changes at most four 4-grams (Ukkonen 1992)."""
    first, second = (Counter(text[n : n + GRAM] for n in range(len(text))) for text in (one, other))
    return max((first - second).total(), (second - first).total()) // GRAM


def edit_distance(one: str, other: str) -> int:
    """Levenshtein's distance of two texts."""
    if not one:
        return len(other)
    places: dict[str, int] = defaultdict(int)
    for number, character in enumerate(one):
        places[character] |= 1 << number
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, distance = every, 0, len(one)
    for character in other:
        same = places.get(character, 0)
        level = (((same & up) + up) ^ up) | same
        higher = down | (every & ~(level | up))
        lower = up & level
        if higher & last:
            distance += 1
        elif lower & last:
            distance -= 1
        higher, lower = (higher << 1) | 1, lower << 1
        up = every & (lower | ~(same | down | higher))
        down = every & higher & (same | down)
    return distance
