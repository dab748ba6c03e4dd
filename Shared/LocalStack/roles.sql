-- Roles, schemas and extensions of one Mendloop database, run by psql as its administrator in that database.
-- Safe to repeat. Passwords come by environment: MENDLOOP_<ROLE>_PASSWORD, e.g. MENDLOOP_FIELD_SERVICE_PASSWORD.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;

\getenv intake_password MENDLOOP_INTAKE_PASSWORD
\getenv dispatch_password MENDLOOP_DISPATCH_PASSWORD
\getenv field_service_password MENDLOOP_FIELD_SERVICE_PASSWORD
\getenv inventory_password MENDLOOP_INVENTORY_PASSWORD
\getenv billing_password MENDLOOP_BILLING_PASSWORD
\getenv feedback_password MENDLOOP_FEEDBACK_PASSWORD
\getenv console_password MENDLOOP_CONSOLE_PASSWORD

-- Extensions need an administrator, and every schema uses them: they live in public, where services may not write.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- One role per service and one for console, owner of the schema of the same name, with no rights on any other.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['intake', 'dispatch', 'field_service', 'inventory', 'billing', 'feedback', 'console']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE intake PASSWORD :'intake_password';
ALTER ROLE dispatch PASSWORD :'dispatch_password';
ALTER ROLE field_service PASSWORD :'field_service_password';
ALTER ROLE inventory PASSWORD :'inventory_password';
ALTER ROLE billing PASSWORD :'billing_password';
ALTER ROLE feedback PASSWORD :'feedback_password';
ALTER ROLE console PASSWORD :'console_password';

SELECT format('ALTER ROLE %1$I SET search_path = %1$I, public', name),
    format('CREATE SCHEMA IF NOT EXISTS %1$I AUTHORIZATION %1$I', name)
FROM unnest(ARRAY['intake', 'dispatch', 'field_service', 'inventory', 'billing', 'feedback', 'console']) AS name \gexec
