# Objects that somebody planted are never called: neither when the extension is installed
# where they are, nor by any file of examples/ or by what it makes, though they come
# before pg_catalog in the search_path.  And who may see and do what: row security,
# revoked rights, refreshing as another role.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Traps;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
# the same plans in both databases, and so the same order of floating point sums
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
my ($host, $port) = ($node->host, $node->port);
$node->safe_psql('postgres', 'CREATE ROLE mallory LOGIN; CREATE ROLE report SUPERUSER LOGIN');

# Whatever is built on something in this schema
sub built_on
{
	my ($database, $schema) = @_;

	return $node->safe_psql($database, qq{
		SELECT pg_describe_object(classid, objid, objsubid)
		FROM pg_depend JOIN (SELECT 'pg_proc'::regclass AS catalog, oid, pronamespace AS namespace FROM pg_proc
			UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
			UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type
			UNION ALL SELECT 'pg_class'::regclass, oid, relnamespace FROM pg_class) AS planted
				ON refclassid = catalog AND refobjid = planted.oid
			CROSS JOIN pg_identify_object(classid, objid, 0) AS object
		WHERE namespace = '$schema'::regnamespace AND deptype = 'n' AND schema IS DISTINCT FROM '$schema'
		LIMIT 3});
}

# An installation among planted objects, in their very schema
$node->safe_psql('postgres', 'CREATE DATABASE among');
$node->safe_psql('among', 'CREATE SCHEMA clicks; GRANT ALL ON SCHEMA clicks TO mallory');
cmp_ok(Traps::plant($node, 'among', 'mallory', 'clicks', ['pg_catalog'], 1), '>', 2000, 'traps where the extension will be');
$node->safe_psql('among', 'CREATE EXTENSION clicks_all SCHEMA clicks');
is(Traps::foundations($node, 'among'), '', 'an installation among traps is built on none');
is($node->safe_psql('among', q{
		SET search_path = clicks;
		SELECT clicks_total(click_counts(link => 3, photo => 4) + click_counts(link => 1)), ctr(3, 200), cpc(1.5, 3),
			unique_clicks(id), unique_clicks(id::pg_catalog.text), cardinality(clicker_set_agg(id)), report_week('2026-03-04')
		FROM generate_series(1, 5) AS id}),
	'8|1.5000000000000000|0.50000000000000000000|5|5|5|2026-03-02', '... and calls none');

# Two databases, one of them with traps, in which everything is done that examples/ has
my $hostile = 'reports,hostile,pg_catalog,clicks';
my %path = (clean => 'reports,clicks', trapped => $hostile);
my %stream = (
	airbyte => [ 'airbyte_schema', 'airbyte_schema.ads_insights' ],
	singer => [ 'tap_facebook', 'tap_facebook.ads_insights' ],
	fivetran => [ 'facebook_ads', 'facebook_ads.basic_ad' ],
	dlt => [ 'facebook_ads_data', 'facebook_ads_data.facebook_insights' ]);
my $scripts = PostgreSQL::Test::Utils::tempdir();

# Run a command with the search_path of the database; the number of errors
sub runs
{
	my ($database, $what, $command) = @_;

	local $ENV{PGOPTIONS} = "-c search_path=$path{$database} -c client_min_messages=warning";
	local $ENV{PGHOST} = $host;
	local $ENV{PGPORT} = $port;
	my ($out, $err) = ('', '');
	my $good = IPC::Run::run([ 'bash', '-o', 'pipefail', '-c', $command =~ s/\bpsql\b/psql -XAtq -v ON_ERROR_STOP=1 -d $database/gr ],
		'>', \$out, '2>', \$err);
	ok($good, "$database: $what") or diag(substr($err, 0, 2000));
	return $out;
}

sub prepare
{
	my ($database) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, q{
		CREATE SCHEMA clicks; CREATE EXTENSION clicks_all SCHEMA clicks; GRANT USAGE ON SCHEMA clicks TO PUBLIC;
		CREATE SCHEMA reports;
		CREATE SCHEMA hostile AUTHORIZATION mallory;
		CREATE FUNCTION reports.create_reference_table(text) RETURNS void LANGUAGE sql AS '';
		CREATE FUNCTION reports.create_distributed_table(text, text) RETURNS void LANGUAGE sql AS '';
	});
	foreach my $source (sort keys %stream)
	{
		my $script = slurp_file("test/sources/$source.sql") =~ s/^CREATE SCHEMA .*//mr;

		$node->safe_psql($database, "CREATE SCHEMA IF NOT EXISTS $stream{$source}[0]; SET search_path = $stream{$source}[0], clicks; $script");
	}
}

