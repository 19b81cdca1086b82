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
benjamin bernard beth betty bill birgit bob brett brian bridget bruce camille carl carla carlos
carmen carol caroline catherine cecile chloe chris christian christina christine christopher
claire clara claudia colin craig cynthia dan daniel daniela david deborah denis dennis derek diana
diane dominic donald donna dorothy douglas dylan edward edwin eileen elaine eleanor elena
elizabeth ella ellen emily emma eric erik ernest esther ethan eva evelyn felix fiona frances
francesca francis frank fred frederick gabriel gary gavin geoffrey george gerald gerard gina
giulia grace graham greg guy hannah hans harold harry heather hector helen henry herbert howard
hugh hugo ian ingrid irene isaac isabel ivan jack jacob jacqueline jake james jan jane janet jason
jean jeff jennifer jenny jeremy jerry jessica jill jim jimmy joan joanna joe john jon jonathan
jordan jose joseph josh joyce juan judith julia julian julie juliet justin karen karin karl kate
katherine kathleen kathy katie keith kelly ken kenneth kevin kim kirsten kyle larry laura lauren
lee leo leon lewis linda lisa liz louis louise lucas lucia lucy luis luisa luke lynn malcolm marc
marco marcus margaret margot maria marie marilyn mario marion mark martha martin mary matt matthew
maurice max maya megan melanie melissa michael michelle miguel mike miriam mitchell mohamed molly
monica morgan nadia nancy natalie nathan neal neil nicholas nick nicola nicole nigel nina noah
nora oliver olivia oscar pablo pamela patricia patrick patty paul paula pedro penny peter phil
philip phoebe pierre priya rachel rafael ralph raymond rebecca ricardo richard rita robert roberto
robin rodney roger ron ronald rory rosa rose ruben rupert russell ruth ryan sabrina sally sam
samantha samuel sandra sara sarah scott sean sebastian seth shane sharon sheila shirley sidney
simon sofia sonia sophia sophie stacy stanley stefan stella stephen steve steven stuart sue susan
suzanne sylvia tanya ted teresa theo theresa thomas tim timothy tina tom tony trevor tyler ursula
valentina valerie vanessa vera veronica victor victoria vincent virginia vivian walter wayne wendy
wesley will william yvette yvonne zach zoe
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
