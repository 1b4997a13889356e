-- recompute.sql
--	Prints, for each thing that is stored: its name, the rows that were compared, and
--	the rows that are not what this server computes; and how many indexes are whole.

SET work_mem = '64MB';

SELECT 'weekly_ads', count(*), count(*) FILTER (WHERE stored IS DISTINCT FROM computed
	OR clicker_set_send(stored.clickers) IS DISTINCT FROM clicker_set_send(computed.clickers))
FROM weekly_ads AS stored FULL JOIN cells_of_weeks('-infinity', 'infinity') AS computed USING (row_key);

SELECT 'stored_values', count(*), count(*) FILTER (WHERE
	(stored.kind, stored.counts, stored.history, stored.clickers, stored.coarse_clickers, stored.sample)
		IS DISTINCT FROM
	(computed.kind, computed.counts, computed.history, computed.clickers, computed.coarse_clickers, computed.sample)
	OR stored.total IS DISTINCT FROM clicks_total(computed.counts)
	OR ratio_sample_send(stored.sample) IS DISTINCT FROM ratio_sample_send(computed.sample))
FROM stored_values AS stored FULL JOIN computed_values AS computed USING (cell);

SELECT 'kept_values', count(*), count(*) FILTER (WHERE stored IS DISTINCT FROM computed)
FROM kept_values AS stored
	FULL JOIN (SELECT cell % 2 AS half, sum(counts) AS counts, union_agg(clickers) AS clickers, sum(sample ORDER BY cell) AS sample
		FROM computed_values GROUP BY 1) AS computed USING (half);

-- every row of a table is found through each index, and in the order of the index
CREATE EXTENSION amcheck;
SELECT 'indexes', count(checked), 0
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS am ON am.oid = c.relam,
	LATERAL (SELECT bt_index_parent_check(i.indexrelid, heapallindexed => true)::text) AS checks(checked)
WHERE amname = 'btree' AND c.relnamespace = 'public'::regnamespace;
DROP EXTENSION amcheck;

-- values computed now find the stored ones, by every kind of index
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SELECT 'found by sample', count(*), count(*) FILTER (WHERE stored.cell IS NULL)
FROM computed_values AS computed LEFT JOIN stored_values AS stored ON stored.sample = computed.sample
WHERE computed.sample IS NOT NULL;
SELECT 'found by set', count(*), count(*) FILTER (WHERE stored.cell IS NULL)
FROM computed_values AS computed LEFT JOIN stored_values AS stored ON stored.clickers = computed.clickers
WHERE computed.clickers IS NOT NULL;
SELECT 'found by counts', count(*), count(*) FILTER (WHERE stored.cell IS NULL)
FROM computed_values AS computed LEFT JOIN stored_values AS stored ON stored.counts = computed.counts;