prepare($_) foreach ('clean', 'trapped');
cmp_ok(Traps::plant($node, 'trapped', 'mallory', 'hostile', [ 'pg_catalog', 'clicks' ]), '>', 2500, 'traps in front of pg_catalog');
$node->safe_psql('trapped', q{
	SET ROLE mallory;
	CREATE TABLE hostile.pg_class (oid pg_catalog.oid); CREATE TABLE hostile.pg_proc (oid pg_catalog.oid);
	CREATE TABLE hostile.pg_extension (oid pg_catalog.oid); CREATE TABLE hostile.pg_namespace (oid pg_catalog.oid);
	CREATE TABLE hostile.pg_attribute (oid pg_catalog.oid); CREATE TABLE hostile.pg_index (oid pg_catalog.oid);
	CREATE TABLE hostile.ad_daily (day date); CREATE TABLE hostile.ad_clicks (day date);
	CREATE TABLE hostile.weekly_ads (week date); CREATE TABLE hostile.changed_weeks (week date);
});
my ($status, $out, $err) = $node->psql('trapped', "SET search_path = $hostile; SELECT 1 + 1");
like($err, qr/trap: /, 'a trap works');

foreach my $database ('clean', 'trapped')
{
	runs($database, "$_.sql", "psql -v stream=$stream{$_}[1] -f examples/$_.sql") foreach sort keys %stream;
	runs($database, 'click_events.sql', 'psql -f examples/click_events.sql');
	$node->safe_psql($database, q{
		SET search_path = reports, clicks;
		INSERT INTO ad_accounts VALUES ('Acme', 'USD', 'America/New_York');
		INSERT INTO ads SELECT n, 'Acme', 'campaign ' || n % 2, 'set', 'ad ' || n, 'image', 'sales', 'all' FROM generate_series(1, 4) AS n;
		INSERT INTO click_events SELECT n, timestamptz '2026-01-05 12:00Z' + n * interval '1 hour', n % 4 + 1, 'user ' || n % 77, 'link',
			'US', 'phone', 'feed' FROM generate_series(1, 1500) AS n;
		INSERT INTO ad_delivery SELECT date '2026-01-05' + n % 63, n % 4 + 1, 'US', 'phone', 'feed', '2026-04-01', 1000 + n, n, n / 10.0
			FROM generate_series(0, 251) AS n;
	});
	runs($database, 'csv_export.sql',
		'/usr/bin/python3 -B tools/read_export.py test/demo/ads_manager.csv | psql -v source=meta -f examples/csv_export.sql');
	runs($database, 'CALL load_ads()', q{psql -c "CALL load_ads('-infinity')"});
	runs($database, 'weekly_report.sql', 'psql -f examples/weekly_report.sql');
	runs($database, 'a refresh', 'psql -c "REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads"');
	runs($database, 'new_clickers.sql', q{psql -f examples/new_clickers.sql -c "CALL refresh_first_clicks('-infinity')"});
}

# What the views show, read with the search_path of the database
sub views_are_equal
{
	my ($what) = @_;

	foreach my $view (qw(ad_daily ad_conversions weekly_ads daily_cells weekly_cells weekly_report weekly_change
		weekly_outlook ad_names ad_weeks stale_weeks new_clickers))
	{
		my %rows = map { $_ => join('', sort(split(/^/, runs($_, "$what: $view", qq{psql -c "TABLE reports.$view"})))) } keys %path;

		s/\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00//g foreach values %rows;
		s/(\.\d{9})\d+/$1/g foreach values %rows;
		# after a refresh nothing is stale
		is($rows{clean} eq '' ? 'none' : 'rows', $view eq 'stale_weeks' ? 'none' : 'rows', "$what: what $view has");
		is($rows{trapped}, $rows{clean}, "... what it has without traps");
	}
}

views_are_equal('materialized view');
my %page = map { $_ => runs($_, 'report_page.sql', 'psql -f examples/report_page.sql') } keys %path;
s/"\d\d\d\d-\d\d-\d\dT[^"]*"//g foreach values %page;
ok($page{clean} eq $page{trapped} && length($page{clean}) > 1000, 'and so is the page');


foreach my $database ('clean', 'trapped')
{
	runs($database, 'incremental_rollup.sql', 'psql -f examples/incremental_rollup.sql');
	runs($database, 'a change', q{psql -c "INSERT INTO reports.ad_daily (day, account, currency, spend) VALUES ('2026-02-02', 'late', 'USD', 7)"});
	runs($database, 'its refresh', 'psql -c "CALL refresh_weekly_ads()"');
	runs($database, 'a load in its presence', q{psql -c "CALL load_ads('-infinity')" -c "CALL refresh_weekly_ads()"});
}
views_are_equal('rollup table');

