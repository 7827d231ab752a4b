#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fuzz.py PROGRAM NAME runs one fuzzer for NICTEAM_FUZZ_SECONDS (60), from its corpus, and prints TAP.

New inputs are saved in the test output; by hand: NICTEAM_FUZZ_SECONDS=3600 ./dev test fuzz. Useful ones are merged into
tests/fuzz/corpus/NAME, by “PROGRAM -merge=1”.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROTOCOL = HERE.parents[1] / "backend" / "varlink" / "io.github.nicteam.Agent.varlink"


def write_dictionary(path):
    """The words of the protocol, which a fuzzer would not find by itself."""
    lines = [line for line in PROTOCOL.read_text().splitlines() if not line.startswith("#")]
    words = set(re.findall(r"[A-Za-z][A-Za-z0-9_.]+", "\n".join(lines)))
    path.write_text("".join(f'"{word}"\n' for word in sorted(words | {"method", "parameters", "more", "oneway"})))


def run(program, name, output, seconds):
    found = output / f"fuzz-{name}"
    found.mkdir(parents=True, exist_ok=True)
    write_dictionary(output / "fuzz.dict")
    command = [program, f"-max_total_time={seconds}", f"-dict={output}/fuzz.dict", f"-artifact_prefix={found}/",
               "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1", "-close_fd_mask=1",
               str(found), str(HERE / "corpus" / name)]
    # Each run creates a store; in memory, because a disk would be too slow.
    env = {**os.environ, "TMPDIR": "/dev/shm", "ASAN_OPTIONS": "detect_leaks=1",
           "ASAN_SYMBOLIZER_PATH": "/usr/bin/addr2line", "G_DEBUG": "fatal-criticals"}
    return subprocess.run(command, env=env, stderr=subprocess.PIPE, text=True, errors="replace", check=False)


def main():
    program, name = sys.argv[1:]
    output = Path(os.environ.get("NICTEAM_TEST_OUTPUT", "/tmp/nicteam-fuzz"))
    seconds = int(os.environ.get("NICTEAM_FUZZ_SECONDS", "60"))
    result = run(program, name, output, seconds)
    (output / f"fuzz-{name}.log").write_text(result.stderr)
    executions = re.search(r"stat::number_of_executed_units: +(\d+)", result.stderr)
    good = result.returncode == 0 and executions and int(executions[1]) > 0
    summary = f"{name}: {executions[1] if executions else 'no'} executions in {seconds} s"
    (output / f"fuzz-{name}.summary").write_text(summary + "\n")
    print("1..1")
    print(f"{'ok' if good else 'not ok'} 1 - {summary}")
    if not good:
        print("\n".join(f"# {line}" for line in result.stderr.splitlines()[-60:]))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
