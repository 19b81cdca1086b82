"""Keywords of a page: how lists are parted, and what in them is no subject of the article."""

import re
from collections.abc import Sequence

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
    r"|^[0-9a-f]{8}-[0-9a-f]{4}-|^[0-9a-f]{16,}$|&(?:\w{2,6}|#\d{2,5})$"
)
"""Marks of a system for itself: `@post-id:19`, `page_type`, `Page Type: Article`, ids, hosts."""
PLACEHOLDERS = frozenset(
    "home homepage startseite start index default article articles artikel artículo articolo post"
    " posts page pages story stories uncategorized uncategorised allgemein tag tags keyword keywords"
    " category categories undefined null none all other others misc test web www true false slider"
    " featured frontpage desktop mobile amp paywall premium free online internal red"
    " 首页 首頁 ホーム без-рубрики".split()
) | {
    "front page", "home page", "latest headlines", "featured stories", "featured", "sem categoria",
    "sin categoría", "sin categoria", "non classé", "non categorizzato", "senza categoria",
    "без рубрики", "без категории", "geen categorie", "okategoriserade", "bez kategorii",
    "kategorilenmemiş", "top stories", "top news", "breaking news", "latest news", "未分类", "未分類",
    "未知", "not set", "discuz", "comsenz", "paywall exclude", "comments enabled", "white label native advertising platform",
}  # fmt: skip
"""What stands for no subject, in normalised words."""
NEWS = frozenset(
    "news nachrichten nyheter nyhed nyheder noticias noticia notizie notícias actualité actualités"
    " actualites actu aktuell aktuelles nieuws uutiset zprávy wiadomości haber haberler hírek новости"
    " новини ニュース 新闻 新聞 뉴스 tin-tức berita video videos live politik-news".split()
)
"""Names of everything that a site has: a section may be called so, a subject not."""
SEARCHED_FOR = re.compile(
    r"\b(?:breaking|latest|today'?s?|live|top)\b.*\bnews|news\b.*\b(?:today|live|latest|headlines)\b",
    re.I,
)
"""Keywords meant for search engines: `World news today`."""
LEAST_JUDGED = 5  # keywords of a list that is compared with the text
LEAST_MENTIONED = 0.25  # share of them that the text or the title must mention
LEAST_HEADLINE = 4  # keywords of a list that is compared with the headline
MOST_FROM_HEADLINE = 0.8  # share of them that may be single words of the headline
SEARCHED = 20_000  # characters of the text in which keywords are looked for
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


def is_of_everything(text: str) -> bool:
    """Whether a keyword is a word for all that a news site has."""
    words = normalise_words(text)
    return words in NEWS or words.replace(" ", "-") in NEWS or bool(SEARCHED_FOR.search(words))


def is_from_headline(keywords: Sequence[str], title: str) -> bool:
    """Whether a list is the headline cut into words."""
    if len(keywords) < LEAST_HEADLINE:
        return False
    words = set(normalise_words(title).split())
    single = [normalise_words(keyword) for keyword in keywords]
    hits = sum(word in words for word in single)
    return hits >= MOST_FROM_HEADLINE * len(keywords)


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
        self._lowered = ""

    def has(self, keyword: str) -> bool:
        """Whether the text mentions a keyword."""
        if not self._lowered:
            self._lowered = f"{self._title} {self._begin}".casefold()
        keyword = keyword.casefold()
        if keyword in self._lowered:
            return True
        words = [word for word in WORD.findall(keyword) if len(word) >= STEM]
        if any(word[: max(STEM, len(word) - ENDING)] in self._lowered for word in words):
            return True
        return UNSPACED.search(keyword) is not None and any(
            keyword[start : start + 2] in self._lowered for start in range(len(keyword) - 1)
        )
