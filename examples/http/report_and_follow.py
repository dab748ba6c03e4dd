#!/usr/bin/env python3
"""A repair by HTTP, as docs/http.md describes it: a customer reports and follows it, an agent puts it on hold. Needs Python alone;
MENDLOOP_DOOR_URL says where console is, MENDLOOP_TOKEN is an agent's bearer token."""
import json
import os
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone

DOOR = os.environ["MENDLOOP_DOOR_URL"]


def call(method: str, path: str, body: dict | None = None, **headers: str) -> tuple[int, dict]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(DOOR + path, data, method=method, headers={
        "Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


report = {"customer": {"name": "王敏", "phone": "13800138000"}, "device": {"category": "Aircon/dehumidifier"},
          "serviceType": "repair", "problem": "空调漏油", "site": {"address": "北京市朝阳区建国路 1 号", "regionCode": "110105"}}
key = str(uuid.uuid4())
status, accepted = call("POST", "/v1/reports", report, Idempotency_Key=key)
print("reported", status, accepted["workOrderNumber"])
# An answer that was lost is asked for again under the same key.
print("again", *call("POST", "/v1/reports", report, Idempotency_Key=key)[1]["workOrderNumber"].split())
status, problem = call("POST", "/v1/reports", {**report, "problem": "another"}, Idempotency_Key=key)
print("contradicted", status, problem["code"])
status, problem = call("POST", "/v1/reports", {"customer": {"phone": "12"}}, Accept_Language="zh-Hans")
print("refused", status, problem["errors"][0]["pointer"], problem["title"])
print("followed", *[call("GET", f"/v1/follow/{accepted['link']}")[1][member] for member in ("status", "workOrderNumber")])

agent = {"Authorization": f"Bearer {os.environ['MENDLOOP_TOKEN']}"}
print("without a token", call("GET", f"/v1/intake/work-order?workOrderId={accepted['workOrderId']}")[0])
hold = {"workOrderId": accepted["workOrderId"], "reason": "customer_wish",
        "resumeOn": (datetime.now(timezone.utc) + timedelta(days=7)).isoformat(timespec="milliseconds").replace("+00:00", "Z")}
print("held", *[call("POST", "/v1/intake/hold", hold, **agent)[1][member] for member in ("status",)])
print("is", call("GET", f"/v1/intake/work-order?workOrderId={accepted['workOrderId']}", **agent)[1]["status"])
print("an agent is no manager", call("GET", "/v1/intake/totals", **agent)[0])
# With an agent's token a report is of the channel on which the customer spoke, and how he is reached is learnt from it.
status, called = call("POST", "/v1/reports", {**report, "channel": "phone"}, **agent)
print("called", status, called["workOrderNumber"] != accepted["workOrderNumber"])
print("refused", call("POST", "/v1/reports", {"channel": "phone", "customer": {"phone": "12"}}, **agent)[1]["code"])
