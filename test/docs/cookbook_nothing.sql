-- cookbook_nothing.sql
--	No rows at all: the queries of docs/cookbook.md have nothing to show, and show
--	just that.
--
-- makes all of its data
-- lacks: .

SET client_min_messages = warning;
\i examples/click_events.sql
\i examples/weekly_report.sql
