"""What every adapter needs: a message is on this disk before the channel hears that we have it, and stays there until
Mendloop has answered it. A crash, a broker that is away or an answer that was lost cost nothing: it is sent again under
its own id, and Mendloop does nothing twice.

Needs pika. One adapter process, one spool file."""
import contextlib
import fcntl
import http.client
import json
import logging
import re
import sqlite3
import threading
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone

import pika

log = logging.getLogger("adapter")

REPORT, MESSAGE = "intake.report-repair", "intake.append-message"
# A message's name on the broker: printed ASCII, for which AMQP has 255 bytes.
ID = re.compile(r"[\x21-\x7e]{1,200}")
# Neither a screen nor the database shows them, and halves of surrogate pairs are no text at all.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Of an order or request on which nobody works any more.
OVER = {"closed", "cancelled", "merged", "answered", "spam"}


def clean(said):
    """What was said without the characters that Mendloop does not take; line breaks and tabs stay."""
    if isinstance(said, str):
        return UNSEEN.sub("", said)
    if isinstance(said, dict):
        return {name: clean(value) for name, value in said.items()}
    return [clean(value) for value in said] if isinstance(said, list) else said


def nodes(url: str) -> list[pika.URLParameters]:
    """The broker's nodes, which pika tries in turn: the address of a cluster names several with commas between them."""
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    return [pika.URLParameters(f"{scheme}://{user}{at}{host}{slash}{path}") for host in hosts.split(",")]


