#!/usr/bin/env python3
"""Looking things up by HTTP, as docs/http.md describes it: a report, then everything about its order, device and customer. Needs
Python alone; MENDLOOP_DOOR_URL says where console is, MENDLOOP_TOKEN is a manager's bearer token."""
import json
import os
import urllib.error
import urllib.parse
import urllib.request

DOOR = os.environ["MENDLOOP_DOOR_URL"]
MANAGER = {"Authorization": f"Bearer {os.environ['MENDLOOP_TOKEN']}"}


def call(method: str, path: str, body: dict | None = None, **headers: str) -> tuple[int, dict, dict]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(DOOR + path, data, method=method, headers={
        "Content-Type": "application/json", **MANAGER, **{name.replace("_", "-"): value for name, value in headers.items()}})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read() or b"{}"), dict(error.headers)


def look_up(what: str, headers: dict[str, str] | None = None, **names: str) -> tuple[int, dict, dict]:
    return call("GET", f"/v1/console/{what}?{urllib.parse.urlencode(names)}", **(headers or {}))


report = {"customer": {"name": "陈静", "phone": "13900139000"}, "device": {"serialNumber": "HTTP-0001", "category": "Aircon/dehumidifier"},
          "serviceType": "repair", "problem": "不制冷", "site": {"address": "北京市朝阳区建国路 2 号", "regionCode": "110105"}}
# The answer comes once what the report did can be looked up.
_, accepted, headers = call("POST", "/v1/reports", report, Prefer="wait=10")
print("reported", headers.get("Preference-Applied"))
_, log, _ = look_up("interactions", workOrderNumber=accepted["workOrderNumber"])
print("said", *[f"{line['direction']} {line['channel']} {line['text']}" for line in log["interactions"] if line["kind"] == "work-order-opened"])
_, history, _ = look_up("device-history", serialNumber="HTTP-0001")
print("device", history["workOrders"], history["lines"][0]["kind"])
customer = history["device"]["customerId"]
_, overview, headers = look_up("customer-360", customerId=customer)
print("customer", overview["contacts"][0]["name"], overview["totals"]["workOrders"], overview["workOrders"][0]["workOrderNumber"] == accepted["workOrderNumber"])
# Nothing is sent to who has it already; as long as an order is new, each look may find something more.
status, known = 200, ""
while status == 200:
    status, _, headers = look_up("device-history", {"If_None_Match": known} if known else None, serialNumber="HTTP-0001", limit="1")
    known = headers.get("ETag", known)
print("unchanged", status)
print("stranger", look_up("device-history", serialNumber="none")[0])
