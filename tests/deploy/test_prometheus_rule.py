"""The alerts for the Prometheus operator are the alerts."""

import yaml

from deploy.prometheus_rule import ALERTS, RULE, prometheus_rule


def test_it_is_what_would_be_written() -> None:
    assert RULE.read_text() == prometheus_rule(), "make alerts"


def test_its_rules_are_those_of_prometheus() -> None:
    assert yaml.safe_load(RULE.read_text())["spec"] == yaml.safe_load(ALERTS.read_text())
