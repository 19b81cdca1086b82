"""The state that Nuxt 2 writes into a page: `window.__NUXT__=(function(a,b){return {...}}(1,"x"))`.

It is an expression of JavaScript in which every value that occurs twice is a parameter. Nothing is
run: the expression is read piece by piece, parameters are replaced by their arguments, and what is
no literal (calls, dates) becomes null.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

LARGEST = 3_000_000  # characters of a script
MOST_TOKENS = 400_000
LONGEST_JSON = 10_000_000  # characters: a page may name a long argument thousands of times
BEGIN = re.compile(r"__NUXT__\s{0,5}=\s{0,5}\(?function\s?\(([\w$,\s]{0,50000})\)\s{0,5}\{")
TOKEN = re.compile(
    r'"(?:[^"\\]++|\\.)*+"|[A-Za-z_$][\w$]*+|-?(?:\d++(?:\.\d++)?|\.\d++)(?:[eE][+-]?\d++)?'
    r"|[{}\[\](),:;!=.]",
    re.S,
)
HEX = re.compile(r"\\x([0-9a-fA-F]{2})")
QUOTE = re.compile(r"(?<!\\)((?:\\\\)*)\\'")
CONSTANTS = {"true", "false", "null"}
OPENING, CLOSING = "{[(", "}])"


def read_nuxt(code: str) -> Any | None:
    """Return the state in a script, or None if it has none or it cannot be read."""
    begin = BEGIN.search(code) if len(code) <= LARGEST else None
    if begin is None:
        return None
    found = islice(TOKEN.finditer(code, begin.end()), MOST_TOKENS)
    tokens = after_return([match[0] for match in found])
    end = end_of_value(tokens, 0)
    arguments = end_of_value(tokens, end + 1)
    if tokens[end : end + 2] != ["}", "("]:
        return None
    try:
        values = json.loads(f"[{to_json(tokens[end + 2 : arguments - 1], {})}]", strict=False)
        names = [name.strip() for name in begin[1].split(",")]
        given = {name: json.dumps(value) for name, value in zip(names, values, strict=False)}
        return json.loads(to_json(tokens[:end], given), strict=False)
    except (ValueError, RecursionError):
        return None


def after_return(tokens: Sequence[str]) -> Sequence[str]:
    """Return the tokens after the function's own `return`; before it, it may set properties."""
    depth = 0
    for index, piece in enumerate(tokens):
        depth += (piece in OPENING) - (piece in CLOSING)
        if piece == "return" and depth == 0:
            return tokens[index + 1 :]
    return ()


def end_of_value(tokens: Sequence[str], start: int) -> int:
    """Return the position after the bracketed value that begins at a position."""
    depth = 0
    for index in range(start, len(tokens)):
        piece = tokens[index]
        depth += (piece in OPENING) - (piece in CLOSING)
        if depth <= 0:
            return index + 1
    return len(tokens)


def to_json(tokens: Sequence[str], given: Mapping[str, str]) -> str:
    """Return literals as JSON, with the parameters `given` replaced.

    Raises:
        ValueError: it would be longer than `LONGEST_JSON`.
    """
    pieces, room = [], LONGEST_JSON
    for piece in json_pieces(tokens, given):
        room -= len(piece)
        if room < 0:
            raise ValueError("the state is too long")
        pieces.append(piece)
    return "".join(pieces)


def json_pieces(tokens: Sequence[str], given: Mapping[str, str]) -> Iterator[str]:
    """Yield the pieces of JSON for some tokens."""
    index = 0
    while index < len(tokens):
        piece = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        index += 1
        if piece[0] == '"':
            yield HEX.sub(r"\\u00\1", QUOTE.sub(r"\1'", piece))
        elif following == ":" and piece not in CLOSING:
            yield json.dumps(piece)
        elif piece == "!":
            yield "true" if following == "0" else "false"
            index += 1
        elif piece in ("void", "new"):
            yield "null"
            index += 1
            if piece == "new" and index < len(tokens) and tokens[index] == "(":
                index = end_of_value(tokens, index)
        elif piece[0].isdigit() or piece[0] in "-.":
            yield number(piece)
        elif piece[0].isalpha() or piece[0] in "_$":
            yield piece if piece in CONSTANTS else given.get(piece, "null")
            if following == "(":  # a call, such as Array(3)
                index = end_of_value(tokens, index)
        else:
            yield piece


def number(piece: str) -> str:
    """Return a number as JSON writes it: with a digit before its point."""
    return piece.replace(".", "0.", 1) if piece.lstrip("-").startswith(".") else piece
