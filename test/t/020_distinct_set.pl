# Exact unique clicks when something goes wrong in the middle: cancels, time
# limits, killed workers, full disks.  Nothing is left, and the next answer is
# right.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

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

# Run a query; returns its exit code and its error
sub try
{
	my ($settings, $query) = @_;
	my ($out, $error);
	my $code = $node->psql('postgres', "SET client_min_messages = error; $settings; $query", stdout => \$out, stderr => \$error, on_error_stop => 1);
	return ($code, $error);
}

# Stop a query by time limits that grow until it is done, or for some seconds, so that
# they strike in every part of it, however fast the machine is.
sub strike
{
	my ($settings, $query, $name) = @_;
	my $struck = 0;
	my ($code, $error);

	do
	{
		($code, $error) = try("$settings; SET statement_timeout = " . 2 * 1.5**$struck, $query);
	} while ($error =~ /canceling statement due to statement timeout/ && ++$struck < 16);
	ok($code == 0 || $struck == 16, "$name: time limits strike, and nothing else") or diag($error);
	cmp_ok($struck, '>', 2, '... more than once');
	is(temporary_files(), '', '... and leave no temporary file');
	return;
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
	strike($little, $spilled{$name}, "$name, serial");
	strike($workers, $spilled{$name}, "$name, parallel");
}

