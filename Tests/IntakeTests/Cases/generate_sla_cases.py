#!/usr/bin/env python3
"""Writes sla_cases.json: SLA clocks over a year of random calendars, reckoned the slow and obvious way.

Nothing here is shared with Mendloop. Of every minute it is asked what the clocks on the wall of the zone show (zoneinfo),
and whether that lies in a shift of that day; holidays are asked of the package chinesecalendar. Then minutes are counted.

    python3 -m venv .build-cases && .build-cases/bin/pip install chinesecalendar==1.11.0 tzdata
    .build-cases/bin/python Tests/IntakeTests/Cases/generate_sla_cases.py
"""

import json
import random
from bisect import bisect_left
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar as cn

FIRST = int(datetime(2026, 1, 1, tzinfo=timezone.utc).timestamp())
MINUTES = 450 * 24 * 60
ZONES = [
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kathmandu",
    "America/Santiago", "Europe/London",
]


def minute_of(text):
    return int(text[:2]) * 60 + int(text[3:])


def shifts_of(texts):
    return [tuple(minute_of(end) for end in text.split("-")) for text in texts]


def text_of(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


class Calendar:
    """All minutes from FIRST on, each counted or not."""

    def __init__(self, rules):
        self.rules = rules
        zone = ZoneInfo(rules["zone"])
        week = {day: shifts_of(entry["shifts"]) for entry in rules["week"] for day in entry["weekdays"]}
        own = {}
        for entry in rules.get("exceptions", []):
            like = entry.get("like")
            own[date.fromisoformat(entry["date"])] = week.get(like, []) if like else shifts_of(entry["shifts"])
        self.sums = [0]
        days = {}
        for minute in range(MINUTES):
            wall = datetime.fromtimestamp(FIRST + minute * 60, zone)
            day = wall.date()
            if day not in days:
                days[day] = self.shifts(day, week, own)
            of_day = wall.hour * 60 + wall.minute
            runs = any(start <= of_day < end for start, end in days[day])
            self.sums.append(self.sums[-1] + (60 if runs else 0))

    def shifts(self, day, week, own):
        if day in own:
            return own[day]
        if self.rules.get("holidays") == "cn":
            if day in cn.holidays:
                return []
            if day in cn.workdays:
                return week.get(self.rules.get("makeUpLike", 1), [])
        return week.get(day.isoweekday(), [])

    def upto(self, moment):
        minute, second = divmod(moment - FIRST, 60)
        return self.sums[minute] + (second if self.sums[minute + 1] > self.sums[minute] else 0)

    def seconds(self, start, end):
        return self.upto(end) - self.upto(start)

    def after(self, seconds, start):
        """The first moment at which so many seconds have run; None beyond the last minute."""
        if seconds <= 0:
            return start
        goal = self.upto(start) + seconds
        minute = bisect_left(self.sums, goal)
        if minute >= len(self.sums):
            return None
        return FIRST + minute * 60 - (self.sums[minute] - goal)


def random_shifts(dice):
    edges = sorted(dice.sample(range(0, 97), 2 * dice.randint(1, 3)))
    return [f"{text_of(a * 15)}-{text_of(b * 15)}" for a, b in zip(edges[::2], edges[1::2])]


def random_rules(dice, zone):
    days = list(range(1, 8))
    dice.shuffle(days)
    cut = dice.randint(1, 6)
    week = [{"weekdays": sorted(days[:cut]), "shifts": random_shifts(dice)}]
    if dice.random() < 0.6:
        week.append({"weekdays": sorted(days[cut:]), "shifts": random_shifts(dice)})
    exceptions = []
    for day in sorted(dice.sample(range(440), dice.randint(0, 25))):
        entry = {"date": (date(2026, 1, 1) + timedelta(day)).isoformat()}
        kind = dice.random()
        if kind < 0.3:
            entry["like"] = dice.randint(1, 7)
        elif kind < 0.6:
            entry["shifts"] = random_shifts(dice)
        else:
            entry["shifts"] = []
        exceptions.append(entry)
    rules = {"zone": zone, "week": week, "exceptions": exceptions}
    if dice.random() < 0.5:
        rules["holidays"] = "cn"
        if dice.random() < 0.5:
            rules["makeUpLike"] = dice.randint(1, 7)
    return rules


def random_case(dice, calendars):
    first = number = dice.randrange(len(calendars))
    at = FIRST + dice.randrange(300 * 86_400)
    span = dice.choice([3_600, 86_400, 20 * 86_400, 200 * 86_400])
    target = dice.randrange(60, max(120, span // 3))
    events = [{"what": "started", "at": at, "target": target, "calendar": first}]
    phase = "running"
    latest = FIRST + 430 * 86_400
    for _ in range(dice.randint(0, 8)):
        at = min(at + dice.randrange(1, span // 4 + 2), latest)
        roll = dice.random()
        if roll < 0.15:
            target = dice.randrange(60, max(120, span // 3))
            events.append({"what": "target_changed", "at": at, "target": target})
        elif roll < 0.25:
            number = dice.randrange(len(calendars))
            events.append({"what": "calendar_changed", "at": at, "calendar": number})
        elif roll < 0.32 and phase != "stopped":
            events.append({"what": "stopped", "at": at})
            phase = "stopped"
        elif phase == "running":
            events.append({"what": "paused", "at": at})
            phase = "paused"
        else:
            events.append({"what": "resumed", "at": at})
            phase = "running"
    now = min(at + dice.randrange(0, span // 4 + 1), latest)
    return events, number, target, now


def reckon(events, calendar, target, now):
    """What has run, what was taken out, and when it is due."""
    elapsed = paused = 0
    phase, since = "running", events[0]["at"]
    for event in events[1:]:
        if event["what"] not in ("paused", "resumed", "stopped"):
            continue
        if phase == "running":
            elapsed += calendar.seconds(since, event["at"])
        else:
            paused += event["at"] - since
        phase = {"paused": "paused", "resumed": "running", "stopped": "stopped"}[event["what"]]
        since = event["at"]
    due = None
    if phase == "running":
        due = calendar.after(target - elapsed, since)
        elapsed += calendar.seconds(since, now)
        status = "breached" if elapsed >= target else "running"
    else:
        if phase == "paused":
            paused += now - since
        status = "breached" if elapsed > target else {"paused": "paused", "stopped": "met"}[phase]
    return {"elapsed": elapsed, "paused": paused, "due": due, "status": status}


def main():
    dice = random.Random(20260214)
    rules = [random_rules(dice, ZONES[number % len(ZONES)]) for number in range(40)]
    calendars = [Calendar(each) for each in rules]
    cases = []
    while len(cases) < 600:
        events, number, target, now = random_case(dice, calendars)
        expected = reckon(events, calendars[number], target, now)
        # Beyond the minutes that were counted nothing is known.
        if expected["status"] == "running" and expected["due"] is None:
            continue
        cases.append({"events": events, "now": now, "expected": expected})
    document = {"calendars": rules, "cases": cases}
    path = Path(__file__).with_name("sla_cases.json")
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = '{"calendars": [\n' + ",\n".join(json.dumps(each) for each in rules) + '\n], "cases": [\n' + lines + "\n]}\n"
    assert json.loads(text) == document
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
