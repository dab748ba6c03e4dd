-- Signatures by their files, in whichever of their members the hash stands.
CREATE INDEX service_report_by_signature ON service_report ((state #>> '{word,signature,dataref}'))
    WHERE state #>> '{word,signature,dataref}' IS NOT NULL;
CREATE INDEX service_report_by_signature_hash ON service_report ((state #>> '{word,signature,sha256}'))
    WHERE state #>> '{word,signature,sha256}' IS NOT NULL;
