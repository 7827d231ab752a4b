#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shell completion: by calling nicteam directly, and through the completion function of bash."""

import shutil
from pathlib import Path

import taptest
from clitest import SERVER, CliTest

COMPLETIONS = Path(__file__).resolve().parents[2] / "data" / "completions"
BASH = """
source "$1"; shift
COMP_WORDS=(nicteam "$@"); COMP_CWORD=$#
_nicteam
printf '%s\\n' "${COMPREPLY[@]}"
"""


class Completion(CliTest):
    def ask(self, *words):
        lines = self.lab.run(["nicteam", "complete", *words]).stdout.splitlines()
        return [line.split("\t")[0] for line in lines]

    def bash(self, *words):
        return self.lab.run(["bash", "-c", BASH, "bash", str(COMPLETIONS / "nicteam.bash"), *words]).stdout.splitlines()

    def test_words(self):
        """Nouns, verbs, options and the values of options are completed"""
        cases = (
            (("",), ["adapter", "team", "member", "interface", "apply", "confirm", "revert", "undo", "history", "events", "server", "access", "monitor", "stats"]),
            (("m",), ["member", "monitor"]),
            (("-s", "x", "te"), ["team"]),
            (("team", "s"), ["show", "set"]),
            (("explode", ""), []),
            (("team", "create", "--m"), ["--mode", "--mtu"]),
            (("team", "create", "--mode", ""), ["switch-independent", "static", "lacp"]),
            (("team", "create", "--mode=l"), ["--mode=lacp"]),
            (("team", "create", "--mode", "=", "l"), ["lacp"]),
            (("team", "set", "-b", "d"), ["dynamic"]),
            (("member", "set", "T", "nic1", "--role", ""), ["active", "standby"]),
            (("--js",), ["--json"]),
            (("team", "create", "--", "--mode", ""), []),
            (("--", "team", "s"), ["show", "set"]),
            (("monitor", ""), []),
        )
        for words, found in cases:
            with self.subTest(" ".join(words)):
                self.assertEqual(self.ask(*words), found)

    def test_names(self):
        """Names of teams, adapters and interfaces are completed, from the servers in the command line"""
        self.nicteam("team", "create", "Lab 1", "nic1", "--vlan", "7")
        cases = (
            (("-s", SERVER, "team", "show", ""), ["Lab 1"]),
            (("-s", SERVER, "member", "add", "Lab 1", "nic"), ["nic1", "nic2", "nic3", "nic4"]),
            ((f"--server={SERVER}", "interface", "set", "Lab 1", "L"), ["Lab 1 - VLAN 7"]),
            (("-s", SERVER, "team", "list", "--member", "nic2"), ["nic2"]),
            (("-s", SERVER, "adapter", "show", "nic1", ""), []),
            (("-s", SERVER, "team", "show", "--", "-"), []),
            (("-s", SERVER, "team", "show", "--", "L"), ["Lab 1"]),
            (("-s", "nowhere", "team", "show", ""), []),
        )
        for words, found in cases:
            with self.subTest(" ".join(words)):
                self.assertEqual(self.ask(*words), found)

    def test_bash(self):
        """bash receives words that fit its command line, quoted where needed"""
        self.nicteam("team", "create", "Lab 1", "nic1")
        self.assertEqual(self.bash("team", "sh"), ["show"])
        self.assertEqual(self.bash("-s", SERVER, "team", "show", "Lab\\ "), ["Lab\\ 1"])
        self.assertEqual(self.bash("team", "create", "--mode", "=", "st"), ["static"])

    def test_syntax(self):
        """Each installed shell can load its completion file"""
        for shell, name in (("bash", "nicteam.bash"), ("zsh", "_nicteam"), ("fish", "nicteam.fish")):
            if shutil.which(shell):
                with self.subTest(shell):
                    self.lab.run([shell, "-n", str(COMPLETIONS / name)])


if __name__ == "__main__":
    taptest.main()