foreach my $database ('clean', 'trapped')
{
	my $fdw = slurp_file('examples/postgres_fdw.sql')
	  =~ s/host 'shard-\d\.example\.com', dbname 'ads'/host '$host', port '$port', dbname '$database'/gr
	  =~ s/^\\ir /\\i examples\//mr;

	$node->safe_psql($database, q{
		CREATE VIEW reports.shard_weekly_ads AS SELECT 1 AS shard, week, account, currency, campaign, placement, clicks, impressions,
			spend, clickers FROM reports.weekly_ads;
		CREATE VIEW reports.shard_clicks AS SELECT 1 AS shard, day, campaign, user_id, click_type FROM reports.ad_clicks;
	});
	append_to_file("$scripts/$database.sql", $fdw);
}
my %shards = map { $_ => runs($_, 'postgres_fdw.sql', "psql -f $scripts/$_.sql") } keys %path;
ok($shards{clean} eq $shards{trapped} && length($shards{clean}) > 100, 'and so is what shards send');
my %citus = map { $_ => runs($_, 'citus.sql', 'psql -f examples/citus.sql') } keys %path;
ok($citus{clean} eq $citus{trapped} && length($citus{clean}) > 50, 'and what citus.sql asks');
is(built_on('trapped', 'hostile'), '', 'nothing that the examples made is built on a trap');
my @files = map { s{.*/}{}r } glob('examples/*.sql');
is(join(' ', grep { slurp_file("examples/$_") !~ /^\\ir search_path\.sql$/m } @files), 'export_rows.sql search_path.sql',
	'each example begins with search_path.sql, but what others include in the middle');


# Two tenants in one table, with row security: each sees and counts its rows
$node->safe_psql('clean', q{
	SET search_path = reports, clicks;
	CREATE ROLE acme LOGIN; CREATE ROLE rival LOGIN; CREATE ROLE analyst LOGIN; CREATE ROLE keeper LOGIN; CREATE ROLE owner LOGIN;
	GRANT USAGE ON SCHEMA reports, clicks TO acme, rival, analyst, keeper, owner;
	TRUNCATE ad_daily;
	INSERT INTO ad_daily (day, account, currency, campaign, clicks, clicks_are, impressions, spend)
		SELECT date '2026-03-02' + n % 14, tenant, 'USD', 'campaign ' || n, click_counts(link => n), 'all', 1000, n
		FROM generate_series(1, 100) AS n, unnest(ARRAY['acme', 'rival']) AS tenant;
	UPDATE ad_daily SET clicks = click_counts(photo => 7) WHERE account = 'acme';
	CALL refresh_weekly_ads();
	ALTER TABLE ad_daily ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON ad_daily USING (account = current_user);
	ALTER TABLE weekly_ads ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON weekly_ads USING (account = current_user);
	GRANT SELECT ON ad_daily, ad_clicks, ad_periods, weekly_ads, daily_cells, weekly_cells, weekly_report, weekly_change TO acme, rival;
	GRANT SELECT ON weekly_report, daily_cells TO analyst;
});

# What a role gets from a query, or the error
sub as
{
	my ($role, $query) = @_;
	my ($status, $out, $err) = $node->psql('clean', "SET search_path = reports, clicks; $query", extra_params => [ '-U', $role ]);

	return $status == 0 ? $out : $err =~ /ERROR:  (.*)/ ? $1 : $err;
}

my $total = 'SELECT clicks_all(clicks), sum(impressions)';
is(as('acme', "$total FROM ad_daily"), '700|100000', 'a tenant counts its rows');
is(as('rival', "$total FROM ad_daily"), '5050|100000', 'the other its own');
is(as('acme', "$total FROM weekly_ads"), '700|100000', 'also in the rollup, if it is the table');
is(as('analyst', "$total FROM ad_daily"), 'permission denied for table ad_daily', 'who has no right has none');
is(as('analyst', 'SELECT sum(clicks_all), sum(impressions) FROM daily_cells'), '5750|200000',
	'a view shows what its owner sees to who may read it');
