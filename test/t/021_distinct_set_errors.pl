# Exact unique clicks that have spilled, in queries that fail while something of
# them lives on: cursors, functions, savepoints, workers, portals of a client.
#
# Their temporary file ends once.  Ended twice, it would take the file of some
# table with it, or be written into it: so there are many tables, more than there
# are buffers for.  Afterwards, and after a restart, all are as they were.

use strict;
use warnings;

use IO::Socket::UNIX;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('errors');
$node->init(extra => ['--data-checksums']);
$node->append_conf('postgresql.conf', q{
shared_buffers = 512kB
max_prepared_transactions = 0
max_parallel_workers = 8
min_parallel_table_scan_size = 0
parallel_setup_cost = 0
parallel_tuple_cost = 0
max_parallel_workers_per_gather = 0
autovacuum = off
});
$node->start;

my $tables = 24;
my $rows = 200;

# Ids that take more memory than there is, and functions that fail when most have
# been read
$node->safe_psql('postgres', q{
	CREATE EXTENSION clicks_all;
	CREATE TABLE ids AS
		SELECT n, n * 4294967297 AS id, md5(n::text)::uuid AS uuid, 'clicker ' || n AS name
		FROM generate_series(1::bigint, 20000) AS n;
	CREATE FUNCTION fails(n bigint, at bigint, how text) RETURNS bigint PARALLEL SAFE LANGUAGE plpgsql AS $$
	BEGIN
		IF n = at THEN
			CASE how
				WHEN 'division by zero' THEN RETURN 1 / (n - at);
				WHEN 'cancel' THEN PERFORM pg_cancel_backend(pg_backend_pid()), pg_sleep(10);
				WHEN 'terminate' THEN PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(10);
				WHEN 'sleep' THEN PERFORM pg_sleep(10);
				ELSE RAISE '%', how;
			END CASE;
		END IF;
		RETURN 0;
	END $$;
	CREATE FUNCTION people(at bigint) RETURNS bigint VOLATILE LANGUAGE sql AS
		$$SELECT unique_clicks(id + 0 / (n - at)) FROM ids$$;
	CREATE FUNCTION people_of_blocks(at bigint) RETURNS SETOF bigint VOLATILE LANGUAGE sql AS
		$$SELECT unique_clicks(name) OVER (ORDER BY n / 5000) + 0 / (n - at) FROM ids$$;
	CREATE FUNCTION people_in_plpgsql(at bigint) RETURNS bigint LANGUAGE plpgsql AS
		$$BEGIN RETURN (SELECT unique_clicks(uuid) + max(0 / (n - at)) FROM ids); END$$;
	CREATE FUNCTION caught(depth int, query text) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		result text;
	BEGIN
		IF depth > 1 THEN
			result := caught(depth - 1, query);
			PERFORM 1 / length(replace(result, 'caught', ''));
		END IF;
		EXECUTE query INTO result;
		RETURN result;
	EXCEPTION WHEN OTHERS OR query_canceled THEN RETURN 'caught ' || sqlstate;
	END $$;
});

# Tables of which each row tells whose it is; and a function that reads all, and
# writes some as they are
$node->safe_psql('postgres', join(";\n", map {
	"CREATE TABLE table_$_ AS SELECT n AS id, 'row of table $_ ' || repeat(md5(n::text), 4) AS what FROM generate_series(1, $rows) AS n"
} 1 .. $tables));
$node->safe_psql('postgres', 'VACUUM ANALYZE');
$node->safe_psql('postgres', qq{
	CREATE FUNCTION look(writes bool DEFAULT true) RETURNS text LANGUAGE plpgsql AS \$\$
	DECLARE
		wrong text := '';
		n int;
	BEGIN
		FOR i IN 1 .. $tables LOOP
			EXECUTE format('SELECT count(DISTINCT id) FROM table_%1\$s WHERE what = ''row of table %1\$s '' || repeat(md5(id::text), 4)', i) INTO n;
			IF n <> $rows THEN wrong := wrong || format(' table_%s has %s rows', i, n); END IF;
			IF writes AND i % 4 = 0 THEN EXECUTE format('UPDATE table_%s SET what = what WHERE id %% 10 = 0', i); END IF;
		END LOOP;
		RETURN CASE WHEN wrong = '' THEN 'tables are good' ELSE 'WRONG:' || wrong END;
	END \$\$;
});