class Channel:
    """The way from one channel to Mendloop.

    say() and say_more() may be called from any thread; a thread of its own talks to the broker."""

    def __init__(self, url: str, channel: str, spool: str, binary: bool = False):
        self.url, self.channel, self.spool, self.binary = url, channel, spool, binary
        self._wake, self._answered = threading.Event(), threading.Condition()
        self._stopped = False
        with self._alone(), self._open() as spool_file:
            spool_file.execute("PRAGMA journal_mode = WAL")
            spool_file.execute(
                "CREATE TABLE IF NOT EXISTS message (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
                " command TEXT NOT NULL, said_at TEXT NOT NULL, data TEXT NOT NULL, answer TEXT)")
            known = {row[1] for row in spool_file.execute("PRAGMA table_info(message)")}
            # Who said it; the message on whose answer it waits; the report that it becomes where it cannot be added to one.
            for column in {"person", "after", "report"} - known:
                spool_file.execute(f"ALTER TABLE message ADD COLUMN {column} TEXT")
            for column in ("person", "after"):
                spool_file.execute(f"CREATE INDEX IF NOT EXISTS message_{column} ON message ({column}, number)"
                                   f" WHERE {column} IS NOT NULL")
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Channel":
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopped = True
        self._wake.set()
        self._thread.join(timeout=10)

    def say(self, id: str, data: dict, command: str = REPORT, person: str | None = None) -> None:
        """Keeps a message. When it returns, the message is safe; the same id again is the same message."""
        with self._turn() as spool_file:
            self._keep(spool_file, id, command, data, person=person)
        self._wake.set()

    def say_more(self, id: str, more: dict, report: dict, after: str | None = None, person: str | None = None,
                 since: datetime | None = None) -> None:
        """Keeps what may belong to a request there is: `more` goes to it as a message. Where there is none, or Mendloop
        refuses that, `report` goes as a report instead.

        The request is that of the order which `more` names, of the message `after`, or of what `person` said last since then."""
        with self._turn() as spool_file:
            if person:
                after = self._last(spool_file, person, since)
            if after or "workOrderNumber" in more:
                self._keep(spool_file, id, MESSAGE, more, person, after, report)
                self._release(spool_file, after)
            else:
                self._keep(spool_file, id, REPORT, report, person)
        self._wake.set()

    def answer(self, id: str, patience: float = 0) -> dict | None:
        """What Mendloop answered, waiting for it at most so many seconds: the data of an acceptance, or a problem with
        `errors`. None when there is no answer yet."""
        until = time.monotonic() + patience
        with self._answered:
            while True:
                with self._open() as spool_file:
                    row = spool_file.execute("SELECT answer FROM message WHERE id = ?", (id,)).fetchone()
                if row and row[0]:
                    return json.loads(row[0])
                left = until - time.monotonic()
                if left <= 0:
                    return None
                self._answered.wait(min(left, 1))

    def unanswered(self) -> int:
        with self._open() as spool_file:
            return spool_file.execute("SELECT count(*) FROM message WHERE answer IS NULL").fetchone()[0]

    def knows(self, id: str) -> bool:
        with self._open() as spool_file:
            return spool_file.execute("SELECT 1 FROM message WHERE id = ?", (id,)).fetchone() is not None

    def reported_as(self, request_number: str) -> str | None:
        """The message that Mendloop answered with this number."""
        with self._open() as spool_file:
            row = spool_file.execute("SELECT id FROM message WHERE json_extract(answer, '$.requestNumber') = ?"
                                     " ORDER BY number LIMIT 1", (request_number,)).fetchone()
        return row and row[0]

    # The spool

    @contextlib.contextmanager
    def _alone(self):
        """Several may open a new spool at once, and SQLite lets nobody wait for another who changes its journal."""
        with open(f"{self.spool}.lock", "w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def _open(self) -> sqlite3.Connection:
        spool_file = sqlite3.connect(self.spool, timeout=30, isolation_level=None)
        # What is in the spool is on the disk.
        spool_file.execute("PRAGMA synchronous = FULL")
        return spool_file

    @contextlib.contextmanager
    def _turn(self):
        """All of it or nothing, one after the other."""
        with self._open() as spool_file:
            spool_file.execute("BEGIN IMMEDIATE")
            yield spool_file

    def _keep(self, spool_file, id, command, data, person=None, after=None, report=None) -> None:
        if not ID.fullmatch(id):
            raise ValueError("an id is 1 to 200 printed characters of ASCII")
        said_at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        spool_file.execute(
            "INSERT OR IGNORE INTO message (id, command, said_at, data, person, after, report) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (id, command, said_at, self._text(data), person, after, None if report is None else self._text(report)))

    def _text(self, data: dict) -> str:
        return json.dumps(clean({"channel": self.channel, **data}), ensure_ascii=False)

    def _last(self, spool_file, person: str, since: datetime) -> str | None:
        """What a person said last that was not refused, unless nobody works on that any more."""
        row = spool_file.execute(
            "SELECT id, json_extract(answer, '$.status') FROM message WHERE person = ? AND said_at >= ?"
            " AND (answer IS NULL OR json_extract(answer, '$.requestId') IS NOT NULL) ORDER BY number DESC LIMIT 1",
            (person, since.astimezone(timezone.utc).isoformat(timespec="milliseconds"))).fetchone()
        return row[0] if row and row[1] not in OVER else None

    def _release(self, spool_file, id: str | None) -> None:
        """Lets go what waited for the answer to this message, once there is one: into its request, or as reports."""
        row = spool_file.execute("SELECT answer FROM message WHERE id = ? AND answer IS NOT NULL", (id,)).fetchone()
        if row is None:
            return
        request = json.loads(row[0]).get("requestId")
        for waiting, data in spool_file.execute(
                "SELECT id, data FROM message WHERE after = ? ORDER BY number", (id,)).fetchall():
            if request:
                self._send_anew(spool_file, waiting, MESSAGE, json.dumps(
                    {**json.loads(data), "requestId": request}, ensure_ascii=False))
            else:
                self._report_instead(spool_file, waiting)

    def _report_instead(self, spool_file, id: str) -> None:
        report = spool_file.execute("SELECT report FROM message WHERE id = ?", (id,)).fetchone()[0]
        self._send_anew(spool_file, id, REPORT, report)

    def _send_anew(self, spool_file, id: str, command: str, data: str) -> None:
        """At the end of the line, where whoever sends will come by."""
        spool_file.execute(
            "UPDATE message SET command = ?, data = ?, after = NULL, number = (SELECT max(number) + 1 FROM message)"
            " WHERE id = ?", (command, data, id))

    # The broker

    def _run(self) -> None:
        pause = 0.2
        while not self._stopped:
            try:
                self._talk()
                pause = 0.2
            except (pika.exceptions.AMQPError, OSError) as error:
                log.warning("the broker is away, %d messages wait: %r", self.unanswered(), error)
                self._wake.wait(pause)
                pause = min(pause * 2, 10)

    def _talk(self) -> None:
        """Sends what has no answer, oldest first, and takes answers, for as long as the connection lasts."""
        connection = pika.BlockingConnection(nodes(self.url))
        try:
            channel = connection.channel()
            channel.confirm_delivery()
            channel.basic_consume("amq.rabbitmq.reply-to", self._take_answer, auto_ack=True)
            sent = 0
            while not self._stopped:
                self._wake.clear()
                with self._open() as spool_file:
                    rows = spool_file.execute(
                        "SELECT number, id, command, said_at, data FROM message"
                        " WHERE answer IS NULL AND after IS NULL AND number > ? ORDER BY number LIMIT 100",
                        (sent,)).fetchall()
                for number, *message in rows:
                    self._send(channel, *message)
                    sent = number
                connection.process_data_events(time_limit=0 if rows else 0.1)
        finally:
            if connection.is_open:
                connection.close()

    def _send(self, channel, id: str, command: str, said_at: str, data: str) -> None:
        # Refused as a message, it is sent as a report: under another id, since it says another thing.
        wire_id = f"{id}/more" if command == MESSAGE else id
        attributes = {"specversion": "1.0", "id": wire_id, "source": f"/adapters/{self.channel}",
                      "type": f"mendloop.{command}.v1", "time": said_at}
        if self.binary:
            headers = {f"ce-{name}": value for name, value in attributes.items()}
            body, content_type = data, "application/json"
        else:
            headers, content_type = None, "application/cloudevents+json"
            body = json.dumps({**attributes, "datacontenttype": "application/json", "data": json.loads(data)},
                              ensure_ascii=False)
        properties = pika.BasicProperties(
            content_type=content_type, headers=headers, delivery_mode=2, message_id=wire_id, type=attributes["type"],
            correlation_id=f"{command} {id}", reply_to="amq.rabbitmq.reply-to")
        # Returns when the broker has it on disk; raises when it does not take it or knows no such command.
        channel.basic_publish("mendloop.commands", f"{command}.{self.channel}", body.encode(), properties,
                              mandatory=True)

    def _take_answer(self, channel, method, properties, body) -> None:
        command, id = properties.correlation_id.split(" ", 1)
        answer = json.loads(body)["data"]
        with self._turn() as spool_file:
            row = spool_file.execute("SELECT report FROM message WHERE id = ? AND command = ?", (id, command)).fetchone()
            if row is None:
                return  # To a message that has become a report meanwhile.
            if command == MESSAGE and row[0] and answer.get("errors") is not None:
                self._report_instead(spool_file, id)
            else:
                spool_file.execute("UPDATE message SET answer = ? WHERE id = ?",
                                   (json.dumps(answer, ensure_ascii=False), id))
                self._release(spool_file, id)
        if answer.get("errors") is not None:
            # Whose words they are, no log tells.
            log.warning("%s %s was refused: %s %s", command, id, answer.get("code"),
                        [(error["pointer"], error["code"]) for error in answer["errors"]])
        with self._answered:
            self._answered.notify_all()


class NotTaken(Exception):
    """The door does not keep such a file, today or tomorrow."""


class Door:
    """Mendloop's HTTP door, for files: it keeps them under their hash, and they travel by reference."""

    def __init__(self, url: str):
        self.url = url.rstrip("/")

    def keep(self, content: bytes, media_type: str) -> dict:
        """The file as `attachments` of a report or message name it; the same file is kept once.

        Raises NotTaken for a file that it never takes, OSError when it may be asked again later."""
        if not re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", media_type):
            raise NotTaken("no media type")
        request = urllib.request.Request(f"{self.url}/v1/attachments", content, {"Content-Type": media_type})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                kept = json.load(answer)
            return {member: kept[member] for member in ("dataref", "mediaType", "sha256")}
        except urllib.error.HTTPError as error:
            with error:
                # Too large, of no kind that is taken, not what it says it is; or no files at all are taken.
                if error.code in (413, 415, 422) or b'"attachments-off"' in error.read(10_000):
                    raise NotTaken(f"status {error.code}") from None
                raise
        except (http.client.HTTPException, ValueError, KeyError) as error:
            raise OSError(f"what answers is no door: {error!r}") from error


def new_id() -> str:
    return str(uuid.uuid4())


def more(person: str, text: str | None, attachments: list[dict]) -> dict:
    """What a customer says about his request, as a message to it; who urges 催 is heard as one who urges."""
    kind = "reminder" if text and text.startswith("催") else "addition"
    data = {"kind": kind, "text": text, "attachments": attachments, "channelUserId": person}
    return {name: value for name, value in data.items() if value}
