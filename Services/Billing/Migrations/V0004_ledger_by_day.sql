-- Control totals of days read the days' entries, not the book.

CREATE INDEX ledger_entry_by_day ON ledger_entry (book, posted_at);
