# Stored sets of clickers survive dump and restore, and logical replication in
# text and in binary, byte for byte; and a server survives bytes that are none.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(allows_streaming => 'logical');
$node->start;

my $tables = q{
	CREATE EXTENSION clicks_all;
	CREATE TABLE cells (cell text PRIMARY KEY, clickers clicker_set, low clicker_set(11));
	CREATE TABLE bag (clickers clicker_set);
	ALTER TABLE bag REPLICA IDENTITY FULL;
};
# every kind, and both sides of where one becomes another
my $rows = q{
	INSERT INTO cells
		SELECT p || ':' || n, set, set
		FROM unnest('{11,13,16}'::int[]) p, unnest('{1,14,192,193,768,769,6144,6145,50000}'::int[]) n,
			LATERAL (SELECT clicker_set_agg(i, p) AS set FROM generate_series(1, n) i) s;
	INSERT INTO cells VALUES ('empty', 'cs1:wRUA'), ('null', NULL);
	INSERT INTO bag SELECT clickers FROM cells WHERE cell LIKE '13:%';
};
my $digest = q{
	SELECT count(*), md5(string_agg(md5(concat_ws('|', cell, clickers::bytea, low::bytea,
		cardinality(clickers))), '' ORDER BY cell))
	FROM cells
};

$node->safe_psql('postgres', "CREATE DATABASE $_") for qw(original restored loaded);
$node->safe_psql('original', $tables . $rows);
my $expected = $node->safe_psql('original', $digest);
like($expected, qr/^29\|/, 'all sets are there');

my $dump = $node->basedir . '/clicker_set.sql';
$node->command_ok([ 'pg_dump', '-f', $dump, 'original' ], 'dump');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'restored', '-f', $dump ],
	'restore');
is($node->safe_psql('restored', $digest), $expected, 'a restored set has the same bytes');

$node->command_ok([ 'pg_dump', '-Fc', '-f', "$dump.custom", 'original' ], 'dump, custom format');
$node->command_ok([ 'pg_restore', '-d', 'loaded', "$dump.custom" ], 'restore, custom format');
is($node->safe_psql('loaded', $digest), $expected, 'the same bytes again');

my $subscriber = PostgreSQL::Test::Cluster->new('subscriber');
$subscriber->init;
$subscriber->start;
$node->safe_psql('original', 'CREATE PUBLICATION sets FOR TABLE cells, bag');

for my $binary (qw(false true))
{
	my $connection = $node->connstr . ' dbname=original';
	my $database = "copy_$binary";

	$subscriber->safe_psql('postgres', "CREATE DATABASE $database");
	$subscriber->safe_psql($database, $tables);
	$subscriber->safe_psql($database,
		"CREATE SUBSCRIPTION $database CONNECTION '$connection' PUBLICATION sets WITH (binary = $binary)");
	$subscriber->poll_query_until($database,
		q{SELECT count(*) = 0 FROM pg_subscription_rel WHERE srsubstate NOT IN ('r', 's')})
	  or die 'the initial copy does not end';

	$node->safe_psql('original', q{
		UPDATE cells SET clickers = clicker_set_add(clickers, -1) WHERE cell <> 'null';
		DELETE FROM bag WHERE cardinality(clickers) = 1;
		UPDATE bag SET clickers = clickers | clickers;
	});
	$node->wait_for_catchup($database);
	is($subscriber->safe_psql($database, $digest), $node->safe_psql('original', $digest),
		"replicated, binary = $binary");
	my $bag = q{SELECT md5(string_agg(clickers::text, ' ' ORDER BY clickers)) FROM bag};
	is($subscriber->safe_psql($database, $bag), $node->safe_psql('original', $bag),
		"rows found by their sets, binary = $binary");
	$subscriber->safe_psql($database, "DROP SUBSCRIPTION $database");
	$node->safe_psql('original', "INSERT INTO bag VALUES ((SELECT clickers FROM cells WHERE cell = '13:1'))");
}
$subscriber->stop;

# mutants of stored sets: cast from bytea, then every use of what is accepted
my $mutants = q{
	DO $$
	DECLARE
		cell record;
		bytes bytea;
		accepted clicker_set;
		n_accepted int := 0;
	BEGIN
		PERFORM setseed(0.5);
		FOR cell IN SELECT clickers::bytea AS bytes FROM cells, generate_series(1, 100)
			WHERE length(clickers::bytea) < 5000 LOOP
			bytes := cell.bytes;
			FOR change IN 1 .. 1 + floor(random() * 3)::int LOOP
				bytes := set_byte(bytes, floor(random() *
					CASE WHEN random() < 0.5 THEN least(length(bytes), 12) ELSE length(bytes) END)::int,
					floor(random() * 256)::int);
			END LOOP;
			BEGIN
				accepted := bytes::clicker_set;
				n_accepted := n_accepted + 1;
				IF accepted::bytea <> bytes OR accepted::text::clicker_set <> accepted
					OR accepted | accepted <> accepted
					OR cardinality(accepted) < 0 OR (overlap(accepted, accepted)).estimate <> cardinality(accepted)
					OR standard_error(accepted::clicker_set(8)) > 0.05 THEN
					RAISE 'accepted, but not a set: %', bytes;
				END IF;
			EXCEPTION WHEN invalid_binary_representation THEN
				NULL;
			END;
		END LOOP;
		RAISE NOTICE 'accepted %', n_accepted;
	END $$
};
my ($status, $out, $err) = $node->psql('original', $mutants);
is($status, 0, 'mutants of stored sets are refused, or are sets') or diag $err;
like($err, qr/accepted \d+/, 'all were tried');
is($node->safe_psql('original', 'SELECT 1'), 1, 'the server lives');

$node->stop;
done_testing();
