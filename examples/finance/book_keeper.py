#!/usr/bin/env python3
"""Keeps a book from Mendloop's ledger, as docs/finance.md describes it, and proves that it is the same book.

    MENDLOOP_AMQP_URL=amqp://finance:…@…/mendloop ./book_keeper.py keep     # until it is stopped; start it again at any time
    … ./book_keeper.py prove                                                # every day against Mendloop's control totals
    … ./book_keeper.py close 2026-11                                        # no entry belongs to the month any more
    ./book_keeper.py export > mendloop.journal                              # for hledger and ledger

Needs pika. One file is one book; one process keeps it."""
import argparse
import json
import logging
import os
import pathlib
import sqlite3
import sys
import time
from datetime import date, datetime, timedelta, timezone

import pika

from mendloop import Away, Mendloop, Refused

log = logging.getLogger("book")
POSTED = "billing.ledger-entry-posted.v1"
LOG = "mendloop.billing.log"
# Most numbers in one answer of replay-ledger, and most days in one of daily-totals.
MOST_NUMBERS, MOST_DAYS = 1_000, 31
# Seconds between two looks at how far Mendloop is.
LOOK_EVERY = 60


class Contradiction(Exception):
    """Two entries claim to be one, or one does not balance. Nobody may go on before a person has looked."""


