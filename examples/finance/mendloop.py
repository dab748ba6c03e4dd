"""A finance system's way to Mendloop: a queue of its own, questions with answers, and the stream. Needs pika."""
import json
import time
import uuid
from urllib.parse import unquote, urlsplit

import pika


class Refused(Exception):
    """Mendloop answered that it will not: an RFC 9457 problem. Asked again it answers the same."""


class Away(Exception):
    """Mendloop cannot just now: ask again."""


def nodes(url: str) -> list[pika.URLParameters]:
    """The broker's nodes, which pika tries in turn: the address of a cluster names several with commas between them."""
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    user, at, hosts = authority.rpartition("@")
    return [pika.URLParameters(f"{scheme}://{user}{at}{host}{slash}{path}") for host in hosts.split(",")]


class Mendloop:
    def __init__(self, url: str, patience: float = 20):
        self.user = unquote(urlsplit(url).username or "guest")
        self.patience = patience
        self.connection = pika.BlockingConnection(nodes(url))
        self.channel = self.connection.channel()
        # Answers come over the channel that asks.
        self.asking = self.connection.channel()
        self.answers: dict[str, dict] = {}
        self.asking.basic_consume("amq.rabbitmq.reply-to", self._take_answer, auto_ack=True)
        self.heard: list[tuple[int, bytes]] = []
        self.hearing: str | None = None

    def __enter__(self) -> "Mendloop":
        return self

    def __exit__(self, *_) -> None:
        if self.connection.is_open:
            self.connection.close()

    # Hearing

    def own_queue(self, *keys: str) -> str:
        """Our queue, which was made with our user; it gets these events from now on, also while we are away."""
        queue = f"{self.user}.book"
        for key in keys:
            self.channel.queue_bind(queue, "mendloop.events", key)
        return queue

    def next(self, queue: str, most: int, within: float) -> list[tuple[int, bytes]]:
        """What waits there, or comes within so many seconds, with its tags; empty when nothing does."""
        if self.hearing != queue:
            self.channel.basic_qos(prefetch_count=most)
            self.channel.basic_consume(queue, lambda _, method, __, body: self.heard.append((method.delivery_tag, body)))
            self.hearing = queue
        until = time.monotonic() + within
        while not self.heard and (left := until - time.monotonic()) > 0:
            self.connection.process_data_events(time_limit=left)
        taken, self.heard = self.heard, []
        return taken

    def acknowledge(self, tag: int) -> None:
        """All up to this one."""
        self.channel.basic_ack(tag, multiple=True)

    def read_stream(self, stream: str, idle: float = 2):
        """All that a stream holds, from its beginning, in lists; it ends when nothing came for a while."""
        channel, bodies = self.connection.channel(), []

        def take(_, method, __, body):
            bodies.append(body)
            channel.basic_ack(method.delivery_tag)

        channel.basic_qos(prefetch_count=500)
        channel.basic_consume(stream, take, arguments={"x-stream-offset": "first"})
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < idle:
            self.connection.process_data_events(time_limit=0.2)
            if bodies:
                # Whoever takes them may ask something, and more come meanwhile.
                taken = bodies.copy()
                bodies.clear()
                yield taken
                quiet_since = time.monotonic()
        channel.close()

    # Asking

    def query(self, name: str, data: dict) -> dict:
        return self._ask("mendloop.queries", name, name, data)

    def command(self, name: str, channel: str, data: dict) -> dict:
        return self._ask("mendloop.commands", f"{name}.{channel}", name, data)

    def _ask(self, exchange: str, key: str, name: str, data: dict) -> dict:
        id = str(uuid.uuid4())
        event = {"specversion": "1.0", "id": id, "source": f"/consumers/{self.user}", "type": f"mendloop.{name}.v1",
                 "datacontenttype": "application/json", "data": data}
        self.asking.basic_publish(exchange, key, json.dumps(event).encode(), pika.BasicProperties(
            content_type="application/cloudevents+json", message_id=id, type=event["type"],
            reply_to="amq.rabbitmq.reply-to", correlation_id=id), mandatory=True)
        until = time.monotonic() + self.patience
        while id not in self.answers:
            if time.monotonic() > until:
                raise Away(f"{name}: no answer within {self.patience} s")
            self.connection.process_data_events(time_limit=1)
        answer = self.answers.pop(id)
        if answer["type"].endswith("-rejected.v1"):
            problem = answer["data"]
            text = f"{name}: {json.dumps(problem, ensure_ascii=False)}"
            raise Refused(text) if 400 <= problem.get("status", 500) < 500 else Away(text)
        return answer["data"]

    def _take_answer(self, channel, method, properties, body) -> None:
        self.answers[properties.correlation_id] = json.loads(body)