is(as('acme', 'SELECT sum(clicks_all) FROM daily_cells'), '5750', '... to a tenant, too');
$node->safe_psql('clean', "ALTER VIEW reports.$_ SET (security_invoker)") foreach qw(daily_cells weekly_cells weekly_report weekly_change weekly_outlook ad_names ad_weeks stale_weeks);
$node->safe_psql('clean', 'GRANT SELECT ON reports.ad_names, reports.ad_weeks, reports.weekly_outlook TO acme, rival');
is(as('acme', 'SELECT sum(clicks_all) FROM daily_cells'), '700', '... unless it is a security_invoker');
is(as('acme', q{SELECT sum(clicks_all), count(DISTINCT account) FROM weekly_report WHERE slice = 'total'}), '700|1', '... and so for the report');
is(as('rival', q{SELECT sum(clicks_all), count(DISTINCT account) FROM weekly_report WHERE slice = 'total'}), '5050|1', '... of each');
is(as('acme', "SELECT count(*) FROM $_ WHERE account <> 'acme'"), '0', "... in $_") foreach qw(weekly_cells weekly_change weekly_outlook);
is(as('analyst', 'SELECT sum(clicks_all) FROM daily_cells'), 'permission denied for table ad_daily', '... which then asks for rights of the reader');

# conditions of ours are no way around: an error for a row that is hidden would tell of it
my $overflow = 'SELECT count(*) FROM ad_daily WHERE clicks_total(clicks + click_counts(link => 9223372036854775800)) > 0';
is(as('acme', $overflow), '100', 'a condition is not asked of hidden rows');
like(as('rival', $overflow), qr/number of clicks of type "link" 9223372036854775\d+ is out of range/, '... but of those that one sees');
is($node->safe_psql('clean', q{SELECT count(*) FROM pg_proc JOIN pg_depend ON objid = pg_proc.oid AND classid = 'pg_proc'::regclass
		JOIN pg_extension ON refobjid = pg_extension.oid WHERE extname = 'clicks_all' AND (proleakproof OR prosecdef)}), '0',
	'nothing claims to be leakproof or runs with the rights of another');

# revoked rights
$node->safe_psql('clean', q{REVOKE SELECT ON reports.ad_daily FROM rival; GRANT SELECT (day, account, clicks, impressions) ON reports.ad_daily TO rival;
	REVOKE EXECUTE ON FUNCTION clicks.clicks_total(clicks.click_counts) FROM PUBLIC});
is(as('rival', "$total FROM ad_daily"), '5050|100000', 'a right on columns is enough');
is(as('rival', 'SELECT cpc(spend, clicks) FROM ad_daily'), 'permission denied for table ad_daily', '... for those');
is(as('acme', 'SELECT clicks_total(clicks) FROM ad_daily'), 'permission denied for function clicks_total', 'functions can be revoked');
$node->safe_psql('clean', 'GRANT EXECUTE ON FUNCTION clicks.clicks_total(clicks.click_counts) TO PUBLIC');

# refreshing as another
like(as('acme', 'CALL refresh_weekly_ads()'), qr/permission denied for/, 'a reader may not refresh');
$node->safe_psql('clean', q{
	SET search_path = reports, clicks;
	CREATE MATERIALIZED VIEW by_day AS SELECT day, clicks_all(clicks), unique_clicks(account) AS tenants, clicker_set_agg(account) AS clickers
		FROM ad_daily GROUP BY day;
	ALTER MATERIALIZED VIEW by_day OWNER TO owner;
});
like(as('acme', 'REFRESH MATERIALIZED VIEW by_day'), qr/must be owner|permission denied for materialized view/, 'nor a materialized view');
my ($refused, $nothing, $message) = $node->psql('clean', 'REFRESH MATERIALIZED VIEW reports.by_day');
like($message, qr/permission denied for table ad_daily/, 'a superuser refreshes it with the rights of its owner, who has none');
$node->safe_psql('clean', q{GRANT SELECT ON reports.ad_daily TO owner; ALTER TABLE reports.ad_daily OWNER TO owner; GRANT owner TO keeper});
is(as('keeper', 'REFRESH MATERIALIZED VIEW by_day; SELECT count(*) FROM by_day'), '14', 'who is a member of its owner may');
$node->safe_psql('clean', 'REFRESH MATERIALIZED VIEW reports.by_day');
is($node->safe_psql('clean', 'SELECT clicks.clicks_all(clicks_all), max(tenants) FROM reports.by_day'), '5750|2', '... and it is right');
SKIP:
{
	skip 'MAINTAIN came with PostgreSQL 17', 1 if $node->safe_psql('clean', 'SHOW server_version_num') < 170000;
	$node->safe_psql('clean', 'GRANT MAINTAIN, SELECT ON reports.by_day TO analyst');
	is(as('analyst', 'REFRESH MATERIALIZED VIEW by_day; SELECT count(*) FROM by_day'), '14', 'or has MAINTAIN on it');
}

done_testing();
