"""Who takes part, and how one of them is let loose on a problem.

Each solve is a process of its own: a crash, a leak or a solver that overlooks its limit harms nobody else, and all
begin alike. One at a time, one thread each.
"""

import multiprocessing
import os
import resource
import signal
import time
import traceback
from dataclasses import dataclass

from evaluator import Verdict, evaluate
from problem import Plan, Problem

NAMES = ("mendloop", "vroom", "ortools", "pyvrp")
# Where leaving out a job is a matter of cost, a unit of weight counts as two hours behind the wheel: more than a detour
# can be in a city. Far larger prizes made PyVRP's routes longer and served no more.
PENALTY = 7_200


@dataclass
class Outcome:
    solver: str
    budget: float
    seed: int
    plan: Plan | None = None
    verdict: Verdict | None = None
    # Why there is no plan.
    reason: str = ""
    # From the outside, setup and all; and how much of that it had a core: on a busy machine less than there was to do.
    wall: float = 0.0
    core: float = 0.0

    @property
    def holds(self) -> bool:
        return self.verdict is not None and self.verdict.holds


def attempt(name: str, problem: Problem, budget: float, seed: int, command: str, fewest: bool = False,
            patience: float | None = None) -> Outcome:
    """Solves and evaluates; never raises for a solver's sake.

    Whoever is not back after `patience` seconds, all trials and setup included, has no plan.
    """
    outcome = Outcome(solver=name, budget=budget, seed=seed)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=child, args=(theirs, name, problem, budget, seed, command, fewest))
    began = time.perf_counter()
    process.start()
    theirs.close()
    patience = patience or 120 + 10 * budget
    try:
        if ours.poll(patience):
            answer, outcome.core = ours.recv()
            outcome.plan, outcome.reason = (answer, "") if isinstance(answer, Plan) else (None, answer)
        else:
            outcome.reason = f"not back after {patience:.0f} s"
    except EOFError:
        outcome.reason = "crashed"
    outcome.wall = time.perf_counter() - began
    if process.is_alive() and outcome.plan is None:
        # With what it has started: it leads a session of its own.
        os.killpg(process.pid, signal.SIGKILL)
    process.join()
    if outcome.plan is not None:
        outcome.verdict = evaluate(problem, outcome.plan)
    return outcome


def child(pipe, name: str, problem: Problem, budget: float, seed: int, command: str, fewest: bool) -> None:
    os.setsid()
    # The numeric libraries below the peers must not bring threads of their own.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    began = time.perf_counter()
    used = processor_seconds()
    try:
        answer = solve(name, problem, budget, seed, command, fewest) or "found no plan that holds"
    except Exception as error:
        answer = f"{type(error).__name__}: {error}" if str(error) else traceback.format_exc(limit=1)
    pipe.send((answer, (processor_seconds() - used) / (time.perf_counter() - began)))


def processor_seconds() -> float:
    """This process's and its finished children's."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, (
        resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def solve(name: str, problem: Problem, budget: float, seed: int, command: str, fewest: bool) -> Plan | None:
    """Imports late: only the process that needs a library pays for it, and only once forked."""
    match name:
        case "mendloop":
            import solve_mendloop
            return solve_mendloop.solve(problem, budget, seed, fewest, command)
        case "vroom":
            import solve_vroom
            return solve_vroom.solve(problem, budget, seed, fewest)
        case "ortools":
            import solve_ortools
            return solve_ortools.solve(problem, budget, seed, fewest, PENALTY)
        case "pyvrp":
            import solve_pyvrp
            return solve_pyvrp.solve(problem, budget, seed, fewest, PENALTY)
        case _:
            raise ValueError(f"no solver {name}: {', '.join(NAMES)}")
