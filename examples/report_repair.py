#!/usr/bin/env python3
"""Reports a repair to Mendloop, as docs/adapters.md describes it. Needs pika; MENDLOOP_AMQP_URL says where the broker is."""
import json, os, uuid
import pika

connection = pika.BlockingConnection(pika.URLParameters(os.environ["MENDLOOP_AMQP_URL"]))
channel = connection.channel()
channel.confirm_delivery()  # from here on, basic_publish returns when the broker has the message, or raises
answers = []
channel.basic_consume("amq.rabbitmq.reply-to", lambda *delivery: answers.append(json.loads(delivery[3])), auto_ack=True)

def report(id, phone, key="intake.report-repair.web"):
    event = {"specversion": "1.0", "id": id, "source": "/adapters/web", "type": "mendloop.intake.report-repair.v1",
             "data": {"channel": "web", "externalId": id, "customer": {"name": "王敏", "phone": phone},
                      "device": {"category": "Aircon/dehumidifier", "brand": "Acme"}, "serviceType": "repair",
                      "problem": "空调漏油", "site": {"address": "北京市朝阳区建国路 1 号", "regionCode": "110105"}}}
    properties = pika.BasicProperties(content_type="application/cloudevents+json", delivery_mode=2, message_id=id,
                                      type=event["type"], reply_to="amq.rabbitmq.reply-to", correlation_id=id)
    channel.basic_publish("mendloop.commands", key, json.dumps(event).encode(), properties, mandatory=True)
    while not answers:
        connection.process_data_events(time_limit=1)
    return answers.pop()["data"]

first = str(uuid.uuid4())
print("accepted", report(first, "13800138000")["workOrderNumber"])
print("again", report(first, "13800138000")["workOrderNumber"])
try:
    report(str(uuid.uuid4()), "13800138000", key="nowhere.report-repair.web")
except pika.exceptions.UnroutableError:
    print("unroutable raised")
for error in report(str(uuid.uuid4()), "not a phone")["errors"]:
    print("rejected", error["pointer"], error["code"])
connection.close()
