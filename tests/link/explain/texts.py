"""One story in several languages, short and with traps for who looks for its words."""

from functools import cache

from tests.fold.languages.pairs import Form, languages, stories

MIXED = {
    "de": "„Zwölf Boote“, sagte Ana Ruíz. Rund 1,5 Millionen Menschen sahen zu.\nEnde.",
    "es": "«Doce barcos», dijo Ana Ruíz. Unos 2 500 vecinos lo vieron.",
    "ja": "【アテネ14日】乗客214人が避難した。カロゲロス船長は「12隻」と語った。",
    "zh": "船长卡洛耶罗斯说，214名乘客撤离。火势在二十分钟内蔓延。",
    "ar": "قال القبطان إن ٢١٤ راكبا غادروا السفينة. وأضاف أن الحريق انتشر.",
    "ru": "Капитан Калогерос сообщил о 214 пассажирах. Пожар начался в 7.25.",
}


@cache
def ferry(language: str) -> str:
    """The invented story of the ferry, with its headline."""
    assert language in languages()
    found = (forms[Form.STORY] for forms in stories(language))
    return next(f"{each.title}\n{each.text}" for each in found if each.event == "ferry")
