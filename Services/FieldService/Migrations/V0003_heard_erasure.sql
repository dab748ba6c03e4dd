-- Erasures that are heard lie in the kit's `heard_erasure`. The table `erasure` of an earlier release is no longer used; a program
-- of that release, which runs on while this is migrated, still writes what it hears into it, and it is taken over. It may be dropped
-- once no release before this one is upgraded from.

CREATE FUNCTION take_over_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO heard_erasure (id, version, state)
    VALUES (NEW.id, NEW.version, NEW.state || '{"stage": "states", "statesDone": 0, "logPosition": 0, "logEnd": 0}')
    ON CONFLICT (id) DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER erasure_is_taken_over AFTER INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION take_over_erasure();

-- What is not done begins again: each step may be done twice.
INSERT INTO heard_erasure (id, version, state)
SELECT id, version,
    CASE WHEN is_done THEN state
        ELSE state || '{"stage": "states", "statesDone": 0, "logPosition": 0, "logEnd": 0}' END
FROM erasure ON CONFLICT (id) DO NOTHING;

COMMENT ON TABLE erasure IS 'No longer used: heard_erasure is. May be dropped once no release before 2026-12 is upgraded from.';
