"""One hop as a careful FastStream user writes it: inbox, business row and outbox in one transaction, then a relay that
publishes with confirms and forgets. Prints one line of JSON; `mendloop bench` runs it.

    faststream_hop.py AMQP DB IN EXCHANGE KEY COUNT NAME
"""

import asyncio
import json
import sys
import time
from datetime import datetime

import asyncpg
import uvloop
from faststream import AckPolicy
from faststream.rabbit import Channel, RabbitBroker, RabbitExchange, RabbitQueue
from pydantic import BaseModel


class Work(BaseModel):
    subjectId: str
    amount: int
    note: str
    occurredAt: datetime


class CloudEvent(BaseModel):
    id: str
    source: str
    type: str
    time: datetime
    data: Work


SCHEMA = """
CREATE TABLE IF NOT EXISTS inbox_{0} (message_id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS outbox_{0} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message_id text NOT NULL,
    body text NOT NULL);
DROP TABLE IF EXISTS business_{0};
CREATE TABLE business_{0} (id text PRIMARY KEY, version bigint NOT NULL, state jsonb NOT NULL);
INSERT INTO business_{0} SELECT '00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'), 0, '{{"count": 0}}'
    FROM generate_series(0, 9999) AS n;
TRUNCATE inbox_{0}, outbox_{0};
ANALYZE business_{0};
"""


async def main(amqp, database, queue, exchange, key, count, name):
    # RabbitMQ speaks of the default exchange by an empty name, FastStream by none.
    exchange = RabbitExchange(exchange, declare=False) if exchange else None
    pool = await asyncpg.create_pool(database, min_size=10, max_size=10)
    await pool.execute("SET client_min_messages = warning")
    await pool.execute(SCHEMA.format(name))
    broker = RabbitBroker(amqp, logger=None, default_channel=Channel(prefetch_count=100))
    begun = None
    wake = asyncio.Event()

    @broker.subscriber(RabbitQueue(queue, declare=False), ack_policy=AckPolicy.NACK_ON_ERROR, no_reply=True)
    async def handle(event: CloudEvent):
        nonlocal begun
        begun = begun or time.monotonic()
        async with pool.acquire() as connection, connection.transaction():
            fresh = await connection.fetchval(
                f"INSERT INTO inbox_{name} (message_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING message_id",
                event.id)
            if fresh is None:
                return
            await connection.execute(
                f"UPDATE business_{name} SET version = version + 1, state = jsonb_build_object('count', version + 1)"
                " WHERE id = $1", event.data.subjectId.lower())
            await connection.execute(
                f"INSERT INTO outbox_{name} (message_id, body) VALUES ($1, $2)", event.id, event.model_dump_json())
        wake.set()

    async def relay():
        sent = 0
        while sent < count:
            rows = await pool.fetch(f"SELECT id, message_id, body FROM outbox_{name} ORDER BY id LIMIT 100")
            if not rows:
                wake.clear()
                try:
                    await asyncio.wait_for(wake.wait(), 1)
                except TimeoutError:
                    pass
                continue
            await asyncio.gather(*(
                broker.publish(
                    row["body"].encode(), exchange=exchange, routing_key=key, mandatory=False, persist=True,
                    message_id=row["message_id"], content_type="application/json")
                for row in rows))
            await pool.execute(f"DELETE FROM outbox_{name} WHERE id = ANY($1)", [row["id"] for row in rows])
            sent += len(rows)

    await broker.start()
    task = asyncio.create_task(relay())
    await asyncio.wait_for(asyncio.shield(task), 600)
    print(json.dumps({"figure": "hop", "messages": count, "began": begun, "ended": time.monotonic()}), flush=True)
    await broker.stop()
    await pool.close()


if __name__ == "__main__":
    *arguments, count, name = sys.argv[1:]
    uvloop.run(main(*arguments, int(count), name))