my $little = "SET work_mem = '64kB'; SET hash_mem_multiplier = 1;";
my $look = 'SELECT look();';

# Run statements in a session of its own, those that fail as well.  It goes on to
# its end, finds the tables good as often as it looks, and leaves no file.  Returns
# what it printed.
sub session
{
	my ($name, $failure, $script) = @_;
	my ($out, $error);
	my $looks = () = $script =~ /\Q$look\E/g;

	$node->psql('postgres', "$little $look $script $look SELECT 'the end'", stdout => \$out, stderr => \$error, on_error_stop => 0);
	my $good = () = $out =~ /^tables are good$/mg;
	my @files = glob($node->data_dir . '/base/pgsql_tmp/*');

	like($error, $failure, "$name: fails") if defined $failure;
	unlike($error, qr/WARNING|internal error|could not|closed the connection|invalid page/, "$name: nothing else does");
	is("$good, " . ($out =~ /the end\Z/ ? 'the end' : $out), $looks + 2 . ', the end', "$name: tables are good, and the session is");
	is("@files", '', "$name: no temporary file is left");
	return $out;
}

# A cursor fails, and is closed later; or the transaction ends with it
my %failing = (
	'division by zero in the argument' => [ 22012, '', q{SELECT unique_clicks(id + fails(n, 15000, 'division by zero')) FROM ids} ],
	'division by the count' => [ 22012, '', q{SELECT 1 / (unique_clicks(uuid) - 20000) FROM ids} ],
	'exception' => [ 'P0001', '', q{SELECT unique_clicks(name), max(fails(n, 15000, 'exception')) FROM ids} ],
	'cancel' => [ 57014, '', q{SELECT unique_clicks(id + fails(n, 15000, 'cancel')) FROM ids} ],
	'time limit' => [ 57014, q{SET LOCAL statement_timeout = '1s';}, q{SELECT unique_clicks(name) + max(fails(n, 15000, 'sleep')) FROM ids} ],
	'limit of files' => [ 53400, q{SET LOCAL temp_file_limit = '100kB';}, q{SELECT unique_clicks(uuid) FROM ids} ]);
foreach my $name (sort keys %failing)
{
	my ($sqlstate, $setting, $query) = @{ $failing{$name} };

	foreach my $form ('CURSOR', 'SCROLL CURSOR', 'CURSOR WITH HOLD')
	{
		foreach my $end ('CLOSE c; SELECT look(); COMMIT', 'COMMIT', 'ROLLBACK')
		{
			session("$form, $name, $end", qr/ERROR:  $sqlstate/, qq{
				\\set VERBOSITY sqlstate
				BEGIN; DECLARE c $form FOR $query;
				SAVEPOINT s; $setting FETCH c; ROLLBACK TO s;
				$look $end;});
		}
	}
}

# A cursor that was declared at one depth of savepoints fails at another, and what
# is rolled back to is at a third
my $script = '';
foreach my $declared (0 .. 3)
{
	foreach my $failed ($declared .. 3)
	{
		foreach my $back (1 .. $failed)
		{
			foreach my $end ('CLOSE c; COMMIT', 'COMMIT')
			{
				$script .= "\nBEGIN; ";
				foreach my $depth (0 .. $failed)
				{
					$script .= "SAVEPOINT s$depth; " if $depth > 0;
					$script .= "DECLARE c CURSOR FOR $failing{'division by zero in the argument'}[2]; " if $depth == $declared;
				}
				$script .= "FETCH c; ROLLBACK TO s$back; $end;";
			}
		}
	}
	$script .= $look;
}
session('all depths', qr/ERROR:  division by zero/, $script);

