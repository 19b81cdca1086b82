"""Keywords of a page: how lists are parted, and what in them is no subject of the article."""

import re
from collections.abc import Sequence
from functools import cached_property

from service.read.page.paragraph import WORD, normalise_words

LONGEST = 100  # characters of a keyword
LONGEST_LIST = 20_000  # characters of a list of keywords that are read
MOST_WORDS = 8  # words of a keyword
MOST = 30  # keywords of a list; a longer one is meant for search engines
SEPARATOR = re.compile(r"[,;，、；،؛|]")
GOES_ON = ("& ", "and ", "und ", "et ", "y ")
SPACES = " \t\r\n\"'“”„«»*"
TECHNICAL = re.compile(
    r"[_@{}<>=\\]|^/|^[\w .-]{2,30}:\s?\S|^[a-z]+/\S|\.(?:com|net|org|de|fr|co|uk|ca|tv|it|es)\b"
    r"|^[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{16,}$|^&(?:\w{2,6}|#\d{2,5})$"
)
"""Marks of a system for itself: `@post-id:19`, `page_type`, `Page Type: Article`, ids, hosts."""
_PLACEHOLDERS = """
all allgemein amp article articles articolo artikel artículo categories category comsenz default
desktop discuz false featured free frontpage home homepage index internal kategorilenmemiş keyword
keywords misc mobile none null okategoriserade online other others page pages paywall post posts
premium red slider start startseite stories story tag tags test true uncategorised uncategorized
undefined web www без-рубрики ホーム 未分类 未分類 未知 首頁 首页
"""
PLACEHOLDERS = frozenset(_PLACEHOLDERS.split()) | {
    "bez kategorii", "breaking news", "comments enabled", "featured stories", "front page",
    "geen categorie", "home page", "latest headlines", "latest news", "non categorizzato",
    "non classé", "not set", "paywall exclude", "sem categoria", "senza categoria",
    "sin categoria", "sin categoría", "top news", "top stories",
    "white label native advertising platform", "без категории", "без рубрики",
}  # fmt: skip
"""What stands for no subject, in normalised words."""
_NEWS = """
actu actualites actualité actualités aktuell aktuelles berita haber haberler hírek live
nachrichten news nieuws noticia noticias notizie notícias nyhed nyheder nyheter tin-tức uutiset
video videos wiadomości zprávy новини новости ニュース 新聞 新闻 뉴스
"""
NEWS = frozenset(_NEWS.split())
"""Names of everything that a site has: a section may be called so, a subject not."""
SEARCHED_FOR = re.compile(
    r"\b(?:breaking|latest|today'?s?|live|top)\b.{0,100}\bnews"
    r"|news\b.{0,100}\b(?:today|live|latest|headlines)\b",
    re.I,
)
"""Keywords meant for search engines: `World news today`."""
LEAST_JUDGED = 5  # keywords of a list that is compared with the text
LEAST_MENTIONED = 0.25  # share of them that the text or the title must mention
LEAST_HEADLINE = 4  # keywords of a list that is compared with the headline
MOST_FROM_HEADLINE = 0.8  # share of them that may be single words of the headline
SEARCHED = 8_000  # characters of the text in which keywords are looked for
STEM = 4  # first letters that a word and its inflected form have in common, at least
ENDING = 3  # letters by which they may differ
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


def part_list(text: str) -> list[str]:
    """Return the keywords in a list parted by commas, semicolons or strokes. A list that goes on
    with "and" is one keyword: "Business, Finance, & Economics"."""
    parts = [word for part in SEPARATOR.split(text[:LONGEST_LIST]) if (word := part.strip(SPACES))]
    if len(parts) > 1 and parts[-1].lower().startswith(GOES_ON):
        return [text.strip(SPACES)]
    return parts


def is_subject(text: str, words: str) -> bool:
    """Whether a keyword can be a subject: not too long, no mark of a system, no placeholder.

    Args:
        words: the same, normalised.
    """
    if not 1 < len(text) <= LONGEST or words in PLACEHOLDERS or words.count(" ") >= MOST_WORDS:
        return False
    return TECHNICAL.search(text) is None and any(map(str.isalpha, text))


def is_of_everything(words: str) -> bool:
    """Whether a keyword, normalised, is a word for all that a news site has."""
    if words in NEWS or words.replace(" ", "-") in NEWS:
        return True
    return "news" in words and SEARCHED_FOR.search(words) is not None


def names_feed(text: str, mentioned: "Mentioned") -> bool:
    """Whether a keyword names a feed of the site, `State News`, and not what the text calls so."""
    return text.casefold().endswith(" news") and not mentioned.says(text)


def is_from_headline(keywords: Sequence[str], title: str) -> bool:
    """Whether a list of normalised keywords is the headline cut into words."""
    if len(keywords) < LEAST_HEADLINE:
        return False
    words = set(normalise_words(title).split())
    return sum(keyword in words for keyword in keywords) >= MOST_FROM_HEADLINE * len(keywords)


def is_of_site(keywords: Sequence[str], mentioned: "Mentioned") -> bool:
    """Whether a list is the same on every page of the site, such as the towns that it writes about:
    the article mentions few of them."""
    if len(keywords) < LEAST_JUDGED:
        return False
    hits = sum(map(mentioned.has, keywords))
    return hits < LEAST_MENTIONED * len(keywords)


class Mentioned:
    """Finds whether an article mentions a keyword: one of its words stands in the text, perhaps
    with another ending."""

    def __init__(self, title: str, text: str) -> None:
        self._title = title
        self._begin = text[:SEARCHED]

    @cached_property
    def _lowered(self) -> str:
        return f"{self._title} {self._begin}".casefold()

    def says(self, keyword: str) -> bool:
        """Whether the text has a keyword as it is."""
        return keyword.casefold() in self._lowered

    def has(self, keyword: str) -> bool:
        """Whether the text mentions a keyword."""
        if self.says(keyword):
            return True
        keyword = keyword.casefold()
        words = [word for word in WORD.findall(keyword) if len(word) >= STEM and word not in NEWS]
        if any(word[: max(STEM, len(word) - ENDING)] in self._lowered for word in words):
            return True
        return UNSPACED.search(keyword) is not None and any(
            keyword[start : start + 2] in self._lowered for start in range(len(keyword) - 1)
        )
