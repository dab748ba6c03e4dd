"""Instances of Solomon (1987) and of Gehring and Homberger, and the best lengths and fleets anybody has found.

For lengths the convention is that of the 12th DIMACS challenge: everything times ten, distances cut off. It gives all
solvers the same integers, and the gaps can be compared with published ones. The best known fleets hold for exact
distances, and what is cut off can save a vehicle: for them everything is times 10,000, distances rounded up.
"""

import csv
import json
import re
from pathlib import Path

import numpy as np

from problem import Job, Problem, Vehicle

TENTHS = 10
EXACT = 10_000


def find(data: Path, name: str) -> Path:
    """The file of an instance, in any folder below, in any case, with or without an extension."""
    matches = [path for path in sorted(data.rglob("*")) if path.is_file() and path.stem.lower() == name.lower()
               and path.suffix.lower() in ("", ".txt")]
    if not matches:
        raise SystemExit(f"no instance {name} below {data}")
    return matches[0]


def names(data: Path) -> list[str]:
    """All of Solomon's and of Homberger's with 200 customers."""
    stems = {path.stem.upper() for path in data.rglob("*") if path.is_file()}
    return sorted(stem for stem in stems if re.fullmatch(r"(R|C|RC)[12](\d\d|_2_\d+)", stem))


def scale(convention: str) -> int:
    return TENTHS if convention == "dimacs" else EXACT


def read(data: Path, name: str, convention: str = "dimacs") -> Problem:
    """By `dimacs`, or by `double`, as our command calls them."""
    path = find(data, name)
    rows = [[float(word) for word in line.split()] for line in path.read_text().splitlines() if is_numbers(line)]
    vehicles, capacity = next((int(row[0]), int(row[1])) for row in rows if len(row) == 2)
    customers = np.array([row for row in rows if len(row) == 7])
    x, y = customers[:, 1], customers[:, 2]
    exact = np.sqrt((x[:, None] - x[None, :]) ** 2 + (y[:, None] - y[None, :]) ** 2)
    unit = scale(convention)
    travel = (np.floor if convention == "dimacs" else np.ceil)(exact * unit).astype(np.int64)
    demand = customers[:, 3].astype(np.int64)
    ready, due, service = (customers[:, 4:] * unit).astype(np.int64).T
    jobs = tuple(
        Job(id=index, location=index, service=int(service[index]), windows=((int(ready[index]), int(due[index])),),
            demand=int(demand[index]))
        for index in range(1, len(customers)))
    fleet = tuple(
        Vehicle(id=str(index), start=0, end=0, shift=(int(ready[0]), int(due[0])), capacity=capacity)
        for index in range(vehicles))
    return Problem(name=name.upper(), jobs=jobs, vehicles=fleet, travel=travel, source=str(path),
                   convention=convention)


def is_numbers(line: str) -> bool:
    words = line.split()
    return bool(words) and all(word.replace(".", "", 1).replace("-", "", 1).isdigit() for word in words)


def best_lengths(data: Path) -> dict[str, int]:
    """By instance, in tenths as the matrices are."""
    with open(data / "dimacs-best-known.csv", newline="") as file:
        return {row["instance"].upper(): round(float(row["distance"]) * TENTHS) for row in csv.DictReader(file)}


def best_fleets(data: Path) -> dict[str, int]:
    table = json.loads((data / "BKS.json").read_text())
    return {name.upper(): entry["solved_with_vehicles"] for name, entry in table.items()
            if not name.endswith("_distance")}
