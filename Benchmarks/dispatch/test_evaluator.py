"""The evaluator is what all figures hang on: each rule once, broken.

    python3 Benchmarks/dispatch/test_evaluator.py
"""

import environment

environment.enter()

import unittest

import numpy as np

from evaluator import evaluate
from problem import Job, Plan, Problem, Vehicle

TRAVEL = np.array([[0, 10, 20], [10, 0, 15], [20, 15, 0]])


def problem(**changes) -> Problem:
    """Two jobs, the second with two windows and optional; two vehicles, of which only the first has the skill."""
    first = {"id": 1, "location": 1, "service": 5, "windows": ((0, 50),), "demand": 3}
    second = {"id": 2, "location": 2, "service": 5, "windows": ((0, 10), (40, 60)), "demand": 3, "weight": 4,
              "skills": frozenset({7})}
    vehicle = {"start": 0, "end": 0, "shift": (0, 100), "capacity": 6}
    return Problem(
        name="test", jobs=(Job(**first), Job(**second)), travel=TRAVEL,
        vehicles=(Vehicle(id="a", skills=frozenset({7}), **(vehicle | changes)), Vehicle(id="b", **vehicle)))


class EvaluatorTests(unittest.TestCase):
    def test_waits_for_the_next_window_and_adds_up_the_way(self):
        verdict = evaluate(problem(), Plan({0: [1, 2]}))
        self.assertTrue(verdict.holds, verdict)
        self.assertEqual(verdict.begins, {1: 10, 2: 40})
        self.assertEqual((verdict.travel, verdict.vehicles, verdict.weight_served), (10 + 15 + 20, 1, 4))

    def test_what_may_be_left_out_counts_and_what_must_not_is_missing(self):
        self.assertTrue(evaluate(problem(), Plan({1: [1]})).holds)
        self.assertEqual(evaluate(problem(), Plan({1: [1]})).share, 0)
        self.assertEqual(evaluate(problem(), Plan({0: [2]})).missing, [1])

    def test_empty_routes_cost_nothing(self):
        self.assertEqual(evaluate(problem(), Plan({0: [1], 1: []})).vehicles, 1)

    def test_faults(self):
        for plan, changes, word in [
            ({0: [1], 1: [1]}, {}, "visited 2 times"),
            ({0: [1, 3]}, {}, "job 3 does not exist"),
            ({2: [1]}, {}, "vehicle 2 does not exist"),
            ({0: [1, 2]}, {"capacity": 5}, "carries 6 of 5"),
            ({0: [1, 2]}, {"shift": (0, 64)}, "back at 65"),
            ({0: [1, 2]}, {"shift": (45, 200)}, "after its last window"),
            ({1: [1, 2]}, {}, "lacks [7]"),
        ]:
            with self.subTest(word):
                verdict = evaluate(problem(**changes), Plan(plan))
                self.assertFalse(verdict.holds)
                self.assertIn(word, " ".join(verdict.faults))


if __name__ == "__main__":
    unittest.main()
