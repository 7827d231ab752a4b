# SPDX-License-Identifier: GPL-3.0-or-later
"""An agent with a fixed reply to GetState, which records all other calls."""

import json
import socketserver
import threading

from agent import INTERFACE


class FakeAgent:
    """Listens on a unix socket as a context manager. It has no other methods, like an older agent. With @closes, it
    closes each connection after its first reply."""

    def __init__(self, path, state, closes=False):
        self.address = f"unix:{path}"
        self.state = state
        self.closes = closes
        self.calls = []
        self._server = socketserver.ThreadingUnixStreamServer(str(path), self._make_handler())
        self._server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, method):
        name = method.removeprefix(INTERFACE + ".")
        if name == "GetState":
            return {"parameters": {"state": self.state}}
        self.calls.append(name)
        return {"error": "org.varlink.service.MethodNotFound", "parameters": {"method": method}}

    def _make_handler(self):
        agent = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                buffer = b""
                while data := self.request.recv(65536):
                    *messages, buffer = (buffer + data).split(b"\0")
                    for message in messages:
                        reply = agent._answer(json.loads(message)["method"])
                        self.request.sendall(json.dumps(reply).encode() + b"\0")
                        if agent.closes:
                            return

        return Handler