# So is one that strikes when the sets of partitions are merged in one process, in
# memory or in runs.
$node->safe_psql('postgres', q{
	CREATE TABLE parts (LIKE clicks) PARTITION BY HASH (n);
	SELECT format('CREATE TABLE parts_%s PARTITION OF parts FOR VALUES WITH (MODULUS 6, REMAINDER %s)', i, i) FROM generate_series(0, 5) AS i \gexec
	INSERT INTO parts TABLE clicks;
	ANALYZE parts;
});
foreach my $clicker ('id', 'uuid', 'name')
{
	foreach my $memory ($little, "SET work_mem = '64MB'")
	{
		my $settings = "$memory; SET enable_partitionwise_aggregate = on";
		my $query = "SELECT unique_clicks($clicker) FROM parts";
		my $plan = $node->safe_psql('postgres', "$settings; EXPLAIN $query");

		like($plan, qr/Finalize Aggregate\s.*\s.*Append\s.*\s.*Partial Aggregate/, "partial aggregates of $clicker");
		strike($settings, $query, '... are merged');
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

# The processor time that a query takes, in hundredths of a second; undefined if that
# is more than two minutes
sub processor_time
{
	my ($database, $query) = @_;
	my $time = q{SELECT sum(t::int) FROM unnest((string_to_array(pg_read_file('/proc/self/stat'), ' '))[14:15]) AS t};
	my $out = '';

	$node->psql($database, "SET statement_timeout = '120s'; SET work_mem = '256MB'; $time; $query; $time", stdout => \$out, on_error_stop => 1) == 0
	  or return undef;
	my @lines = split(/\n/, $out);
	return $lines[-1] - $lines[0];
}

# A file takes no more than one and a half times of what core's sort does, though runs
# are merged into runs.
sub file_size
{
	my ($settings, $query) = @_;
	my $size = 0;

	$node->psql('postgres', "$settings; SET log_temp_files = 0; SET client_min_messages = log; $query", stdout => \my $out, stderr => \my $log);
	$size += $1 while $log =~ /temporary file: .* size (\d+)/g;
	return $size;
}
foreach my $clicker ('id', 'uuid', 'name')
{
	foreach my $memory ('64kB', '1MB')
	{
		my $settings = "SET work_mem = '$memory'; SET hash_mem_multiplier = 1";
		my $ours = file_size($settings, "SELECT unique_clicks($clicker) FROM clicks");
		my $core = file_size($settings, "SELECT count(DISTINCT $clicker) FROM clicks");

		cmp_ok($ours, '>', 0, "$clicker in $memory: a file");
		cmp_ok($ours, '<=', 1.5 * $core, '... not much larger than that of a sort');
	}
}

# Whoever knows the code, but not the random number nor the secret of the cluster,
# may choose keys.  They take the time that others take, more or less.  Columns of
# the table that are compared with the column "chance" are all others.
sub chosen
{
	my ($database, $table, @clickers) = @_;
	my %least;

	foreach my $clicker (@clickers, 'chance')
	{
		my @times = grep { defined } map { processor_time($database, "SELECT unique_clicks($clicker) FROM $table") } 1 .. 3;

		$least{$clicker} = (sort { $a <=> $b } @times)[0] // 12000;
	}
	foreach my $clicker (@clickers)
	{
		is($node->safe_psql($database, "SET work_mem = '256MB'; SELECT unique_clicks($clicker) = count(DISTINCT $clicker) FROM $table"),
			't', "$table: $clicker, which somebody chose, are told apart");
		cmp_ok($least{$clicker}, '<', 4 * $least{chance} + 20, '... in the time that others take');
	}
	return;
}

# 192419422752744621 is the inverse of the factor of the hash.  So the images of these
# integers, before the random number comes in, share their leading bits, or are
# multiples of a large power of 2, or both.
$node->safe_psql('postgres', q{
	CREATE FUNCTION of_image(image numeric) RETURNS bigint IMMUTABLE LANGUAGE sql AS
		$$SELECT (mod((image + div(image, 4294967296)) * 192419422752744621 + 9223372036854775808,
			18446744073709551616) - 9223372036854775808)::bigint$$;
	CREATE TABLE integers AS
		SELECT of_image(i) AS leading_bits, of_image(i * 35184372088832::numeric) AS multiples,
			of_image(mod(i, 1024) * 1024 + div(i, 1024) * 18014398509481984::numeric) AS both_of_them,
			(i * 7046029254386353131 % 9223372036854775783)::bigint AS chance
		FROM generate_series(0::numeric, 524287) AS i ORDER BY md5(i::text);
});
chosen('postgres', 'integers', 'leading_bits', 'multiples', 'both_of_them');

# The low half of a uuid undoes what the high one does: by the known steps of the hash,
# or since multiples of a power of 2 stay among themselves, whatever the number is.
# So many would meet if the low half went through the hash, or were only multiplied.
$node->safe_psql('postgres', q{
	CREATE FUNCTION half(n numeric) RETURNS text IMMUTABLE LANGUAGE sql AS $$
		SELECT string_agg(substr(hex, 17 - 2 * byte, 2), '' ORDER BY byte)
		FROM (SELECT lpad(to_hex(div(n, 4294967296)::bigint), 8, '0') ||
			lpad(to_hex(mod(n, 4294967296)::bigint), 8, '0') AS hex) AS h, generate_series(1, 8) AS byte$$;
	CREATE TABLE halves AS
		SELECT half(fold) AS high, half(mod(fold * 192419422752744621, 18446744073709551616)) AS low,
			half(i * 18014398509481984::numeric) AS multiple
		FROM (SELECT i, i * 18014398513676288::numeric AS fold FROM generate_series(0, 1023) AS i) AS s;
	CREATE TABLE uuids AS SELECT (high.high || low.low)::uuid AS halves,
			(high.multiple || low.multiple)::uuid AS multiples,
			md5(high.high || low.low)::uuid AS chance
		FROM halves AS high, halves AS low ORDER BY chance;
});
chosen('postgres', 'uuids', 'halves', 'multiples');

# A word of the text that equals a word of the secret of XXH3 makes the hash forget the
# word next to it.  The secret that everybody knows begins with these bytes; they are
# no UTF-8.  A clicker_set, whose hash has no other secret, takes all for one.
$node->safe_psql('postgres', q{CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'});
$node->safe_psql('latin', q{
	CREATE EXTENSION clicks_all;
	CREATE TABLE texts AS
		SELECT convert_from('\xb8fe6c3923a44bbe', 'LATIN1') || lpad(i::text, 8, '0') || repeat('x', 16) AS forgotten, md5(i::text) AS chance
		FROM generate_series(1, 100000) AS i;
});
is($node->safe_psql('latin', 'SELECT approx_unique_clicks(forgotten) FROM texts'), '1', 'texts meet in a hash without a secret');
chosen('latin', 'texts', 'forgotten');

# An error in the middle of a transaction, a savepoint, and a backend that is
# told to end
is($node->safe_psql('postgres', qq{
	$little;
	BEGIN;
	SELECT unique_clicks(id) FROM clicks;
	SAVEPOINT one;
	DO \$\$BEGIN PERFORM unique_clicks(1 / (600000 - n)) FROM clicks;
		EXCEPTION WHEN division_by_zero THEN NULL; END\$\$;
	DO \$\$BEGIN PERFORM unique_clicks(id + 1 / (600000 - n)) FROM clicks;
		EXCEPTION WHEN division_by_zero THEN NULL; END\$\$;
	ROLLBACK TO one;
	SELECT unique_clicks(name) FROM clicks;
	COMMIT;
	SELECT count(*) FROM pg_ls_tmpdir();
}), "600000\n600000\n0", 'errors that are caught, rolled back to, and gone on from');

my $session = IPC::Run::start(
	[ 'psql', '-X', '-d', $node->connstr('postgres'), '-c', $little, '-c', 'SELECT unique_clicks(uuid), pg_sleep(30) FROM clicks' ],
	'>', \my $ended_out, '2>', \my $ended_error);
ok($node->poll_query_until('postgres', q{SELECT count(*) > 0 FROM pg_ls_tmpdir()}), 'a query has spilled');
$node->safe_psql('postgres', q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity
	WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()});
$session->finish;
like($ended_error, qr/terminating connection/, 'it is told to end');
ok($node->poll_query_until('postgres', q{SELECT count(*) = 0 FROM pg_ls_tmpdir()}), 'and leaves no temporary file');

# All of them are right when nobody interferes.
foreach my $settings ($little, $workers, "SET work_mem = '256MB'")
{
	is($node->safe_psql('postgres', "$settings; SELECT unique_clicks(id), unique_clicks(uuid), unique_clicks(name) FROM clicks; $spilled{'many groups'}"),
		"600000|600000|600000\n600000|600000", 'the answers are right');
}

$node->stop;
done_testing();
