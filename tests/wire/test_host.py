"""Hosts: the agency's own, its subdomains, and what only ends alike."""

import pytest

from service.wire.host import agency_of_address, agency_of_host


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("apnews.com", "ap"),
        ("www.reuters.com", "reuters"),
        ("faktencheck.afp.com", "afp"),
        ("HOSTED.AP.ORG", "ap"),
        ("notreuters.com", None),
        ("reuters.com.example.org", None),
        ("com", None),
        ("", None),
    ],
)
def test_a_host_is_an_agencys_with_its_subdomains(host: str, key: str | None) -> None:
    agency = agency_of_host(host)
    assert (agency.key if agency else None) == key


@pytest.mark.parametrize(
    "address", ["not an address", "http://[broken", "/world/1", "mailto:desk@reuters.com"]
)
def test_what_is_no_address_names_none(address: str) -> None:
    assert agency_of_address(address) is None
