#!/usr/bin/env python3
"""The dynamic day: two jobs in five are reported while the engineers are already out.

A plan that is best for an hour and turns everything over in the next is of no use to engineers and customers. So each
planner lives through the same days, and beside what was served and driven stands how often jobs changed hands. The
measure is a clairvoyant who knows all jobs from the start, but may begin each only once it has been reported.

    dynamic.py [--jobs 200] [--days 10] [--budget 1] [--batch 10]
"""

import environment

environment.enter()

import argparse
import json
import random
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

import day_simulator
import generator
import solve_mendloop
import solvers
from day_simulator import Planner, State
from evaluator import Verdict, evaluate
from problem import Plan, Problem
from tables import median, percent, progress, seconds, table

# This much of the work is not known in the morning; it comes in between these hours.
LATE_SHARE = 0.4
LATE_HOURS = (7 * generator.HOUR, 16 * generator.HOUR)


@dataclass
class FromNothing:
    """Solves what is left as if there had been no plan."""

    name: str
    budget: float
    seed: int
    command: str

    def replan(self, state: State) -> Plan | None:
        outcome = solvers.attempt(self.name, state.rest, self.budget, self.seed, self.command)
        return outcome.plan


@dataclass
class GoingOn:
    """Ours, from the plan in force, which people know of; in the morning, when there is none, from nothing."""

    morning: float
    budget: float
    seed: int
    command: str
    # Seconds of travel worth giving a job to another engineer: one that begins within so many seconds, and a later one.
    soon: int
    later: int
    ahead: float
    delay: float
    # Seconds of travel worth serving a job of weight 1.
    worth: int
    name: str = "mendloop, going on"

    def replan(self, state: State) -> Plan | None:
        if not any(state.before.values()):
            return solve_mendloop.solve(
                state.rest, self.morning, self.seed, False, self.command, self.delay, self.worth)
        reassignment = {job: self.soon if begin < state.now + self.ahead else self.later
                        for job, begin in state.begins.items()}
        return solve_mendloop.go_on(
            state.rest, state.before, self.budget, self.seed, self.command, reassignment, self.delay, self.worth)


def planners(options: argparse.Namespace, seed: int) -> list[Planner]:
    """Who takes part; another one is a class with a `name` and a `replan`, and one more in this list."""
    others = [FromNothing(solver, options.budget, seed, options.mendloop) for solver in options.solvers]
    going_on = GoingOn(
        options.morning, options.going_on, seed, options.mendloop, options.soon * 60, options.later * 60,
        options.ahead * generator.HOUR, options.delay, options.worth * 60)
    return [going_on, *others]


@dataclass
class Clairvoyant:
    verdict: Verdict
    # P1 that he set out for after they were reported, as anybody might; for the others he left before anybody called.
    heard: set[int]


@dataclass
class Result:
    day: Problem
    # When each of its jobs is reported, 0 for those known before.
    reported: dict[int, int]
    report: day_simulator.Report
    verdict: Verdict
    clairvoyant: Clairvoyant

    @property
    def urgent(self) -> int:
        return len(urgent_served(self.day, self.verdict))

    @property
    def urgent_possible(self) -> int:
        return len(urgent_served(self.day, self.clairvoyant.verdict))

    @property
    def heard(self) -> int:
        return len(self.clairvoyant.heard & urgent_served(self.day, self.verdict))


