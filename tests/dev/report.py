# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns what valgrind has said of a lab's agents into test results, as meson writes its own."""

import shutil
from xml.sax.saxutils import escape, quoteattr


def _case(log, text):
    failure = f"<failure>{escape(text)}</failure>" if text.strip() else ""
    return f"<testcase name={quoteattr(log.stem)} classname='valgrind'>{failure}</testcase>"


def write_valgrind(lab, logs, suite, output):
    """One case for each agent that ran: passed if valgrind had nothing to say."""
    cases = []
    for log in lab.valgrind_logs():
        text = log.read_text(errors="replace")
        if text.strip():
            shutil.copy(log, output / f"{suite}-{log.name}")
        cases.append(_case(log, text))
    if cases:
        (logs / f"testlog-valgrind-{suite}.junit.xml").write_text(
            f"<testsuites><testsuite name='valgrind-{suite}'>{''.join(cases)}</testsuite></testsuites>"
        )