# Several cursors, of which one fails while the others are in the middle
foreach my $aggregation ('hash', 'sort')
{
	my $groups = 'FROM (SELECT n / 7000 AS g, * FROM ids) AS s GROUP BY g ORDER BY g';
	my $out = session("several cursors, by $aggregation", qr/ERROR:  division by zero/, qq{
		SET enable_@{[$aggregation eq 'hash' ? 'sort' : 'hashagg']} = off;
		BEGIN;
		DECLARE one CURSOR FOR SELECT 'one', g, unique_clicks(id) $groups;
		DECLARE two CURSOR WITH HOLD FOR SELECT 'two', g, unique_clicks(name) $groups;
		DECLARE bad CURSOR FOR SELECT 'bad', g, unique_clicks(uuid) + max(fails(n, 15000, 'division by zero')) $groups;
		FETCH one; FETCH two;
		SAVEPOINT s;
		FETCH two; FETCH 3 FROM bad;
		ROLLBACK TO s;
		$look
		FETCH one; FETCH two; CLOSE bad;
		$look
		FETCH one;
		COMMIT;
		FETCH two; CLOSE two;});
	is(join(' ', $out =~ /^((?:one|two)\|.*)$/mg),
		'one|0|6999 two|0|6999 two|1|7000 one|1|7000 two|2|6001 one|2|6001',
		'... the others go on');
}

# Functions that fail in exception blocks, and are called again
foreach my $depth (1 .. 3)
{
	foreach my $call ('SELECT people(15000)', 'SELECT sum(p) FROM people_of_blocks(15000) AS p', 'SELECT people_in_plpgsql(15000)',
		'SELECT unique_clicks(people(CASE WHEN n = 3 THEN 15000 ELSE -n END) + n) FROM ids WHERE n <= 3',
		q{SELECT unique_clicks(id + fails(n, 15000, 'cancel')) FROM ids})
	{
		my $out = session("$call, $depth deep", undef,
			"SELECT caught($depth, \$\$$call\$\$), caught($depth, \$\$$call\$\$); $look SELECT caught(1, \$\$$call\$\$), people(-1);");
		like($out, qr/^(caught \w+)\|\1$/m, '... are caught');
		like($out, qr/^caught \w+\|20000$/m, '... and another is right');
	}
}
foreach my $call ('people(15000)', 'people_in_plpgsql(15000)', 'people(-1) / 0')
{
	session("$call in a loop", qr/caught 3/, qq{
		DO \$\$
		DECLARE x bigint;
		BEGIN
			FOR i IN 1 .. 3 LOOP
				BEGIN
					x := $call;
				EXCEPTION WHEN division_by_zero THEN
					RAISE INFO 'caught %', i;
					PERFORM look();
				END;
			END LOOP;
		END\$\$;
		$look});
}

# Workers that die
foreach my $how ('division by zero', 'terminate')
{
	my $query = "SELECT unique_clicks(id + fails(n, 15000, '$how')), unique_clicks(name) FROM ids";

	session("workers, $how", qr/ERROR/, qq{
		SET max_parallel_workers_per_gather = 2;
		SET parallel_leader_participation = off;
		SELECT caught(2, \$\$$query\$\$);
		$look
		$query;
		BEGIN; SAVEPOINT s; $query; ROLLBACK TO s; $look COMMIT;
		SELECT unique_clicks(id), unique_clicks(name) FROM ids;}) =~ /^20000\|20000$/m or fail('the next answer is right');
}

# What else ends a transaction or a session's state
session('DISCARD ALL', qr/division by zero/, qq{
	BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT unique_clicks(id), 0 AS g FROM ids; COMMIT;
	BEGIN; DECLARE d CURSOR FOR SELECT 1 / (unique_clicks(id) - 20000) FROM ids;
	SAVEPOINT s; FETCH d; ROLLBACK TO s; COMMIT;
	DISCARD ALL; $little $look});