def main() -> None:
    options = arguments()
    print(environment.conditions())
    print(f"runs      {options.days} days of {options.jobs} jobs, {LATE_SHARE:.0%} of them reported during the day; "
          f"a replan every {options.batch:g} min at most, {options.budget:g} s each; one thread each\n")
    results: dict[str, list[Result]] = {}
    for seed in range(1, options.days + 1):
        day, reported = live_day(options.jobs, seed)
        clairvoyant = best_of_all(day, reported, seed, options)
        order = planners(options, seed)
        turn = seed % len(order)
        for planner in order[turn:] + order[:turn]:
            progress(f"{day.name}, {planner.name}")
            report = day_simulator.run(day, reported, planner, round(options.batch * 60))
            verdict = evaluate(day, report.driven)
            known = {job.id: at for job, at in zip(day.jobs, reported)}
            results.setdefault(planner.name, []).append(Result(day, known, report, verdict, clairvoyant))
    progress()
    names = [planner.name for planner in planners(options, 1)]
    rows = [clairvoyant_row(results[names[0]]), *(row(name, results[name]) for name in names)]
    print(table(["planner", "P1 served", "of the clairvoyant's", "of those he heard of", "weight served", "of it",
                 "travel, of it", "travel a served job, min", "reassigned a job", "dropped a job", "started moved",
                 "replans", "failed", "median s", "longest s"], rows))
    lost = missed(results)
    if lost:
        print("\nP1 that the clairvoyant serves and a planner does not\n")
        print(table(["day", "job", "reported", "takes, min", "able engineers", "of them late enough", "begin by",
                     "not served by"], lost))
    faults = [f"{name}: {fault}" for name in names for result in results[name]
              for fault in [replan.fault for replan in result.report.replans if replan.fault] + result.verdict.faults]
    if faults:
        print("\nRules broken\n")
        for line in sorted(set(faults)):
            print(f"- {line}")
    if options.json:
        options.json.write_text(json.dumps([
            {"planner": name, "day": result.day.name, "share": result.verdict.share, "travel": result.verdict.travel,
             "served": result.verdict.served, "urgent": result.urgent, "urgentPossible": result.urgent_possible,
             "heard": result.heard, "heardPossible": len(result.clairvoyant.heard),
             "clairvoyantShare": result.clairvoyant.verdict.share, "clairvoyantTravel": result.clairvoyant.verdict.travel,
             "replans": [asdict(replan) for replan in result.report.replans]}
            for name in names for result in results[name]], indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--jobs", type=int, default=200, help="a day")
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--budget", type=float, default=1.0, help="seconds a replan")
    parser.add_argument("--going-on", type=float, default=0.15, help="seconds a replan from the plan in force")
    parser.add_argument("--morning", type=float, default=10.0, help="seconds for the first plan of that one")
    parser.add_argument("--soon", type=int, default=5,
                        help="minutes of travel worth giving a job that begins soon to another engineer")
    parser.add_argument("--later", type=int, default=15, help="the same for a job that begins later")
    parser.add_argument("--ahead", type=float, default=1.0, help="hours that are soon")
    parser.add_argument("--delay", type=float, default=0.2,
                        help="travel worth beginning a job of one hour a second sooner, of that one")
    parser.add_argument("--worth", type=int, default=110,
                        help="minutes of travel worth serving a job of weight 1, of that one")
    parser.add_argument("--batch", type=float, default=10.0, help="minutes; 0: a replan after each job")
    parser.add_argument("--clairvoyant", type=float, default=20.0, help="seconds for each solver that tries to be it")
    parser.add_argument("--solvers", type=lambda text: text.split(","), default=list(solvers.NAMES),
                        help="by commas")
    parser.add_argument("--mendloop", default=str(environment.REPOSITORY / "mendloop"), help="our command")
    parser.add_argument("--json", type=Path, help="write every replan here")
    return parser.parse_args()


def live_day(jobs: int, seed: int) -> tuple[Problem, list[int]]:
    random_ = random.Random(f"reports {jobs} {seed}")
    reported = [random_.randrange(*LATE_HOURS) if random_.random() < LATE_SHARE else 0 for _ in range(jobs)]
    return generator.day(jobs, seed, reported), reported


def best_of_all(day: Problem, reported: list[int], seed: int, options: argparse.Namespace) -> Clairvoyant:
    """The best plan any of the solvers makes of the whole day: no bound, but nobody's own."""
    outcomes = [solvers.attempt(solver, day, options.clairvoyant, seed, options.mendloop) for solver in options.solvers]
    held = [outcome for outcome in outcomes if outcome.holds]
    if not held:
        raise SystemExit(f"{day.name}: no solver found a plan")
    best = max(held, key=lambda outcome: (outcome.verdict.weight_served, -outcome.verdict.travel))
    heard = heard_of(day, reported, best.plan, best.verdict)
    return Clairvoyant(best.verdict, heard & urgent_served(day, best.verdict))


def heard_of(day: Problem, reported: list[int], plan: Plan, verdict: Verdict) -> set[int]:
    """Jobs for which one need not set out before they are reported."""
    known = {job.id: at for job, at in zip(day.jobs, reported)}
    places = {job.id: job.location for job in day.jobs}
    heard: set[int] = set()
    for vehicle, stops in plan.routes.items():
        before = day.vehicles[vehicle].start
        for stop in stops:
            if verdict.begins[stop] - int(day.travel[before, places[stop]]) >= known[stop]:
                heard.add(stop)
            before = places[stop]
    return heard


def urgent_served(day: Problem, verdict: Verdict) -> set[int]:
    return {job.id for job in day.jobs if job.weight == generator.P1_WEIGHT and job.id in verdict.begins}


def missed(results: dict[str, list[Result]]) -> list[list[str]]:
    """With how many able engineers could begin it after its report and be home in time, and how late the last of them."""
    rows = []
    for same_day in zip(*results.values()):
        day, reported, clairvoyant = same_day[0].day, same_day[0].reported, same_day[0].clairvoyant
        for job in day.jobs:
            losers = [name for name, result in zip(results, same_day)
                      if job.id not in urgent_served(day, result.verdict)]
            if job.id not in urgent_served(day, clairvoyant.verdict) or not losers:
                continue
            at = reported[job.id]
            latest = [min(job.windows[-1][1],
                          vehicle.shift[1] - int(day.travel[job.location, vehicle.end]) - job.service)
                      for vehicle in day.vehicles if job.skills <= vehicle.skills]
            rows.append([day.name, str(job.id), of_day(at), f"{job.service / 60:.0f}", str(len(latest)),
                         str(sum(begin >= at for begin in latest)), of_day(max(latest)), ", ".join(losers)])
    return rows


def of_day(time: int) -> str:
    return f"{time // generator.HOUR:02}:{time % generator.HOUR // 60:02}"


def clairvoyant_row(results: list[Result]) -> list[str]:
    verdicts = [result.clairvoyant.verdict for result in results]
    travel = sum(verdict.travel for verdict in verdicts) / sum(verdict.served for verdict in verdicts) / 60
    whole = percent(1.0, 1)
    return ["(clairvoyant)", str(sum(result.urgent_possible for result in results)), whole,
            f"{sum(len(result.clairvoyant.heard) for result in results)}",
            percent(statistics.fmean(verdict.share for verdict in verdicts)), whole, whole, f"{travel:.1f}", *["–"] * 7]


def row(name: str, results: list[Result]) -> list[str]:
    replans = [replan for result in results for replan in result.report.replans]
    jobs = sum(len(result.day.jobs) for result in results)
    spent = [replan.seconds for replan in replans if replan.seconds is not None]
    urgent = sum(result.urgent for result in results)
    served = sum(result.verdict.served for result in results)
    return [
        name, str(urgent), percent(urgent / max(1, sum(result.urgent_possible for result in results)), 1),
        str(sum(result.heard for result in results)),
        percent(statistics.fmean(result.verdict.share for result in results)),
        percent(statistics.fmean(result.verdict.share / result.clairvoyant.verdict.share for result in results), 1),
        percent(statistics.fmean(result.verdict.travel / result.clairvoyant.verdict.travel for result in results), 1),
        f"{sum(result.verdict.travel for result in results) / max(1, served) / 60:.1f}",
        f"{sum(replan.reassigned for replan in replans) / jobs:.2f}",
        f"{sum(replan.dropped for replan in replans) / jobs:.2f}",
        str(sum(replan.started_moved for replan in replans)), str(len(replans)),
        str(sum(replan.failed for replan in replans)), seconds(median(spent)), seconds(max(spent, default=None))]


if __name__ == "__main__":
    main()
