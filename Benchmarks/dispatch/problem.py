"""One description of a routing problem for everybody.

Each solver is told the same thing in its own words, and the evaluator judges by this and nothing else. Times and travel
are whole numbers in the problem's own unit, so that no solver rounds differently from another.
"""

from dataclasses import dataclass, field

import numpy as np

Window = tuple[int, int]


@dataclass(frozen=True)
class Job:
    id: int
    location: int
    service: int
    # Service begins within one of these; in order, without overlap.
    windows: tuple[Window, ...]
    demand: int = 0
    # What leaving the job out counts; None: it must be served.
    weight: int | None = None
    skills: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Vehicle:
    id: str
    start: int
    end: int
    # From leaving `start` to being at `end`.
    shift: Window
    # None: it carries all.
    capacity: int | None = None
    skills: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Problem:
    name: str
    jobs: tuple[Job, ...]
    vehicles: tuple[Vehicle, ...]
    # Time and cost alike, location by location.
    travel: np.ndarray
    # Where it comes from, for a solver that reads files, and how its distances became numbers.
    source: str | None = None
    convention: str = "dimacs"


@dataclass
class Plan:
    # By place of the vehicle in the problem: ids of its jobs in their order.
    routes: dict[int, list[int]] = field(default_factory=dict)
    # Seconds of the search, and of telling the solver the problem before it.
    seconds: float = 0.0
    setup: float = 0.0
