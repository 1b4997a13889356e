# Stored cells through the life of a server: a standby, recovery to a point in time,
# logical replication in text and in binary, and dumps of each kind.  What arrives is, byte
# for byte, what was stored, and what its events say, also after a restart.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

use StoredCells;

my $node = PostgreSQL::Test::Cluster->new('origin');
$node->init(allows_streaming => 'logical', has_archiving => 1);
$node->append_conf('postgresql.conf', "autovacuum = off\njit = off");
$node->start;
create_cells($node);
$node->backup('early');

# The same is stored there, and right, before and after a restart.
sub same_cells
{
	my ($there, $digest, $name, $database) = @_;

	is(cells_digest($there, $database), $digest, "$name: the same bytes");
	is(wrong_cells($there, $database), '', '... which are those of the events');
	return;
}

sub write_some
{
	my ($on) = @_;

	return $on->safe_psql('postgres', q{
		SELECT count(write_batch(300)) FROM generate_series(1, 10);
		DELETE FROM events WHERE batch = (SELECT min(batch) FROM events WHERE day < '2026-01-12');
		DELETE FROM cells;
		INSERT INTO cells TABLE recomputed;
		UPDATE rates SET sample = sample + sample WHERE n % 2 = 0;
		REFRESH MATERIALIZED VIEW CONCURRENTLY weekly});
}

# A standby that is read while it follows, promoted, and written to
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'early', has_streaming => 1);
$standby->append_conf('postgresql.conf', 'archive_mode = off');
$standby->start;
write_some($node);
$node->wait_for_catchup($standby);
my $digest = cells_digest($node);
same_cells($standby, $digest, 'standby');
$standby->restart;
same_cells($standby, $digest, 'standby, restarted');
$standby->promote;
write_some($standby);
is(wrong_cells($standby), '', 'a standby that was promoted goes on');
$standby->stop('immediate');
$standby->start;
is(wrong_cells($standby), '', '... also after a crash');
$standby->stop;

# Recovery to a point in time, with what was written later left out
write_some($node);
my $then = cells_digest($node);
$node->safe_psql('postgres', q{SELECT pg_create_restore_point('then')});
write_some($node);
$node->safe_psql('postgres', 'SELECT pg_switch_wal()');
isnt(cells_digest($node), $then, 'more is written');
my $recovered = PostgreSQL::Test::Cluster->new('recovered');
$recovered->init_from_backup($node, 'early', has_restoring => 1, standby => 0);
$recovered->append_conf('postgresql.conf', "recovery_target_name = 'then'\nrecovery_target_action = promote");
$recovered->start;
$recovered->poll_query_until('postgres', 'SELECT NOT pg_is_in_recovery()');
same_cells($recovered, $then, 'recovery to a point in time');
$recovered->restart;
same_cells($recovered, $then, '... restarted');
$recovered->stop;

# Logical replication: rows that are there, and those that come, change and go
my $subscriber = PostgreSQL::Test::Cluster->new('subscriber');
$subscriber->init;
$subscriber->append_conf('postgresql.conf', "autovacuum = off\njit = off");
$subscriber->start;
my $schema = PostgreSQL::Test::Utils::tempdir() . '/schema.sql';
$node->safe_psql('postgres', 'CREATE PUBLICATION all_cells FOR TABLE cells, rates, events; ALTER TABLE events REPLICA IDENTITY FULL');
$node->command_ok([ 'pg_dump', '--schema-only', '--no-publications', '-f', $schema, 'postgres' ], 'the schema');
foreach my $binary ('false', 'true')
{
	my $database = "binary_$binary";

	$subscriber->safe_psql('postgres', "CREATE DATABASE $database");
	$subscriber->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', $schema, $database ], '... is there');
	$subscriber->safe_psql($database, "CREATE SUBSCRIPTION $database CONNECTION '@{[$node->connstr]} dbname=postgres' PUBLICATION all_cells WITH (binary = $binary)");
	$subscriber->wait_for_subscription_sync($node, $database, $database);
	write_some($node);
	$node->wait_for_catchup($database);
	$subscriber->safe_psql($database, 'REFRESH MATERIALIZED VIEW weekly');
	same_cells($subscriber, cells_digest($node), "logical replication, binary = $binary", $database);
	$subscriber->restart;
	same_cells($subscriber, cells_digest($node), '... restarted', $database);
	$subscriber->safe_psql($database, "DROP SUBSCRIPTION $database");
}

# Dumps: as one file, custom, and in parallel
$digest = cells_digest($node);
foreach my $format ([ 'plain', [] ], [ 'custom', [] ], [ 'directory', [ '-j', '2' ] ])
{
	my ($name, $jobs) = @$format;
	my $dump = PostgreSQL::Test::Utils::tempdir() . '/dump';

	$subscriber->safe_psql('postgres', "CREATE DATABASE $name");
	$node->command_ok([ 'pg_dump', "--format=$name", @$jobs, '-f', $dump, 'postgres' ], "dump, $name");
	$subscriber->command_ok(
		$name eq 'plain' ? [ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', $dump, $name ] : [ 'pg_restore', '--exit-on-error', @$jobs, '-d', $name, $dump ],
		'... restored');
	same_cells($subscriber, $digest, "dump, $name", $name);
}
$subscriber->restart;
same_cells($subscriber, $digest, "dump, $_, restarted", $_) foreach 'plain', 'custom', 'directory';

foreach my $server ($node, $standby, $recovered, $subscriber)
{
	unlike(slurp_file($server->logfile), qr/PANIC|TRAP|terminated by signal/, 'nothing crashed');
}
done_testing();
