#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""on-server.py SERVER PROGRAM… runs a test program on a server of the lab that NICTEAM_LAB names, or of a private
one."""

import subprocess
import sys

from lab import Lab

if __name__ == "__main__":
    server, *argv = sys.argv[1:]
    with Lab.current() as lab:
        sys.exit(subprocess.run(lab.exec_argv(server, argv), stdin=subprocess.DEVNULL, check=False).returncode)
