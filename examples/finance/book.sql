-- A book kept from Mendloop's ledger entries. Amounts are in minor units.

CREATE TABLE IF NOT EXISTS entry (
    entry_id TEXT PRIMARY KEY,
    book TEXT NOT NULL,
    series INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    posted_at TEXT NOT NULL,
    work_order_number TEXT,
    reverses TEXT,
    memo TEXT NOT NULL,
    UNIQUE (book, series, sequence)
) STRICT;

CREATE TABLE IF NOT EXISTS line (
    entry_id TEXT NOT NULL REFERENCES entry,
    position INTEGER NOT NULL,
    account TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('debit', 'credit')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;

-- A ledger that was restored goes on in a new series; of those before, what lies behind the last number was undone.
CREATE TABLE IF NOT EXISTS series (
    book TEXT NOT NULL,
    series INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (book, series)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS withdrawn (
    book TEXT NOT NULL,
    series INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    entry_id TEXT NOT NULL,
    posted_at TEXT NOT NULL,
    memo TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (book, series, sequence)
) STRICT, WITHOUT ROWID;

-- The last month that we closed of each book: what a restored Mendloop has open again, we close again.
CREATE TABLE IF NOT EXISTS closed (
    book TEXT PRIMARY KEY,
    month TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers have no gap in Mendloop: what lies between two that we have is what we lack.
CREATE VIEW IF NOT EXISTS gap AS
SELECT book, series, before + 1 AS first, sequence - 1 AS last
FROM (
    SELECT book, series, sequence,
        lag(sequence, 1, 0) OVER (PARTITION BY book, series ORDER BY sequence) AS before
    FROM entry
)
WHERE sequence > before + 1;

CREATE VIEW IF NOT EXISTS trial_balance AS
SELECT e.book, e.series, l.account,
    sum(CASE l.side WHEN 'debit' THEN l.amount ELSE 0 END) AS debit,
    sum(CASE l.side WHEN 'credit' THEN l.amount ELSE 0 END) AS credit
FROM entry e JOIN line l USING (entry_id)
GROUP BY e.book, e.series, l.account;
