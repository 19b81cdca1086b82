"""A newspaper's correction notes below its own article."""

import pytest

from service.contract.attribution import RevisionKind
from service.read.attribution import attribute
from tests.read.attribution.articles import article

BODY = "\n\n".join(f"Paragraph {number} says what happened at the harbour." for number in range(8))
NOTES = [
    "This article was amended on 5 March 2026 to correct the cost of the repair.",
    "• This article was amended on 5 March 2026. An earlier version gave a wrong cost.",
    "A correction was made on March 5, 2026: An earlier version of it misstated the cost.",
    "Correction: A previous version of this story misspelled the name of the bridge.",
    "Correction, 5 March 2026: The cost has been changed from 2.4 to 4.2 million euros.",
    "CORRECTION (March 5, 2026): The cost was 4.2 million euros.",
    "Due to an editing error, an earlier version of this article misstated the cost.",
    "Because of an editing error, this article misstated the cost of the repair.",
    "Editor’s note: An earlier version of this piece gave the wrong cost.",
    "This story has been updated to correct the spelling of Ferrybank.",
    "Clarification: The council has clarified what the sum covers.",
    "Korrektur: In einer früheren Version stand, die Reparatur habe 2,4 Millionen gekostet.",
    "Anmerkung der Redaktion: In einer früheren Version dieses Artikels hieß es 2,4 Millionen.",
    "Korrekturhinweis: Die Reparatur kostete 4,2 Millionen Euro.",
    "In einer vorherigen Version dieses Textes hieß es, die Brücke sei 1969 gebaut worden.",
    "Rectificatif : le pont a coûté 4,2 millions d'euros, et non 2,4 millions.",
    "Correction du 5 mars 2026 : le coût des travaux était erroné.",
    "Dans une version précédente de cet article, nous écrivions 2,4 millions.",
    "Cet article a été corrigé : le coût était de 4,2 millions.",
    "Fe de errores: el coste fue de 4,2 millones de euros.",
    "En una versión anterior de este artículo se decía que el coste era de 2,4 millones.",
    "Este texto ha sido corregido para precisar el coste.",
    "Correção: o custo foi de 4,2 milhões, e não de 2,4 milhões.",
    "Errata: diferentemente do informado, o custo foi de 4,2 milhões.",
    "Este texto foi corrigido para informar o custo.",
    "Errata corrige: il costo è di 4,2 milioni.",
    "Rättelse: Kostnaden var 4,2 miljoner.",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("where", ["end", "head"])
def test_a_note_is_the_articles_correction_and_leaves_the_text(note: str, where: str) -> None:
    text = f"{BODY}\n\n{note}" if where == "end" else f"{note}\n\n{BODY}"
    found = attribute(article(text, language="und"))
    assert found.wire.revision is not None
    assert found.wire.revision.kind is RevisionKind.CORRECTION
    assert found.body == BODY
    assert [notice.text for notice in found.notices] == [note]
    assert found.wire.ed_note == note


@pytest.mark.parametrize(
    "sentence",
    [
        "An earlier version of the bill was amended on 5 March and sent to the committee.",
        "A correction of share prices followed on Monday, traders said.",
        "The article of the law was amended on 5 March 2026.",
        "Corrections officers went on strike at the county jail.",
        "Due to an error, an earlier version of the software was installed.",
        "The original text of the treaty was corrected by hand.",
        "Der Text des Gesetzes wurde korrigiert, sagte die Ministerin.",
        "La correction des copies a commencé lundi, selon le rectorat.",
        "En una versión anterior del proyecto no había carriles para bicicletas.",
        "A correção dos preços chegou na segunda-feira, disseram operadores.",
        "Erratic weather closed the bridge again.",
    ],
)
def test_prose_about_corrections_is_none(sentence: str) -> None:
    found = attribute(article(f"{BODY}\n\n{sentence}", language="und"))
    assert found.wire.revision is None
    assert found.body.endswith(sentence)
