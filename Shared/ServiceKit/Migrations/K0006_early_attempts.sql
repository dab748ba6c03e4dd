-- How many of a parked message's tries came too early: they take nothing from the tries that it has when something fails.
ALTER TABLE parked_message ADD COLUMN early_attempts integer NOT NULL DEFAULT 0;
