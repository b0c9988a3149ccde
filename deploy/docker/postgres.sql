-- First start only. The owner of the tables is no superuser, and none of its statements may hang (as in `make run`).
\getenv password ZANTARA_DATABASE_PASSWORD
CREATE ROLE zantara LOGIN PASSWORD :'password';
ALTER ROLE zantara SET statement_timeout = '30s';
ALTER ROLE zantara SET lock_timeout = '5s';
ALTER ROLE zantara SET idle_in_transaction_session_timeout = '60s';
CREATE DATABASE zantara OWNER zantara;
\connect zantara
CREATE EXTENSION vector;
