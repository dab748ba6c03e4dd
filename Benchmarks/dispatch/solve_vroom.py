"""VROOM, told a problem in its own words.

Settings: the budget as its limit, and the highest exploration level that comes to its end within it. VROOM does so many
searches as the level says and stops when their moves are exhausted; cut short at a high level it is far worse than at a
low one brought to its end. Which level fits is tried out beforehand, level by level, and these trials are not counted.
It draws no lots: the seed changes nothing. Skills, several windows, priorities, starts, ends and shifts are its own
words.
"""

from datetime import timedelta
from time import perf_counter

import numpy as np
import vroom

from problem import Plan, Problem

LEVELS = range(6)
# A vehicle more is dearer than any route.
FIXED_COST = 1_000_000_000


def solve(problem: Problem, budget: float, seed: int, fewest: bool) -> Plan:
    best: Plan | None = None
    for level in LEVELS:
        plan = run(problem, budget, fewest, level)
        if best is None or plan.seconds < budget:
            best = plan
        # The next would take half as long again at least.
        if plan.seconds > budget / 1.5:
            break
    return best


def run(problem: Problem, budget: float, fewest: bool, level: int) -> Plan:
    began = perf_counter()
    model = vroom.Input()
    model.set_durations_matrix("car", np.ascontiguousarray(problem.travel, dtype=np.uint32))
    costs = vroom.VehicleCosts(fixed=FIXED_COST if fewest else 0)
    carries = any(vehicle.capacity is not None for vehicle in problem.vehicles)
    for place, vehicle in enumerate(problem.vehicles):
        model.add_vehicle(vroom.Vehicle(
            place, start=vehicle.start, end=vehicle.end, capacity=[vehicle.capacity] if carries else [],
            skills=set(vehicle.skills), time_window=list(vehicle.shift), costs=costs))
    for job in problem.jobs:
        model.add_job(vroom.Job(
            job.id, location=job.location, default_service=job.service, delivery=[job.demand] if carries else [],
            skills=set(job.skills), priority=job.weight or 0, time_windows=[list(window) for window in job.windows]))
    setup = perf_counter() - began
    solution = model.solve(exploration_level=level, nb_threads=1, timeout=timedelta(seconds=budget))
    seconds = perf_counter() - began - setup
    frame = solution.routes
    visits = frame[frame["type"] == "job"]
    routes: dict[int, list[int]] = {}
    for place, job in zip(visits["vehicle_id"], visits["id"], strict=True):
        routes.setdefault(int(place), []).append(int(job))
    return Plan(routes=routes, seconds=seconds, setup=setup)
