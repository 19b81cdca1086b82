"""Pages within all limits that cost much time or memory to read."""

_SENTENCE = "The harbour master said on Tuesday that 3,000 ferries sail. "


def slow_page() -> bytes:
    """Takes a core two seconds or more, in some 250 MB."""
    return f"<article><p>{_SENTENCE * 75_000}</p>".encode()


def large_page() -> bytes:
    """Takes more than 360 MB of address space."""
    return f"<article>{f'<p>{_SENTENCE * 5}</p>' * 15_000}".encode()


def endless_page() -> bytes:
    """Takes a core some fifty seconds in 300 MB, where pages may have 9 MB: each of the elements
    around the text may be a byline by its name, and its text is looked at."""
    return b"<article>" + b"<div class=author>" * 240 + b"<p>" + b"harbour pier " * 690_000


def good_page(number: int = 0) -> bytes:
    """An article like others, the text of each number its own."""
    text = " ".join(
        f"Ferry {number}{line} left pier {line * 7 + number} of the Lone Mesa harbour on time."
        for line in range(12)
    )
    return f"<html><head><title>Ferry {number}</title></head><article><p>{text}</p>".encode()
