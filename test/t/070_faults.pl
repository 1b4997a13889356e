# Backends and servers that are killed, disks that are full, limits that are hit and
# workers that die, in the middle of queries that spill, refreshes, copies and upserts:
# the next answer is right, and stored cells are what their events say, also after a
# restart.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(usleep);

use StoredCells;

my $node = PostgreSQL::Test::Cluster->new('faults');
$node->init;
$node->append_conf('postgresql.conf', q{
shared_buffers = 32MB
restart_after_crash = on
autovacuum = off
jit = off
min_parallel_table_scan_size = 0
parallel_setup_cost = 0
parallel_tuple_cost = 0
max_parallel_workers_per_gather = 0
});
$node->start;
create_cells($node);
my $directory = PostgreSQL::Test::Utils::tempdir();
my $cells = $directory . '/cells.bin';
$node->safe_psql('postgres', "CREATE TABLE copied (LIKE cells); COPY cells TO '$cells' (FORMAT binary)");
my $in_file = $node->safe_psql('postgres', 'SELECT count(*) FROM cells');

my $little = "SET work_mem = '64kB'; SET hash_mem_multiplier = 1";
my $spills = 'SELECT unique_clicks(n * 7919), unique_clicks(n::text) FROM generate_series(1, 20000000::bigint) AS n';

# What is interrupted: statements that are repeated, and a number that grows while they are
# at it
my $batches = 'SELECT last_value FROM batches';
my %activities = (
	'a query that spills' => { sql => "$spills;\n", times => 1, grows => 'SELECT count(*) FROM pg_ls_tmpdir()' },
	'a refresh' => { sql => "SELECT write_batch(50);\nREFRESH MATERIALIZED VIEW CONCURRENTLY weekly;\n", times => 500, grows => $batches },
	'a copy' => { sql => "\\copy copied FROM '$cells' (FORMAT binary)\n", times => 5000, grows => 'SELECT count(*) FROM copied' },
	'an upsert' => { sql => "SELECT write_batch(200);\n", times => 1000, grows => $batches });

# Start it in a session of its own, and return that when it is at work.
sub begin
{
	my ($activity) = @_;
	my $script = "$directory/script.sql";
	my %session = (out => '', error => '');

	my $before = $node->safe_psql('postgres', $activity->{grows});

	unlink $script;
	append_to_file($script, "$little;\n" . $activity->{sql} x $activity->{times});
	$session{run} = IPC::Run::start([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres') . ' application_name=victim', '-f', $script ], '>', \$session{out}, '2>', \$session{error});
	$node->poll_query_until('postgres', "SELECT ($activity->{grows}) > $before") or die 'it does not begin';
	$session{pid} = $node->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE application_name = 'victim' AND backend_type = 'client backend'});
	return \%session;
}

# All that is stored is right, and nothing else is left.
sub all_is_well
{
	my ($when) = @_;

	is(wrong_cells($node), '', "cells are right $when");
	is($node->safe_psql('postgres', "SELECT count(*) % $in_file FROM copied"), '0', '... no copy is there in part');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM (TABLE copied EXCEPT TABLE cells_in_file) AS other'), '0', '... and all are copies');
	is($node->safe_psql('postgres', 'SELECT count(*) FROM pg_ls_tmpdir()'), '0', '... and no temporary file is left');
	is($node->safe_psql('postgres', "$little; SELECT unique_clicks(n), unique_clicks(n::text) FROM generate_series(1, 30000) AS n"), '30000|30000', '... and the next answer is right');
	return;
}
$node->safe_psql('postgres', 'CREATE TABLE cells_in_file AS TABLE cells; ALTER TABLE cells_in_file ALTER people TYPE clicker_set');

# The server notices that a process was killed, and starts again.  A query for psql to read
# would meet a broken pipe where it cannot connect.
sub wait_for_restart
{
	my ($since) = @_;
	my $log = '';

	foreach (1 .. 1800)
	{
		$log = slurp_file($node->logfile, $since);
		return if $log =~ /reinitializing.*ready to accept connections/s;
		usleep(100_000);
	}
	die "the server does not come back:\n$log";
}

# Start a server that was killed, when the last of its processes is gone.
sub start_again
{
	foreach (1 .. 300)
	{
		return if $node->start(fail_ok => 1);
		usleep(100_000);
		$node->stop('fast', fail_ok => 1);
	}
	die 'the server does not start';
}

foreach my $name (sort keys %activities)
{
	my $session = begin($activities{$name});
	my $since = -s $node->logfile;

	usleep(rand 200_000);
	kill 'KILL', $session->{pid};
	eval { $session->{run}->finish };
	wait_for_restart($since);
	all_is_well("after kill -9 of the backend in $name");

	$session = begin($activities{$name});
	usleep(rand 200_000);
	$node->kill9;
	usleep(100_000);
	kill 'KILL', $session->{pid};
	eval { $session->{run}->finish };
	start_again();
	all_is_well("after kill -9 of the server in $name");
}

