# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a lab: keys, ssh settings, names, the agent's and the console's settings."""

import shlex
import shutil
import subprocess

import place

PREFIX = "fd4e:4943:7465:"
CONSOLE_ADDRESS = f"{PREFIX}:1"
HUB_ADDRESS = f"{PREFIX}:2"

SSH_CONFIG = """\
Host hub server*
  User root
  IdentityFile {ssh}/key
  IdentitiesOnly yes
  UserKnownHostsFile {ssh}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  PreferredAuthentications publickey
"""

# The lab's directory belongs to the user who started it. In a user namespace sshd sees another user there, and must
# accept it.
SSHD_CONFIG = """\
AuthorizedKeysFile {ssh}/key.pub /etc/ssh/lab-key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
MaxSessions 1000
MaxStartups 100
UseDNS no
PidFile none
PrintMotd no
Subsystem sftp internal-sftp
SetEnv PATH={path}:/run/programs NICTEAM_LAB_DIR={directory}
"""

# The settings of nicteam-agent.service that work without systemd: the agent has one capability, and cannot gain others.
CONFINED = "setpriv --bounding-set=-all,+net_admin --inh-caps=-all --no-new-privs"

AGENT_CONF = """\
# In a lab a veth stands for an adapter, and a virtual machine for a server with a switch of its own.
[Agent]
VethAdapters=true
GuestModes=true
"""


def server_names(count):
    return [f"server{number}" for number in range(1, count + 1)]


def server_address(server):
    return f"{PREFIX}:1:{server.removeprefix('server')}"


def _make_key(path):
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"nicteam lab {path.name}", "-f", path],
        check=True,
    )


def _public_key(path):
    kind, key, *_ = path.with_suffix(".pub").read_text().split()
    return f"{kind} {key}"


def _write_ssh(directory, names, path):
    ssh = directory / "ssh"
    ssh.mkdir()
    _make_key(ssh / "key")
    for name in names:
        _make_key(ssh / name)
    known = [f"{name} {_public_key(ssh / name)}" for name in names]
    (ssh / "known_hosts").write_text("\n".join(known) + "\n")
    (ssh / "sshd_config").write_text(SSHD_CONFIG.format(ssh=ssh, path=path, directory=directory))
    client = directory / "ssh_config.d"
    client.mkdir()
    (client / "nicteam-lab.conf").write_text(SSH_CONFIG.format(ssh=ssh))


def _write_hosts(directory, servers):
    lines = ["127.0.0.1 localhost", "::1 localhost", f"{CONSOLE_ADDRESS} console", f"{HUB_ADDRESS} hub"]
    lines += [f"{server_address(server)} {server}" for server in servers]
    (directory / "hosts").write_text("\n".join(lines) + "\n")


def write_look(settings):
    """The settings of GTK in this directory: GNOME's font, and no animations, so that a screenshot shows a final
    state."""
    (settings / "gtk-4.0").mkdir(parents=True)
    (settings / "gtk-4.0" / "settings.ini").write_text("[Settings]\ngtk-font-name=Inter 11\ngtk-enable-animations=false\n")
    (settings / "glib-2.0" / "settings").mkdir(parents=True)
    (settings / "glib-2.0" / "settings" / "keyfile").write_text(
        "[org/gnome/desktop/interface]\nenable-animations=false\n"
    )


def _write_console(directory, servers):
    """The configuration of the console, with all servers in its list."""
    settings = directory / "home" / ".config" / "nicteam"
    settings.mkdir(parents=True)
    write_look(settings.parent)
    groups = [f"[{server}]\naddress=ssh:{server}\n" for server in servers]
    (settings / "servers").write_text("\n".join(groups))
    for name in (".cache", ".local/share", ".local/state", "run"):
        (directory / "home" / name).mkdir(parents=True)
    (directory / "home" / "run").chmod(0o700)


def _agent_command(directory, valgrind):
    if not valgrind:
        return f"{CONFINED} nicteam-agent"
    # Allocations of GLib for the lifetime of a process are no leaks: only lost ones count.
    return (
        f"{CONFINED} valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite "
        f"--num-callers=30 --log-file={directory}/valgrind-%q{{NICTEAM_RUN}}.log nicteam-agent"
    )


def _write_mount(directory):
    """A copy without the set-user-id bit: for a user who is not root, its owner in the lab's kernel is nobody."""
    (directory / "bin").mkdir()
    shutil.copyfile(shutil.which("mount"), directory / "bin" / "mount")
    (directory / "bin" / "mount").chmod(0o755)


def write(directory, servers, nics, build, valgrind):
    """Fills the empty directory of a new lab."""
    names = server_names(servers)
    path = place.program_path(build)
    environment = {
        "NICTEAM_TREE": str(place.TREE),
        "NICTEAM_LAB_DIR": str(directory),
        "NICTEAM_SERVERS": str(servers),
        "NICTEAM_NICS": str(nics),
        "NICTEAM_AGENT_COMMAND": _agent_command(directory, valgrind),
        "PATH": path,
    }
    lines = [f"export {key}={shlex.quote(value)}" for key, value in environment.items()]
    (directory / "environment").write_text("\n".join(lines) + "\n")
    (directory / "agent.conf").write_text(AGENT_CONF)
    _write_mount(directory)
    _write_ssh(directory, ["hub", *names], path)
    _write_hosts(directory, names)
    _write_console(directory, names)
    return environment
