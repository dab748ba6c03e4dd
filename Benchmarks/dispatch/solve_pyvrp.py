"""PyVRP, told a problem in its own words.

Settings: its defaults, until the budget is over. The clock runs from the call: its own `MaxRuntime` begins to
count after neighbourhoods and the first local search, which on large problems take longer than a small budget.

It has no skills: each is a load that only vehicles with the skill have room for. It has no second window: such a job is
a group of one client a window, of which at most one is visited. Each vehicle is a type of its own where they differ.
For the fewest vehicles, half of the budget goes into plans with one vehicle less, the rest into length from the last.
"""

from collections import Counter
from time import perf_counter

import numpy as np
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, Solution, VehicleType
from pyvrp import solve as search
from pyvrp.stop import FirstFeasible, MultipleCriteria

from problem import Job, Plan, Problem, Vehicle

# What a job weighs in the dimension of a skill: with one unit, the largest penalty PyVRP takes for too much load would
# come near the prize of an urgent job.
SKILL_UNITS = 100


class Deadline:
    """Stops at a moment, whatever came before."""

    def __init__(self, at: float):
        self.at = at

    def __call__(self, _best_cost: float) -> bool:
        return perf_counter() >= self.at


def smallest_fleet(data: ProblemData, until: float, seed: int) -> tuple[ProblemData, Solution | None]:
    """One vehicle less than the last plan that holds has, until there is none. As `minimise_fleet` does it, but that
    forgets the plan, and on tight instances the search for length then does not find one again."""
    best: tuple[ProblemData, Solution | None] = (data, None)
    stop = Deadline(until)
    while not stop(0):
        plan = search(data, MultipleCriteria([FirstFeasible(), stop]), seed=seed, collect_stats=False,
                      display=False).best
        if not plan.is_feasible():
            break
        fleet = data.vehicle_type(0).replace(num_available=plan.num_routes())
        best_data = data.replace(vehicle_types=[fleet])
        best = (best_data, Solution(best_data, plan.routes()))
        if plan.num_routes() == 1:
            break
        data = data.replace(vehicle_types=[fleet.replace(num_available=plan.num_routes() - 1)])
    return best


def solve(problem: Problem, budget: float, seed: int, fewest: bool, penalty: int) -> Plan | None:
    began = perf_counter()
    matrix = np.ascontiguousarray(problem.travel, dtype=np.int64)
    matrices = perf_counter() - began
    skills = sorted(set().union(*(job.skills for job in problem.jobs)))
    carries = any(vehicle.capacity is not None for vehicle in problem.vehicles)
    bulk = SKILL_UNITS * len(problem.jobs)

    def load(job: Job) -> list[int]:
        return [job.demand] * carries + [SKILL_UNITS * (skill in job.skills) for skill in skills]

    def room(vehicle: Vehicle) -> list[int]:
        return [vehicle.capacity] * carries + [bulk * (skill in vehicle.skills) for skill in skills]

    ends = sorted({vehicle.start for vehicle in problem.vehicles} | {vehicle.end for vehicle in problem.vehicles})
    depot_at = {location: place for place, location in enumerate(ends)}
    clients: list[Client] = []
    groups: list[ClientGroup] = []
    job_of: list[int] = []
    for job in problem.jobs:
        group = len(groups) if len(job.windows) > 1 else None
        if group is not None:
            members = list(range(len(clients), len(clients) + len(job.windows)))
            groups.append(ClientGroup(members, required=job.weight is None))
        for opens, closes in job.windows:
            clients.append(Client(
                location=job.location, delivery=load(job), service_duration=job.service, tw_early=opens, tw_late=closes,
                prize=(job.weight or 0) * penalty, required=job.weight is None and group is None, group=group))
            job_of.append(job.id)
    # Vehicles that do not differ are one type, so that the search does not try them one by one.
    alike = Counter((vehicle.start, vehicle.end, vehicle.shift, vehicle.capacity, vehicle.skills)
                    for vehicle in problem.vehicles)
    places: dict[tuple, list[int]] = {kind: [] for kind in alike}
    for place, vehicle in enumerate(problem.vehicles):
        places[(vehicle.start, vehicle.end, vehicle.shift, vehicle.capacity, vehicle.skills)].append(place)
    types = []
    for kind, count in alike.items():
        vehicle = problem.vehicles[places[kind][0]]
        types.append(VehicleType(
            num_available=count, capacity=room(vehicle), start_depot=depot_at[vehicle.start],
            end_depot=depot_at[vehicle.end], tw_early=vehicle.shift[0], tw_late=vehicle.shift[1]))
    data = ProblemData(
        locations=[Location(0, 0) for _ in range(len(matrix))], clients=clients,
        depots=[Depot(location) for location in ends], vehicle_types=types, distance_matrices=[matrix],
        duration_matrices=[matrix], groups=groups)
    setup = perf_counter() - began
    start = None
    if fewest:
        data, start = smallest_fleet(data, began + setup + budget / 2, seed)
    result = search(data, Deadline(began + setup + budget), seed=seed, collect_stats=False, display=False,
                    initial_solution=start)
    seconds = perf_counter() - began - setup
    if not result.best.is_feasible():
        return None
    routes: dict[int, list[int]] = {}
    free = {index: list(places[kind]) for index, kind in enumerate(alike)}
    for route in result.best.routes():
        place = free[route.vehicle_type()].pop(0)
        routes[place] = [job_of[activity.idx] for activity in route if activity.is_client()]
    return Plan(routes=routes, seconds=seconds, setup=setup - matrices)
