"""Small changes at random to bytes, as fuzzers make them."""

import random

WORDS = (
    b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"null", b"true", b"[]", b"{}",
    b'""', b"-1", b"1e999", b"9" * 30, b"\\u0000", b"\\ud800", b"\n\n", b"url: ", b":key: ",
    b"http://", b"https://[::1]/", b"file:///etc/hostname", b"..", b"%00", b"WARC/1.0\r\n",
    b"gzip", b"br", b"zstd", b"chunked", b"utf-7", b"<!DOCTYPE ", b"<!ENTITY x SYSTEM 'file:///'>",
    b"&x;", b"<script>", b"<![CDATA[", b"<!--", b"</", b"content-encoding: ", b"content-type: ",
)  # fmt: skip
LONGEST = 200_000
REPEATED = (
    b"<!-- -->", b"<div>", b"<p class=author>", b"<a href=/author/x>", b"<span itemprop=name>",
    b"<br>", b"<b", b"</", b" ", b"\n", b"&nbsp;", b"/amp", b" | x", b"a.", b"1 ", b"1,000", b'"',
    b"\\", b", ", b" on ", b"by ", b"Copyright 2020. ", b"\xe6\xbc\xa2", b"\xe3\x82\xab",
    b"\xcc\x81",
)  # fmt: skip
LONGEST_REPEATED = 60_000


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change `data` one to six times; `other` may lend a part."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(made))
        to = min(len(made), at + chance.choice((1, 1, 2, 4, 16, 64)))
        match chance.randrange(7):
            case 0:
                made[at:to] = b""
            case 1:
                made[at:at] = chance.choice(WORDS)
            case 2:
                made[at:to] = chance.randbytes(to - at)
            case 3:
                made[at:at] = made[at:to] * chance.choice((1, 2, 50))
            case 4:
                begin = chance.randint(0, len(other))
                made[at:to] = other[begin : begin + chance.randint(0, 200)]
            case 5 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case _:
                made[at:to] = chance.choice(WORDS)
    return bytes(made[:LONGEST])


def repeat(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change `data` as `mutate` does, and repeat a part of it, or one of REPEATED, many times."""
    made = bytearray(mutate(data, other, chance) if chance.random() < 0.5 else data)
    at = chance.randint(0, len(made))
    part = bytes(made[at : at + chance.choice((1, 2, 4, 8, 16, 32, 64, 128))])
    if chance.random() < 0.5 or not part:
        part = b"".join(chance.choices(REPEATED, k=chance.choice((1, 1, 2))))
    times = min(chance.choice((20, 200, 2_000, 20_000)), LONGEST_REPEATED // len(part))
    made[at:at] = part * times
    return bytes(made[:LONGEST])
