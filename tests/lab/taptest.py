# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the unittest cases of a program and prints TAP, which meson reads.

    if __name__ == "__main__":
        taptest.main()

A docstring's first line is the title of a case. Arguments choose cases by their title or a part of their name.
"""

import sys
import time
import unittest


class _Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0
        self.started = 0.0

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def _print(self, outcome, test, suffix=""):
        self.number += 1
        title = test.shortDescription() or test.id().removeprefix("__main__.")
        print(f"{outcome} {self.number} - {title.replace('#', '')}{suffix}")
        print(f"# {test.id()} took {time.monotonic() - self.started:.2f} s", flush=True)

    def _print_failure(self, test, error):
        for line in self._exc_info_to_string(error, test).splitlines():
            print(f"# {line}")
        self._print("not ok", test)

    def addSuccess(self, test):
        self._print("ok", test)

    def addSkip(self, test, reason):
        self._print("ok", test, f" # SKIP {reason}")

    def addError(self, test, err):
        super().addError(test, err)
        self._print_failure(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._print_failure(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._print_failure(subtest, err)


def _cases(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from _cases(item)
        else:
            yield item


def _is_meant(case, word):
    return word in case.id() or word == (case.shortDescription() or "").replace("#", "")


def main():
    every = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    wanted = sys.argv[1:]
    chosen = [case for case in _cases(every) if not wanted or any(_is_meant(case, word) for word in wanted)]
    result = _Result()
    unittest.TestSuite(chosen).run(result)
    print(f"1..{result.number}")
    sys.exit(0 if result.wasSuccessful() else 1)
