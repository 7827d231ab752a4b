#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""totals.py BUILD… adds up the cases of all tests that ran, prints how to repeat the failed ones, the paths of their
logs, and the duration of each suite. The last line is “N passed, N failed” (“, N skipped”).

Failed cases are also written to the file “failed” for “./dev test --failed”, one per line: the test, a tab, the case.
"""

import json
import re
import shlex
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
OUTPUT = TREE / "build" / "test-output"


def kind_of(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def read_cases(path):
    """(suite, case, kind) of each test case in one of meson's JUnit files."""
    for suite in ET.parse(path).getroot().iter("testsuite"):
        for case in suite.iter("testcase"):
            yield suite.get("name"), case.get("name"), kind_of(case)


def read_programs(path):
    """The results of whole programs in meson: a program may crash after its last case."""
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def case_of(name):
    """A case's path or title; meson adds its number, and GLib the reason of its failure"""
    return re.sub(r" - (ERROR|GLib|Bail out).*", "", re.sub(r"^\d+ (- )?", "", name), flags=re.DOTALL)


def short(name):
    """“nicteam:unit / test-diff” without the parts that are the same for all."""
    return name.split(" / ")[-1]


def write_log(build, program):
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", short(program["name"]))
    path = OUTPUT / build / f"{name}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(filter(None, (program.get("stdout"), program.get("stderr")))))
    return path.relative_to(TREE)


def read_build(build, counts, failures):
    logs = TREE / "build" / build / "meson-logs"
    log_of = {}
    failed_programs = set()
    for path in sorted(logs.glob("testlog*.json")):
        for program in read_programs(path):
            log_of[short(program["name"])] = write_log(build, program)
            if program["result"] in ("FAIL", "ERROR", "TIMEOUT", "UNEXPECTEDPASS", "INTERRUPT"):
                failed_programs.add((short(program["name"]), program["result"].lower()))
    failed_suites = set()
    for path in sorted(logs.glob("testlog*.junit.xml")):
        for suite, case, kind in read_cases(path):
            counts[kind] += 1
            if kind == "failed":
                # A program without TAP is a case of the whole project.
                program = short(suite if " / " in suite else case)
                failed_suites.add(program)
                log = log_of.get(program, OUTPUT.relative_to(TREE) / build)
                failures.append((build, program, case if " / " in suite else "fail", log))
    for program, result in sorted(failed_programs):
        if program not in failed_suites:
            counts["failed"] += 1
            failures.append((build, program, result, log_of[program]))


def print_times():
    times = OUTPUT / "times"
    if not times.exists():
        return
    print("\nTime in seconds:")
    for line in times.read_text().splitlines():
        build, suite, seconds = line.split()
        print(f"  {seconds:>5}  {build} {suite}")


def name_of(build, program):
    return program if build == "dev" else f"{build}/{program}"


def print_failures(failures):
    """A program that crashed or timed out has no single case, so the whole program is repeated"""
    print("\nFailed:")
    for build, program, case, log in failures:
        known = case not in ("fail", "error", "timeout", "interrupt", "unexpectedpass") and program != "build"
        print(f"  {build}: {program}: {case}; log: {log}")
        print(f"    ./dev test {name_of(build, program)}" + (f" --case {shlex.quote(case_of(case))}" if known else ""))
    with open(OUTPUT / "failed", "w") as file:
        for build, program, case, _ in failures:
            file.write(f"{name_of(build, program)}\t{case}\n")


def main():
    counts, failures = Counter(), []
    for build in sys.argv[1:]:
        read_build(build, counts, failures)
    broken = OUTPUT / "broken"
    if broken.exists():
        for build in broken.read_text().split():
            counts["failed"] += 1
            failures.append((build, "build", "could not be built or run", f"{OUTPUT.relative_to(TREE)}/build-{build}.log"))
    print_times()
    if failures:
        print_failures(failures)
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"\n{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
