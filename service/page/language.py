"""Which language a text is in."""

from functools import cache

import numpy as np
from py3langid.langid import MODEL_FILE

from service.page.language_model import LanguageModel

# Languages with a written news output worth the name. Identification among fewer candidates is
# surer; the ones left out (Latin, Volapuek, Walloon ...) only ever attract short noisy texts.
LANGUAGES = (
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo",
    "es", "et", "eu", "fa", "fi", "fo", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id",
    "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky", "lb", "lo", "lt", "lv", "mg", "mk",
    "ml", "mn", "mr", "ms", "mt", "nb", "ne", "nl", "nn", "no", "or", "pa", "pl", "ps", "pt", "ro",
    "ru", "rw", "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "ug", "uk",
    "ur", "vi", "xh", "zh", "zu",
)  # fmt: skip
NORWEGIAN = {"no": "nb"}  # the identifier's mixed class; written news in it is Bokmaal
SAMPLE = 600  # characters: all training pages are told the same by 300 as by 1,200
SHORTEST = 20


@cache
def identifier() -> LanguageModel:
    """The identifier, loaded once from its packaged model."""
    loaded = LanguageModel.load(MODEL_FILE)
    loaded.set_languages([name for name in LANGUAGES if name in loaded.labels])
    # Taking columns out left the table lying column by column; a text asks for rows. Half the time.
    loaded.nb_ptc = np.ascontiguousarray(loaded.nb_ptc)
    return loaded


def tell_language(text: str) -> str:
    """BCP 47 tag of the text's own language; `und` where it is too short to tell."""
    if sum(char.isalpha() for char in text[:200]) < SHORTEST:
        return "und"
    language, _ = identifier().classify(text[:SAMPLE])
    return NORWEGIAN.get(str(language), str(language))
