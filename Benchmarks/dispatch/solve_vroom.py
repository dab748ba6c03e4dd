"""VROOM, told a problem in its own words.

Settings: exploration level 5, the highest, and the budget as its limit. VROOM searches until its moves are exhausted or
the limit cuts it short; then it has nothing left to do and stops early. It draws no lots: the seed changes nothing.
Skills, several windows, priorities, starts, ends and shifts are its own words.
"""

from datetime import timedelta
from time import perf_counter

import numpy as np
import vroom

from problem import Plan, Problem

HIGHEST_LEVEL = 5
# Dearer than any route, cheap enough for its 32-bit arithmetic of user costs.
FIXED_COST = 1_000_000


def solve(problem: Problem, budget: float, seed: int, fewest: bool, level: int = HIGHEST_LEVEL) -> Plan:
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
