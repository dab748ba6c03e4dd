"""Pictures that came by WeChat: a message says where its picture is, for three days. It is on our disk before WeChat hears that we
have it, then the picture is fetched and given to the door, as often as it takes, and then the message goes on with it."""
import http.client
import json
import logging
import sqlite3
import threading
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

from mendloop_channel import Door, NotTaken

log = logging.getLogger("adapter")

MOST_BYTES = 10 * 1024 * 1024
KINDS = ("image/jpeg", "image/png", "image/gif", "image/webp")
LIFE = timedelta(days=3)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        """Nobody leads us to an address inside our own network."""
        return None


def fetch(url: str, host: str) -> tuple[bytes, str]:
    """A picture and its media type. Raises NotTaken for what is none of WeChat's, OSError when it may be asked for again."""
    try:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not f".{parts.hostname}".endswith(f".{host}"):
            raise NotTaken("not from WeChat's host")
        with urllib.request.build_opener(NoRedirects).open(url, timeout=15) as answer:
            kind, content = answer.headers.get_content_type(), answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        with error:
            if error.code < 500 and error.code not in (408, 429):
                raise NotTaken(f"status {error.code}") from None
            raise
    except ValueError:
        raise NotTaken("no address") from None
    except http.client.HTTPException as error:
        raise OSError(repr(error)) from error
    if kind not in KINDS or len(content) > MOST_BYTES:
        raise NotTaken("no picture, or too large")
    return content, kind


class Pictures:
    def __init__(self, spool: str, door: Door, host: str, pass_on):
        self.spool, self.door, self.host, self.pass_on = spool, door, host, pass_on
        self._wake = threading.Event()
        with self._open() as spool_file:
            spool_file.execute("CREATE TABLE IF NOT EXISTS picture (id TEXT PRIMARY KEY, message TEXT NOT NULL,"
                               " heard_at TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)")

    def start(self) -> "Pictures":
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def keep(self, message: dict[str, str]) -> None:
        """Keeps a message with a picture; the same once."""
        with self._open() as spool_file:
            spool_file.execute(
                "INSERT OR IGNORE INTO picture (id, message, heard_at) VALUES (?, ?, ?)",
                (message["MsgId"], json.dumps(message), datetime.now(timezone.utc).isoformat()))
        self._wake.set()

    def _open(self):
        spool_file = sqlite3.connect(self.spool, timeout=30, isolation_level=None)
        spool_file.execute("PRAGMA synchronous = FULL")
        return spool_file

    def _run(self) -> None:
        while True:
            self._wake.clear()
            waiting = self.work()
            self._wake.wait(5 if waiting else None)

    def work(self) -> int:
        """Passes on what can be; how many pictures still wait."""
        with self._open() as spool_file:
            rows = spool_file.execute(
                "SELECT id, message, heard_at FROM picture WHERE NOT done ORDER BY heard_at").fetchall()
        waiting = 0
        for id, message, heard_at in rows:
            heard, since = json.loads(message), datetime.fromisoformat(heard_at)
            try:
                try:
                    files = [self.door.keep(*fetch(heard.get("PicUrl", ""), self.host))]
                except OSError:
                    if datetime.now(timezone.utc) - since < LIFE:
                        raise
                    raise NotTaken("WeChat keeps it no longer") from None
            except OSError as error:
                log.warning("a picture waits: %r", error)
                waiting += 1
                continue
            except NotTaken as error:
                log.warning("a picture is not taken: %s", error)
                files = []
            self.pass_on(heard, files, since)
            with self._open() as spool_file:
                spool_file.execute("UPDATE picture SET done = 1, message = '' WHERE id = ?", (id,))
        return waiting
