# examples/postgres_fdw.sql, with two shards that are servers of their own

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my %node;

foreach my $name (qw(ask shard_1 shard_2))
{
	$node{$name} = PostgreSQL::Test::Cluster->new($name);
	$node{$name}->init;
	$node{$name}->start;
	$node{$name}->safe_psql('postgres', 'CREATE EXTENSION clicks_all');
}

sub run_file
{
	my ($name, $file) = @_;

	$node{$name}->command_ok(
		[ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', $file ], "$file on $name");
}

# one person on both shards, and one on each
foreach my $shard (1, 2)
{
	my $report = "SELECT $shard AS shard, week, account, currency, campaign,
		placement, clicks, impressions, spend, clickers FROM weekly_ads";

	run_file("shard_$shard", 'examples/click_events.sql');
	$node{"shard_$shard"}->safe_psql('postgres', qq{
		INSERT INTO ad_accounts VALUES ('account $shard', 'USD', 'UTC');
		INSERT INTO ads VALUES ($shard, 'account $shard', 'Spring', 'Women', 'Ad $shard');
		INSERT INTO click_events VALUES
			(1, '2026-03-02 12:00Z', $shard, 'ann', 'link', 'US', 'iphone', 'feed'),
			(2, '2026-03-03 12:00Z', $shard, 'only $shard', 'photo', 'US', 'iphone', 'feed');
		INSERT INTO ad_delivery VALUES
			('2026-03-02', $shard, 'US', 'iphone', 'feed', '2026-03-03', 100, 90, 0.50);
		-- enough for it to be cheaper to aggregate than to send
		INSERT INTO ads SELECT i, 'account $shard', 'Many', 'Women', 'Ad ' || i
			FROM generate_series(11, 3010) AS i;
		INSERT INTO click_events
			SELECT i, '2026-03-02 12:00Z', i, 'ann', 'link', 'US', 'iphone', 'feed'
			FROM generate_series(11, 3010) AS i;
	});
	$node{"shard_$shard"}->safe_psql('postgres', "CALL load_ads('-infinity')");
	run_file("shard_$shard", 'examples/weekly_report.sql');
	$node{"shard_$shard"}->safe_psql('postgres', "CREATE VIEW shard_weekly_ads AS $report; ANALYZE");
}

# the file as it is, but for the addresses
my $example = slurp_file('examples/postgres_fdw.sql');
foreach my $shard (1, 2)
{
	my $server = $node{"shard_$shard"};
	my ($host, $port) = ($server->host, $server->port);

	$example =~ s/host 'shard-$shard.example.com', dbname 'ads'/host '$host', port '$port', dbname 'postgres'/
	  or die "no address of shard $shard";
}
my $user = $node{ask}->safe_psql('postgres', 'SELECT current_user');
$example =~ s/user 'report'/user '$user'/g;

is($node{ask}->safe_psql('postgres', $example),
	"2026-03-02|Many|6000|||1\n2026-03-02|Spring|4|2.0000000000000000|0.25000000000000000000|3",
	'a person who clicked on both shards counts once');

sub query_plan
{
	return $node{ask}->safe_psql('postgres',
		"SET enable_partitionwise_aggregate = on;
		EXPLAIN (VERBOSE, COSTS OFF) $_[0]");
}

my $by_shard = 'SELECT shard, clicks_all(clicks), ctr(clicks, impressions),
	cpc(spend, clicks, currency), unique_clicks(clickers)
	FROM all_weekly_ads GROUP BY shard';

like(query_plan($by_shard), qr/Remote SQL: .*clicks_all\(clicks\).*unique_clicks\(clickers\)/,
	'grouped by shard, the shards aggregate');
is($node{ask}->safe_psql('postgres', "SET enable_partitionwise_aggregate = on; $by_shard ORDER BY shard"),
	join("\n", map { "$_|3002|3002.0000000000000000|0.00016655562958027981|2" } (1, 2)),
	'and give the same');

done_testing();
