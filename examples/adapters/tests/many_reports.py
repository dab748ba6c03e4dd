"""Says many reports through one adapter's spool and waits for every answer; prints how many were accepted, and how many
different work orders that were. Whatever dies meanwhile, both are as many as were said."""
import os
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from mendloop_channel import Channel

count, patience = int(sys.argv[1]), float(sys.argv[2])
channel = Channel(os.environ["MENDLOOP_AMQP_URL"], "web", tempfile.mkdtemp() + "/spool.sqlite").start()
for number in range(count):
    channel.say(f"report-{number}", {
        "externalId": str(number), "customer": {"phone": f"139{number:08}"}, "device": {"category": "washer"},
        "serviceType": "repair", "problem": "It does not spin",
        "site": {"address": f"{number} Example Street", "regionCode": "110105"}, "language": "en"})
until = time.monotonic() + patience
while (waiting := channel.unanswered()) and time.monotonic() < until:
    time.sleep(0.2)
answers = [channel.answer(f"report-{number}") or {} for number in range(count)]
orders = [answer["workOrderId"] for answer in answers if "workOrderId" in answer]
channel.stop()
print(len(orders), len(set(orders)))
