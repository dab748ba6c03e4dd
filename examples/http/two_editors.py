#!/usr/bin/env python3
"""Two people edit one thing at once, as docs/http.md describes it: whoever is second is told so and loses nothing. Needs Python alone;
MENDLOOP_DOOR_URL says where console is, MENDLOOP_TOKEN is a manager's bearer token."""
import json
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid

DOOR = os.environ["MENDLOOP_DOOR_URL"]
TOKEN = os.environ["MENDLOOP_TOKEN"]
ENGINEER = str(uuid.uuid4())


def call(path: str, body: dict | None = None, tag: str | None = None) -> tuple[int, str | None, dict]:
    """The status, the ETag and the body of an answer; `tag` goes as If-Match."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"} | ({"If-Match": tag} if tag else {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(DOOR + path, data, headers)) as answer:
            return answer.status, answer.headers["ETag"], json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, None, json.load(error)


def read(what: str, **members: str) -> tuple[int, str | None, dict]:
    return call(f"/v1/{what}?{urllib.parse.urlencode(members)}")


call("/v1/intake/register-customer", {"customerNumber": "C-77", "name": "王敏", "phone": "13800138077"})
# Both have him before them.
_, tag, seen = read("intake/customer", customerNumber="C-77")
one, other = dict(seen["customer"]), dict(seen["customer"])
one["phone"] = "13900139077"
other["industry"] = "retail"
print("first", call("/v1/intake/register-customer", one, tag)[0])
status, _, problem = call("/v1/intake/register-customer", other, tag)
print("second", status, problem["code"])
# He looks again, and does what he wanted to what is there now.
_, tag, seen = read("intake/customer", customerNumber="C-77")
print("again", call("/v1/intake/register-customer", {**seen["customer"], "industry": "retail"}, tag)[0])
_, _, seen = read("intake/customer", customerNumber="C-77")
customer = seen["customer"]["customerId"]
print("both", seen["customer"]["phone"], seen["customer"]["industry"])

# Whoever makes something new says that he has seen none.
things = {
    "site": {"customerNumber": "C-77", "address": "北京市朝阳区建国路 77 号"},
    "contact": {"customerNumber": "C-77", "name": "门卫", "phone": "010-66550077"},
    "device": {"customerNumber": "C-77", "serialNumber": "AC-77", "brand": "Acme"},
    "product-model": {"brand": "Acme", "model": "KFR-77"},
}
for kind, members in things.items():
    made, tag, answer = call(f"/v1/intake/register-{kind}", members, '"0"')
    identity = {"brand": "Acme", "model": "KFR-77"}
    if kind != "product-model":
        identity = {f"{kind}Id": answer["subject"].split("/")[1]}
    print(kind, made, call(f"/v1/intake/register-{kind}", members, '"0"')[0], read(f"intake/{kind}", **identity)[1] == tag)

# What is in force has a version too.
terms = {"devices": [{"serialNumber": "AC-77"}], "serviceType": "maintenance", "subject": "保养",
         "schedule": {"firstDueOn": "2099-12-01", "every": 1, "unit": "months"}}
call("/v1/intake/set-maintenance-plan", {"planNumber": "MP-77", "plan": terms})
engineer = {"engineerId": ENGINEER, "employeeNumber": "E-77", "name": "李强", "grade": "senior", "branch": "bj", "team": "a",
            "hourlyRate": {"amount": 12000, "currency": "CNY"}, "skills": [], "regionCodes": []}
call("/v1/dispatch/register-engineer", engineer)
contract = {"contractId": str(uuid.uuid4()), "contractNumber": "MC-77", "contractType": "maintenance", "customerNumber": "C-77",
            "responseLevel": "next_day", "cover": {"labour": True, "parts": False, "travel": True}, "deviceSerials": ["AC-77"],
            "startsOn": "2026-01-01T00:00:00Z", "endsOn": "2099-01-01T00:00:00Z", "price": {"amount": 980000, "currency": "CNY"}}
call("/v1/billing/register-contract", contract)
_, calendar, hours = read("intake/business-calendar", name="working_hours")
_, levels, policy = read("intake/service-levels")
_, rules, ruled = read("dispatch/rules")
edits = [
    ("intake/set-business-calendar", {"name": "working_hours", "calendar": hours["calendar"]}, calendar),
    ("intake/publish-service-levels", {"serviceLevels": policy["serviceLevels"]}, levels),
    ("intake/publish-questionnaire", {"serviceType": "training"}, read("intake/questionnaire", serviceType="training")[1]),
    ("intake/set-maintenance-plan", {"planNumber": "MP-77", "plan": terms}, read("intake/maintenance-plan", planNumber="MP-77")[1]),
    ("dispatch/set-leave", {"engineerId": ENGINEER, "absences": []}, read("dispatch/engineer", engineerId=ENGINEER)[1]),
    ("dispatch/set-customer-engineers",
     {"customerId": customer, "preferredEngineerIds": [ENGINEER], "excludedEngineerIds": []},
     read("dispatch/customer-engineers", customerId=customer)[1]),
    ("billing/register-contract", contract, read("billing/contract", contractNumber="MC-77")[1]),
    ("dispatch/set-rules", {"rules": ruled["rules"]}, rules),
]
for path, body, tag in edits:
    print(path.split("/")[1], tag, call(f"/v1/{path}", body, '"99"')[0], call(f"/v1/{path}", body, tag)[0])