class Book:
    def __init__(self, path: str):
        self.file = sqlite3.connect(path, timeout=30, isolation_level=None)
        self.file.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        self.file.executescript((pathlib.Path(__file__).parent / "book.sql").read_text())

    def take(self, entries: list[dict]) -> int:
        """Books entries that are not booked yet, all or none; returns how many. When it returns they are on the disk."""
        new = 0
        with self.file:
            self.file.execute("BEGIN IMMEDIATE")
            for entry in entries:
                new += self._take(entry)
        return new

    def _take(self, entry: dict) -> bool:
        identity = (entry["entryId"], entry["book"], entry["series"], entry["sequence"])
        if entry["sequence"] > self._end(entry["book"], entry["series"]):
            return False
        known = self.file.execute(
            "SELECT entry_id, book, series, sequence FROM entry"
            " WHERE entry_id = ? OR (book, series, sequence) = (?, ?, ?)", identity).fetchone()
        if known:
            if known != identity:
                raise Contradiction(f"{identity} contradicts {known}")
            return False
        sides = {side: sum(line["money"]["amount"] for line in entry["lines"] if line["side"] == side)
                 for side in ("debit", "credit")}
        if sides["debit"] != sides["credit"]:
            raise Contradiction(f"{identity} does not balance: {sides}")
        self.file.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*identity, entry["postedAt"], entry.get("workOrderNumber"), entry.get("reverses"), entry["memo"]))
        self.file.executemany(
            "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
            [(entry["entryId"], position, line["account"], line["side"], line["money"]["amount"], line["money"]["currency"])
             for position, line in enumerate(entry["lines"])])
        return True

    def newest_series(self, book: str) -> int:
        return self.file.execute("SELECT coalesce(max(series), 0) FROM series WHERE book = ?", (book,)).fetchone()[0]

    def _end(self, book: str, series: int) -> float:
        """The last number of a series that counts: none of one that a restore left nothing of, every one of the newest."""
        if series >= self.newest_series(book):
            return float("inf")
        known = self.file.execute("SELECT last FROM series WHERE (book, series) = (?, ?)", (book, series)).fetchone()
        return known[0] if known else 0

    def follow(self, books: list[dict]) -> int:
        """Learns from Mendloop's totals which series there are and where each but the newest ended. What was posted behind such
        an end was undone by a restore: it is taken out and kept aside. Returns how many entries."""
        with self.file:
            self.file.execute("BEGIN IMMEDIATE")
            # A series that is named no more was undone by a restore to before it.
            self.file.execute("DELETE FROM series")
            for theirs in books:
                self.file.execute("INSERT OR REPLACE INTO series VALUES (?, ?, ?)",
                                  (theirs["book"], theirs["series"], theirs["lastSequence"]))
            held = self.file.execute("SELECT DISTINCT book, series FROM entry").fetchall()
            undone = [id for book, series in held if (end := self._end(book, series)) != float("inf") for id, in
                      self.file.execute("SELECT entry_id FROM entry WHERE (book, series) = (?, ?) AND sequence > ?",
                                        (book, series, end)).fetchall()]
            for id in undone:
                self.file.execute(
                    "INSERT OR REPLACE INTO withdrawn SELECT book, series, sequence, entry_id, posted_at, memo,"
                    " (SELECT json_group_array(json_array(account, side, amount, currency)) FROM line WHERE entry_id = e.entry_id)"
                    " FROM entry e WHERE entry_id = ?", (id,))
                self.file.execute("DELETE FROM line WHERE entry_id = ?", (id,))
                self.file.execute("DELETE FROM entry WHERE entry_id = ?", (id,))
        return len(undone)

    def closed(self) -> list[tuple]:
        """The last month that we closed of each book, and the moment that ended it."""
        return self.file.execute("SELECT book, month, until FROM closed ORDER BY book").fetchall()

    def remember_closed(self, book: str, month: str, until: str) -> None:
        self.file.execute("INSERT OR REPLACE INTO closed VALUES (?, ?, ?)", (book, month, until))

    def gaps(self) -> list[tuple]:
        return self.file.execute("SELECT book, series, first, last FROM gap ORDER BY 1, 2, 3").fetchall()

    def last(self, book: str, series: int) -> int:
        return self.file.execute(
            "SELECT coalesce(max(sequence), 0) FROM entry WHERE (book, series) = (?, ?)", (book, series)).fetchone()[0]

    def days(self, book: str, offset: int) -> dict[tuple, dict]:
        """Entries and sides of each account, by day and series, as Mendloop counts days."""
        days: dict[tuple, dict] = {}
        day = f"date(posted_at, '{offset:+d} minutes')"
        for key_day, series, entries in self.file.execute(
                f"SELECT {day}, series, count(*) FROM entry WHERE book = ? GROUP BY 1, 2", (book,)):
            days[key_day, series] = {"entries": entries, "accounts": {}}
        for key_day, series, account, debit, credit in self.file.execute(
                f"SELECT {day}, series, account, sum(iif(side = 'debit', amount, 0)), sum(iif(side = 'credit', amount, 0))"
                " FROM entry JOIN line USING (entry_id) WHERE book = ? GROUP BY 1, 2, 3", (book,)):
            days[key_day, series]["accounts"][account] = (debit, credit)
        return days


def take(book: Book, mendloop: Mendloop, entries: list[dict]) -> int:
    """Books entries. A series that we have not met says that Mendloop was restored: we ask what is left of those before."""
    if any(entry["series"] > book.newest_series(entry["book"]) for entry in entries):
        follow(book, mendloop, mendloop.query("billing.ledger-totals", {})["books"])
    return book.take(entries)


def follow(book: Book, mendloop: Mendloop, books: list[dict]) -> None:
    undone = book.follow(books)
    if undone:
        log.warning("Mendloop was restored: %d entries that it does not know any more are withdrawn", undone)
    for name, month, until in book.closed():
        if closed_until(books, name) < until:
            log.warning("Mendloop was restored to before %s of %s was closed: it is closed again", month, name)
            mendloop.command("billing.close-period", "finance", {"book": name, "month": month})


def closed_until(books: list[dict], name: str) -> str:
    """The moment that ended the last closed month of a book, and the empty text when none is: as text they compare."""
    return max((theirs.get("closedUntil") or "" for theirs in books if theirs["book"] == name), default="")


