#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""machine.py AGENT TEST [ARGUMENT…] runs a test program as the first process of a machine.

The machine runs in qemu with a Debian kernel, and has only an initramfs: the agent, the program, its tools and modules,
and their dependencies. The output of the test is printed here; that of the kernel goes to a file.
"""

import ast
import lzma
import os
import platform
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]
LIBRARIES = TREE / "tests" / "lab"
TIMEOUT = 300  # a machine whose processor is simulated is slow, and slower beside other tests


def find_kernel():
    """Returns the folder above lib/modules, the release, and the image of a kernel whose files can be read: one from
    ./dev, or this machine's own"""
    for base in (Path(os.environ.get("NICTEAM_KERNELS", "/")), Path("/")):
        for modules in sorted((base / "lib" / "modules").glob("*"), reverse=True):
            for image in (modules / "vmlinuz", Path("/boot") / f"vmlinuz-{modules.name}"):
                if os.access(image, os.R_OK):
                    return base, modules.name, image
    sys.exit("There is no Linux kernel that qemu could start; use ./dev, which brings one.")


class Initramfs:
    """A cpio archive, see the kernel's Documentation/driver-api/early-userspace/buffer-format.rst."""

    def __init__(self):
        self._data = bytearray()
        self._paths = set()

    def _entry(self, path, mode, content=b"", time=0):
        name = path.lstrip("/").encode() + b"\0"
        fields = (len(self._paths) + 1, mode, 0, 0, 1, time, len(content), 0, 0, 0, 0, len(name), 0)
        self._data += b"070701" + "".join(f"{field:08x}" for field in fields).encode() + name
        self._data += bytes(-len(self._data) % 4) + content
        self._data += bytes(-len(self._data) % 4)

    def directory(self, path):
        if path not in self._paths and path != "/":
            self.directory(os.path.dirname(path))
            self._entry(path, stat.S_IFDIR | 0o755)
            self._paths.add(path)

    def file(self, path, content, time=0):
        if path not in self._paths:
            self.directory(os.path.dirname(path))
            self._entry(path, stat.S_IFREG | 0o755, content, time)
            self._paths.add(path)

    def copy(self, path):
        # Python compares these times with those in compiled files.
        self.file(str(path), Path(path).read_bytes(), int(os.stat(path).st_mtime))

    def program(self, path, place=None):
        """Adds a program or library at its path, with the libraries that it needs."""
        self.file(str(place or path), Path(path).read_bytes())
        needed = subprocess.run(["ldd", path], capture_output=True, text=True, check=False).stdout
        for word in needed.split():
            if word.startswith("/"):
                self.copy(word)

    def finish(self):
        self._entry("TRAILER!!!", 0)
        return bytes(self._data)


def find_program(name):
    path = subprocess.run(["sh", "-c", f"command -v {name}"], capture_output=True, text=True, check=False).stdout.strip()
    if not path:
        sys.exit(f"The machine needs the program “{name}”; use ./dev, which brings it.")
    return path


def list_constant(program, name):
    """Reads a list at the top of a Python program, without running it."""
    for statement in ast.parse(program.read_text()).body:
        if isinstance(statement, ast.Assign) and statement.targets[0].id == name:
            return ast.literal_eval(statement.value)
    return []


def add_python(archive, program):
    """Adds the interpreter, and the modules that the program imports."""
    script = f"import sys; sys.path[:0] = [{str(program.parent)!r}, {str(LIBRARIES)!r}]; import encodings.ascii, runpy, termios; " \
             f"runpy.run_path({str(program)!r}); " \
             "print(*(path for module in sys.modules.values() for path in " \
             "(getattr(module, '__file__', None), getattr(module, '__cached__', None)) if path), sep='\\n')"
    files = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    archive.program(os.path.realpath(sys.executable), "/usr/bin/python3")
    for path in files:
        if path.endswith(".so"):
            archive.program(path)
        elif os.path.exists(path):
            archive.copy(path)
    archive.copy(program)


def read_module(path):
    data = Path(path).read_bytes()
    if path.endswith(".xz"):
        return lzma.decompress(data)
    if path.endswith(".zst"):
        return subprocess.run(["zstd", "-dc", path], stdout=subprocess.PIPE, check=True).stdout
    return data


def add_modules(archive, base, release, names):
    """Returns the modules to load, in order."""
    order = []
    shown = subprocess.run(["modprobe", "-d", str(base), "-S", release, "--show-depends", "-a", *names], stdout=subprocess.PIPE, text=True, check=True)
    for line in shown.stdout.splitlines():
        kind, _, path = line.strip().partition(" ")
        path = path.split(" ")[0]
        place = "/modules/" + os.path.basename(path).split(".ko")[0] + ".ko"
        if kind == "insmod" and place not in order:
            archive.file(place, read_module(path))
            order.append(place)
    return order


def make_initramfs(base, release, agent, program, arguments):
    archive = Initramfs()
    for directory in ("/proc", "/sys", "/dev", "/run", "/tmp", "/var/lib", "/etc", "/root"):
        archive.directory(directory)
    archive.program(agent, "/usr/bin/nicteam-agent")
    for name in ["kmod", "mount", *list_constant(program, "PROGRAMS")]:
        archive.program(os.path.realpath(find_program(name)), f"/usr/bin/{name}")
    archive.program(os.path.realpath(find_program("kmod")), "/usr/bin/insmod")
    add_python(archive, program)
    modules = add_modules(archive, base, release, list_constant(program, "MODULES"))
    first = (TREE / "tests" / "machine" / "first").read_text()
    archive.file("/init", first.encode())
    archive.file("/etc/modules", "\n".join(modules).encode())
    archive.file("/etc/command", "\n".join(["/usr/bin/python3", str(program), *arguments]).encode())
    return archive.finish()


def start(image, initramfs, log):
    return subprocess.Popen(
        # Never KVM: without hardware support it hangs.
        [f"qemu-system-{platform.machine()}", "-accel", "tcg,thread=multi", "-cpu", "max", "-m", "512", "-nodefaults",
         "-display", "none", "-no-reboot", "-kernel", image, "-initrd", initramfs,
         "-append", f"console=ttyS0 quiet panic=-1 PYTHONPATH={LIBRARIES} PYTHONDONTWRITEBYTECODE=1",
         "-serial", f"file:{log}", "-serial", "stdio"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)


def main():
    agent, program = sys.argv[1], Path(sys.argv[2]).resolve()
    output = Path(os.environ.get("NICTEAM_TEST_OUTPUT", tempfile.gettempdir()))
    log = output / f"machine-{program.stem}.log"
    base, release, image = find_kernel()
    with tempfile.NamedTemporaryFile(suffix=".cpio") as initramfs:
        initramfs.write(make_initramfs(base, release, agent, program, sys.argv[3:]))
        initramfs.flush()
        process = start(image, initramfs.name, log)
        timer = threading.Timer(TIMEOUT, process.kill)
        timer.start()
        status = None
        for line in process.stdout:
            line = line.rstrip("\r\n")
            if line.startswith("exit status "):
                status = int(line.removeprefix("exit status "))
            else:
                print(line, flush=True)
        process.wait()
        timer.cancel()
    if status is None:
        print(f"Bail out! The machine has ended before its test; see {log}.")
    sys.exit(1 if status is None else status)


if __name__ == "__main__":
    main()
