"""Signed texts to explain."""

from dataclasses import replace
from typing import Any

from service.fold.explain import SignedText
from service.fold.explain.model import StoredPlacement
from tests.fold.articles import extracted, text_of

SCRIPTS = {
    "en": "The U.S.-led force's 1,250 men left at 9 a.m. \"No,\" said Capt. O'Neill. (So?)",
    "de": "Der 1.000-Euro-Preis ging an Müllers Elf. „Wir freuen uns“, sagte Trainer Öztürk.",
    "fr": "L'île de Noirmoutier attend 2 500 visiteurs. « C'est trop », dit-elle.",
    "ru": "В Новосибирске 12 августа сгорел склад. «Пострадавших нет», — сказал Орлов.",
    "ar": 'قال الرئيس محمد السالم إن 12 شخصا قتلوا. وأضاف: "لن نترك أحدا وحده".',
    "zh": "北京大学星期一表示，12名学生在2024年获奖。“这是好消息”，校长李明说。",
    "ja": "東京（共同）首相は月曜日、「新しい計画」を発表した。予算は1,000億円だ。",
}
"""A few sentences in each script that are hard to split: dots, quotes, hyphens, no spaces."""


def signed(
    text: str, *, offset: int = 0, stored: StoredPlacement | None = None, **of: Any
) -> SignedText:
    """An article with this text, from a site of its own."""
    of.setdefault("url", f"https://site{offset}.example/{offset}")
    article = extracted(text, offset=offset, **of)
    return SignedText(article, text, source="a test", stored=stored)


def sample(story: str, variant: str = "original", **of: Any) -> SignedText:
    """An article with a text of the sample crawl."""
    return signed(text_of(story, variant), **of)


def undated(article: SignedText) -> SignedText:
    """The article without the time of its fetch."""
    found = article.extracted.article.model_copy(update={"fetched_at": None})
    return replace(article, extracted=article.extracted.model_copy(update={"article": found}))
