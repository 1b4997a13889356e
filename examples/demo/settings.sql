-- settings.sql
--	How psql prints for demo.sh.

\pset border 1
\pset linestyle unicode
\pset footer off
\pset null '-'
\pset numericlocale on
\pset pager off
\pset columns 100
