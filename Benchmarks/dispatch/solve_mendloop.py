"""Mendloop's own planner, by its command line: the same door as anybody's.

`seconds` is what the command says of its search, as the peers' is that of their call; reading the file and the start of
a process are in `setup`.
"""

import json
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from time import perf_counter

import technician_format
from problem import Plan, Problem


def solve(problem: Problem, budget: float, seed: int, fewest: bool, command: str, delay: float = 0,
          worth: int | None = None) -> Plan:
    if problem.source:
        file = [problem.source, "--format", "solomon", "--convention", problem.convention]
        return run(file, budget, seed, fewest, command)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        technician_format.write(problem, file, delay=delay, worth=worth)
        file.flush()
        return run([file.name, "--format", "technician"], budget, seed, fewest, command)


def go_on(problem: Problem, before: dict[int, list[int]], budget: float, seed: int, command: str,
          reassignment: dict[int, int], delay: float, worth: int | None = None) -> Plan:
    """From the plan in force, by place of the vehicle; giving a job to another engineer is worth so much travel, by job."""
    planned = {stop: problem.vehicles[place].id for place, stops in before.items() for stop in stops}
    start = {"routes": [{"vehicle": place, "stops": stops} for place, stops in before.items() if stops],
             "unserved": [], "cost": 0, "seconds": 0}
    with (tempfile.NamedTemporaryFile("w", suffix=".json") as file,
          tempfile.NamedTemporaryFile("w", suffix=".json") as plan):
        technician_format.write(problem, file, planned, reassignment, delay, worth)
        json.dump(start, plan)
        file.flush()
        plan.flush()
        return run([file.name, "--format", "technician", "--from", plan.name], budget, seed, False, command)


def run(file: Sequence[str], budget: float, seed: int, fewest: bool, command: str) -> Plan:
    began = perf_counter()
    arguments = [*shlex.split(command), "route", *file, "--budget", str(budget), "--seed", str(seed), "--threads", "1",
                 "--objective", "vehicles" if fewest else "distance"]
    process = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {process.stderr.strip()[-500:]}")
    answer = json.loads(process.stdout)
    routes = {route["vehicle"]: route["stops"] for route in answer["routes"]}
    return Plan(routes=routes, seconds=answer["seconds"], setup=perf_counter() - began - answer["seconds"])
