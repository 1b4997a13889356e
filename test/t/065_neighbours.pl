# The rollups beside extensions that keep partitions, schedules and views: pg_partman,
# pg_cron, TimescaleDB in Debian's edition, pg_ivm.  What docs/scaling.md says of each.
# Runs for those that are installed; test/lib/versions.sh installs what Debian has.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $share = `pg_config --sharedir`;
chomp $share;
my %installed = map { $_ => -e "$share/extension/$_.control" } qw(pg_partman pg_cron timescaledb pg_ivm);
plan skip_all => 'SKIPPED: neither pg_partman, pg_cron, TimescaleDB nor pg_ivm is installed' unless grep { $_ } values %installed;

my $node = PostgreSQL::Test::Cluster->new('neighbours');
$node->init;
$node->append_conf('postgresql.conf', "shared_preload_libraries = '"
	  . join(',', grep { $installed{$_} } qw(timescaledb pg_cron)) . q{'
	cron.database_name = 'pg_cron'
	cron.use_background_workers = on
	timescaledb.telemetry_level = off
	max_worker_processes = 20
});
$node->start;

# Run the function in a database of its own, with the extension and what the isolation
# tests prepare: rollups over plain tables and, in a schema, over partitions.
sub beside
{
	my ($extension, $test) = @_;

	subtest $extension => sub {
		plan skip_all => "SKIPPED: $extension is not installed" unless $installed{$extension};
		$node->safe_psql('postgres', "CREATE DATABASE $extension");
		my $ask = sub { return $node->safe_psql($extension, $_[0]) };
		# TimescaleDB wants to be made by the first statement of a session
		$ask->($extension eq 'pg_partman' ? 'CREATE SCHEMA partman; CREATE EXTENSION pg_partman SCHEMA partman' : "CREATE EXTENSION $extension");
		$node->command_ok([ 'psql', '-XqAt', '-d', $extension, '-f', 'test/isolation/prepare.sql' ], 'rollups');
		$test->($ask);
		note("$extension " . $ask->("SELECT extversion FROM pg_extension WHERE extname = '$extension'"));
	};
}

# What the query is refused with
sub refused
{
	my ($database, $query, $message) = @_;
	my ($status, $out, $error) = $node->psql($database, $query);

	like($error, $message, "refused: $query");
}

my $rows = q{
	INSERT INTO ad_daily (day, ad_id, clicks, impressions, spend)
		SELECT today - i, 'ad ' || i % 3, click_counts(link => i % 9), i * 7, i * 0.31
		FROM generate_series(0, 300) AS i, current_date AS today;
	INSERT INTO ad_clicks (click_id, clicked_at, day, ad_id, user_id, click_type)
		SELECT i, day + time '12:00' AT TIME ZONE 'UTC', day, 'ad ' || i % 3, 'user ' || i % 70, 'link'
		FROM generate_series(0, 1500) AS i, LATERAL (SELECT current_date - i / 5 AS day) AS days;
};

# partitions by month: pg_partman makes them, and drops those that are too old
beside pg_partman => sub {
	my ($ask) = @_;
	my $here = 'SET search_path = partitioned, public;';

	$ask->(qq{$here
		SELECT partman.create_parent('partitioned.ad_daily', 'day', '1 month', p_start_partition := (current_date - 310)::text);
		SELECT partman.create_parent('partitioned.ad_clicks', 'clicked_at', '1 month', p_start_partition := (current_date - 310)::text);
		$rows});
	my $partitions = q{SELECT count(*) FROM pg_partition_tree('partitioned.ad_clicks') WHERE isleaf};
	cmp_ok($ask->($partitions), '>=', 11, 'a partition for each month');
	like($ask->("$here SELECT refresh()"), qr/^4[345] weeks, \d+ cells, 0 frozen$/, 'a refresh computes all weeks');
	is($ask->("$here SELECT wrong_cells()"), '0', '... as a full rebuild would');

	$ask->(qq{$here CREATE TABLE before AS TABLE weekly_ads;
		UPDATE partman.part_config SET retention = '4 months', retention_keep_table = false});
	my $many = $ask->($partitions);
	$ask->('SELECT partman.run_maintenance()');
	cmp_ok($ask->($partitions), '<', $many - 4, 'old months are dropped');
	$ask->("$here INSERT INTO ad_daily (day, ad_id, spend) VALUES (current_date, 'late', 1), (current_date - 280, 'late', 1)");
	my ($status, $out, $warning) = $node->psql('pg_partman', "$here SELECT refresh()");
	is($out, '1 weeks, 4 cells, 1 frozen', 'the week of a late row is frozen, as its month is gone');
	like($warning, qr/WARNING:  rows changed in weeks that are frozen, and were not counted: \d{4}-\d\d-\d\d$/m, '... which is said');
	is($ask->(qq{$here SELECT count(*) FROM (TABLE before EXCEPT ALL TABLE weekly_ads) AS gone
			WHERE week <> report_week(current_date)}), '0', 'the cells of dropped months stay');
};

