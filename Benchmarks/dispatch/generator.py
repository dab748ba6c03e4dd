#!/usr/bin/env python3
"""Makes technicians' days that look like a city's, the same from the same seed.

Published instances have lorries of one kind at one depot. A repair company has engineers who start at home, know
different things, work different shifts, and customers with appointments; and on most days a little more work than they
can do, so that choosing matters. That is made here, in the JSON of docs/routing.md.

    generator.py --jobs 200 --seed 1 > day.json
"""

import argparse
import math
import random
import sys
from dataclasses import dataclass

import environment

if __name__ == "__main__":
    environment.enter()

import numpy as np

import technician_format
from problem import Job, Problem, Vehicle, Window

# The city: a square with districts, in metres.
SIDE = 30_000
DISTRICTS = 12
IN_DISTRICTS = 0.75
# Places are rounded to so many street corners, since a matrix of all addresses of 5,000 jobs is larger than its use.
MOST_PLACES = 3_000
# Streets are longer than the air line, and slower than a road's sign.
ROAD_FACTOR = 1.35
METRES_PER_SECOND = 9.0
# Finding a place to park, once a leg between two places.
PARKING = 120

HOUR = 3_600
JOBS_PER_ENGINEER = 8.0
SHIFTS: tuple[tuple[Window, float], ...] = (
    ((7 * HOUR, 15 * HOUR + 1_800), 0.35), ((8 * HOUR, 17 * HOUR), 0.45), ((11 * HOUR, 20 * HOUR), 0.20))
DAY: Window = (7 * HOUR, 20 * HOUR)
MORNING: Window = (8 * HOUR, 12 * HOUR)
AFTERNOON: Window = (12 * HOUR, 17 * HOUR)
APPOINTMENTS: tuple[Window, ...] = tuple((hour * HOUR, (hour + 2) * HOUR) for hour in (8, 10, 12, 14, 16))
# Level 1 of trade t is skill 2t, level 2 is 2t + 1; who has level 2 has both.
TRADES = 4
TRADE_WEIGHTS = (0.4, 0.3, 0.2, 0.1)
LEVEL_2_JOBS = 0.25
LEVEL_2_ENGINEERS = 0.45


@dataclass(frozen=True)
class Priority:
    name: str
    share: float
    weight: int
    # Service begins within so many hours after the report; None: any time today.
    hours: int | None


PRIORITIES = (Priority("P1", 0.1, 10, 4), Priority("P2", 0.3, 3, 8), Priority("P3", 0.6, 1, None))
P1_WEIGHT = PRIORITIES[0].weight


def day(jobs: int, seed: int, reported: list[int] | None = None, most_places: int = MOST_PLACES,
        jobs_per_engineer: float = JOBS_PER_ENGINEER) -> Problem:
    """A day of so many jobs.

    `reported` says when each is known, in seconds of the day; without it all are known before the first shift, and the
    deadline of each runs from a moment of the last evening or this day's morning.
    """
    random_ = random.Random(f"technician day {jobs} {seed}")
    engineers = max(3, int(jobs / jobs_per_engineer))
    centres = [(random_.uniform(0.1, 0.9) * SIDE, random_.uniform(0.1, 0.9) * SIDE, random_.uniform(500, 2_500))
               for _ in range(DISTRICTS)]
    corners = [corner(random_, centres) for _ in range(min(jobs + engineers, most_places))]
    homes = [place_of(random_, index, corners) for index in range(engineers)]
    sites = [place_of(random_, engineers + index, corners) for index in range(jobs)]

    vehicles = tuple(
        Vehicle(id=f"E-{index + 1}", start=home, end=home,
                shift=random_.choices([shift for shift, _ in SHIFTS], [share for _, share in SHIFTS])[0],
                skills=engineer_skills(random_, index))
        for index, home in enumerate(homes))
    work = tuple(
        job(random_, index, sites[index], None if reported is None else reported[index]) for index in range(jobs))
    return Problem(name=f"day-{jobs}-{seed}", jobs=work, vehicles=vehicles, travel=travel(corners))