def close(book: Book, mendloop: Mendloop, name: str, month: str) -> None:
    """Closes a month, which we remember: a Mendloop that is restored to before has it open again."""
    before = closed_until(mendloop.query("billing.ledger-totals", {})["books"], name)
    mendloop.command("billing.close-period", "finance", {"book": name, "month": month})
    after = closed_until(mendloop.query("billing.ledger-totals", {})["books"], name)
    if after > before:
        book.remember_closed(name, month, after)


def behind(book: Book, mendloop: Mendloop) -> list[tuple]:
    """What was posted behind the last number we have, and should have come by now."""
    books = mendloop.query("billing.ledger-totals", {})["books"]
    follow(book, mendloop, books)
    ends = [(theirs["book"], theirs["series"], book.last(theirs["book"], theirs["series"]) + 1, theirs["lastSequence"])
            for theirs in books]
    return [(*_, first, last) for *_, first, last in ends if first <= last]


def ask_again(book: Book, mendloop: Mendloop, lacking: list[tuple]) -> None:
    for name, series, first, last in lacking:
        log.info("%s %d: %d to %d are missing", name, series, first, last)
        for start in range(first, last + 1, MOST_NUMBERS):
            asked = {"book": name, "series": series, "from": start, "to": min(last, start + MOST_NUMBERS - 1)}
            take(book, mendloop, mendloop.command("billing.replay-ledger", "finance", asked)["entries"])


def keep(book: Book, url: str, idle: float) -> None:
    """Books what is posted. An entry is acknowledged when it is on the disk: one that was told twice is booked once, and
    what was lost on the way is noticed by its number."""
    pause = 0.2
    while True:
        try:
            with Mendloop(url) as mendloop:
                queue = mendloop.own_queue(POSTED)
                print("keeping", flush=True)
                hear(book, mendloop, queue, idle)
        except (pika.exceptions.AMQPError, OSError, Away) as error:
            log.warning("Mendloop is away: %r", error)
            time.sleep(pause)
            pause = min(pause * 2, 10)


def hear(book: Book, mendloop: Mendloop, queue: str, idle: float) -> None:
    looked, fresh = 0.0, True
    while True:
        deliveries = mendloop.next(queue, most=200, within=idle)
        if deliveries:
            take(book, mendloop, [json.loads(body)["data"] for _, body in deliveries])
            mendloop.acknowledge(deliveries[-1][0])
            fresh = True
        # Entries may overtake each other on their way: a gap is one when nothing comes any more.
        elif fresh:
            ask_again(book, mendloop, book.gaps())
            fresh = False
        if time.monotonic() - looked > LOOK_EVERY:
            ask_again(book, mendloop, book.gaps() + behind(book, mendloop))
            looked = time.monotonic()


def read_log(book: Book, url: str) -> int:
    """Books everything that the stream of billing's events still holds; what is older is asked for by number later."""
    with Mendloop(url) as mendloop:
        new = 0
        for bodies in mendloop.read_stream(LOG):
            events = [json.loads(body) for body in bodies]
            new += take(book, mendloop, [event["data"] for event in events if event["type"] == f"mendloop.{POSTED}"])
        return new


