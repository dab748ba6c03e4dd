"""Judges a plan from first principles.

It belongs to none of the solvers and believes none of them: what is served, when, and how long the way is, is worked
out again from the problem and the order of the stops alone.
"""

from collections import Counter
from dataclasses import dataclass, field

from problem import Job, Plan, Problem, Vehicle


@dataclass
class Verdict:
    travel: int = 0
    vehicles: int = 0
    served: int = 0
    # Of the jobs that may be left out.
    weight_served: int = 0
    weight_total: int = 0
    # Jobs that had to be served and were not.
    missing: list[int] = field(default_factory=list)
    # Everything that must not be.
    faults: list[str] = field(default_factory=list)
    # When the service of each served job begins.
    begins: dict[int, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return not self.faults and not self.missing

    @property
    def share(self) -> float:
        return self.weight_served / self.weight_total if self.weight_total else 1.0


def evaluate(problem: Problem, plan: Plan) -> Verdict:
    jobs = {job.id: job for job in problem.jobs}
    verdict = Verdict(weight_total=sum(job.weight or 0 for job in problem.jobs))
    visits = Counter(stop for stops in plan.routes.values() for stop in stops)
    for stop, count in visits.items():
        if stop not in jobs:
            verdict.faults.append(f"job {stop} does not exist")
        elif count > 1:
            verdict.faults.append(f"job {stop} is visited {count} times")
    for job in problem.jobs:
        if visits[job.id]:
            verdict.served += 1
            verdict.weight_served += job.weight or 0
        elif job.weight is None:
            verdict.missing.append(job.id)
    for place, stops in plan.routes.items():
        if not 0 <= place < len(problem.vehicles):
            verdict.faults.append(f"vehicle {place} does not exist")
        elif stops and all(stop in jobs for stop in stops):
            verdict.vehicles += 1
            drive(problem, problem.vehicles[place], [jobs[stop] for stop in stops], verdict)
    return verdict


def drive(problem: Problem, vehicle: Vehicle, stops: list[Job], verdict: Verdict) -> None:
    """Everything as early as it can be: if a route can be driven at all, it can be so."""
    load = sum(job.demand for job in stops)
    if vehicle.capacity is not None and load > vehicle.capacity:
        verdict.faults.append(f"vehicle {vehicle.id} carries {load} of {vehicle.capacity}")
    now, here = vehicle.shift[0], vehicle.start
    for job in stops:
        if not job.skills <= vehicle.skills:
            verdict.faults.append(f"vehicle {vehicle.id} lacks {sorted(job.skills - vehicle.skills)} for job {job.id}")
        leg = int(problem.travel[here, job.location])
        verdict.travel += leg
        arrival = now + leg
        begin = next((max(arrival, opens) for opens, closes in job.windows if arrival <= closes), None)
        if begin is None:
            verdict.faults.append(f"vehicle {vehicle.id} is at job {job.id} at {arrival}, after its last window")
            begin = arrival
        verdict.begins[job.id] = begin
        now, here = begin + job.service, job.location
    leg = int(problem.travel[here, vehicle.end])
    verdict.travel += leg
    if now + leg > vehicle.shift[1]:
        verdict.faults.append(f"vehicle {vehicle.id} is back at {now + leg}, after {vehicle.shift[1]}")
