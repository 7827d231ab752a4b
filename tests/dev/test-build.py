#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-build.py BUILD SUITE… builds one build and runs suites of its tests; of the suite “build” there are none.

Suites that need servers get a lab each, named by NICTEAM_LAB, so that no suite finds what
another has left. The status tells only whether they could be run; how they ended stands in
meson's logs, from which totals.py takes it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TREE / "tests" / "lab"))

import kernel  # noqa: E402
import report  # noqa: E402
from errors import LabError  # noqa: E402
from lab import Lab  # noqa: E402

LAB_SUITES = ("kernel", "agent", "cli", "ui")
# What would cost minutes to drive the same code again.
LEFT_OUT = {"sanitize": ("once",), "debian-12": ("once", "twice")}
# They need no kernel but the machine's.
PARALLEL_SUITES = ("unit", "varlink", "data")


def build(name):
    log = TREE / "build" / "test-output" / f"build-{name}.log"
    command = [str(TREE / "tests" / "dev" / "build"), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process, open(log, "w") as file:
        for line in process.stdout:
            file.write(line)
    if process.returncode != 0:
        print("".join(open(log).readlines()[-40:]))
        raise SystemExit(f"./dev test: {name} could not be built; the log is {log}")


def environment(name, output):
    return {
        **os.environ,
        "NICTEAM_BUILD": str(TREE / "build" / name),
        "NICTEAM_TEST_OUTPUT": str(output),
        "PYTHONPATH": str(TREE / "tests" / "lab"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "ASAN_OPTIONS": "detect_leaks=1:halt_on_error=1",
        "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
        "LSAN_OPTIONS": f"suppressions={TREE}/tests/dev/leaks.supp:print_suppressions=0",
    }


def run_meson(name, base, suites, env):
    command = ["meson", "test", "-C", str(TREE / "build" / name), "--no-rebuild", "--logbase", f"testlog-{base}"]
    for suite in suites:
        command += ["--suite", suite]
    for suite in LEFT_OUT.get(name, ()):
        command += ["--no-suite", suite]
    # 1 to 125 count failures; 77 or nothing to do are no errors either.
    subprocess.run(command, env=env, check=False)


def has_tests(name, suite):
    tests = json.loads((TREE / "build" / name / "meson-info" / "intro-tests.json").read_text())
    return any(full.split(":")[-1] == suite for test in tests for full in test["suite"])


def lab_options(name):
    """AddressSanitizer cannot run in user-mode-linux (its shadow memory does not fit into the
    512 GiB of address space there): the agent runs in valgrind instead, with UBSan."""
    if name == "sanitize" and kernel.choose() == "uml":
        build("undefined")
        return {"agent_build": TREE / "build" / "undefined", "valgrind": True}
    return {}


def run_in_lab(name, suite, output, env):
    with Lab.start(name=f"test-{suite}-{os.getpid()}", build=TREE / "build" / name, **lab_options(name)) as lab:
        run_meson(name, suite, [suite], {**env, "NICTEAM_LAB": lab.name})
        shutil.copy(lab.console_log, output / f"{suite}-console.log")
        if name == "sanitize":
            report.write(lab, TREE / "build" / name / "meson-logs", suite, output)


def main():
    name, *suites = sys.argv[1:]
    output = TREE / "build" / "test-output" / name
    output.mkdir(parents=True, exist_ok=True)
    build(name)
    env = environment(name, output)
    parallel = [suite for suite in suites if suite in PARALLEL_SUITES]
    if parallel:
        run_meson(name, "parallel", parallel, env)
    for suite in suites:
        if suite != "build" and suite not in PARALLEL_SUITES and not has_tests(name, suite):
            print(f"{name} has no tests in the suite {suite}")
        elif suite in LAB_SUITES:
            run_in_lab(name, suite, output, env)
        elif suite != "build" and suite not in PARALLEL_SUITES:
            run_meson(name, suite, [suite], env)
    for summary in sorted(output.glob("*.summary")):
        print(summary.read_text(), end="")


if __name__ == "__main__":
    try:
        main()
    except LabError as error:
        sys.exit(f"./dev test: {error}")
