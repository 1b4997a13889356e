# examples/citus.sql on a coordinator and two workers, and aggregates in many shapes of
# query over a distributed table against the same over a local one.  Runs wherever
# CREATE EXTENSION citus works; Debian has no package of it.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $library = `pg_config --pkglibdir`;
chomp $library;
plan skip_all => 'SKIPPED: Citus is not installed' unless -e "$library/citus.so";

my %node;
foreach my $name (qw(coordinator worker_1 worker_2))
{
	$node{$name} = PostgreSQL::Test::Cluster->new($name);
	$node{$name}->init;
	$node{$name}->append_conf('postgresql.conf', q{
		shared_preload_libraries = 'citus'
		citus.shard_count = 4
		citus.node_conninfo = 'sslmode=prefer'
	});
	$node{$name}->start;
	$node{$name}->safe_psql('postgres', 'CREATE EXTENSION citus');
}
my $coordinator = $node{coordinator};
$coordinator->safe_psql('postgres', join(';', "SELECT citus_set_coordinator_host('" . $coordinator->host . "', " . $coordinator->port . ')',
	map { "SELECT citus_add_node('" . $_->host . "', " . $_->port . ')' } @node{qw(worker_1 worker_2)}));
$coordinator->safe_psql('postgres', 'CREATE EXTENSION clicks_all');

sub ask
{
	return $coordinator->safe_psql('postgres', $_[0]);
}

# the example, over a log of clicks
foreach my $file (qw(examples/click_events.sql))
{
	$coordinator->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', $file ], $file);
}
ask(q{
	INSERT INTO ad_accounts VALUES ('shop', 'USD', 'UTC');
	INSERT INTO ads SELECT i, 'shop', 'Campaign ' || i % 3, 'Set', 'Ad ' || i FROM generate_series(1, 9) AS i;
	INSERT INTO click_events
		SELECT i, timestamptz '2026-03-02 00:00Z' + i * interval '1 minute', 1 + i % 9,
			CASE WHEN i % 50 > 0 THEN 'user ' || i % 997 END,
			(ARRAY['link', 'photo', 'outbound'])[1 + i % 3]::click_type, 'US', 'iphone', 'feed'
		FROM generate_series(1, 20000) AS i;
});
my $expected = ask(q{SELECT campaign, count(DISTINCT user_id), clicks_all(click_type)
	FROM click_events JOIN ads USING (ad_id) GROUP BY campaign ORDER BY campaign});
$coordinator->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/citus.sql' ], 'examples/citus.sql');
is(ask(q{SELECT campaign, count(DISTINCT nullif(user_id, '')), clicks_all(click_type)
	FROM click_events JOIN ads USING (ad_id) GROUP BY campaign ORDER BY campaign}), $expected, 'people and clicks as before they were distributed');
is(ask('SELECT campaign, clicks_all(clicks) FROM weekly_clickers GROUP BY campaign ORDER BY campaign'),
	$expected =~ s/\|\d+\|/|/gr, 'the rollup has the clicks of the log');

# a matrix of aggregates and shapes over the same rows, distributed and local
ask(q{
	CREATE TABLE rows_local AS
		SELECT i AS id, i % 7 AS campaign, i % 4 AS device, 'user ' || i % 311 AS person, i % 311 AS person_id,
			CASE WHEN i % 11 > 0 THEN i % 5 END::bigint AS clicks, (i % 90)::bigint AS impressions,
			round(i * 0.37 % 10, 2) AS spend, 'USD' AS currency,
			click_counts(link => i % 5, photo => i % 3, outbound => i % 2) AS kinds,
			(ARRAY['link', 'photo', 'outbound'])[1 + i % 3]::click_type AS kind
		FROM generate_series(1, 5000) AS i;
	CREATE TABLE rows_distributed AS TABLE rows_local;
	SELECT create_distributed_table('rows_distributed', 'id');
});
my @calls = (
	'clicks_all(clicks)', 'clicks_all(kinds)', 'clicks_all(kind)', 'sum(kinds)', 'click_counts_agg(kind)',
	'click_counts_agg(kind, clicks)', 'ctr(clicks, impressions)', 'ctr(kinds, impressions)', 'cpc(spend, clicks)',
	'cpc(spend, clicks, currency)', '(ad_metrics(clicks, impressions, spend)).cpc',
	'(ad_metrics(kinds, impressions, spend, currency)).ctr', 'approx_unique_clicks(person)',
	'approx_unique_clicks(person_id)', 'cardinality(clicker_set_agg(person))', 'cardinality(clicker_set_agg(person, 12))',
	'unique_clicks(person)', 'unique_clicks(person_id)', 'round(clicks_per_account(person), 6)',
	'unique_clicks_bounds(clicks)', 'round((ratio_interval(ratio_sample_agg(clicks, impressions + 1))).estimate::numeric, 9)');
my @shapes = (
	'SELECT %s FROM %s', 'SELECT campaign, %s FROM %s GROUP BY campaign ORDER BY campaign',
	'SELECT device, campaign, %s FROM %s WHERE impressions > 20 GROUP BY device, campaign ORDER BY device, campaign',
	'SELECT campaign, %s FROM %s GROUP BY campaign HAVING count(*) > 714 ORDER BY campaign',
	'SELECT campaign, %s FROM (SELECT * FROM %s WHERE id %% 2 = 0) AS even GROUP BY campaign ORDER BY campaign',
	'WITH rows AS (SELECT * FROM %2$s) SELECT campaign, %1$s FROM rows GROUP BY campaign ORDER BY campaign',
	'SELECT %s FROM %s WHERE false');
my ($same, @wrong) = (0);
foreach my $call (@calls)
{
	foreach my $shape (@shapes)
	{
		my ($local, $distributed) = map { ask(sprintf($shape, $call, "rows_$_")) } qw(local distributed);

		$local eq $distributed ? $same++ : push(@wrong, sprintf($shape, $call, 'rows_distributed'));
	}
}
is(join("\n", @wrong), '', "$same queries are answered as over a local table");

# which of them combine on the workers: all but those of exact people over raw ids
my @gathered = grep {
	my ($status, $out, $err) = $coordinator->psql('postgres',
		"SET citus.coordinator_aggregation_strategy = 'disabled'; SELECT campaign, $_ FROM rows_distributed GROUP BY campaign");
	$status != 0;
} @calls;
ok(!grep({ !/^unique_clicks\(person|clicks_per_account/ } @gathered), 'only exact people bring rows to the coordinator')
  or diag(join(', ', @gathered));

done_testing();
