"""A browser's side of Streamlit's WebSocket without a browser: open a session, run it, read it."""

from __future__ import annotations

import base64
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import run

SECONDS = 60
BINARY, PING, PONG = 0x2, 0x9, 0xA


class Session:
    """One connected tab."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self._link = socket.create_connection((run.HOST, port), SECONDS)
        self._back = self._link.makefile("rb")
        sent = {
            "Host": f"{run.HOST}:{port}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Protocol": "streamlit",
            **headers,
        }
        lines = ["GET /_stcore/stream HTTP/1.1", *(f"{k}: {v}" for k, v in sent.items()), "", ""]
        self._link.sendall("\r\n".join(lines).encode())
        self.status = int(self._back.readline().split()[1])
        while self._back.readline().strip():
            pass

    def run(self, **query: str) -> list[ForwardMsg]:
        """Run the app at an address; every message up to the end of that run."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query)
        self._send(message.SerializeToString())
        got: list[ForwardMsg] = []
        while not got or got[-1].WhichOneof("type") != "script_finished":
            is_ping = self._back.peek(1)[0] & 0x0F == PING
            payload = run.read_frame(self._back)
            if is_ping:
                self._send(payload, PONG)
            else:
                got.append(ForwardMsg.FromString(payload))
        return got

    def _send(self, payload: bytes, kind: int = BINARY) -> None:
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        # Masked with zeros, which leaves the payload as it is.
        self._link.sendall(bytes([0x80 | kind]) + length + b"\0\0\0\0" + payload)

    def close(self) -> None:
        """Shut the tab."""
        self._back.close()
        self._link.close()


@contextmanager
def session(port: int, **headers: str) -> Iterator[Session]:
    """A tab that is shut at the end; `Cookie="…"` and the like as headers."""
    opened = Session(port, headers)
    try:
        yield opened
    finally:
        opened.close()


def texts(messages: list[ForwardMsg]) -> list[str]:
    """What `st.text` showed."""
    shown = (message.delta.new_element for message in messages if message.HasField("delta"))
    return [element.text.body for element in shown if element.HasField("text")]


def said(messages: list[ForwardMsg]) -> str:
    """Everything sent, as text: what must not be in it was not sent."""
    return "\n".join(
        str(message.SerializeToString().decode("utf-8", "replace")) for message in messages
    )
