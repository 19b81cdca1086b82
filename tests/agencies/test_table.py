"""The agency file matches its schema, and each name and host belongs to one agency."""

import json
import tomllib
from collections import Counter
from importlib.resources import files

import jsonschema

from service.agencies import agencies
from service.contract.attribution import AgencyClass
from service.read.attribution.verdict import WEIGHTS, family, weight

FOLDER = files("service.agencies")
DATA = tomllib.loads(FOLDER.joinpath("agencies.toml").read_text(encoding="utf-8"))


def test_the_file_fits_its_schema() -> None:
    schema = json.loads(FOLDER.joinpath("agencies.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(DATA, schema)


def test_it_covers_the_world() -> None:
    assert len(agencies()) >= 60
    assert len({language for agency in agencies() for language in agency.languages}) >= 20
    assert {agency.kind for agency in agencies()} == set(AgencyClass)


def test_keys_names_and_hosts_belong_to_one_agency_each() -> None:
    keys = [agency.key for agency in agencies()]
    full = [name.casefold() for agency in agencies() for name in {*agency.names}]
    short = [name for agency in agencies() for name in agency.short]
    hosts = [host for agency in agencies() for host in agency.hosts]
    for values in (keys, full, short, hosts):
        assert [value for value, times in Counter(values).items() if times > 1] == []


def test_every_named_shape_exists() -> None:
    for agency in agencies():
        for position in ("dateline", "byline", "trailer"):
            assert set(getattr(agency, position)) <= set(DATA["shapes"][position]), agency.key


def test_every_rule_has_a_weight() -> None:
    for position in ("dateline", "trailer"):
        for name in DATA["shapes"][position]:
            assert family(f"{position}.{name}") in WEIGHTS
    for where in ("byline", "source", "jsonld.author", "jsonld.publisher", "meta.author"):
        assert 0 < weight(f"{where}.list") < 1
        assert weight(f"doubtful.{where}") < 0.5
