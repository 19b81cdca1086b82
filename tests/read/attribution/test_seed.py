"""The three seed pages: a spun copy, its original, and another agency's story on the event."""

from pathlib import Path

from service.contract.article import Notice
from service.read.attribution import attribute
from tests.read.attribution.articles import article


def _paragraphs(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n\n")


def test_the_notice_names_the_agency_of_the_spun_copy(shared_data: Path) -> None:
    paragraphs = _paragraphs(shared_data / "seed" / "spun.txt")
    notice = next(text for text in paragraphs if text.startswith("Copyright"))
    result = attribute(
        article(
            "\n\n".join(paragraphs[2 : paragraphs.index(notice)]),
            title=paragraphs[1],
            notices=(Notice(text=notice),),
        )
    )
    assert result.wire.agency == "ap"
    assert [item.rule for item in result.wire.evidence] == ["notice"]
    assert result.wire.confidence > 0.9
    assert result.wire.dateline is not None
    assert result.wire.dateline.place == "BEIRUT"
    assert result.wire.dateline.agency is None
    assert result.core.startswith("Russian President")


def test_the_dateline_names_the_agency_of_the_original(shared_data: Path) -> None:
    title, *rest = _paragraphs(shared_data / "seed" / "original.txt")
    result = attribute(article("\n\n".join(rest), title=title))
    assert result.wire.agency == "ap"
    assert result.wire.evidence[0].rule == "dateline.bracket"
    assert result.wire.evidence[0].text == "BEIRUT (AP) —"
    assert result.core.startswith("Russian President")
    assert result.body.startswith("BEIRUT (AP)")


def test_the_other_agency_is_told_apart(shared_data: Path) -> None:
    title, *rest = _paragraphs(shared_data / "seed" / "other_agency.txt")
    result = attribute(article("\n\n".join(rest), title=title))
    assert result.wire.agencies == ("reuters",)
    assert result.core.startswith("President Vladimir Putin")