def prove(book: Book, url: str, name: str) -> bool:
    """Holds every day against Mendloop's control totals, and says where they differ."""
    with Mendloop(url) as mendloop:
        follow(book, mendloop, mendloop.query("billing.ledger-totals", {})["books"])
        today = datetime.now(timezone.utc).date() + timedelta(days=1)
        first = book.file.execute("SELECT min(date(posted_at)) FROM entry WHERE book = ?", (name,)).fetchone()[0]
        start = date.fromisoformat(first) - timedelta(days=1) if first else today
        theirs: dict[tuple, dict] = {}
        offset = 0
        # Mendloop's clock may be ahead of ours where it is a simulation's.
        last = book.file.execute("SELECT max(date(posted_at)) FROM entry WHERE book = ?", (name,)).fetchone()[0]
        end = max(today, date.fromisoformat(last) + timedelta(days=1) if last else today)
        while start <= end:
            until = min(end, start + timedelta(days=MOST_DAYS - 1))
            totals = mendloop.query(
                "billing.daily-totals", {"book": name, "fromDay": start.isoformat(), "untilDay": until.isoformat()})
            offset = totals["utcOffsetMinutes"]
            for day in totals["days"]:
                theirs[day["day"], day["series"]] = {
                    "entries": day["entries"],
                    "accounts": {account["account"]: (account["debit"]["amount"], account["credit"]["amount"])
                                 for account in day["accounts"]}}
            start = until + timedelta(days=1)
        ours = book.days(name, offset)
        for key in sorted(ours.keys() | theirs.keys()):
            same = ours.get(key) == theirs.get(key)
            counts = [totals.get(key, {"entries": 0})["entries"] for totals in (ours, theirs)]
            print(f"{key[0]} series {key[1]}: {counts[0]} of {counts[1]} entries, {'the same' if same else 'NOT THE SAME'}")
        everything = {(them["series"], account["account"]): (account["debit"]["amount"], account["credit"]["amount"])
                      for them in mendloop.query("billing.ledger-totals", {"book": name})["books"]
                      for account in them["accounts"]}
        held = {(series, account): (debit, credit) for series, account, debit, credit in book.file.execute(
            "SELECT series, account, debit, credit FROM trial_balance WHERE book = ?", (name,))}
        print(f"trial balance: {len(held)} accounts, {'the same' if held == everything else 'NOT THE SAME'}")
        return ours == theirs and held == everything


def export(book: Book, name: str, offset: int) -> None:
    """As a plain-text journal, https://hledger.org/hledger.html#journal: debits above zero, credits below; minor units are
    hundredths. Days are those of Mendloop's own clock, so that a month here is a month there."""
    entries = book.file.execute(
        f"SELECT entry_id, series, sequence, date(posted_at, '{offset:+d} minutes'), memo FROM entry WHERE book = ?"
        " ORDER BY 2, 3", (name,))
    for id, series, sequence, day, memo in entries:
        print(f"{day} ({series}-{sequence}) {memo.replace(';', ',')}  ; entry: {id}")
        for account, side, amount, currency in book.file.execute(
                "SELECT account, side, amount, currency FROM line WHERE entry_id = ? ORDER BY position", (id,)):
            sign = "" if side == "debit" else "-"
            print(f"    {account.replace('/', ':')}  {sign}{amount // 100}.{amount % 100:02d} {currency}")
        print()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["keep", "read-log", "prove", "close", "export"])
    parser.add_argument("month", nargs="?", help="to close, such as 2026-11")
    parser.add_argument("--file", default="book.sqlite", help="the book (%(default)s)")
    parser.add_argument("--book", default="main", help="which of Mendloop's books to prove or export (%(default)s)")
    parser.add_argument("--idle", type=float, default=2, help="seconds without an entry before gaps are asked for")
    parser.add_argument("--utc-offset", type=int, default=480,
                        help="of the days that export writes, minutes; Mendloop's MENDLOOP_UTC_OFFSET_MINUTES (%(default)s)")
    options = parser.parse_args()
    if (options.what == "close") != (options.month is not None):
        parser.error("close, and nothing else, takes a month")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    book = Book(options.file)
    try:
        match options.what:
            case "keep":
                keep(book, os.environ["MENDLOOP_AMQP_URL"], options.idle)
            case "read-log":
                print(f"{read_log(book, os.environ['MENDLOOP_AMQP_URL'])} new entries")
            case "prove":
                return 0 if prove(book, os.environ["MENDLOOP_AMQP_URL"], options.book) else 1
            case "close":
                with Mendloop(os.environ["MENDLOOP_AMQP_URL"]) as mendloop:
                    close(book, mendloop, options.book, options.month)
            case "export":
                export(book, options.book, options.utc_offset)
    except (Contradiction, Refused, Away) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
