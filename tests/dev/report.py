# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns reports of valgrind and the sanitizers about a lab's agents into test results, in the format of meson."""

import re
import shutil
from xml.sax.saxutils import escape, quoteattr

# Lines of the lab's console start with “server1: …”.
SANITIZER = re.compile(r"^.*(?:runtime error: |ERROR: (?:Address|Leak)Sanitizer).*$", re.MULTILINE)


def _case(name, complaint):
    failure = f"<failure>{escape(complaint)}</failure>" if complaint.strip() else ""
    return f"<testcase name={quoteattr(name)} classname='agents'>{failure}</testcase>"


def _valgrind_cases(lab, suite, output):
    for log in lab.valgrind_logs():
        complaint = log.read_text(errors="replace")
        if complaint.strip():
            shutil.copy(log, output / f"{suite}-{log.name}")
        yield _case(f"{log.stem} has no complaint", complaint)


def _sanitizer_case(lab):
    complaints = SANITIZER.findall(lab.console_log.read_text(errors="replace"))
    return _case("sanitizers have no complaint", "\n".join(complaints))


def write(lab, logs, suite, output):
    """One case for each agent that ran in valgrind, and one for the reports of the sanitizers."""
    cases = [_sanitizer_case(lab), *_valgrind_cases(lab, suite, output)]
    name = f"agents of {suite}"
    (logs / f"testlog-agents-{suite}.junit.xml").write_text(
        f"<testsuites><testsuite name={quoteattr(name)}>{''.join(cases)}</testsuite></testsuites>"
    )
