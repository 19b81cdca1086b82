"""Hypothesis without its clocks, for a busy machine is no failure; and with fewer examples."""

from hypothesis import HealthCheck, settings

untimed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
