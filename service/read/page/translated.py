"""Whether a page says of itself that its text is a translation: a claim, which binds it alone.

It says so by a translator's credit, by the language it was translated from, or by a sentence about
this article before or after the text. Words about translations anywhere else say nothing of it.
"""

import re
from collections.abc import Sequence

from service.contract.article import Credit
from service.contract.declared import Person
from service.read.page.paragraph import Paragraph
from service.read.page.structured_data import Facts

FIRST, LAST = 2, 3  # paragraphs at either end that are searched
LONGEST_LINE = 200  # characters of a line that is such a credit
DECLARED = ("translator", "translationOfWork")
"""Properties of schema.org that only a translation has."""

_BY = """
translated by, translated from, translation by, translation from, übersetzt von, übersetzt aus,
übersetzung von, übersetzung aus, aus dem englischen von, aus dem englischen übersetzt, aus dem
französischen von, aus dem spanischen von, aus dem russischen von, traduit par, traduit de,
traduit du, traduction de, traducido por, traducido del, traducida por, traducción de, traduzido
por, traduzido do, tradução de, tradotto da, tradotto dal, traduzione di, traduzione a cura di,
vertaald door, vertaald uit, vertaling door, översatt av, översatt från, översättning av, oversatt
av, oversatt fra, oversat af, oversat fra, tłumaczenie z, tłumaczył, tłumaczyła, przełożył,
przełożyła, z angielskiego przełożył, přeložil, přeložila, překlad z, preložil, preložila,
fordította, tradus de, traducere de, превод от, перевод с, перевёл, перевел, перевела, переклад з,
переклала, переклав, çeviren, kääntänyt, suomentanut, μετάφραση από, ترجمة, תרגום, 翻訳者,
译者, 譯者, 번역자, diterjemahkan oleh, người dịch
"""
_LABEL = """
translation, translator, übersetzung, übersetzer, übersetzerin, traduction, traducteur,
traductrice, traducción, traductor, traductora, tradução, tradutor, tradutora, traduzione,
traduttore, traduttrice, vertaling, vertaler, översättning, översättare, oversettelse, oversetter,
oversættelse, oversætter, tłumaczenie, tłumacz, tłum, przekład, překlad, překladatel, preklad,
fordítás, fordító, traducere, traducător, превод, преводач, перевод, переводчик, переводчица,
переклад, перекладач, перекладачка, çeviri, käännös, kääntäjä, μετάφραση, 翻訳, 訳,
翻译, 翻譯, 编译, 編譯, 번역, ترجمة, תרגום, terjemahan, bản dịch
"""
_SENTENCE = """
this article was translated, this article has been translated, this story was translated,
this story has been translated, this text was translated,
this is a translation, machine-translated, machine translation of, dieser text wurde übersetzt,
dieser artikel wurde übersetzt, maschinell übersetzt, automatisch übersetzt, article traduit,
texte traduit, traduit automatiquement, traduction automatique, artículo traducido, texto
traducido, traducido automáticamente, traducción automática, traduzido automaticamente, tradução
automática, tradotto automaticamente, traduzione automatica, automatisch vertaald, tłumaczenie
automatyczne, strojový překlad, strojově přeložen, машинный перевод, автоматический перевод,
машинний переклад, автоматичний переклад, 自動翻訳, 機械翻訳, 机器翻译, 機器翻譯,
자동 번역, 기계 번역
"""


def _listed(words: str) -> str:
    """Return a pattern for any of some words, the longer first."""
    each = sorted((word.strip() for word in words.replace("\n", " ").split(",")), key=len)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in reversed(each))


CREDIT = re.compile(
    rf"(?:^|[(（|/·•;,–—-]\s?|\.\s)(?:(?:{_listed(_BY)})(?!\w)|(?:{_listed(_LABEL)})\.?\s?[:：/／])",
    re.I,
)
"""A credit begins a line, or a part of a line of credits."""
SENTENCE = re.compile(_listed(_SENTENCE), re.I)
ROLE = re.compile(rf"(?:{_listed(_LABEL)})(?:\s(?:by|von|par|por|di))?", re.I)


def says_translated(
    facts: Facts,
    credits: Sequence[Credit],
    people: Sequence[Person],
    paragraphs: Sequence[Paragraph],
) -> bool | None:
    """Return True if a page says that its text is a translation, else None: most translations do
    not say so.

    Args:
        paragraphs: the body as found, before clean-up.
    """
    if any(facts.node.get(name) for name in DECLARED):
        return True
    if any(person.role and ROLE.fullmatch(person.role.strip()) for person in people):
        return True
    if any(CREDIT.search(credit.text) for credit in credits if len(credit.text) <= LONGEST_LINE):
        return True
    ends = (*paragraphs[:FIRST], *paragraphs[max(FIRST, len(paragraphs) - LAST) :])
    return any(_says_so(each.text) for each in ends if len(each.text) <= LONGEST_LINE) or None


def _says_so(line: str) -> bool:
    return CREDIT.match(line.lstrip(" \t*_[—–-")) is not None or SENTENCE.search(line) is not None
