package StoredCells;

# A table of events and the cells that are kept of it, for tests in which something
# goes wrong in between.  Whatever it is, cells are what their events say.
#
#	create_cells($node)		the tables, and a function that writes batches
#	wrong_cells($node)		'' if the cells are, byte for byte, those of their events,
#							or else how many are and are not
#	cells_digest($node)		a digest of all that is stored

use strict;
use warnings;

use Exporter qw(import);

our @EXPORT = qw(create_cells wrong_cells cells_digest);

my $recomputed = q{
	SELECT report_week(day) AS week, campaign, count(*) AS events, clicks_all(clicks) AS clicks, sum(counts) AS counts,
		click_counts_agg(type) AS types, clicks_all(impressions) AS impressions, sum(spend) AS spend, clicker_set_agg(user_id) AS people
	FROM events GROUP BY 1, 2
};

sub create_cells
{
	my ($node) = @_;

	$node->safe_psql('postgres', qq{
		SET client_min_messages = warning;
		CREATE EXTENSION IF NOT EXISTS clicks_all;
		CREATE TABLE events (batch bigint, day date, campaign integer, user_id bigint, type click_type, clicks bigint, counts click_counts, impressions bigint, spend numeric);
		CREATE INDEX ON events (batch);
		CREATE TABLE cells AS $recomputed WITH NO DATA;
		ALTER TABLE cells ADD PRIMARY KEY (week, campaign);
		CREATE VIEW recomputed AS $recomputed;
		CREATE MATERIALIZED VIEW weekly AS TABLE recomputed;
		CREATE UNIQUE INDEX ON weekly (week, campaign);
		CREATE TABLE rates (n serial PRIMARY KEY, sample ratio_sample, totals ad_totals, types click_totals);
		INSERT INTO rates (sample, totals, types) SELECT ratio_sample_agg(i / 7.0, i), '1|15|2|1007|2|37500|0|0|2|2|2|EUR', '1|0|7|2|2|-1|1|19|0|1' FROM generate_series(1, 300) AS i GROUP BY i % 50;

		CREATE SEQUENCE batches;
		CREATE FUNCTION write_batch(size integer) RETURNS bigint LANGUAGE plpgsql AS \$\$
		DECLARE
			this bigint := nextval('batches');
		BEGIN
			INSERT INTO events
				SELECT this, date '2026-01-05' + (i * 5 + this::int) % 28, i % 7, (this * 977 + i * i) % 100000, (enum_range(NULL::click_type))[1 + i % 20],
					i % 9, CASE WHEN i % 5 > 0 THEN click_counts(link => i, outbound => nullif(i % 3, 0)) END, i * 90, i * 0.3100 + this
				FROM generate_series(1, size) AS i;
			INSERT INTO cells
				@{[$recomputed =~ s/GROUP/WHERE batch = this GROUP/r]} ORDER BY 1, 2
				ON CONFLICT (week, campaign) DO UPDATE SET events = cells.events + excluded.events, clicks = cells.clicks + excluded.clicks,
					counts = cells.counts + excluded.counts, types = cells.types + excluded.types, impressions = cells.impressions + excluded.impressions,
					spend = cells.spend + excluded.spend, people = cells.people | excluded.people;
			RETURN this;
		END \$\$;
		SELECT count(write_batch(500)) FROM generate_series(1, 20);
		REFRESH MATERIALIZED VIEW weekly;
	});
	return;
}

# Cells are compared as texts, which tell every byte of a set.
sub wrong_cells
{
	my ($node, $database) = @_;

	return $node->safe_psql($database // 'postgres', qq{
		WITH stored AS (SELECT c::text FROM cells AS c), right_ones AS (SELECT r::text FROM ($recomputed) AS r)
		SELECT nullif(concat_ws(' ', (SELECT count(*) || ' wrong' FROM (TABLE stored EXCEPT ALL TABLE right_ones) AS s HAVING count(*) > 0),
			(SELECT count(*) || ' missing' FROM (TABLE right_ones EXCEPT ALL TABLE stored) AS s HAVING count(*) > 0),
			(SELECT 'no events' WHERE NOT EXISTS (SELECT FROM events))), '')
	});
}

sub cells_digest
{
	my ($node, $database) = @_;

	return $node->safe_psql($database // 'postgres', q{
		SELECT (SELECT md5(string_agg(c::text, E'\n' ORDER BY week, campaign)) FROM cells AS c),
			(SELECT md5(string_agg(w::text, E'\n' ORDER BY week, campaign)) FROM weekly AS w),
			(SELECT md5(string_agg(r::text, E'\n' ORDER BY n)) FROM rates AS r),
			(SELECT count(*) FROM events)
	});
}

1;
