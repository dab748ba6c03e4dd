#!/usr/bin/env python3
"""The route planner against VROOM, OR-Tools and PyVRP on the classic instances with time windows.

Published gaps hold for other machines and other budgets. So all four run here, on the same integers, one thread each,
in turns (instance, then seed, then budget, then solver, each time another first), and one evaluator judges all.

    vrptw.py --data DIR [--budgets 0.1,1,5,10,30] [--seeds 3] [--objective vehicles] [--large | --all]
"""

import environment

environment.enter()

import argparse
import json
import math
import statistics
from dataclasses import dataclass
from pathlib import Path

import solomon
import solvers
from problem import Problem
from solvers import Outcome
from tables import mean, percent, progress, seconds, table

DEFAULT = "C101,R101,RC101,R201,RC208,C1_2_1,R1_4_1,RC2_4_1"
LARGE = "R1_10_1,RC2_10_1"


@dataclass
class Run:
    instance: str
    outcome: Outcome
    # Length over the best known, less one; infinite without a plan that holds.
    gap: float
    fleet: int | None


def main() -> None:
    options = arguments()
    convention = "double" if options.objective == "vehicles" else "dimacs"
    problems = [solomon.read(options.data, name, convention) for name in options.instances]
    print(environment.conditions())
    print(f"runs      {len(problems)} instances × {options.seeds} seeds × budgets {options.budgets} s × "
          f"{', '.join(options.solvers)}; objective {options.objective}; one thread each\n")
    runs = measure(problems, options)
    if options.objective == "vehicles":
        fleets(runs, problems, options)
    else:
        gaps(runs, options)
    if options.verbose:
        by_instance(runs, problems, options)
    troubles(runs)
    if options.json:
        options.json.write_text(json.dumps([record(run) for run in runs], indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the instances and the best known values")
    parser.add_argument("--instances", type=words, default=words(DEFAULT), help="names, by commas")
    parser.add_argument("--large", action="store_true", help=f"{LARGE} as well")
    parser.add_argument("--all", action="store_true", help="all of Solomon's, and Homberger's with 200 customers")
    parser.add_argument("--budgets", type=lambda text: [float(word) for word in words(text)],
                        help="seconds, by commas; 0.1,1,5,10,30, or 10 for vehicles")
    parser.add_argument("--seeds", type=int, default=5, help="how many: 1, 2, …")
    parser.add_argument("--solvers", type=words, default=list(solvers.NAMES), help="by commas")
    parser.add_argument("--objective", choices=["distance", "vehicles"], default="distance")
    parser.add_argument("--mendloop", default=str(environment.REPOSITORY / "mendloop"), help="our command")
    parser.add_argument("--verbose", action="store_true", help="a table by instance too")
    parser.add_argument("--json", type=Path, help="write every run here")
    options = parser.parse_args()
    if options.all:
        options.instances = solomon.names(options.data)
    if options.large:
        options.instances += words(LARGE)
    options.budgets = options.budgets or ([10.0] if options.objective == "vehicles" else [0.1, 1.0, 5.0, 10.0, 30.0])
    return options


def words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def measure(problems: list[Problem], options: argparse.Namespace) -> list[Run]:
    lengths = solomon.best_lengths(options.data)
    unknown = [problem.name for problem in problems if problem.name not in lengths]
    if unknown:
        raise SystemExit(f"no best known length of {', '.join(unknown)}")
    runs: list[Run] = []
    turn = 0
    for problem in problems:
        for seed in range(1, options.seeds + 1):
            for budget in options.budgets:
                order = options.solvers[turn % len(options.solvers):] + options.solvers[:turn % len(options.solvers)]
                turn += 1
                for name in order:
                    outcome = solvers.attempt(name, problem, budget, seed, options.mendloop,
                                              options.objective == "vehicles")
                    unit = solomon.scale(problem.convention) / solomon.TENTHS
                    gap = outcome.verdict.travel / unit / lengths[problem.name] - 1 if outcome.holds else math.inf
                    fleet = outcome.verdict.vehicles if outcome.holds else None
                    runs.append(Run(problem.name, outcome, gap, fleet))
                    progress(f"{problem.name} seed {seed} budget {budget:g} {name}")
    progress()
    return runs


def pick(runs: list[Run], solver: str, budget: float) -> dict[str, list[Run]]:
    """By instance."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        if run.outcome.solver == solver and run.outcome.budget == budget:
            found.setdefault(run.instance, []).append(run)
    return found


def times(runs: list[Run]) -> list[str]:
    spent = [run.outcome.plan.seconds for run in runs if run.outcome.plan]
    return [seconds(statistics.median(spent)), seconds(max(spent))] if spent else ["–", "–"]


def gaps(runs: list[Run], options: argparse.Namespace) -> None:
    rows = []
    for budget in options.budgets:
        for solver in options.solvers:
            found = pick(runs, solver, budget)
            all_runs = [run for of_instance in found.values() for run in of_instance]
            # A seed without a plan is the worst of all, so a median can be infinite: then the instance is not solved.
            medians = [statistics.median(run.gap for run in of_instance) for of_instance in found.values()]
            solved = [value for value in medians if math.isfinite(value)]
            finite = [run.gap for run in all_runs if math.isfinite(run.gap)]
            rows.append([
                f"{budget:g} s", solver, percent(mean(solved)), percent(max(finite, default=None)),
                f"{len(solved)} of {len(found)}", str(len(all_runs) - len(finite)), *times(all_runs),
                percent(statistics.median(run.outcome.core for run in all_runs), 0)])
    print(table(["budget", "solver", "mean of median gaps", "worst gap", "instances solved", "runs without a plan",
                 "median s", "longest s", "of a core"], rows))


def fleets(runs: list[Run], problems: list[Problem], options: argparse.Namespace) -> None:
    best = solomon.best_fleets(options.data)
    for budget in options.budgets:
        rows = []
        for problem in problems:
            row = [problem.name, str(best.get(problem.name, "–"))]
            for solver in options.solvers:
                sizes = [run.fleet for run in pick(runs, solver, budget)[problem.name]]
                row.append(" ".join("–" if size is None else str(size) for size in sizes))
            rows.append(row)
        sums = ["sum over the best known, median seed", ""]
        for solver in options.solvers:
            found = pick(runs, solver, budget)
            extra = [statistics.median(run.fleet if run.fleet is not None else math.inf for run in of_instance)
                     - best[name] for name, of_instance in found.items() if name in best]
            sums.append(f"{sum(extra):+g}" if all(map(math.isfinite, extra)) else "–")
        rows.append(sums)
        spent = [" / ".join(times([run for group in pick(runs, solver, budget).values() for run in group]))
                 for solver in options.solvers]
        rows.append(["seconds, median / longest", "", *spent])
        print(f"Fleet sizes at {budget:g} s, one a seed\n")
        print(table(["instance", "best known", *options.solvers], rows) + "\n")


def by_instance(runs: list[Run], problems: list[Problem], options: argparse.Namespace) -> None:
    print("\nMedian gap to the least known length (fleet of the first seed; ! runs without a plan)\n")
    rows = []
    for problem in problems:
        for budget in options.budgets:
            row = [problem.name, f"{budget:g} s"]
            for solver in options.solvers:
                found = pick(runs, solver, budget)[problem.name]
                value = statistics.median(run.gap for run in found)
                failed = sum(1 for run in found if not math.isfinite(run.gap))
                row.append((percent(value) if math.isfinite(value) else "–")
                           + (f" ({found[0].fleet})" if found[0].fleet is not None else "")
                           + (f" !{failed}" if failed else ""))
            rows.append(row)
    print(table(["instance", "budget", *options.solvers], rows))


def troubles(runs: list[Run]) -> None:
    """Each kind once: a plan that breaks a rule is worse than none, and must not go unseen."""
    seen: dict[str, int] = {}
    for run in runs:
        if run.outcome.holds:
            continue
        verdict = run.outcome.verdict
        if verdict is None:
            reason = run.outcome.reason
        elif verdict.faults:
            reason = f"plan breaks rules, for instance: {verdict.faults[0]}"
        else:
            reason = f"{len(verdict.missing)} customers unserved"
        line = f"{run.outcome.solver}, {run.instance}, {run.outcome.budget:g} s: {reason}"
        seen[line] = seen.get(line, 0) + 1
    if seen:
        print("\nRuns without a plan that holds\n")
        for line, count in seen.items():
            print(f"- {line}" + (f" ({count} seeds)" if count > 1 else ""))


def record(run: Run) -> dict[str, object]:
    outcome = run.outcome
    return {
        "instance": run.instance, "solver": outcome.solver, "budget": outcome.budget, "seed": outcome.seed,
        "gap": run.gap if math.isfinite(run.gap) else None, "vehicles": run.fleet,
        "seconds": outcome.plan.seconds if outcome.plan else None,
        "setup": outcome.plan.setup if outcome.plan else None, "wall": outcome.wall,
        "core": outcome.core,
        "reason": outcome.reason or (outcome.verdict.faults[:3] if outcome.verdict else None)}


if __name__ == "__main__":
    main()
