"""Names of people that are also words of the trade, and first names that tell them apart."""

_TRADE_SURNAMES = """
company council department desk field guardian herald journal news page post press radio service
staff the times wire
"""
TRADE_SURNAMES = frozenset(_TRADE_SURNAMES.split())
"""Last words of a name that people have and newspapers too."""

_ABBREVIATIONS = """
agi ani ansa apa ats efe kna lusa pap sid tass
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Agencies' abbreviations that are names too, if they are written as such: `Sid Lowe`."""

_FIRST_NAMES = """
aaron adam adrian agnes alan albert alex alexander alexandra alice alison amanda amelia amy andrea
andreas andrew angela anita ann anna anne anthony antonio arthur ashley barbara beatrice ben
benjamin bernard beth betty bill birgit bob brian bridget bruce camille carl carla carlos carmen
carol caroline catherine cecile chloe chris christian christina christine christopher claire clara
claudia colin craig cynthia dan daniel daniela david deborah denis diana diane dominic donald
donna dorothy douglas edward eileen eleanor elena elizabeth ella ellen emily emma eric erik ethan
eva evelyn felix fiona frances francesca francis frank fred gabriel gary geoffrey george gerald
giulia grace graham greg hannah hans harold harry heather helen henry hugh ian ingrid irene isabel
ivan jack jacob james jan jane janet jason jean jeff jennifer jeremy jessica jill jim joan joanna
joe john jonathan jordan jose joseph josh juan judith julia julian julie justin karen karin karl
kate katherine kathleen katie keith kelly ken kenneth kevin kim larry laura lauren lee leo leon
linda lisa liz louis louise lucas lucia lucy luis luisa luke marc marco margaret maria marie mario
marion mark martha martin mary matt matthew max megan melanie melissa michael michelle miguel mike
mohamed monica nadia nancy natalie neil nicholas nick nicola nicole nigel nina nora oliver olivia
oscar pablo pamela patricia patrick paul paula pedro peter philip pierre rachel ralph raymond
rebecca richard rita robert robin roger ron rosa rose ruth ryan sally sam samantha samuel sandra
sara sarah scott sean sebastian sharon simon sofia sophia sophie stefan stella stephen steve
steven stuart susan suzanne sylvia teresa thomas tim timothy tina tom tony ursula valerie vanessa
vera veronica victor victoria vincent virginia walter wendy will william yvonne zoe
"""
FIRST_NAMES = frozenset(_FIRST_NAMES.split())
"""Common first names, without those of towns that have a newspaper: Charlotte, Jackson."""


def is_persons_name(name: str) -> bool:
    """Whether a name of two or three words is a person's although a word of it is the trade's: a
    first name before a surname such as Post, or Sid, Ani and the like before a surname."""
    words = name.split()
    if not 2 <= len(words) <= 3 or not all(word[:1].isupper() for word in words):
        return False
    first, last = words[0].lower(), words[-1].lower()
    if first in FIRST_NAMES:
        return last in TRADE_SURNAMES or last in ABBREVIATIONS
    return first in ABBREVIATIONS and not words[0].isupper() and last not in TRADE_SURNAMES
