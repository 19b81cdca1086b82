"""Verdicts: whose story it is where the evidence points more than one way."""

from service.agencies.table import book
from service.contract.attribution import Evidence, Wire
from service.read.attribution.verdict import CEILING, WEIGHTS, judge


def _judge(*matches: tuple[str, str], host: str | None = None) -> Wire:
    evidence = [
        Evidence(agency=agency, rule=rule, where="text", text=agency) for agency, rule in matches
    ]
    own = book().row(host) if host is not None else None
    return judge(evidence, own, None, None, ())


def test_nothing_signs() -> None:
    verdict = _judge()
    assert (verdict.agency, verdict.agencies, verdict.confidence) == (None, (), 0.0)


def test_doubt_alone_names_none_but_is_kept() -> None:
    verdict = _judge(("afp", "doubtful.source"), ("afp", "doubtful.byline"))
    assert verdict.agency is None
    assert len(verdict.evidence) == 2


def test_two_rules_are_surer_than_one_and_the_same_twice_is_not() -> None:
    one = _judge(("ap", "trailer.files")).confidence
    assert one == WEIGHTS["shared"]
    assert _judge(("ap", "trailer.files"), ("ap", "trailer.writer")).confidence == one
    assert one < _judge(("ap", "trailer.files"), ("ap", "dateline.bracket")).confidence <= CEILING


def test_the_signer_leads_and_who_helped_follows() -> None:
    verdict = _judge(("cp", "trailer.files"), ("ap", "dateline.bracket"))
    assert verdict.agencies == ("ap", "cp")
    assert verdict.agency_name == "Associated Press"


def test_an_agencys_host_that_carries_another_is_not_the_author() -> None:
    verdict = _judge(("cnn", "host"), ("ap", "dateline.bracket"), host="cnn")
    assert verdict.agencies == ("ap",)
    assert not verdict.is_original


def test_an_agencys_own_host_is_the_original() -> None:
    assert _judge(("ap", "host"), host="ap").is_original
    assert _judge(("ap", "host"), ("ap", "dateline.bracket"), host="ap").is_original
