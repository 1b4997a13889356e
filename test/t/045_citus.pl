# examples/citus.sql on a coordinator and two workers, and aggregates in many shapes of
# query over distributed tables against the same over local ones.  Runs wherever
# CREATE EXTENSION citus works.  Debian has no package of it: test/citus.sh builds it.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $library = `pg_config --pkglibdir`;
chomp $library;
plan skip_all => 'SKIPPED: Citus is not installed; test/citus.sh builds it and runs this' unless -e "$library/citus.so";

my %node;
foreach my $name (qw(coordinator worker_1 worker_2))
{
	$node{$name} = PostgreSQL::Test::Cluster->new($name);
	$node{$name}->init;
	$node{$name}->append_conf('postgresql.conf', q{
		shared_preload_libraries = 'citus'
		citus.shard_count = 4
		citus.node_conninfo = 'sslmode=prefer'
		citus.enable_statistics_collection = off
		log_statement = none
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

# What psql prints for each of these queries, and the SQLSTATE
sub answers
{
	my $script = join("\n", 'SET client_min_messages = error;', map { "\\echo ====\n$_;\n\\echo :SQLSTATE" } @_);
	my (undef, $printed) = $coordinator->psql('postgres', $script, on_error_stop => 0);

	return (split /^====\n/m, $printed)[ 1 .. @_ ];
}

sub run_example
{
	my ($file) = @_;

	$coordinator->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', "examples/$file" ], "examples/$file");
}

# the example, over a log of clicks
run_example('click_events.sql');
ask(q{
	INSERT INTO ad_accounts VALUES ('shop', 'USD', 'UTC');
	INSERT INTO ads SELECT i, 'shop', 'Campaign ' || i % 3, 'Set', 'Ad ' || i FROM generate_series(1, 9) AS i;
	INSERT INTO click_events
		SELECT i, timestamptz '2026-03-02 00:00Z' + i * interval '1 minute', 1 + i % 9,
			CASE WHEN i % 50 > 0 THEN 'user ' || i % 997 END,
			(ARRAY['link', 'photo', 'outbound', 'link'])[1 + i % 4]::click_type, 'US', 'iphone', 'feed'
		FROM generate_series(1, 20000) AS i;
});
my $people = q{SELECT campaign, count(DISTINCT nullif(user_id, '')), clicks_all(click_type)
	FROM click_events JOIN ads USING (ad_id) GROUP BY campaign ORDER BY campaign};
my $counted = q{SELECT campaign, report_week((clicked_at AT TIME ZONE 'UTC')::date), clicks_all(click_type),
		count(DISTINCT nullif(user_id, '')) FILTER (WHERE is_counted(click_type)) * 1.02
	FROM click_events JOIN ads USING (ad_id) GROUP BY 1, 2 ORDER BY 1, 2};
my ($people_before, $counted_before) = map { ask($_) } $people, $counted;
run_example('citus.sql');
is(ask($people), $people_before, 'people and clicks as before they were distributed');
is(scalar(split /\n/, $counted_before), 6, 'three campaigns, two weeks');
foreach my $line (split /\n/, $counted_before)
{
	my ($campaign, $week, $clicks, $most) = split /\|/, $line;
	my ($in_cell, $estimate) = split /\|/, ask("SELECT clicks_all(clicks), unique_clicks(clickers) FROM weekly_clickers
		WHERE campaign = '$campaign' AND week = '$week'");

	is($in_cell, $clicks, "clicks of the cell of $campaign, $week");
	ok($estimate > $most * 0.96 && $estimate < $most, "people of the cell of $campaign, $week: $estimate");
}

# late events are added to the cells, once for each batch
ask(q{INSERT INTO late_events SELECT 1000000 + i, timestamptz '2026-03-04 00:00Z', 1 + i % 3, 'late ' || i, 'link'
	FROM generate_series(1, 300) AS i});
my ($add) = slurp_file('examples/citus.sql') =~ /^(INSERT INTO weekly_clickers\n(?:(?!;).)*FROM late_events.*?;)/ms;
my $cells = q{SELECT clicks_all(clicks) FROM weekly_clickers};
my $cells_before = ask($cells);
ask($add);
is(ask($cells) - $cells_before, 300, 'late events are added');

# A matrix of aggregates and shapes over the same rows, distributed by person and local.
# @ is where a FILTER may stand, # the table's name: local or distributed.
ask(q{
	CREATE TABLE rows_local AS
		SELECT i AS id, i % 7 AS campaign, i % 4 AS device, 'user ' || i % 311 AS person, i % 311 AS person_id,
			md5((i % 311)::text)::uuid AS person_uuid, CASE WHEN i % 11 > 0 THEN i % 5 END::bigint AS clicks,
			(i % 90)::bigint AS impressions, round(i * 0.37 % 10, 2) AS spend, 'USD' AS currency,
			click_counts(link => i % 5, photo => i % 3, outbound => i % 2) AS kinds,
			(ARRAY['link', 'photo', 'outbound'])[1 + i % 3]::click_type AS kind
		FROM generate_series(1, 5000) AS i;
	CREATE TABLE rows_distributed AS TABLE rows_local;
	SELECT create_distributed_table('rows_distributed', 'person_id');
	CREATE TABLE segments_local AS SELECT i AS person_id, i % 3 AS segment FROM generate_series(0, 310) AS i;
	CREATE TABLE segments_distributed AS TABLE segments_local;
	SELECT create_distributed_table('segments_distributed', 'person_id');
	CREATE TABLE names_local AS SELECT i AS campaign, 'Campaign ' || i AS name FROM generate_series(0, 6) AS i;
	CREATE TABLE names_distributed AS TABLE names_local;
	SELECT create_reference_table('names_distributed');
});
my @calls = (
	'clicks_all(clicks)@', 'clicks_all(kinds)@', 'clicks_all(kind)@', 'sum(kinds)@', 'click_counts_agg(kind)@',
	'click_counts_agg(kind, clicks)@', 'ctr(clicks, impressions)@', 'ctr(kinds, impressions)@',
	'ctr(clicks::numeric, impressions::int)@', 'cpc(spend, clicks)@', 'cpc(spend, clicks, currency)@',
	'cpc(spend::float8, clicks)@', '(ad_metrics(clicks, impressions, spend)@).cpc',
	'(ad_metrics(kinds, impressions, spend, currency)@).ctr', 'approx_unique_clicks(person)@',
	'approx_unique_clicks(person_id)@', 'approx_unique_clicks(person_uuid)@', 'cardinality(clicker_set_agg(person)@)',
	'cardinality(clicker_set_agg(person_uuid)@)', 'clicker_set_agg(person, 12)@', 'clicker_set_agg(person_id, 12)@',
	'count(DISTINCT person)@', 'count(DISTINCT person_id)@', 'unique_clicks(person)@', 'unique_clicks(person_id)@',
	'unique_clicks(person_uuid)@', 'round(clicks_per_account(person)@, 6)', 'unique_clicks_bounds(clicks)@',
	'round((ratio_interval(ratio_sample_agg(clicks, impressions + 1)@)).estimate::numeric, 9)');
my @shapes = (
	'SELECT ? FROM rows_#', 'SELECT campaign, ? FROM rows_# GROUP BY campaign ORDER BY campaign',
	'SELECT person_id, ? FROM rows_# GROUP BY person_id ORDER BY person_id',
	'SELECT device, person_id, ? FROM rows_# GROUP BY device, person_id ORDER BY device, person_id',
	'SELECT device, campaign, ? FROM rows_# WHERE impressions > 20 GROUP BY device, campaign ORDER BY device, campaign',
	'SELECT campaign, ? FROM rows_# GROUP BY campaign HAVING count(*) > 714 ORDER BY campaign',
	'SELECT campaign, device FROM rows_# GROUP BY campaign, device HAVING ? IS NOT NULL ORDER BY campaign, device',
	'SELECT DISTINCT ? IS NULL FROM rows_# GROUP BY campaign',
	'SELECT campaign, ?, count(*), sum(clicks) FROM (SELECT * FROM rows_# WHERE id % 2 = 0) AS even GROUP BY campaign ORDER BY campaign',
	'WITH rows AS (SELECT * FROM rows_#) SELECT campaign, ? FROM rows GROUP BY campaign ORDER BY campaign',
	'SELECT name, ? FROM rows_# JOIN names_# USING (campaign) GROUP BY name ORDER BY name',
	'SELECT segment, ? FROM rows_# JOIN segments_# USING (person_id) GROUP BY segment ORDER BY segment',
	'SELECT campaign, ? FROM rows_# WHERE person_id IN (SELECT person_id FROM segments_# WHERE segment = 1) GROUP BY campaign ORDER BY campaign',
	'SELECT max(device) FROM (SELECT device, campaign, ? FROM rows_# GROUP BY device, campaign OFFSET 0) AS groups',
	'SELECT ? FROM rows_# WHERE false', 'SELECT campaign, ? FROM rows_# WHERE person_id = 17 GROUP BY campaign ORDER BY campaign');
my @filters = ('', ' FILTER (WHERE device <> 2)', ' FILTER (WHERE false)');
my @queries = map {
	my $call = $_;
	my @filtered = map { $call =~ s/@/$_/r } @filters;

	((map { s/\?/$filtered[0]/r } @shapes), (map { my $shape = $shapes[1]; $shape =~ s/\?/$_/r } @filtered[ 1, 2 ]))
} @calls;

# stored cells, and totals and parts of a CTE
my $cells_of_rows = 'SELECT campaign, device, sum(kinds) AS clicks, sum(impressions)::bigint AS impressions,
	sum(spend) AS spend, clicker_set_agg(person) AS clickers FROM rows_# GROUP BY campaign, device';
ask($_) foreach 'CREATE TABLE cells_local AS ' . ($cells_of_rows =~ s/#/local/r),
  'CREATE TABLE cells_distributed (LIKE cells_local)', q{SELECT create_distributed_table('cells_distributed', 'campaign')},
  'INSERT INTO cells_distributed ' . ($cells_of_rows =~ s/#/distributed/r);
push @queries,
  'SELECT campaign, ad_metrics(clicks, impressions, spend, currency), count(*) FROM rows_# GROUP BY campaign ORDER BY campaign',
  'SELECT campaign, clicks_all(DISTINCT clicks), cpc(DISTINCT spend, clicks), unique_clicks(DISTINCT person_id) FROM rows_# GROUP BY campaign ORDER BY campaign',
  'SELECT campaign, clicks_all(clicks ORDER BY id), clicker_set_agg(person ORDER BY id) FROM rows_# GROUP BY campaign ORDER BY campaign',
  (map {; "SELECT campaign, $_ FROM cells_# GROUP BY campaign ORDER BY campaign", "SELECT device, $_ FROM cells_# GROUP BY device ORDER BY device", "SELECT $_ FROM cells_#" }
	  'union_agg(clickers)', 'unique_clicks(clickers)', 'sum(clicks), clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks)'),
  (map {; "WITH cells AS ($cells_of_rows) SELECT campaign, device, clicks_all(clicks), cpc(spend, clicks), unique_clicks(clickers)
	FROM cells GROUP BY $_ ORDER BY campaign, device" } 'ROLLUP (campaign, device)', 'CUBE (campaign, device)', 'GROUPING SETS ((campaign), (device), ())');

my %answers = map { my $where = $_; $where => [ answers(map { s/#/$where/gr } @queries) ] } qw(local distributed);
my @wrong = grep { $answers{local}[$_] ne $answers{distributed}[$_] } 0 .. $#queries;
is(join('', map { "$queries[$_]\n-- local:\n$answers{local}[$_]-- distributed:\n$answers{distributed}[$_]" } @wrong), '',
	scalar(@queries) . ' queries are answered as over a local table');
is(join("\n", map { $queries[$_] } grep { $answers{local}[$_] !~ /^00000$/m } 0 .. $#queries), '', 'no query failed');
cmp_ok(scalar(grep { /\|/ } @{ $answers{local} }), '>', @queries / 2, 'most have several columns or rows');

# Which aggregates combine on the workers: up to Citus 14 all but those of exact people
# over raw ids, whose state is internal; from 15 on these as well
my ($citus) = ask('SELECT citus_version()') =~ /^Citus (\d+)/;
my @internal = grep { /^unique_clicks\(person|clicks_per_account/ } @calls;
my @combined = answers("SET citus.coordinator_aggregation_strategy = 'disabled'",
	map { my $call = s/@//r; "SELECT campaign, $call FROM rows_distributed GROUP BY campaign" } @calls);
shift @combined;
my @gathered = map { $calls[$_] } grep { $combined[$_] !~ /^00000$/m } 0 .. $#calls;
is("@gathered", $citus < 15 ? "@internal" : '', 'only exact people over raw ids bring rows to the coordinator');

# what the documentation says is refused: the examples do it in other ways
my $rollup = 'SELECT campaign, clicks_all(clicks) FROM rows_distributed GROUP BY ROLLUP (campaign)';
my ($status, $out, $error) = $coordinator->psql('postgres', $rollup);
like($error, qr/GROUPING SETS|ROLLUP/, 'ROLLUP is refused');

# texts whose = is not that of bytes: refused on the workers as everywhere, also among
# several arguments, which come as a row that has no collation
ask(q{
	CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
	CREATE TABLE people_local (id bigint, name text COLLATE ignore_case);
	INSERT INTO people_local SELECT i, CASE WHEN i % 2 = 0 THEN 'Ann' ELSE 'ANN' END FROM generate_series(1, 100) AS i;
	CREATE TABLE people_distributed (LIKE people_local);
	SELECT create_distributed_table('people_distributed', 'id');
	INSERT INTO people_distributed TABLE people_local;
});
my @texts = ('clicker_set_agg(name)', 'clicker_set_agg(name, 12)', 'approx_unique_clicks(name)', 'unique_clicks(name)');
foreach my $call (@texts)
{
	(undef, undef, $error) = $coordinator->psql('postgres', "SELECT $call FROM people_distributed");
	like($error, qr/nondeterministic collation "ignore_case" is not supported/, "$call is refused");
	my $bytes = $call =~ s/name/name COLLATE "C"/r;
	is(ask("SELECT $bytes FROM people_distributed"), ask("SELECT $bytes FROM people_local"), $bytes);
}
# Citus writes out the cast of a citext, as if somebody had meant text: compared by bytes
ask(q{CREATE EXTENSION citext; CREATE TABLE nicks (id bigint, nick citext); SELECT create_distributed_table('nicks', 'id');
	INSERT INTO nicks VALUES (1, 'Ann'), (2, 'ANN')});
is(ask('SELECT cardinality(clicker_set_agg(nick)), unique_clicks(nick), unique_clicks(lower(nick)) FROM nicks'), '2|2|1', 'citext by its bytes');

# Bytes that the workers send for the exact people of all rows: ids as count(DISTINCT)
# counts them in the shards, without duplicates, or each row
sub bytes_received
{
	my ($query) = @_;
	my $plan = ask("SET citus.explain_all_tasks = on; EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) $query");

	return $plan =~ /Tuple data received from nodes: (\d+) (\w+)/ ? $1 * { bytes => 1, kB => 1024, MB => 1 << 20 }->{$2} : undef;
}

ask(q{
	CREATE TABLE many (user_id bigint, device_id bigint, campaign int);
	SELECT create_distributed_table('many', 'user_id');
	INSERT INTO many SELECT i * 7919 % 20000, i * 104729 % 30000, i % 9 FROM generate_series(1::bigint, 300000) AS i;
});
SKIP:
{
	skip 'Citus 15 sends states of unique_clicks(user_id)', 2 if $citus >= 15;
	my %bytes = map {
		$_ => bytes_received("SELECT $_ FROM many")
	} 'count(DISTINCT user_id)', 'count(DISTINCT device_id)', 'unique_clicks(user_id)', 'unique_clicks(device_id)';

	note("$_: $bytes{$_} bytes") foreach sort keys %bytes;
	cmp_ok($bytes{'count(DISTINCT user_id)'} * 1000, '<', $bytes{'unique_clicks(user_id)'}, 'people by the distribution column: results travel');
	cmp_ok($bytes{'count(DISTINCT device_id)'} * 2, '<', $bytes{'unique_clicks(device_id)'}, 'by another column: each once for each shard');
}

done_testing();
