"""Fixtures for every test."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure. All else, as Hypothesis has it here and in CI.
settings.register_profile(
    "untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")

pytest_plugins = ["tests.brokers.plugin", "tests.reruns"]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of recorded pages and stories that lies beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("COPYDESK_SHARED_DATA") or beside)
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must not skip, and there is no shared data at {folder}")
        pytest.skip(f"no shared data at {folder}")
    return folder
