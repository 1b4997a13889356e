# Exact unique clicks when something goes wrong in the middle: cancels, time
# limits, killed workers, full disks.  Nothing is left, and the next answer is
# right.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $node = PostgreSQL::Test::Cluster->new('exact');
$node->init;
$node->append_conf('postgresql.conf', qq{
shared_buffers = 128MB
max_parallel_workers = 8
min_parallel_table_scan_size = 0
parallel_setup_cost = 0
parallel_tuple_cost = 0
max_parallel_workers_per_gather = 0
autovacuum = off
});
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION clicks_all;
	CREATE TABLE clicks AS
		SELECT n, n % 900 AS campaign, n * 4294967297 AS id, md5(n::text)::uuid AS uuid, 'clicker ' || n AS name
		FROM generate_series(1::bigint, 600000) AS n;
	ANALYZE clicks;
});

# The names of temporary files, wherever they are
sub temporary_files
{
	my @files = glob($node->data_dir . '/base/pgsql_tmp/*');
	return join(' ', @files);
}

# Run a query; returns its exit code, its error and how long it took
sub try
{
	my ($settings, $query) = @_;
	my ($out, $error);
	my $start = time;
	my $code = $node->psql('postgres', "SET client_min_messages = error; $settings; $query", stdout => \$out, stderr => \$error, on_error_stop => 1);
	return ($code, $error, time - $start);
}

my %spilled = (
	'one group of integers' => 'SELECT unique_clicks(id) FROM clicks',
	'one group of uuids' => 'SELECT unique_clicks(uuid) FROM clicks',
	'one group of texts' => 'SELECT unique_clicks(name) FROM clicks',
	'many groups' => 'SELECT sum(u), sum(t) FROM (SELECT unique_clicks(id) AS u, unique_clicks(name) AS t FROM clicks GROUP BY campaign OFFSET 0) AS s',
	'a window' => 'SELECT max(u) FROM (SELECT unique_clicks(id) OVER (ORDER BY n) AS u FROM clicks) AS s');
my $little = "SET work_mem = '64kB'; SET hash_mem_multiplier = 1";
my $workers = "$little; SET max_parallel_workers_per_gather = 2";

# A time limit is kept wherever it strikes.
foreach my $name (sort keys %spilled)
{
	foreach my $settings ($little, $workers)
	{
		my $worst = 0;
		my $stopped = 0;

		foreach my $limit (5, 40, 90, 150, 220, 300, 400, 550)
		{
			my ($code, $error, $seconds) = try("$settings; SET statement_timeout = $limit", $spilled{$name});

			next if $code == 0;
			$stopped++ if $error =~ /canceling statement due to statement timeout/;
			$worst = $seconds - $limit / 1000 if $seconds - $limit / 1000 > $worst;
		}
		cmp_ok($worst, '<', 1, "$name, " . ($settings eq $little ? 'serial' : 'parallel') . ': a time limit is answered');
		cmp_ok($stopped, '>', 0, '... and has struck');
		is(temporary_files(), '', '... and leaves no temporary file');
	}
}

# A limit on temporary files is obeyed, also in workers.
foreach my $name ('one group of integers', 'one group of uuids', 'one group of texts', 'many groups')
{
	foreach my $settings ($little, $workers)
	{
		my ($code, $error) = try("$settings; SET temp_file_limit = '512kB'", $spilled{$name});

		isnt($code, 0, "$name: too large for temp_file_limit");
		like($error, qr/temporary file size exceeds "?temp_file_limit"?/, '... says so');
		is(temporary_files(), '', '... and leaves no temporary file');
	}
}

# Whoever knows how uuids are hashed, but for the random number, can choose halves
# of which many met, whatever the number: the low one undoes what the high one
# does.  192419422752744621 is the inverse of the factor of the hash.
$node->safe_psql('postgres', q{
	CREATE FUNCTION half(n numeric) RETURNS text IMMUTABLE LANGUAGE sql AS $$
		SELECT string_agg(substr(hex, 17 - 2 * byte, 2), '' ORDER BY byte)
		FROM (SELECT lpad(to_hex(div(n, 4294967296)::bigint), 8, '0') || lpad(to_hex(mod(n, 4294967296)::bigint), 8, '0') AS hex) AS h, generate_series(1, 8) AS byte$$;
	CREATE TABLE halves AS
		SELECT half(fold) AS high, half(mod(fold * 192419422752744621, 18446744073709551616)) AS low
		FROM (SELECT i * 18014398513676288::numeric AS fold FROM generate_series(0, 1023) AS i) AS s;
	CREATE TABLE chosen AS SELECT (high.high || low.low)::uuid AS id, md5(high.high || low.low)::uuid AS chance FROM halves AS high, halves AS low ORDER BY 2;
});
my %least;
foreach my $clicker ('id', 'chance')
{
	foreach my $turn (1 .. 3)
	{
		my ($code, $error, $seconds) = try("SET work_mem = '256MB'", "SELECT unique_clicks($clicker) FROM chosen");

		$least{$clicker} = $seconds if !defined $least{$clicker} || $seconds < $least{$clicker};
	}
}
is($node->safe_psql('postgres', 'SELECT unique_clicks(id), unique_clicks(chance) FROM chosen'), '1048576|1048576', 'uuids that somebody chose are told apart');
cmp_ok($least{id}, '<', 4 * $least{chance}, '... in the time that others take');

