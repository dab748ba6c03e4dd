"""What every adapter needs: a message is on this disk before the channel hears that we have it, and stays there until
Mendloop has answered it. A crash, a broker that is away or an answer that was lost cost nothing: it is sent again under
its own id, and Mendloop does nothing twice.

Needs pika. One adapter process, one spool file."""
import json
import logging
import sqlite3
import threading
import time
import uuid
from datetime import datetime, timezone

import pika

log = logging.getLogger("adapter")

REPORT = "intake.report-repair"


def nodes(url: str) -> list[pika.URLParameters]:
    """The broker's nodes, which pika tries in turn: the address of a cluster names several with commas between them."""
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    return [pika.URLParameters(f"{scheme}://{user}{at}{host}{slash}{path}") for host in hosts.split(",")]


class Channel:
    """The way from one channel to Mendloop.

    say() may be called from any thread; a thread of its own talks to the broker."""

    def __init__(self, url: str, channel: str, spool: str, binary: bool = False):
        self.url, self.channel, self.spool, self.binary = url, channel, spool, binary
        self._wake, self._answered = threading.Event(), threading.Condition()
        self._stopped = False
        with self._open() as spool_file:
            spool_file.execute("PRAGMA journal_mode = WAL")
            spool_file.execute(
                "CREATE TABLE IF NOT EXISTS message (number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
                " command TEXT NOT NULL, said_at TEXT NOT NULL, data TEXT NOT NULL, answer TEXT)")
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Channel":
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopped = True
        self._wake.set()
        self._thread.join(timeout=10)

    def say(self, id: str, data: dict, command: str = REPORT) -> None:
        """Keeps a message. When it returns, the message is safe; the same id again is the same message."""
        said_at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with self._open() as spool_file:
            spool_file.execute(
                "INSERT OR IGNORE INTO message (id, command, said_at, data) VALUES (?, ?, ?, ?)",
                (id, command, said_at, json.dumps({"channel": self.channel, **data}, ensure_ascii=False)))
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

    def _open(self) -> sqlite3.Connection:
        spool_file = sqlite3.connect(self.spool, timeout=30, isolation_level=None)
        # What is in the spool is on the disk.
        spool_file.execute("PRAGMA synchronous = FULL")
        return spool_file

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
                        " WHERE answer IS NULL AND number > ? ORDER BY number LIMIT 100", (sent,)).fetchall()
                for number, *message in rows:
                    self._send(channel, *message)
                    sent = number
                connection.process_data_events(time_limit=0 if rows else 0.1)
        finally:
            if connection.is_open:
                connection.close()

    def _send(self, channel, id: str, command: str, said_at: str, data: str) -> None:
        attributes = {"specversion": "1.0", "id": id, "source": f"/adapters/{self.channel}",
                      "type": f"mendloop.{command}.v1", "time": said_at}
        if self.binary:
            headers = {f"ce-{name}": value for name, value in attributes.items()}
            body, content_type = data, "application/json"
        else:
            headers, content_type = None, "application/cloudevents+json"
            body = json.dumps({**attributes, "datacontenttype": "application/json", "data": json.loads(data)},
                              ensure_ascii=False)
        properties = pika.BasicProperties(
            content_type=content_type, headers=headers, delivery_mode=2, message_id=id, type=attributes["type"],
            correlation_id=id, reply_to="amq.rabbitmq.reply-to")
        # Returns when the broker has it on disk; raises when it does not take it or knows no such command.
        channel.basic_publish("mendloop.commands", f"{command}.{self.channel}", body.encode(), properties,
                              mandatory=True)

    def _take_answer(self, channel, method, properties, body) -> None:
        answer = json.loads(body)["data"]
        with self._open() as spool_file:
            spool_file.execute("UPDATE message SET answer = ? WHERE id = ?",
                               (json.dumps(answer, ensure_ascii=False), properties.correlation_id))
        with self._answered:
            self._answered.notify_all()


def new_id() -> str:
    return str(uuid.uuid4())


def said(answer: dict | None, language: str) -> str:
    """What to tell the customer about his report."""
    chinese = language.startswith("zh")
    if answer is None:
        return ("已收到，正在登记，请稍后查询。" if chinese
                else "We have your report; its number is on its way.")
    if answer.get("errors") is not None:
        wrong = "；".join(f"{error['pointer'].removeprefix('/data/')}: {error['detail']}" for error in answer["errors"])
        return (f"请更正：{wrong}" if chinese else f"Please correct: {wrong}") if wrong else answer["title"]
    if number := answer.get("workOrderNumber"):
        return f"已受理，工单号 {number}。" if chinese else f"Your work order is {number}."
    number = answer["requestNumber"]
    return (f"已收到，受理号 {number}，客服会与您联系补充信息。" if chinese
            else f"We have your report {number}; somebody will call you for what is missing.")
