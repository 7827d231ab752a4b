#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions of ssh are asked in the window: the key of an unknown server, a passphrase, a password."""

import shlex
import subprocess

from consoletest import ConsoleTest, call, members

import files
import taptest

PORT = 2222
PASSWORD = "open sesame"

# An ssh server that accepts passwords, beside the one of the lab.
SSHD = """\
Port {port}
HostKey {key}
UsePAM no
PasswordAuthentication yes
PubkeyAuthentication no
PidFile none
SetEnv PATH={path}:/run/programs NICTEAM_LAB_DIR={directory}
"""

CLIENT = """\
Host newcomer locked
  HostName {address}
  User manager
  UserKnownHostsFile {known}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking ask
Host newcomer
  Port {port}
  PreferredAuthentications password
Host locked
  IdentityFile {key}
  IdentitiesOnly yes
  PreferredAuthentications publickey
"""


class Login(ConsoleTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.folder = cls.lab.directory / "login"
        folder.mkdir(exist_ok=True)
        cls.addClassCleanup(lambda: [path.unlink() for path in folder.iterdir()])
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", PASSWORD, "-f", folder / "key"], check=True)
        (folder / "sshd_config").write_text(SSHD.format(
            port=PORT, key=cls.lab.directory / "ssh" / "server1", directory=cls.lab.directory,
            path=cls.lab.exec("server1", ["sh", "-c", "echo $PATH"]).stdout.strip()))
        client = cls.lab.directory / "ssh_config.d" / "login.conf"
        client.write_text(CLIENT.format(address=files.server_address("server1"), known=folder / "known_hosts",
                                        key=folder / "key", port=PORT))
        cls.addClassCleanup(client.unlink)
        public = (folder / "key.pub").read_text()
        cls.lab.exec("server1", ["sh", "-ec", f"echo {shlex.quote(public)} >> /etc/ssh/lab-key.pub; "
                                              f"echo manager:{shlex.quote(PASSWORD)} | chpasswd -c SHA512"])
        server = cls.lab.popen("server1", ["/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.PIPE)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.stderr.close)
        cls.addClassCleanup(cls.lab.exec, "server1", ["pkill", "-f", str(folder / "sshd_config")])
        server.stderr.readline()

    def setUp(self):
        (self.folder / "known_hosts").write_text("")
        super().setUp()

    def add(self, host):
        console = self.console
        self.addCleanup(self.lab.run, ["nicteam", "server", "remove", host])
        console.press("ctrl+shift+n")
        console.see("dialog", "Add Servers")
        console.type(host)
        console.press("Return")

    def trust(self, host):
        console = self.console
        dialog = console.see("alert", f"Trust {host}?")
        key = self.lab.directory / "ssh" / "server1.pub"
        fingerprint = subprocess.run(["ssh-keygen", "-lf", key], check=True, capture_output=True, text=True).stdout.split()[1]
        console.see("label", f"ED25519\n{fingerprint}", dialog)
        console.screenshot("unknown")
        console.click(console.see("button", "Trust", dialog))

    def test_1_unknown_server_with_a_password(self):
        """An unknown key is shown with its fingerprint; a wrong password is asked again, the right one is reused"""
        console = self.console
        self.add("newcomer")
        self.trust("newcomer")
        dialog = console.see("alert", "Log In to newcomer")
        console.type("wrong")
        console.screenshot("password")
        console.press("Return")
        console.wait(lambda: not console.is_ready(dialog, "SHOWING"), "the first question is over")
        console.see("alert", "Log In to newcomer")
        console.type(PASSWORD)
        console.press("Return")
        console.row("Servers", "newcomer OK", timeout=60)
        console.screenshot("in")
        self.assertIn("ssh-ed25519", (self.folder / "known_hosts").read_text())

        # A change is confirmed over a new connection, without another question.
        console.select("Servers", "newcomer")
        console.press("ctrl+n")
        console.see("dialog", "New Team")
        console.type("Team1")
        console.click(console.see("check box", "nic1"))
        console.click(console.see("button", "Create"))
        console.row("Teams", "Team1 OK")
        console.see("button", "Undo", timeout=60)
        self.assertEqual(members(self.lab, "server1", "Team1"), ["nic1"])
        self.assertNotIn("pending", call(self.lab, "server1", "GetState", {}).replace('"pending":null', ""))

    def test_2_key_with_a_passphrase(self):
        """A passphrase is asked for once; if cancelled, access is denied, and the user can log in again"""
        console = self.console
        self.add("locked")
        self.trust("locked")
        dialog = console.see("alert", "Log In to locked")
        console.see("label", f"ssh asks: Enter passphrase for key '{self.folder / 'key'}':", dialog, contains=True)
        console.see("text", "Passphrase", dialog)
        console.press("Escape")
        console.row("Servers", "locked Access denied", timeout=60)
        console.screenshot("denied")
        console.select("Servers", "locked")
        console.press("F5")
        console.see("alert", "Log In to locked")
        console.type(PASSWORD)
        console.press("Return")
        console.row("Servers", "locked OK", timeout=60)

        # The connection is lost, and made again without a question.
        self.lab.exec("server1", ["pkill", "-u", "manager"], check=False)
        console.wait(lambda: not console.find("table row", "locked OK", contains=True), "it is gone")
        console.row("Servers", "locked OK", timeout=60)
        self.assertIsNone(console.find("alert", "Log In to locked"))


if __name__ == "__main__":
    taptest.main()
