"""Reads and writes a technicians' day in the JSON of docs/routing.md, so that a problem made here can be looked at,
kept, and given to anybody.
"""

import json
from typing import IO

import numpy as np

from problem import Job, Problem, Vehicle


def write(problem: Problem, file: IO[str], planned: dict[int, str] | None = None,
          reassignment: dict[int, int] | None = None, delay: float = 0, worth: int | None = None) -> None:
    """The matrix row by row: a large one as a whole would be held several times over.

    `planned`: by job, the engineer who has it in the plan that people know of; `reassignment`: by job, the travel that is
    worth giving it to another; `delay`: the travel that is worth beginning a job of one hour a second sooner; `worth`: the
    travel that is worth serving a job of weight 1, None for any.
    """
    planned, reassignment = planned or {}, reassignment or {}
    file.write('{"travelSeconds": [')
    for index, row in enumerate(problem.travel.tolist()):
        file.write((",\n" if index else "\n") + json.dumps(row, separators=(",", ":")))
    jobs = [{"id": job.id, "location": job.location, "serviceSeconds": job.service,
             "windows": [list(window) for window in job.windows], "weight": job.weight, "skills": sorted(job.skills),
             **({"plannedFor": planned[job.id], "reassignmentSeconds": reassignment.get(job.id, 0)}
                if job.id in planned else {}),
             **({"delayCost": round(delay * job.service / 3_600, 3)} if delay else {})}
            for job in problem.jobs]
    engineers = [{"id": vehicle.id, "start": vehicle.start, "end": vehicle.end, "shift": list(vehicle.shift),
                  "skills": sorted(vehicle.skills)} for vehicle in problem.vehicles]
    file.write('],\n"jobs": ' + json.dumps(jobs) + ',\n"engineers": ' + json.dumps(engineers))
    file.write('}\n' if worth is None else f',\n"weightSeconds": {worth}}}\n')


def read(file: IO[str], name: str) -> Problem:
    day = json.load(file)
    jobs = tuple(
        Job(id=job["id"], location=job["location"], service=job["serviceSeconds"],
            windows=tuple(tuple(window) for window in job["windows"]), weight=job.get("weight", 1),
            skills=frozenset(job.get("skills", [])))
        for job in day["jobs"])
    vehicles = tuple(
        Vehicle(id=str(engineer["id"]), start=engineer["start"], end=engineer["end"], shift=tuple(engineer["shift"]),
                skills=frozenset(engineer.get("skills", [])))
        for engineer in day["engineers"])
    return Problem(name=name, jobs=jobs, vehicles=vehicles, travel=np.array(day["travelSeconds"], dtype=np.int64))
