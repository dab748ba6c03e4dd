#!/usr/bin/env python3
"""The route planner against VROOM, OR-Tools and PyVRP on generated days of technicians.

What a repair company needs is not in the classic instances: skills, shifts, homes, windows with holes, and more work
than hands. First counts the weight of what is served, then travel. All run in turns on the same days; one evaluator
judges all.

    technician.py [--sizes 200,1000,5000] [--budgets 10] [--seeds 2]
"""

import environment

environment.enter()

import argparse
import json
from pathlib import Path

import generator
import solvers
from problem import Problem
from solvers import Outcome
from tables import mean, percent, progress, seconds, table


def main() -> None:
    options = arguments()
    print(environment.conditions())
    print(f"runs      days of {options.sizes} jobs, {options.jobs_per_engineer:g} an engineer, × {options.seeds} seeds "
          f"× budgets {options.budgets} s × {', '.join(options.solvers)}; one thread each\n")
    rows, troubles, records = [], [], []
    turn = 0
    for size in options.sizes:
        days = [generator.day(size, seed, jobs_per_engineer=options.jobs_per_engineer)
                for seed in range(1, options.seeds + 1)]
        for budget in options.budgets:
            outcomes: dict[str, list[Outcome]] = {solver: [] for solver in options.solvers}
            for seed, day in enumerate(days, 1):
                for solver in options.solvers[turn:] + options.solvers[:turn]:
                    outcome = solvers.attempt(solver, day, budget, seed, options.mendloop,
                                              patience=options.patience)
                    outcomes[solver].append(outcome)
                    progress(f"{day.name} budget {budget:g} {solver}")
                    if not outcome.holds:
                        fault = outcome.reason or outcome.verdict.faults[0]
                        troubles.append(f"{solver}, {day.name}, {budget:g} s: {fault}")
                    records.append(record(day, outcome))
                turn = (turn + 1) % len(options.solvers)
            rows += [row(size, budget, solver, outcomes[solver], days) for solver in options.solvers]
    progress()
    print(table(["jobs", "budget", "solver", "weight served", "least", "P1 left out", "travel a served job, min",
                 "search s", "setup s", "wall s", "of a core", "without a plan"], rows))
    if troubles:
        print("\nRuns without a plan that holds\n")
        for line in troubles:
            print(f"- {line}")
    if options.json:
        options.json.write_text(json.dumps(records, indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=lambda text: [int(word) for word in text.split(",")], default=[200, 1000, 5000],
                        help="jobs a day, by commas")
    parser.add_argument("--budgets", type=lambda text: [float(word) for word in text.split(",")], default=[10.0],
                        help="seconds, by commas")
    parser.add_argument("--seeds", type=int, default=5, help="days of each size")
    parser.add_argument("--jobs-per-engineer", type=float, default=generator.JOBS_PER_ENGINEER,
                        help="more make a day that cannot be served whole")
    parser.add_argument("--solvers", type=lambda text: text.split(","), default=list(solvers.NAMES), help="by commas")
    parser.add_argument("--mendloop", default=str(environment.REPOSITORY / "mendloop"), help="our command")
    parser.add_argument("--patience", type=float, default=300.0,
                        help="seconds after which a solver that overlooks its budget is stopped")
    parser.add_argument("--json", type=Path, help="write every run here")
    return parser.parse_args()


def row(size: int, budget: float, solver: str, outcomes: list[Outcome], days: list[Problem]) -> list[str]:
    """Means over the days that have a plan."""
    held = [(outcome, day) for outcome, day in zip(outcomes, days) if outcome.holds]
    shares = [outcome.verdict.share for outcome, _ in held]
    urgent = [urgent_left_out(outcome, day) for outcome, day in held]
    travel = [outcome.verdict.travel / 60 / max(1, outcome.verdict.served) for outcome, _ in held]
    return [f"{size:,}", f"{budget:g} s", solver, percent(mean(shares)), percent(min(shares, default=None)),
            f"{mean(urgent):.1f}" if urgent else "–", f"{mean(travel):.1f}" if travel else "–",
            seconds(mean([outcome.plan.seconds for outcome, _ in held])),
            seconds(mean([outcome.plan.setup for outcome, _ in held])),
            seconds(mean([outcome.wall for outcome in outcomes])),
            percent(mean([outcome.core for outcome, _ in held]), 0), str(len(outcomes) - len(held))]


def urgent_left_out(outcome: Outcome, day: Problem) -> int:
    return sum(1 for job in day.jobs if job.weight == generator.P1_WEIGHT and job.id not in outcome.verdict.begins)


def record(day: Problem, outcome: Outcome) -> dict[str, object]:
    verdict = outcome.verdict
    return {"day": day.name, "solver": outcome.solver, "budget": outcome.budget, "seed": outcome.seed,
            "share": verdict.share if outcome.holds else None, "travel": verdict.travel if outcome.holds else None,
            "served": verdict.served if outcome.holds else None,
            "seconds": outcome.plan.seconds if outcome.plan else None,
            "setup": outcome.plan.setup if outcome.plan else None, "wall": outcome.wall,
            "core": outcome.core, "reason": outcome.reason or (verdict.faults[:3] if verdict else None)}


if __name__ == "__main__":
    main()
