"""A working day that is not known in advance, for any planner.

Jobs come in, engineers drive and work, and now and then a planner is asked for a new plan of what is left. Engineers
set out as late as they can without losing time; once one has set out for a stop, that stop has started and nobody moves
it. The simulator knows nothing of how plans are made, and counts what a new plan did to the one before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from evaluator import evaluate
from problem import Job, Plan, Problem, Vehicle


@dataclass(frozen=True)
class State:
    """What a planner is told at a moment."""

    now: int
    # What is left: jobs known and not started; engineers from where and when they are free to the end of their shift.
    rest: Problem
    # The plan in force, without what has started: by place of the engineer in `rest`.
    before: dict[int, list[int]]
    # When each of its jobs would begin.
    begins: dict[int, int]


class Planner(Protocol):
    name: str

    def replan(self, state: State) -> Plan | None:
        """A plan of `state.rest`; None: none was found, the one in force stays."""


@dataclass
class Engineer:
    vehicle: Vehicle
    location: int
    free: int
    queue: list[int] = field(default_factory=list)
    started: list[int] = field(default_factory=list)


@dataclass
class Replan:
    now: int
    # Known and not started.
    open_jobs: int
    # None: there was no plan.
    seconds: float | None = None
    # A rule that it breaks: then the plan before stays in force, as it does without one.
    fault: str | None = None
    # Jobs planned for another engineer than in the plan before.
    reassigned: int = 0
    # Jobs planned before and left out now.
    dropped: int = 0
    # Stops it names that have started.
    started_moved: int = 0

    @property
    def failed(self) -> bool:
        return self.seconds is None or self.fault is not None


@dataclass
class Report:
    # What was driven in the end, by place of the engineer.
    driven: Plan
    replans: list[Replan] = field(default_factory=list)


def run(day: Problem, reported: list[int], planner: Planner, batch: int) -> Report:
    """`reported` has a moment for each of the day's jobs, 0 for those known before it. Jobs that come in within `batch`
    seconds are planned together; with 0 each is planned at once."""
    jobs = {job.id: job for job in day.jobs}
    engineers = [Engineer(vehicle, vehicle.start, vehicle.shift[0]) for vehicle in day.vehicles]
    report = Report(driven=Plan())
    moments = sorted({moment(at, batch) for at in reported})
    for index, now in enumerate(moments):
        known = [job for job, at in zip(day.jobs, reported) if moment(at, batch) <= now]
        replan(day, known, engineers, now, planner, report)
        # Engineers leave only after the plan: not in the past.
        for engineer in engineers:
            engineer.free = max(engineer.free, now)
        drive(day, jobs, engineers, moments[index + 1] if index + 1 < len(moments) else max(
            vehicle.shift[1] for vehicle in day.vehicles) + 1)
    report.driven.routes = {place: engineer.started for place, engineer in enumerate(engineers) if engineer.started}
    return report


def moment(at: int, batch: int) -> int:
    """When what comes in at a moment is planned."""
    return -(-at // batch) * batch if batch else at


def drive(day: Problem, jobs: dict[int, Job], engineers: Iterable[Engineer], until: int) -> None:
    """Starts every stop that somebody sets out for before `until`."""
    for engineer in engineers:
        while engineer.queue:
            job = jobs[engineer.queue[0]]
            leg = int(day.travel[engineer.location, job.location])
            arrival = engineer.free + leg
            begin = next(max(arrival, opens) for opens, closes in job.windows if arrival <= closes)
            if begin - leg >= until:
                break
            engineer.started.append(engineer.queue.pop(0))
            engineer.location, engineer.free = job.location, begin + job.service


def planned_begins(rest: Problem, before: dict[int, list[int]]) -> dict[int, int]:
    jobs = {job.id: job for job in rest.jobs}
    begins: dict[int, int] = {}
    for place, stops in before.items():
        vehicle = rest.vehicles[place]
        location, free = vehicle.start, vehicle.shift[0]
        for job in (jobs[stop] for stop in stops if stop in jobs):
            arrival = free + int(rest.travel[location, job.location])
            begins[job.id] = next((max(arrival, opens) for opens, closes in job.windows if arrival <= closes), arrival)
            location, free = job.location, begins[job.id] + job.service
    return begins


def replan(day: Problem, known: list[Job], engineers: list[Engineer], now: int, planner: Planner,
           report: Report) -> None:
    started = {stop for engineer in engineers for stop in engineer.started}
    working = [engineer for engineer in engineers if max(now, engineer.free) < engineer.vehicle.shift[1]]
    vehicles = tuple(
        replace(engineer.vehicle, start=engineer.location, shift=(max(now, engineer.free), engineer.vehicle.shift[1]))
        for engineer in working)
    last = max((vehicle.shift[1] for vehicle in vehicles), default=0)
    open_jobs = tuple(job for job in known if job.id not in started and job.windows[-1][1] >= now
                      and job.windows[0][0] <= last)
    if not open_jobs or not vehicles:
        return
    rest = Problem(name=f"{day.name}-{now}", jobs=open_jobs, vehicles=vehicles, travel=day.travel)
    before = {place: list(engineer.queue) for place, engineer in enumerate(working)}
    plan = planner.replan(State(now, rest, before, planned_begins(rest, before)))
    record = Replan(now, len(open_jobs))
    report.replans.append(record)
    if plan is not None:
        record.seconds = plan.seconds
        record.started_moved = len(started.intersection(stop for stops in plan.routes.values() for stop in stops))
        record.fault = next(iter(evaluate(rest, plan).faults), None)
    if plan is None or record.fault:
        return
    was = {stop: place for place, stops in before.items() for stop in stops}
    now_at = {stop: place for place, stops in plan.routes.items() for stop in stops}
    record.reassigned = sum(1 for stop, place in was.items() if stop in now_at and now_at[stop] != place)
    record.dropped = sum(1 for stop in was if stop not in now_at)
    for place, engineer in enumerate(working):
        engineer.queue = list(plan.routes.get(place, []))
