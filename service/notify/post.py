"""One attempt: an event is posted to a receiver, and its answer is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from service import __version__

_LONGEST_PROBLEM = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt.

    Attributes:
        status: of the answer; None if none came.
        detail: the same for people; without the address, whose path may be a secret.
        retry_after: the header of this name.
    """

    status: int | None
    detail: str
    retry_after: str | None = None


def make_session() -> aiohttp.ClientSession:
    """Return a session that remembers no cookies and takes no proxy from the environment."""
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"copydesk/{__version__}"},
        auto_decompress=False,
        trust_env=False,
    )


async def post(
    session: aiohttp.ClientSession,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    seconds: float,
) -> Answer:
    """Post once. Redirects are not followed, and nothing of the answer's body is read.

    Args:
        seconds: most time until the answer's status is there.
    """
    try:
        async with session.post(
            url,
            data=body,
            headers=headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=seconds),
        ) as answer:
            return Answer(
                answer.status, f"answered {answer.status}", answer.headers.get("Retry-After")
            )
    except TimeoutError:
        return Answer(None, f"no answer in {seconds:g} s")
    except aiohttp.InvalidURL:
        return Answer(None, "the address cannot be asked")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        words = str(error).replace(url, "...") or "no answer"
        return Answer(None, f"{words[:_LONGEST_PROBLEM]} ({type(error).__name__})")
