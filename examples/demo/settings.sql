-- settings.sql
--	How psql prints for demo.sh.

\pset border 1
\pset linestyle unicode
\pset footer off
\pset null '-'
\pset numericlocale on
\pset pager off
-- where a name or an amount is too long for all that was thought of, it is broken
\pset format wrapped
\pset columns 80