def corner(random_: random.Random, centres: list[tuple[float, float, float]]) -> tuple[float, float]:
    if random_.random() < IN_DISTRICTS:
        x, y, spread = random_.choice(centres)
        x, y = random_.gauss(x, spread), random_.gauss(y, spread)
    else:
        x, y = random_.uniform(0, SIDE), random_.uniform(0, SIDE)
    return min(max(x, 0), SIDE), min(max(y, 0), SIDE)


def place_of(random_: random.Random, index: int, corners: list[tuple[float, float]]) -> int:
    """Its own where there are enough, otherwise any."""
    return index if index < len(corners) else random_.randrange(len(corners))


def travel(corners: list[tuple[float, float]]) -> np.ndarray:
    """Seconds. Rounded up, and symmetric: the asymmetry of one-way streets is left out."""
    points = np.array(corners)
    air = np.hypot(points[:, None, 0] - points[None, :, 0], points[:, None, 1] - points[None, :, 1])
    whole = np.ceil(air * ROAD_FACTOR / METRES_PER_SECOND + PARKING).astype(np.int64)
    np.fill_diagonal(whole, 0)
    return whole


def engineer_skills(random_: random.Random, index: int) -> frozenset[int]:
    """Two or three trades, the first dealt round by their share of the work, so that no trade is without anybody."""
    first = random_.choices(range(TRADES), TRADE_WEIGHTS)[0] if index >= TRADES else index
    others = random_.sample([trade for trade in range(TRADES) if trade != first], random_.choice((1, 1, 2)))
    skills: set[int] = set()
    for trade in (first, *others):
        skills.add(2 * trade)
        if random_.random() < LEVEL_2_ENGINEERS:
            skills.add(2 * trade + 1)
    return frozenset(skills)


def job(random_: random.Random, index: int, site: int, reported: int | None) -> Job:
    priority = random_.choices(PRIORITIES, [priority.share for priority in PRIORITIES])[0]
    trade = random_.choices(range(TRADES), TRADE_WEIGHTS)[0]
    level = 1 if random_.random() < LEVEL_2_JOBS else 0
    # Half of the repairs take less than 52 minutes, some much longer.
    service = round(min(max(random_.lognormvariate(math.log(52 * 60), 0.45), 15 * 60), 3 * HOUR) / 60) * 60
    report = random_.randrange(4 * HOUR, 9 * HOUR) if reported is None else reported
    windows = [DAY]
    if priority.hours is None:
        draw = random_.random()
        if draw < 0.35:
            windows = [random_.choice(APPOINTMENTS)]
        elif draw < 0.5:
            first = random_.randrange(len(APPOINTMENTS) - 2)
            windows = [APPOINTMENTS[first], APPOINTMENTS[random_.randrange(first + 2, len(APPOINTMENTS))]]
        elif draw < 0.8:
            windows = [random_.choice((MORNING, AFTERNOON))]
    due = DAY[1] if priority.hours is None else min(DAY[1], max(report, DAY[0]) + priority.hours * HOUR)
    return Job(id=index + 1, location=site, service=service, weight=priority.weight,
               windows=clipped(windows, report, due, reported is not None), skills=frozenset({2 * trade + level}))


def clipped(windows: list[Window], report: int, due: int, is_live: bool) -> tuple[Window, ...]:
    """What is left of the windows between the report and the deadline; whoever reports after them takes the rest of the
    day."""
    opens = report if is_live else DAY[0]
    left = [(max(begin, opens), min(end, due)) for begin, end in windows if begin <= due and end >= opens + HOUR // 2]
    return tuple(left) or ((min(opens, due), due),)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--places", type=int, default=MOST_PLACES, help="most street corners of the city")
    parser.add_argument("--jobs-per-engineer", type=float, default=JOBS_PER_ENGINEER)
    options = parser.parse_args()
    problem = day(options.jobs, options.seed, None, options.places, options.jobs_per_engineer)
    technician_format.write(problem, sys.stdout)


if __name__ == "__main__":
    main()
