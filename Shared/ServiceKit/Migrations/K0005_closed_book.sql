-- Until when a book is closed: what belongs to a time before is posted as of then. Read and set under the lock by which numbers are
-- given, so that an entry is either numbered before the closing or posted after what it closed.
ALTER TABLE book ADD COLUMN closed_until timestamptz;