# An error in the middle of a transaction, a savepoint, and a backend that is
# told to end
is($node->safe_psql('postgres', qq{
	$little;
	BEGIN;
	SELECT unique_clicks(id) FROM clicks;
	SAVEPOINT one;
	DO \$\$BEGIN PERFORM unique_clicks(1 / (600000 - n)) FROM clicks; EXCEPTION WHEN division_by_zero THEN NULL; END\$\$;
	DO \$\$BEGIN PERFORM unique_clicks(id + 1 / (600000 - n)) FROM clicks; EXCEPTION WHEN division_by_zero THEN NULL; END\$\$;
	ROLLBACK TO one;
	SELECT unique_clicks(name) FROM clicks;
	COMMIT;
	SELECT count(*) FROM pg_ls_tmpdir();
}), "600000\n600000\n0", 'errors that are caught, rolled back to, and gone on from');

my $session = IPC::Run::start(
	[ 'psql', '-X', '-d', $node->connstr('postgres'), '-c', $little, '-c', 'SELECT unique_clicks(uuid), pg_sleep(30) FROM clicks' ],
	'>', \my $ended_out, '2>', \my $ended_error);
ok($node->poll_query_until('postgres', q{SELECT count(*) > 0 FROM pg_ls_tmpdir()}), 'a query has spilled');
$node->safe_psql('postgres', q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()});
$session->finish;
like($ended_error, qr/terminating connection/, 'it is told to end');
ok($node->poll_query_until('postgres', q{SELECT count(*) = 0 FROM pg_ls_tmpdir()}), 'and leaves no temporary file');

# All of them are right when nobody interferes.
foreach my $settings ($little, $workers, "SET work_mem = '256MB'")
{
	is($node->safe_psql('postgres', "$settings; SELECT unique_clicks(id), unique_clicks(uuid), unique_clicks(name) FROM clicks; $spilled{'many groups'}"),
		"600000|600000|600000\n600000|600000", 'the answers are right');
}

# A worker's set that is too large for one value: 512 MB less the header.  Texts
# of 50 MB make it large; ten of them fit, eleven do not.  All are in one block of
# the table, so one worker meets them all.
$node->safe_psql('postgres', q{
	CREATE TABLE long (name text, i int);
	INSERT INTO long SELECT repeat('x', 50000000) || i, i FROM generate_series(1, 11) AS i;
	INSERT INTO long SELECT NULL, 0 FROM generate_series(1, 20000);
	ALTER TABLE long SET (parallel_workers = 2);
	ANALYZE long;
});
my $only_workers = "SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off; SET work_mem = '64MB'";
my $plan = $node->safe_psql('postgres', "$only_workers; EXPLAIN SELECT unique_clicks(name) FROM long");
like($plan, qr/Partial Aggregate/, 'a worker builds the set');
is($node->safe_psql('postgres', "$only_workers; SELECT unique_clicks(name) FROM long WHERE i <= 10"), '10', 'a set below the limit is handed over');
my ($code, $error) = try($only_workers, '\set VERBOSITY verbose' . "\nSELECT unique_clicks(name) FROM long");
like($error, qr/54000: too many distinct values in one group for a parallel worker/, 'a set beyond the limit is refused');
like($error, qr/HINT:  Set max_parallel_workers_per_gather to 0 for this query/, '... with a hint');
is($node->safe_psql('postgres', "SET work_mem = '64MB'; SELECT unique_clicks(name) FROM long"), '11', '... that helps');
($code, $error) = try($only_workers, '\set VERBOSITY verbose' . "\nSELECT unique_clicks(name), unique_clicks(name || 1), unique_clicks(name || 2) FROM long WHERE i <= 8");
like($error, qr/54000: too many distinct values in one group for a parallel worker/, 'so are three of them that exceed 1 GB together');
is(temporary_files(), '', 'no temporary file is left');

$node->stop;
done_testing();