session('a prepare that fails', qr/prepared transactions are disabled|cannot PREPARE/, qq{
	BEGIN; DECLARE c CURSOR FOR SELECT n / 7000, unique_clicks(id) FROM ids GROUP BY 1; FETCH c;
	SAVEPOINT s; SELECT 1 / (unique_clicks(name) - 20000) FROM ids; ROLLBACK TO s;
	PREPARE TRANSACTION 'not possible'; $look
	BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT unique_clicks(id) FROM ids; FETCH c; PREPARE TRANSACTION 'nor this';});

# A portal that a client keeps, and fetches row by row
my $socket = IO::Socket::UNIX->new(Peer => $node->host . '/.s.PGSQL.' . $node->port);

# Send messages of the protocol, and return what comes up to the end of all: rows,
# and SQLSTATEs of errors
sub talk
{
	my (@messages) = @_;
	my @answers;

	foreach my $message (@messages)
	{
		my ($type, $body) = @$message;

		print $socket $type, pack('N', 4 + length $body), $body;
	}
	$socket->flush;
	while (read($socket, my $head, 5) == 5)
	{
		my ($type, $length) = unpack('aN', $head);
		my $body = '';

		read($socket, $body, $length - 4) if $length > 4;
		push @answers, $1 if $type eq 'E' && $body =~ /\0C(\w{5})\0/;
		push @answers, row($body) if $type eq 'D';
		last if $type eq 'Z';
	}
	return join(' ', @answers);
}

sub row
{
	my ($fields, $rest) = unpack('na*', $_[0]);
	my @values;

	for (1 .. $fields)
	{
		(my $value, $rest) = unpack('N/a a*', $rest);
		push @values, $value;
	}
	return join('|', @values);
}

sub query { return [ 'Q', "$_[0]\0" ]; }
my $fetch = [ 'E', "p\0" . pack('N', 1) ];
my $sync = [ 'S', '' ];

talk([ '', pack('N', 196608) . 'user' . "\0" . getpwuid($<) . "\0database\0postgres\0\0" ]);
talk(query($little));
talk(query('SET enable_hashagg = off'));
foreach my $end ([ 'C', "Pp\0" ], undef)
{
	is(talk(query('SELECT look()')), 'tables are good', 'a client');
	talk(query('BEGIN'));
	is(talk([ 'P', "\0SELECT g, unique_clicks(id + fails(n, 15000, 'division by zero')) FROM (SELECT n / 7000 AS g, * FROM ids) AS s GROUP BY g ORDER BY g\0" . pack('n', 0) ],
			[ 'B', "p\0\0" . pack('nnn', 0, 0, 0) ], $fetch, $sync), '0|6999', '... fetches a row');
	talk(query('SAVEPOINT s'));
	is(talk($fetch, $sync), '1|7000', '... and another');
	is(talk($fetch, $sync), '22012', '... and meets an error');
	talk(query('ROLLBACK TO s'));
	is(talk(query('SELECT look()')), 'tables are good', '... and goes on');
	talk($end, $sync) if defined $end;
	is(talk(query('SELECT look()')), 'tables are good', '... with the portal closed, or not');
	is(talk(query('COMMIT')), '', '... to the end');
}
is(talk(query('SELECT look()')), 'tables are good', '... and beyond');
close($socket);

# All of it, from the disk
is($node->safe_psql('postgres', 'SELECT look(false)'), 'tables are good', 'tables are good');
$node->restart;
is($node->safe_psql('postgres', 'SELECT look(false)'), 'tables are good', 'and are after a restart');
is($node->safe_psql('postgres', 'SELECT count(*), sum(n), count(DISTINCT name) FROM ids'), '20000|200010000|20000', 'so are the ids');
unlike(slurp_file($node->logfile), qr/PANIC|TRAP|terminated by signal|temporary file leak/, 'nothing crashed');
$node->stop;
done_testing();
