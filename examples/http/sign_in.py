#!/usr/bin/env python3
"""Signing in by HTTP, as docs/users.md describes it: an administrator who was added by ./mendloop user chooses his own password, lets a
dispatcher of one region in, and sees who did what. Needs Python alone; MENDLOOP_DOOR_URL says where console is, MENDLOOP_LOGIN and
MENDLOOP_PASSWORD are the administrator's, the password his first."""
import json
import os
import urllib.error
import urllib.request

DOOR = os.environ["MENDLOOP_DOOR_URL"]


def call(method: str, path: str, body: dict | None = None, token: str | None = None) -> tuple[int, dict]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(DOOR + path, data, method=method, headers=headers)) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


first = {"login": os.environ["MENDLOOP_LOGIN"], "password": os.environ["MENDLOOP_PASSWORD"]}
status, problem = call("POST", "/v1/sign-in", first)
print("first", status, problem["code"])
own = "seven kettles on a hill"
status, admin = call("POST", "/v1/sign-in/password", first | {"newPassword": own})
print("own password", status, admin["tokenType"], admin["expiresIn"])

dispatcher = {"login": "wang.fang", "name": "王芳", "roles": ["dispatcher"], "regionCodes": ["1101"], "password": "for the first time"}
status, added = call("POST", "/v1/console/add-user", dispatcher, admin["accessToken"])
print("added", status, added["status"])
status, person = call("POST", "/v1/sign-in/password", {
    "login": "wang.fang", "password": "for the first time", "newPassword": "nine lamps in the rain"})
report = {"customer": {"name": "陈静", "phone": "13900139000"}, "device": {"category": "Aircon/dehumidifier"}, "serviceType": "repair",
          "problem": "不制冷", "site": {"address": "上海市黄浦区南京东路 1 号", "regionCode": "310101"}}
elsewhere = call("POST", "/v1/reports", report)[1]["workOrderId"]
print("elsewhere", call("GET", f"/v1/intake/work-order?workOrderId={elsewhere}", token=person["accessToken"])[0],
      call("GET", f"/v1/intake/work-order?workOrderId={elsewhere}", token=admin["accessToken"])[0])

status, again = call("POST", "/v1/sign-in/refresh", {"refreshToken": person["refreshToken"]})
print("stays in", status)
print("blocked", call("POST", "/v1/console/block-user", {"login": "wang.fang"}, admin["accessToken"])[1]["status"])
print("is out", *(call("POST", "/v1/sign-in/refresh", {"refreshToken": again["refreshToken"]})[1][member] for member in ("status", "code")))
entries = call("GET", "/v1/console/audit?what=console.block-user", token=admin["accessToken"])[1]["entries"]
print("written down", *((entry["what"], entry["status"]) for entry in entries))
