"""Roles of authors, as they stand beside names in bylines: words of the trade in many languages."""

import re

WORDS = {
    "en": "editor reporter correspondent writer columnist journalist producer critic contributor"
    " commentator essayist",
    "de": "redakteur redakteurin redaktor redaktorin korrespondent korrespondentin reporterin"
    " volontär volontärin ressortleiter ressortleiterin chefredakteur chefredakteurin kolumnist"
    " kolumnistin journalistin kommentatorin wirtschaftsredakteur sportredakteur"
    " politikredakteur auslandskorrespondent",
    "fr": "journaliste rédacteur rédactrice correspondant correspondante chroniqueur chroniqueuse"
    " éditorialiste",
    "es": "redactor redactora corresponsal periodista columnista editora reportero reportera",
    "it": "giornalista redattore redattrice corrispondente inviato inviata caporedattore"
    " caporedattrice",
    "pt": "repórter jornalista editora correspondente colunista",
    "nl": "redacteur verslaggever verslaggeefster correspondente",
    "sv": "redaktör skribent krönikör ledarskribent",
    "no, da": "redaktør kommentator journalist korrespondent",
    "fi": "toimittaja",
    "pl": "redaktorka dziennikarz dziennikarka korespondent korespondentka",
    "cs": "redaktorka reportér reportérka komentátor komentátorka",
    "hu": "szerkesztő újságíró",
    "tr": "muhabir muhabiri editör editörü",
    "ru, uk": "корреспондент редактор журналист журналистка обозреватель кореспондент журналіст"
    " журналістка",
}
"""Words that a role has, by language; each may be part of a longer role ("Political editor")."""
ROLE_WORDS = frozenset(word for words in WORDS.values() for word in words.split())
MOST_WORDS = 8  # words of a role
LONGEST = 80  # characters of a role
READ_AFTER = 160  # characters after a name that are read
WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"\s?(?:[,|–—(]|\s-\s|\s·|\s•)\s*")
END = re.compile(
    r"[,;|()–—•·:]|\s-\s|\d|\.\s|\b(?:and|und|et|y|with|mit|since|seit|depuis|desde)\b"
    r"|\b(?:Twitter|Facebook|Instagram|LinkedIn|e-?mail)\b"
)


def is_role(text: str) -> bool:
    """Whether a short text is a role: it has a word of the trade, and no digit or address."""
    if len(text) > LONGEST or any(char.isdigit() or char in "@/:" for char in text):
        return False
    words = WORD.findall(text.casefold())
    return 0 < len(words) <= MOST_WORDS and not ROLE_WORDS.isdisjoint(words)


def role_after(name: str, byline: str) -> str | None:
    """Return the role that stands after a name in a byline, up to the next comma or stroke: of
    `By Ada Quist, harbour correspondent, Northport` the words `harbour correspondent`."""
    start = byline.casefold().find(name.casefold())
    if start < 0:
        return None
    rest = byline[start + len(name) : start + len(name) + READ_AFTER]
    between = BETWEEN.match(rest)
    if between is None:
        return None
    rest = rest[between.end() :]
    end = END.search(rest)
    role = (rest[: end.start()] if end else rest).strip(" .")
    return role if is_role(role) else None
