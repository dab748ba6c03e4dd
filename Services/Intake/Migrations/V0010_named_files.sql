-- Who names a file: looked up by its hash, in whichever of an attachment's members it stands. Most reports have no file.
CREATE INDEX service_request_by_file ON service_request USING gin ((state #> '{report,attachments}') jsonb_path_ops)
    WHERE state #> '{report,attachments}' <> '[]';
CREATE INDEX request_message_by_file ON request_message USING gin ((attachments::jsonb) jsonb_path_ops)
    WHERE attachments <> '[]';
CREATE INDEX entitlement_dispute_by_file ON entitlement_dispute USING gin ((state -> 'evidence') jsonb_path_ops)
    WHERE state -> 'evidence' <> '[]';