# a refresh by schedule
beside pg_cron => sub {
	my ($ask) = @_;

	$ask->($rows);
	is($ask->('SELECT count(*) FROM weekly_ads'), '0', 'nothing is computed yet');
	$ask->(q{SELECT cron.schedule('weekly ads', '1 second', 'CALL refresh_weekly_ads()')});
	ok($node->poll_query_until('pg_cron', 'SELECT count(*) > 120 FROM weekly_ads'), 'weeks are computed by schedule');
	$ask->(q{INSERT INTO ad_daily (day, ad_id, spend) VALUES (current_date, 'new', 1)});
	ok($node->poll_query_until('pg_cron', q{SELECT count(*) = 1 FROM weekly_ads WHERE ad_id = 'new'}), '... and what came since, too');
	is($ask->(q{SELECT count(*) FROM cron.job_run_details WHERE status = 'failed'}), '0', 'no run failed');
	$ask->(q{SELECT cron.unschedule('weekly ads')});
	is($ask->('SELECT wrong_cells()'), '0', 'the cells are those of a full rebuild');
};

# hypertables: every aggregate as over a plain table.  Writers are logged, but chunks that
# are dropped are not: freeze their days first.
beside timescaledb => sub {
	my ($ask) = @_;
	my $here = 'SET search_path = hyper, public;';

	$ask->(qq{$rows
		CREATE SCHEMA hyper; $here
		CREATE TABLE ad_daily (LIKE public.ad_daily INCLUDING ALL);
		CREATE TABLE ad_clicks (LIKE public.ad_clicks INCLUDING ALL);
		SELECT create_hypertable('ad_daily', by_range('day', interval '1 month'));
		SELECT create_hypertable('ad_clicks', by_range('clicked_at', interval '1 month'));
		$rows});
	cmp_ok($ask->(q{SELECT count(*) FROM show_chunks('hyper.ad_clicks')}), '>=', 10, 'clicks are in chunks');
	local $ENV{PGOPTIONS} = '-c search_path=hyper,public';
	$node->command_ok([ 'psql', '-XqAt', '-d', 'timescaledb', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/incremental_rollup.sql' ], 'a rollup over hypertables that have rows');
	is($ask->('SELECT count(*) > 120 FROM weekly_ads'), 't', '... has the weeks of these rows');
	is($ask->('SELECT wrong_cells()'), '0', '... as a full rebuild would');

	$ask->(q{
		INSERT INTO ad_daily (day, ad_id, spend) VALUES (current_date - 100, 'new', 1);
		UPDATE ad_daily SET spend = spend + 1 WHERE day = current_date - 200;
		DELETE FROM ad_clicks WHERE day = current_date - 150;
		CALL refresh_weekly_ads();
	});
	is($ask->('SELECT wrong_cells()'), '0', 'writers to hypertables are logged');

	foreach my $setting ('max_parallel_workers_per_gather = 0', 'enable_partitionwise_aggregate = on', 'enable_hashagg = off',
		'parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0')
	{
		my $report = q{SELECT report_week(day) AS week, ad_id, sum(clicks), (ad_metrics(clicks, impressions, spend)).cpc
			FROM %1$s.ad_daily GROUP BY 1, 2 ORDER BY 1, 2;
			SELECT report_week(day) AS week, clicks_all(click_type), unique_clicks(user_id), clicker_set_agg(user_id)
			FROM %1$s.ad_clicks GROUP BY 1 ORDER BY 1};
		$ask->(q{TRUNCATE public.ad_daily, public.ad_clicks;
			INSERT INTO public.ad_daily (day, ad_id, clicks, impressions, spend) SELECT day, ad_id, clicks, impressions, spend FROM ad_daily;
			INSERT INTO public.ad_clicks SELECT * FROM ad_clicks});
		is($ask->("SET $setting; " . sprintf($report, 'hyper')), $ask->(sprintf($report, 'public')), "hypertables with $setting");
	}

	$ask->(q{CREATE TABLE before AS TABLE weekly_ads;
		INSERT INTO frozen_days VALUES ('-infinity', current_date - 121, 'chunks were dropped');
		SELECT drop_chunks('ad_daily', older_than => current_date - 120); SELECT drop_chunks('ad_clicks', older_than => current_date - 120)});
	$ask->(q{INSERT INTO ad_daily (day, ad_id, spend) VALUES (current_date - 280, 'late', 1)});
	is($ask->('SELECT refresh()'), '0 weeks, 0 cells, 1 frozen', 'the week of a late row is frozen');
	is($ask->('SELECT count(*) FROM (TABLE before EXCEPT ALL TABLE weekly_ads) AS gone'), '0', 'the cells of dropped chunks stay');

	refused('timescaledb', "CREATE MATERIALIZED VIEW weeks WITH (timescaledb.continuous) AS
		SELECT time_bucket('7 days', day), clicks_all(clicks) FROM ad_daily GROUP BY 1", qr/not supported under the current "apache" license/);
	refused('timescaledb', 'ALTER TABLE ad_daily SET (timescaledb.compress)', qr/not supported under the current "apache" license/);
};

# views that keep themselves: sums of core, and people one by one, under our aggregates
beside pg_ivm => sub {
	my ($ask) = @_;

	$ask->(q{
		CREATE TABLE raw (day date, campaign int, user_id bigint, clicks bigint, impressions bigint, spend numeric);
		SELECT pgivm.create_immv('weeks', 'SELECT report_week(day) AS week, campaign, sum(clicks) AS clicks,
			sum(impressions) AS impressions, sum(spend) AS spend FROM raw GROUP BY week, campaign');
		SELECT pgivm.create_immv('people', 'SELECT DISTINCT report_week(day) AS week, campaign, user_id FROM raw');
		INSERT INTO raw SELECT date '2026-01-05' + i % 50, i % 3, i % 170, i % 5, i % 90, i * 0.1 FROM generate_series(1, 2000) AS i;
		UPDATE raw SET clicks = clicks + 1 WHERE campaign = 1;
		DELETE FROM raw WHERE day = '2026-01-20' OR user_id = 33;
	});
	is($ask->('SELECT campaign, ad_metrics(clicks, impressions, spend) FROM weeks GROUP BY campaign ORDER BY campaign'),
		$ask->('SELECT campaign, ad_metrics(clicks, impressions, spend) FROM raw GROUP BY campaign ORDER BY campaign'), 'sums that keep themselves');
	is($ask->('SELECT campaign, unique_clicks(user_id), clicker_set_agg(user_id) FROM people GROUP BY campaign ORDER BY campaign'),
		$ask->('SELECT campaign, unique_clicks(user_id), clicker_set_agg(user_id) FROM raw GROUP BY campaign ORDER BY campaign'), 'people that keep themselves');
	refused('pg_ivm', "SELECT pgivm.create_immv('ours', 'SELECT campaign, clicks_all(clicks) FROM raw GROUP BY campaign')",
		qr/aggregate function clicks_all\(bigint\) is not supported on incrementally maintainable materialized view/);
};

done_testing();
