# The rollup that keeps itself, under writers and refreshers at the same time: in the
# end its cells are, byte for byte, those of a full rebuild, also after a crash.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('rollup');
$node->init;
$node->append_conf('postgresql.conf', 'autovacuum_naptime = 1s');
$node->start;
$node->command_ok([ 'psql', '-XqAt', '-f', 'test/isolation/prepare.sql' ], 'rollups over tables and over partitions');
$node->safe_psql('postgres', q{
	CREATE TABLE partitioned.daily_march PARTITION OF partitioned.ad_daily FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
	CREATE TABLE partitioned.daily_april PARTITION OF partitioned.ad_daily FOR VALUES FROM ('2026-04-01') TO ('2026-05-01');
	CREATE TABLE partitioned.clicks PARTITION OF partitioned.ad_clicks DEFAULT;
});

my $scripts = PostgreSQL::Test::Utils::tempdir();
my $write = <<'END';
\set day random(0, 60)
\set ad random(1, 20)
\set clicks random(1, 100)
INSERT INTO ad_daily (day, ad_id, clicks, clicks_are, impressions, spend)
	VALUES (date '2026-03-01' + :day, :ad, click_counts(link => :clicks), 'all', :clicks * 90, :clicks * 0.31)
	ON CONFLICT (day, row_key) DO UPDATE SET clicks = excluded.clicks, spend = excluded.spend;
INSERT INTO ad_clicks (click_id, clicked_at, day, ad_id, user_id, click_type)
	SELECT gen_random_uuid(), day + time '12:00' AT TIME ZONE 'UTC', day, :ad, 'user ' || :clicks, 'link'
	FROM (SELECT date '2026-03-01' + :day) AS today(day);
END
my %scripts = (
	write => $write,
	delete => <<'END',
\set day random(0, 60)
\set ad random(1, 20)
BEGIN;
DELETE FROM ad_daily WHERE day = date '2026-03-01' + :day AND ad_id = :ad::text;
DELETE FROM ad_clicks WHERE day = date '2026-03-01' + :day AND ad_id = :ad::text;
COMMIT;
END
	abort => "BEGIN;\n${write}ROLLBACK;\n",
	direct => <<'END',
\set ad random(1, 20)
INSERT INTO partitioned.daily_april (day, ad_id, clicks)
	SELECT '2026-04-09', 'direct ' || gen_random_uuid(), click_counts(video => :ad)
	WHERE to_regclass('ad_daily') = 'partitioned.ad_daily'::regclass;
END
	refresh => "CALL refresh_weekly_ads();\n");
append_to_file("$scripts/$_.sql", $scripts{$_}) foreach keys %scripts;

# A run of pgbench in the schema, not waited for
sub pgbench
{
	my ($schema, $clients, $transactions, @files) = @_;

	local $ENV{PGOPTIONS} = "-c search_path=$schema,public";
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	my $log = '';
	my $run = IPC::Run::start(
		[ 'pgbench', '-n', '-c', $clients, '-t', $transactions, (map { ('-f', "$scripts/$_") } @files), 'postgres' ],
		'>', \$log, '2>', \$log);
	return { run => $run, log => \$log };
}

sub finish
{
	my ($what, @benches) = @_;

	foreach my $bench (@benches)
	{
		ok($bench->{run}->finish && ${ $bench->{log} } !~ /aborted|ERROR/, $what)
		  or diag(${ $bench->{log} });
	}
}

sub wrong_cells
{
	my ($schema) = @_;

	return $node->safe_psql('postgres', "SET search_path = $schema, public; SELECT wrong_cells() || ' of ' || sign(count(*)) FROM weekly_ads");
}

foreach my $schema ('public', 'partitioned')
{
	finish("4 writers and 2 refreshers in $schema",
		pgbench($schema, 4, 150, 'write.sql@6', 'delete.sql@2', 'abort.sql@1', 'direct.sql@1'),
		pgbench($schema, 2, 25, 'refresh.sql'));
	$node->safe_psql('postgres', "SET search_path = $schema, public; CALL refresh_weekly_ads()");
	is(wrong_cells($schema), '0 of 1', "... and the cells are those of a full rebuild");
}

# a crash between writers and refreshes
my @benches = (pgbench('public', 4, 100000, 'write.sql@6', 'delete.sql@2'), pgbench('public', 2, 100000, 'refresh.sql'));
ok($node->poll_query_until('postgres', 'SELECT count(*) > 0 FROM changed_weeks'), 'writers are at work');
$node->stop('immediate');
eval { $_->{run}->finish } foreach @benches;
$node->start;
$node->safe_psql('postgres', 'CALL refresh_weekly_ads()');
is(wrong_cells('public'), '0 of 1', 'after a crash the log brings the cells up to date');

# who may write ad_daily needs to be told what else
$node->safe_psql('postgres', q{
	CREATE ROLE loader;
	GRANT INSERT, SELECT ON ad_daily TO loader;
});
my ($status, $out, $err) = $node->psql('postgres', "SET ROLE loader; INSERT INTO ad_daily (day) VALUES ('2026-03-02')");
like($err, qr/permission denied for table changed_weeks/, 'a writer who may not log is refused, not ignored');
$node->safe_psql('postgres', "GRANT INSERT ON changed_weeks TO loader; SET ROLE loader; INSERT INTO ad_daily (day) VALUES ('2026-03-02')");

# objects of others in front of ours do not get in the way
$node->safe_psql('postgres', q{
	CREATE SCHEMA planted;
	CREATE TABLE planted.changed_weeks (week date);
	CREATE FUNCTION planted.report_week(day date) RETURNS date LANGUAGE sql AS 'SELECT date ''1999-01-01''';
	SET search_path = planted, public;
	UPDATE ad_daily SET spend = 3 WHERE day = '2026-03-02';
	CALL public.refresh_weekly_ads();
});
is($node->safe_psql('postgres', 'SELECT count(*) FROM planted.changed_weeks'), '0', 'a planted log is not written to');
is(wrong_cells('public'), '0 of 1', '... and the weeks are computed');

# from one form to the other and back
$node->safe_psql('postgres', 'CREATE TABLE before AS TABLE weekly_ads');
$node->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/weekly_report.sql' ], 'the materialized view takes the place of the table');
is($node->safe_psql('postgres', 'SELECT count(*) FROM (TABLE weekly_ads EXCEPT ALL TABLE before) AS other'), '0', '... with the same cells');
is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_trigger WHERE tgrelid = 'public.ad_daily'::regclass}), '0', '... and writers pay no more');
$node->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/incremental_rollup.sql' ], 'and the table that of the view');
is($node->safe_psql('postgres', 'SELECT count(*) FROM (TABLE weekly_ads EXCEPT ALL TABLE before) AS other'), '0', '... with the same cells');

done_testing();
