"""A text's sentences as printed, in every script, without the lines that are no sentences.

The tokenizer cuts texts too, for comparing copies; but it drops the marks at which it cuts, and
what is shown to readers must be whole.
"""

import re
from collections.abc import Iterator

_ENDS = r"[.!?…؟۔।॥።։༎།]"
_CLOSES = r"[\"'”“’»)\]]*"
_OPENS = r"(?=[^\W_a-zß-ÿа-џ]|[\"'“‘„«(\[¿¡—–])"
_WIDE_END = r"[。！？｡။។៕]+[」』”’）》)]*"
_BORDER = re.compile(rf"{_ENDS}{_CLOSES}\s+{_OPENS}")
_ANY_BORDER = re.compile(rf"{_ENDS}{_CLOSES}\s+{_OPENS}|{_WIDE_END}\s*")
_CLOSED = re.compile(r"[.!?…؟۔।॥։༎།。！？｡။៕][\"'”“’»)\]」』）》]*$")
_TAIL = 8  # characters of a line in which its end is looked for
_TRAILS_OFF = re.compile(rf"(?:…|\.\.\.){_CLOSES}$")
_WIDE = re.compile(r"[\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uff00-\uff65]")
_BEFORE_WORD = "\"'“„«‘‹([¿¡-–—"
_LONGEST_WORD = 24
_WORD = re.compile(r"\w+")

# Scripts in which nothing need stand at the end of a sentence: Thai, Lao, Burmese, Khmer, Tibetan.
# A paragraph in them is taken for one sentence where it has no mark of an end.
_OPEN_ENDED = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

LONG_LINE = 15
"""Words from which a line counts as a sentence although no full stop ends it. Headings, captions,
credits and pointers to other articles ("Read also: ...", "You may also like ...") are shorter in
the training pages."""

_LONG_IDEOGRAPHS, _LONG_OPEN_ENDED = 40, 60  # characters, likewise

_ABBREVIATIONS = frozenset(
    {"adm", "bzw", "ca", "capt", "cf", "cmdr", "col", "dr", "dra", "drs", "gen"}
    | {"gov", "hon", "hr", "ing", "jr", "lt", "ltd", "maj", "messrs", "mgr", "mlle", "mm", "mme"}
    | {"mr", "mrs", "ms", "mt", "nr", "op", "pres", "prof", "pvt", "rep", "rev", "sen", "sgt", "sr"}
    | {"sra", "srta", "st", "ste", "str", "usw", "vgl", "vs", "zit", "им", "см", "тов", "ул"}
    | {"jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
_BEFORE_NUMBERS = frozenset({"art", "fig", "no", "nos", "núm", "par", "pp", "vol"})
_DOTTED_ORDINALS = frozenset(
    [
        "bs",
        "cs",
        "da",
        "de",
        "et",
        "fi",
        "fo",
        "hr",
        "hu",
        "is",
        "lb",
        "lt",
        "lv",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "sh",
        "sk",
        "sl",
        "sr",
        "tr",
    ]
)
"""Languages that write "the 3rd" as "3."."""


def sentences(text: str, language: str) -> Iterator[str]:
    """Yield the sentences of a text, in order, as printed. Lines without any end of a sentence are
    left out if they are short: they are headings, captions and the like. So are short lines that
    trail off with three dots.

    Args:
        language: BCP 47 tag; it decides whether "3." may stand inside a sentence.
    """
    ordinals = language.partition("-")[0] in _DOTTED_ORDINALS
    borders = _BORDER if text.isascii() or _WIDE.search(text) is None else _ANY_BORDER
    for line in text.splitlines():
        line = line.strip()
        cut = list(_cut(line, borders, ordinals))
        if len(cut) > 1 or (cut and _is_prose(line)):
            yield from cut


def _is_prose(line: str) -> bool:
    tail = line[-_TAIL:]
    if _CLOSED.search(tail) is not None and _TRAILS_OFF.search(tail) is None:
        return True
    if line.isascii():
        return len(_WORD.findall(line)) >= LONG_LINE
    if len(_IDEOGRAPH.findall(line)) >= _LONG_IDEOGRAPHS:
        return True
    if len(_OPEN_ENDED.findall(line)) >= _LONG_OPEN_ENDED:
        return True
    return len(_WORD.findall(line)) >= LONG_LINE


def _cut(line: str, borders: re.Pattern[str], ordinals: bool) -> Iterator[str]:
    begin = 0
    for border in borders.finditer(line):
        following = line[border.end() : border.end() + 1]
        if _goes_on(line[begin : border.end()].rstrip(), following, ordinals):
            continue
        sentence = line[begin : border.end()].strip()
        begin = border.end()
        if sentence:
            yield sentence
    if rest := line[begin:].strip():
        yield rest


def _goes_on(part: str, following: str, ordinals: bool) -> bool:
    """Return True if the full stop at the end of a part belongs to its last word: an abbreviation,
    an initial or, in some languages, an ordinal number."""
    if not part.endswith("."):
        return False
    word = part[-_LONGEST_WORD:].split()[-1].rstrip(".").lstrip(_BEFORE_WORD).casefold()
    if word.isdecimal():
        return ordinals and len(word) <= 2
    last = word.rpartition(".")[2]
    if last in _BEFORE_NUMBERS and following.isdecimal():
        return True
    return len(last) == 1 or last in _ABBREVIATIONS
