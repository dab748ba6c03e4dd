#!/usr/bin/env python3
"""What a book makes of a Mendloop that is restored, once and again."""
import unittest

from book_keeper import Book, close, follow


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


class Closing:
    """Mendloop, as far as it closes months."""

    ends = {"2026-10": "2026-10-31T16:00:00.000Z", "2026-11": "2026-11-30T16:00:00.000Z"}

    def __init__(self):
        self.until, self.told = None, []

    def query(self, name: str, data: dict) -> dict:
        return {"books": [theirs | ({"closedUntil": self.until} if self.until else {}) for theirs in totals(s1=3)]}

    def command(self, name: str, channel: str, data: dict) -> None:
        self.told.append((name, channel, data["month"]))
        self.until = max(self.until or "", self.ends[data["month"]])


class Closed(unittest.TestCase):
    def test_a_month_that_a_restore_opened_is_closed_again(self):
        book, mendloop = Book(":memory:"), Closing()
        for month in ("2026-10", "2026-11", "2026-10"):
            close(book, mendloop, "main", month)
        self.assertEqual([month for _, month, _ in book.closed()], ["2026-11"])
        mendloop.told.clear()
        follow(book, mendloop, mendloop.query("billing.ledger-totals", {})["books"])
        self.assertEqual(mendloop.told, [])
        for until in (Closing.ends["2026-10"], None):
            mendloop.until = until
            follow(book, mendloop, mendloop.query("billing.ledger-totals", {})["books"])
            self.assertEqual(mendloop.until, Closing.ends["2026-11"])
        self.assertEqual(mendloop.told, 2 * [("billing.close-period", "finance", "2026-11")])


if __name__ == "__main__":
    unittest.main()
