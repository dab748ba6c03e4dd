#!/usr/bin/env python3
"""What a book makes of a Mendloop that is restored, once and again."""
import unittest

from book_keeper import Book


def entry(id: str, series: int, sequence: int) -> dict:
    sides = [{"account": account, "side": side, "money": {"amount": 100, "currency": "CNY"}}
             for account, side in (("inventory", "debit"), ("goods-received", "credit"))]
    return {"entryId": id, "book": "main", "series": series, "sequence": sequence,
            "postedAt": "2026-11-29T04:00:00Z", "memo": "", "lines": sides}


def totals(**last: int) -> list[dict]:
    return [{"book": "main", "series": int(series[1:]), "lastSequence": number} for series, number in last.items()]


class Restored(unittest.TestCase):
    def setUp(self):
        self.book = Book(":memory:")
        self.book.follow(totals(s1=3))
        self.book.take([entry(id, 1, number) for number, id in enumerate("abc", 1)])

    def held(self) -> list[tuple]:
        return self.book.file.execute("SELECT entry_id, series, sequence FROM entry ORDER BY 2, 3").fetchall()

    def test_what_was_undone_is_taken_out_and_may_come_again(self):
        self.assertEqual(self.book.follow(totals(s1=1, s20=0)), 2)
        self.assertEqual(self.held(), [("a", 1, 1)])
        # What happens again has the id that it had; what comes late of the old series is not booked.
        self.assertEqual(self.book.take([entry("b", 20, 1), entry("c", 1, 3)]), 1)
        self.assertEqual(self.held(), [("a", 1, 1), ("b", 20, 1)])
        self.assertEqual(self.book.gaps(), [])

    def test_a_second_restore_undoes_the_first_ones_series(self):
        self.book.follow(totals(s1=1, s20=0))
        self.book.take([entry("b", 20, 1)])
        self.book.follow(totals(s1=1, s20=1))
        self.assertEqual(self.book.follow(totals(s1=1, s30=0)), 1)
        self.assertEqual(self.book.take([entry("b", 30, 1)]), 1)
        self.assertEqual(self.held(), [("a", 1, 1), ("b", 30, 1)])

    def test_the_same_totals_again_change_nothing(self):
        self.assertEqual(self.book.follow(totals(s1=3)), 0)
        self.assertEqual(len(self.held()), 3)


if __name__ == "__main__":
    unittest.main()
