#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-build.py BUILD [--case CASE] SUITE|TEST… builds one build and runs suites of its tests, single test programs, or
one case of a program; the suite “build” has no tests.

Suites that need servers get a lab each, named by NICTEAM_LAB, so that no suite finds remains of another one. The exit
status only indicates if they could be run; totals.py reads their results from meson's logs.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TREE / "tests" / "lab"))

import kernel  # noqa: E402
import report  # noqa: E402
from errors import LabError  # noqa: E402
from lab import Lab  # noqa: E402

LAB_SUITES = ("kernel", "agent", "cli", "ui")
# Tests that take minutes and would run the same code again.
LEFT_OUT = {"sanitize": ("once",), "debian-12": ("once", "twice")}
SUITES = (*LAB_SUITES, "unit", "varlink", "data", "machine", "lab", "fuzz")
# These need no kernel other than the machine's.
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


def read_tests(name):
    """(name, suites) of each test program of a build; two suites may have programs of one name"""
    tests = json.loads((TREE / "build" / name / "meson-info" / "intro-tests.json").read_text())
    return [(test["name"], [suite.split(":")[-1] for suite in test["suite"]]) for test in tests]


def choose(name, wanted):
    """Returns the suites to run, each with its chosen programs, or with none for the whole suite"""
    tests = read_tests(name)
    chosen = {}
    whole = set()
    for word in wanted:
        programs = [suites for name, suites in tests if name == word]
        for suites in programs:
            chosen.setdefault(suites[0], []).append(word)
        if programs:
            continue
        if any(word in suites for _, suites in tests):
            chosen[word] = []
            whole.add(word)
        elif word in SUITES:
            print(f"{name} has no tests in the suite {word}")
        elif word != "build":
            print(f"./dev test: {name} has no suite and no test “{word}”. List them with ./dev test --list.", file=sys.stderr)
            sys.exit(2)
    return {suite: [] if suite in whole else programs for suite, programs in chosen.items()}


def case_arguments(program, case):
    """Returns the arguments that select a single case of a test program: a path for GLib, a title for Python"""
    if case is None:
        return []
    return ["--test-args", f"-p {case}" if case.startswith("/") else shlex.quote(case)]


def run_meson(name, base, chosen, env, case=None):
    """Runs suites together; @chosen as returned by choose()"""
    command = ["meson", "test", "-C", str(TREE / "build" / name), "--no-rebuild", "--logbase", f"testlog-{base}"]
    programs = [program for suite in chosen.values() for program in suite]
    for suite in chosen:
        command += ["--suite", suite]
    for suite in [] if programs else LEFT_OUT.get(name, ()):
        command += ["--no-suite", suite]
    command += programs + case_arguments(programs[0] if programs else "", case)
    started = time.monotonic()
    # 1 to 125 is the number of failures; 77 or no tests are no errors either.
    subprocess.run(command, env=env, check=False)
    with open(TREE / "build" / "test-output" / "times", "a") as times:
        times.write(f"{name} {'+'.join(chosen)} {time.monotonic() - started:.0f}\n")


def lab_options(name):
    """AddressSanitizer cannot run in user-mode-linux (its shadow memory does not fit into the
    512 GiB of address space there): the agent runs in valgrind instead, with UBSan."""
    if name == "sanitize" and kernel.choose() == "uml":
        build("undefined")
        return {"agent_build": TREE / "build" / "undefined", "valgrind": True}
    return {}


def run_in_lab(name, suite, programs, output, env, case):
    with Lab.start(name=f"test-{suite}-{os.getpid()}", build=TREE / "build" / name, **lab_options(name)) as lab:
        run_meson(name, suite, {suite: programs}, {**env, "NICTEAM_LAB": lab.name}, case)
        shutil.copy(lab.console_log, output / f"{suite}-console.log")
        if name == "sanitize":
            report.write(lab, TREE / "build" / name / "meson-logs", suite, output)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--case")
    parser.add_argument("wanted", nargs="+")
    arguments = parser.parse_args()
    name, case = arguments.build, arguments.case
    output = TREE / "build" / "test-output" / name
    output.mkdir(parents=True, exist_ok=True)
    build(name)
    env = environment(name, output)
    chosen = choose(name, arguments.wanted)
    parallel = {suite: programs for suite, programs in chosen.items() if suite in PARALLEL_SUITES}
    whole = {suite: programs for suite, programs in parallel.items() if not programs}
    single = {suite: programs for suite, programs in parallel.items() if programs}
    for base, together in (("parallel", whole), ("single", single)):
        if together:
            run_meson(name, base, together, env, case)
    for suite, programs in chosen.items():
        if suite in LAB_SUITES:
            run_in_lab(name, suite, programs, output, env, case)
        elif suite not in PARALLEL_SUITES:
            run_meson(name, suite, {suite: programs}, env, case)
    for summary in sorted(output.glob("*.summary")):
        print(summary.read_text(), end="")


if __name__ == "__main__":
    try:
        main()
    except LabError as error:
        sys.exit(f"./dev test: {error}")
