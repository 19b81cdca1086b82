"""Failures that a second try did not repeat are printed, and too many of them fail the run.

CI tries a failed test once more (`--reruns 1`): one slow moment of the machine in some twenty
minutes of processes, brokers and kills is no reason to refuse a change. It is a fault to look at
all the same, so what failed is printed in full.
"""

import pytest
from _pytest.terminal import TerminalReporter

MOST = 3
"""Tests that may fail once in a run; with more of them something is wrong that is not chance."""


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Prints what failed at the first try."""
    again = terminalreporter.getreports("rerun")
    if not again:
        return
    terminalreporter.section(f"{len(again)} failed once and were tried again")
    for report in again:
        terminalreporter.write_sep("_", report.nodeid)
        terminalreporter.write_line(report.longreprtext)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails the run where too many tests needed a second try."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and len(reporter.getreports("rerun")) > MOST:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
