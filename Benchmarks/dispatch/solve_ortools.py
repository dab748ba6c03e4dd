"""OR-Tools' routing library, told a problem in its own words.

Settings: a first solution by insertion, then guided local search until the time limit, as its own guides do it.
Parallel insertion gave the best ends, local insertion is quick enough for small budgets; cheapest arcs found no plan on
some of the instances. It draws no lots: the seed changes nothing. Jobs that may be left out are disjunctions with
penalties, skills are allowed vehicles, several windows are one with holes. A job that must be served has no
disjunction: if the first solution cannot place all, there is no plan.
"""

from time import perf_counter

import numpy as np
from google.protobuf.duration_pb2 import Duration
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from problem import Plan, Problem

# A vehicle more is dearer than any route.
FIXED_COST = 10_000_000_000
# From so many seconds on parallel insertion pays.
LONG = 5.0


def solve(problem: Problem, budget: float, seed: int, fewest: bool, penalty: int) -> Plan | None:
    first = "PARALLEL_CHEAPEST_INSERTION" if budget >= LONG else "LOCAL_CHEAPEST_INSERTION"
    began = perf_counter()
    # Nodes are jobs, then each place where somebody starts or ends.
    jobs, vehicles = problem.jobs, problem.vehicles
    ends = sorted({vehicle.start for vehicle in vehicles} | {vehicle.end for vehicle in vehicles})
    node_of = {location: len(jobs) + place for place, location in enumerate(ends)}
    manager = pywrapcp.RoutingIndexManager(
        len(jobs) + len(ends), len(vehicles), [node_of[vehicle.start] for vehicle in vehicles],
        [node_of[vehicle.end] for vehicle in vehicles])
    model = pywrapcp.RoutingModel(manager)

    locations = np.array([job.location for job in jobs] + ends)
    service = np.array([job.service for job in jobs] + [0] * len(ends))
    cost = problem.travel[np.ix_(locations, locations)]
    legs = model.RegisterTransitMatrix(cost.tolist())
    times = model.RegisterTransitMatrix((cost + service[:, None]).tolist())
    matrices = perf_counter() - began
    model.SetArcCostEvaluatorOfAllVehicles(legs)
    if fewest:
        model.SetFixedCostOfAllVehicles(FIXED_COST)

    horizon = max(vehicle.shift[1] for vehicle in vehicles)
    model.AddDimension(times, horizon, horizon, False, "time")
    time = model.GetDimensionOrDie("time")
    for place, vehicle in enumerate(vehicles):
        time.CumulVar(model.Start(place)).SetRange(*vehicle.shift)
        time.CumulVar(model.End(place)).SetRange(*vehicle.shift)
    if any(vehicle.capacity is not None for vehicle in vehicles):
        demands = model.RegisterUnaryTransitVector([job.demand for job in jobs] + [0] * len(ends))
        model.AddDimensionWithVehicleCapacity(demands, 0, [vehicle.capacity for vehicle in vehicles], True, "load")
    able: dict[frozenset[int], list[int]] = {}
    for node, job in enumerate(jobs):
        index = manager.NodeToIndex(node)
        begin = time.CumulVar(index)
        begin.SetRange(job.windows[0][0], min(job.windows[-1][1], horizon))
        for (_, closes), (opens, _) in zip(job.windows, job.windows[1:]):
            begin.RemoveInterval(closes + 1, opens - 1)
        if job.weight is not None:
            model.AddDisjunction([index], job.weight * penalty)
        if job.skills:
            if job.skills not in able:
                able[job.skills] = [place for place, vehicle in enumerate(vehicles) if job.skills <= vehicle.skills]
            # `SetAllowedVehiclesForIndex` does not take a list in this version's Python binding; this says the same.
            model.VehicleVar(index).SetValues([-1, *able[job.skills]])

    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.Value.Value(first)
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.CopyFrom(Duration(seconds=int(budget), nanos=round(budget % 1 * 1e9)))
    setup = perf_counter() - began
    solution = model.SolveWithParameters(parameters)
    seconds = perf_counter() - began - setup
    if solution is None:
        return None
    routes: dict[int, list[int]] = {}
    for place in range(len(vehicles)):
        index = solution.Value(model.NextVar(model.Start(place)))
        while not model.IsEnd(index):
            routes.setdefault(place, []).append(jobs[manager.IndexToNode(index)].id)
            index = solution.Value(model.NextVar(index))
    return Plan(routes=routes, seconds=seconds, setup=setup - matrices)
