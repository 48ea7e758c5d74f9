"""Prints the trend figures (house rule 12): told, never chased."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a run that touched the architecture, the figures of the tree."""
    ran = [r for reports in terminalreporter.stats.values() for r in reports if hasattr(r, "nodeid")]
    if any("tests/architecture/" in report.nodeid for report in ran):
        from tests.architecture.test_sizes import trend

        terminalreporter.section("the tree")
        for line in trend():
            terminalreporter.write_line(line)
