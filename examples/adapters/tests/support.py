"""What stands in for Mendloop, its door and other people's servers where there is no broker."""
import hashlib
import json
import pathlib
import sqlite3
import sys
import tempfile
import threading
import types
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from mendloop_channel import REPORT, Channel, NotTaken


def spool() -> Channel:
    """A channel whose broker is away."""
    return Channel("amqp://nowhere", "web", tempfile.mkdtemp() + "/spool.sqlite")


def kept(channel: Channel) -> list[tuple[str, str, dict]]:
    """What would be sent now, in this order: id, command, data."""
    with sqlite3.connect(channel.spool) as file:
        return [(id, command, json.loads(data)) for id, command, data in file.execute(
            "SELECT id, command, data FROM message WHERE answer IS NULL AND after IS NULL ORDER BY number")]


def answered(channel: Channel, id: str, command: str = REPORT, **data) -> None:
    channel._take_answer(None, None, types.SimpleNamespace(correlation_id=f"{command} {id}"),
                         json.dumps({"data": data}).encode())


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class DoorStandIn:
    """Keeps pictures; is away when told so."""
    def __init__(self):
        self.kept, self.is_away = [], False

    def keep(self, content, media_type):
        if self.is_away:
            raise OSError("away")
        if not media_type.startswith("image/"):
            raise NotTaken
        self.kept.append(content)
        return {"dataref": f"urn:mendloop:attachment:{hash_of(content)}", "mediaType": media_type, "sha256": hash_of(content)}


def serve(test: unittest.TestCase, answers: dict[str, tuple[int, str, bytes]]) -> str:
    """A server that answers by path with status, media type and body."""
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, kind, body = answers[self.path]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Location", "/picture")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *arguments):
            """Nobody reads it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    test.addCleanup(server.server_close)
    test.addCleanup(server.shutdown)
    return f"http://127.0.0.1:{server.server_port}"