# Workers that are told to end, or are killed
$node->safe_psql('postgres', 'CREATE TABLE ids AS SELECT n, n * 7919 AS id FROM generate_series(1, 300000::bigint) AS n; ANALYZE ids');
my $in_parallel = "SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off";
foreach my $signal ('TERM', 'KILL')
{
	my $session = begin({
		sql => "$in_parallel;\n" . "SELECT unique_clicks(id), unique_clicks(id::text) FROM ids, generate_series(1, 100) WHERE n > 0;\n",
		times => 1, grows => q{SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'parallel worker'} });
	my $since = -s $node->logfile;

	usleep(rand 300_000);
	kill $signal, split(/\n/, $node->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'parallel worker' LIMIT 1}));
	eval { $session->{run}->finish };
	like($session->{error}, $signal eq 'TERM' ? qr/terminating/ : qr/terminat|crash|closed/, "a worker gets SIG$signal, and the query ends");
	wait_for_restart($since) if $signal eq 'KILL';
	is($node->safe_psql('postgres', "$little; $in_parallel; SELECT unique_clicks(id), unique_clicks(id::text) FROM ids"), '300000|300000', '... the next one is right');
	all_is_well("after SIG$signal of a worker");
}

# Limits of the system for files and for memory.  Those who connect later have them.
sub limited
{
	my ($limit, $sql) = @_;
	my ($pid) = slurp_file($node->data_dir . '/postmaster.pid') =~ /^(\d+)/;
	my ($out, $error);

	$node->command_ok([ 'prlimit', "--pid=$pid", "--$limit:" ], "limit $limit");
	$node->psql('postgres', $sql, stdout => \$out, stderr => \$error);
	$node->command_ok([ 'prlimit', "--pid=$pid", '--' . ($limit =~ s/=.*//r) . '=unlimited:' ], '... and no limit');
	return $error;
}
$node->safe_psql('postgres', 'CHECKPOINT');
like(limited('fsize=20000000', "$little; $spills"), qr/ERROR:  could not write .*File too large/, 'a file that is too large is an error');
all_is_well('after it');
my $size = $node->safe_psql('postgres', q{SELECT substring(pg_read_file('/proc/self/status') FROM 'VmSize:\s*(\d+)')::bigint * 1024});
like(limited('as=' . ($size + 60000000), "SET work_mem = '1GB'; $spills"), qr/ERROR:  out of memory/, 'memory that is not there is an error');
all_is_well('after it');

# Eight sessions write the same cells, and nothing is lost.
my ($first, $events) = split(/\|/, $node->safe_psql('postgres', 'SELECT last_value, (SELECT count(*) FROM events) FROM batches'));
append_to_file("$directory/upsert.sql", "SELECT write_batch(60);\n");
$node->command_ok([ 'pgbench', '-n', '-c', '8', '-j', '2', '-t', '25', '-f', "$directory/upsert.sql", '-h', $node->host, '-p', $node->port, 'postgres' ], 'eight sessions upsert');
is($node->safe_psql('postgres', 'SELECT last_value, (SELECT count(*) FROM events), (SELECT sum(events) FROM cells) FROM batches'),
	join('|', $first + 200, $events + 12000, $events + 12000), '... and nothing is lost');
all_is_well('after them');

# A disk that is full: with temporary files, and with stored cells
SKIP:
{
	skip 'no file system may be mounted here', 10 if !$ENV{CLK_SMALL_DISK};
	my $disk = $ENV{CLK_SMALL_DISK};

	mkdir "$disk/$_" foreach 'temporary', 'stored';
	$node->safe_psql('postgres', "CREATE TABLESPACE temporary LOCATION '$disk/temporary'");
	$node->safe_psql('postgres', "CREATE TABLESPACE stored LOCATION '$disk/stored'");
	foreach my $workers (0, 2)
	{
		my ($code, $out, $error) = $node->psql('postgres', "SET temp_tablespaces = temporary; $little; SET max_parallel_workers_per_gather = $workers; SELECT unique_clicks(id), unique_clicks(id::text), unique_clicks(md5(id::text)) FROM ids, generate_series(1, 3) AS x WHERE x + n > 0");

		like($error, qr/ERROR:  could not (write|extend).*No space left on device/s, "a full disk for temporary files, $workers workers");
		is(join(' ', glob("$disk/temporary/*/pgsql_tmp/*")), '', '... nothing is left on it');
		is($node->safe_psql('postgres', "$little; SELECT unique_clicks(id), unique_clicks(id::text) FROM ids"), '300000|300000', '... and the next answer is right');
	}
	$node->safe_psql('postgres', 'TRUNCATE events, cells; ALTER TABLE events SET TABLESPACE stored; ALTER TABLE cells SET TABLESPACE stored');
	my ($code, $out, $error) = $node->psql('postgres', join(";\n", ('SELECT write_batch(500)') x 1000), on_error_stop => 1);
	like($error, qr/No space left on device/, 'a full disk for cells');
	$node->safe_psql('postgres', 'ALTER TABLE events SET TABLESPACE pg_default; ALTER TABLE cells SET TABLESPACE pg_default; SELECT write_batch(500)');
	all_is_well('after it');
}

$node->restart;
all_is_well('after a restart');
unlike(slurp_file($node->logfile), qr/PANIC|TRAP|terminated by signal (?!9\b)\d+|temporary file leak/, 'nothing crashed that was not killed');
$node->stop;
done_testing();
