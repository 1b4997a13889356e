-- stored_values.sql
--	A table with stored values of every type, and of all sizes and forms of each; with
--	indexes, a generated column, constraints, and a materialized view over it.  What
--	they were made from is in raw_values.

CREATE TABLE raw_values AS
	SELECT cell, n, (n * 7919 + cell * 104729) % 100003 AS person,
		(enum_range(NULL::click_type))[1 + (n * n + cell) % 20] AS click_type,
		nullif((n * 31 + cell) % 50, 7) AS clicks,
		(n * 37 + cell) % 4000 + 1 AS impressions
	FROM (VALUES (1, 1), (2, 5), (3, 100), (4, 768), (5, 769), (6, 20000), (7, 0)) AS cells(cell, size),
		generate_series(1, size) AS n;

-- What is stored for each cell, computed
CREATE VIEW computed_values AS
	SELECT cell, min(click_type) AS kind, click_counts_agg(click_type) AS counts,
		array_agg(click_counts(link => clicks, outbound => n) ORDER BY n) FILTER (WHERE n <= 300) AS history,
		clicker_set_agg(person) AS clickers,
		clicker_set_agg('person ' || person, 10) AS coarse_clickers,
		ratio_sample_agg(clicks, impressions ORDER BY n) AS sample
	FROM raw_values GROUP BY cell;

CREATE DOMAIN known_counts AS click_counts CHECK (VALUE IS DISTINCT FROM NULL);

CREATE TABLE stored_values (
	cell integer PRIMARY KEY, kind click_type, counts known_counts, history click_counts[],
	clickers clicker_set, coarse_clickers clicker_set(10), sample ratio_sample,
	total bigint GENERATED ALWAYS AS (clicks_total(counts)) STORED,
	CHECK (clicks_total(counts) >= 0)
);
INSERT INTO stored_values SELECT * FROM computed_values;
CREATE INDEX ON stored_values (kind);
CREATE INDEX ON stored_values (cell) WHERE is_counted(kind);
CREATE INDEX ON stored_values (counts);
CREATE INDEX ON stored_values (clicks_total(counts));
CREATE INDEX ON stored_values (cardinality(clickers));
CREATE UNIQUE INDEX ON stored_values (clickers) WHERE cell < 4;
CREATE UNIQUE INDEX ON stored_values (sample);
CREATE INDEX ON stored_values USING hash (clickers);
CREATE INDEX ON stored_values USING hash (sample);

CREATE MATERIALIZED VIEW kept_values AS
	SELECT cell % 2 AS half, sum(counts) AS counts, union_agg(clickers) AS clickers, sum(sample ORDER BY cell) AS sample
	FROM stored_values GROUP BY 1;
CREATE UNIQUE INDEX ON kept_values (half);
CREATE INDEX ON kept_values USING hash (sample);
