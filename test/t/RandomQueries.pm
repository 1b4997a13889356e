package RandomQueries;

# Random queries over our aggregates, each with SQL by hand that says the same.
#
#	setup($seed)			statements that make the tables
#	query($seed, $number)	a hash: settings, ours and by_hand, lists of statements
#
# The same seed and number always give the same query.  By hand, the rows of a group, or
# of the frame of a window, are put into an array by array_agg(), and a subquery over
# the rows of the array counts.  So of the modes of an aggregate, such as windows,
# filters and workers, the SQL by hand has none.

use strict;
use warnings;

use Digest::MD5 qw(md5);
use Exporter qw(import);

use RandomCalls;

our @EXPORT_OK = qw(setup query);

my $rows = 6000;

# Repeats of clickers and keys, NULLs, zeros, negative and large numbers, long and empty
# texts.  Sets have few enough people to be exact.
sub setup
{
	my ($seed) = @_;
	my @fields = click_types();
	my $random_field = 'CASE WHEN random() < known THEN floor(random() * 90 - 9)::bigint END';
	my $counted = join(', ', map { "(c).$_" } counted_types());

	return (
		'SET client_min_messages = warning', 'CREATE EXTENSION IF NOT EXISTS clicks_all',
		'SELECT setseed(' . $seed % 1000 / 1000 . ')',
		"CREATE FUNCTION counted(c click_counts) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
			'SELECT sum(field) FROM unnest(ARRAY[$counted]) AS field'",
		"CREATE TABLE ad AS
			SELECT n, nullif(n % 8, 3) AS g, CASE WHEN n % 5 > 0 THEN 'key ' || n % 3 END AS k, date '2026-01-01' + n / 7 % 40 AS day,
				CASE WHEN random() < 0.85 THEN floor(random() * 2000 - 300)::bigint * (n % 9 > 0)::integer END AS clicks,
				CASE WHEN random() < 0.9 THEN (random() * 1e19 - 5e18)::bigint END AS big,
				CASE WHEN random() < 0.85 THEN floor(random() * (ARRAY[0, 1500, 2000000, 40000])[1 + n % 4])::bigint END AS impressions,
				CASE WHEN random() < 0.85 THEN round((random() ^ 3 * 20000 - 700)::numeric, floor(random() * 5)::int) END AS spend,
				CASE WHEN random() < 0.85 THEN round((random() ^ 3 * 20000 - 700)::numeric, 3)::float8 END AS fspend,
				CASE WHEN random() < 0.9 THEN (enum_range(NULL::click_type))[1 + floor(random() * 20)::int] END AS type,
				CASE WHEN random() < 0.85 THEN click_counts(" . join(', ', ($random_field) x @fields) . ") END AS counts,
				CASE WHEN random() < 0.9 THEN CASE WHEN random() < 0.4 THEN n % 50 WHEN random() < 0.02 THEN -9223372036854775808 WHEN random() < 0.02 THEN 9223372036854775807
					ELSE floor(random() * 9000 - 4000)::bigint * 4294967297 END END AS id,
				CASE WHEN random() < 0.9 THEN md5((random() ^ 2 * 5000)::int::text)::uuid END AS uuid,
				CASE WHEN random() < 0.9 THEN CASE WHEN random() < 0.02 THEN '' ELSE repeat('Zoë ', (random() ^ 9 * 200)::int) || (random() ^ 2 * 5000)::int END END AS name,
				CASE WHEN random() < 0.9 THEN floor(random() * 500 - 100)::bigint END AS person,
				CASE WHEN random() < 0.8 THEN (SELECT array_agg(i * 0 + floor(random() * 300)::bigint) FROM generate_series(1, n % 6) AS i) END AS members,
				CASE n % 3 WHEN 0 THEN 'USD' WHEN 1 THEN 'EUR' END AS currency
			FROM (SELECT n, random() AS known FROM generate_series(1, $rows) AS n) AS numbers",
		'ALTER TABLE ad ADD PRIMARY KEY (n), ADD clickers clicker_set, ADD sample ratio_sample',
		'UPDATE ad SET clickers = (SELECT clicker_set_agg(m) FROM unnest(members) AS m) WHERE members IS NOT NULL',
		'UPDATE ad SET sample = (SELECT ratio_sample_agg(x, y) FROM (VALUES (abs(clicks), impressions + 1)) AS v(x, y))',
		'CREATE TABLE ad_parts (LIKE ad) PARTITION BY LIST (g)',
		'CREATE TABLE ad_low PARTITION OF ad_parts FOR VALUES IN (0, 1, 2)',
		'CREATE TABLE ad_empty PARTITION OF ad_parts FOR VALUES IN (3)',
		'CREATE TABLE ad_rest PARTITION OF ad_parts DEFAULT',
		'INSERT INTO ad_parts TABLE ad', 'CREATE INDEX ON ad_parts (n)', 'VACUUM ANALYZE ad, ad_parts');
}

# Settings change from block to block of queries.
my $block = 20;

sub settings
{
	my ($seed, $number) = @_;

	start($seed, 'settings ' . int($number / $block));
	my @settings = ('SET statement_timeout = 60000', 'SET jit = off', 'SET enable_partitionwise_aggregate = ' . pick('on', 'off'));
	push @settings, "SET work_mem = '64kB'", 'SET hash_mem_multiplier = 1' if chance(0.4);
	push @settings, 'SET enable_hashagg = off' if chance(0.25);
	push @settings, 'SET enable_sort = off' if chance(0.15);
	push @settings, 'SET enable_incremental_sort = off' if chance(0.2);
	push @settings, 'SET enable_partitionwise_join = on' if chance(0.1);
	push @settings, 'SET plan_cache_mode = force_generic_plan' if chance(0.5);
	push @settings, chance(0.12)
	  ? ((map { "SET $_ = 0" } 'parallel_setup_cost', 'parallel_tuple_cost', 'min_parallel_table_scan_size', 'min_parallel_index_scan_size'),
		'SET max_parallel_workers_per_gather = 2', 'SET parallel_leader_participation = ' . pick('on', 'off'))
	  : 'SET max_parallel_workers_per_gather = 0';
	return @settings;
}

# Each of so many queries is compiled, and inlined, which takes a hundred times as long;
# and each of so many has sets that do not fit into memory.
my $compiled = $ENV{PROPERTY_COMPILED} || 250;
my $spilled = 150;

sub query
{
	my ($seed, $number) = @_;
	my @settings = $number % $block ? () : ('RESET ALL', settings($seed, $number));

	start($seed, $number);
	my $spills = $number % $spilled == 1;
	my $query = $spills ? spilled() : pick((\&grouped) x 9, (\&windowed) x 8, (\&rolled_up) x 2, \&lateral)->();
	my @compile = map { "SET LOCAL $_ = 0" } 'jit_above_cost', 'jit_inline_above_cost', 'jit_optimize_above_cost';
	my @around = $number % $compiled == 0 ? ('BEGIN', 'SET LOCAL jit = on', @compile)
	  : $spills ? ('BEGIN', q{SET LOCAL work_mem = '64kB'}, 'SET LOCAL hash_mem_multiplier = 1') : ();
	return {
		ours => [ @settings, @around ? (@around, $query->{ours}, 'COMMIT') : asked($query->{ours}) ],
		by_hand => [ $query->{by_hand} ] };
}

# Ways to have a query answered: at once, row by row, prepared with parameters
sub asked
{
	my ($sql) = @_;
	my $way = rand();

	if ($way < 0.08)
	{
		my $fetch = 'FETCH ' . (1 + int rand 4) . ' FROM c';

		return ('BEGIN', 'DECLARE c CURSOR' . pick('', ' WITH HOLD') . " FOR $sql", $fetch, 'SAVEPOINT s', "DO 'BEGIN PERFORM unique_clicks(name) FROM ad WHERE n < 9; END'",
			$fetch, pick('ROLLBACK TO s', 'RELEASE s'), 'FETCH ALL FROM c', 'CLOSE c', 'COMMIT');
	}
	if ($way < 0.12)
	{
		return ('BEGIN', "DECLARE c SCROLL CURSOR FOR $sql", 'MOVE 3 FROM c', 'MOVE BACKWARD ALL FROM c', 'FETCH 5 FROM c',
			'MOVE BACKWARD 2 FROM c', 'MOVE 2 FROM c', 'FETCH ALL FROM c', 'COMMIT');
	}
	if ($way < 0.2)
	{
		my $parameter = $sql =~ s/\bn <= (\d+)/n <= \$1/g ? $1 : 0;

		return ("PREPARE q (integer) AS $sql", "EXECUTE q($parameter)", 'DEALLOCATE q');
	}
	return ("WITH s AS MATERIALIZED ($sql) TABLE s") if $way < 0.23;
	return ($sql);
}

# Where rows come from: what follows FROM, with one table as a
sub source
{
	my ($most) = @_;
	my $length = 1 + int(chance(0.88) ? rand(150) : chance(0.75) ? rand(2000) : rand($rows));
	$length = 1 + $length % $most if defined $most;
	my $first = int rand($rows - $length);
	my $table = pick('ad', 'ad', 'ad_parts');
	my $where = "a.n > $first AND a.n <= " . ($first + $length);

	$where .= ' AND (' . filter() . ')' if chance(0.2);
	return pick(
		("$table AS a WHERE $where") x 16,
		"$table AS a WHERE $where AND false",
		"$table AS a JOIN (VALUES (1), (2)) AS v(x) ON true WHERE $where",
		"generate_series(-3, " . (3 + $length % 500) . ") AS v(x) LEFT JOIN $table AS a ON a.n = v.x AND a.n % 3 > 0");
}

my @keys = ('a.g', 'a.k', 'a.type', 'a.n % 3', 'a.day', 'a.currency', 'a.impressions > 500', 'a.n');

# What follows GROUP BY, and the keys that rows of the answer have
sub grouping
{
	my @of = shuffled(@keys);
	my $keys = pick(0, 1, 1, 1, 2, 2, 3);
	my @taken = @of[ 0 .. $keys - 1 ];
	my $list = join(', ', @taken);

	return ('', '') if !@taken;
	return ($list, "GROUP BY $list") if chance(0.5);
	return ("$list, GROUPING($list)", 'GROUP BY '
		. pick("ROLLUP ($list)", "CUBE ($list)", 'GROUPING SETS (' . join(', ', map { "($_)" } @taken, '') . ')',
			"GROUPING SETS ((), ($list), ())", "$taken[0], ROLLUP ($list)"));
}

sub grouped
{
	my ($keys, $group_by) = grouping();
	my $from = source();
	my @calls = map { random_call(1) } 1 .. pick(1, 2, 3, 5);
	my ($ours, $by_hand) = ("SELECT " . list($keys, map { $_->{ours} } @calls) . " FROM $from $group_by", undef);
	my $wanted = '';

	# a group that is not wanted is computed before it is known that it is not
	if (chance(0.1) && !grep { $_->{ours} =~ /a\.big/ } @calls)
	{
		my $having = random_call(1, 'unique_clicks');

		$ours .= ' HAVING ' . list($having->{ours}) . ' > 3';
		$wanted = 'WHERE ' . by_hand($having) . ' > 3';
	}
	my @names = map { "key$_" } 1 .. scalar(my @split = split_keys($keys));
	my $groups = 'SELECT ' . list((map { "$split[$_] AS key" . ($_ + 1) } 0 .. $#split), 'array_agg(a) AS r') . " FROM $from $group_by";
	return {
		ours => $ours,
		by_hand => 'SELECT ' . list(@names, map { by_hand($_) } @calls) . " FROM ($groups) AS groups $wanted" };
}

# Keys, and perhaps a call of GROUPING() with commas of its own
sub split_keys
{
	my ($keys) = @_;
	my $grouping = $keys =~ s/, (GROUPING\(.*\))$// ? $1 : undef;

	return (split(/, /, $keys), $grouping // ());
}

sub windowed
{
	my $from = source(90);
	my @windows = map { window($from) } 1 .. pick(1, 1, 1, 2);
	my @calls = map { { %{ random_call(0) }, window => int rand @windows } } 1 .. pick(1, 2, 3);
	my $clause = 'WINDOW ' . join(', ', map { "w$_ AS ($windows[$_])" } 0 .. $#windows);
	my $limit = chance(0.1) && $from !~ /JOIN/ && !(grep { $_->{ours} =~ /a\.big/ } @calls) ? ' ORDER BY a.n LIMIT 10' : '';
	my $arrays = 'SELECT ' . list('a.n', map { "array_agg(a) OVER w$_ AS r$_" } 0 .. $#windows) . " FROM $from $clause";

	return {
		ours => 'SELECT ' . list('a.n', map { $_->{ours} =~ s/\0/ OVER w$_->{window}/r } @calls) . " FROM $from $clause$limit",
		by_hand => 'SELECT ' . list('n', map { by_hand($_, "r$_->{window}") } @calls) . " FROM ($arrays) AS a" . $limit };
}

# What a window over these rows is.  Frames that count rows need an order without ties, even
# where the rows that tie look the same: the sort of another window may swap them.
sub window
{
	my ($from) = @_;
	my $partition = chance(0.4) ? 'PARTITION BY ' . pick('a.g', 'a.k', 'a.n % 2', 'a.g, a.type', 'a.currency') . ' ' : '';
	my $mode = pick('', 'none', 'ROWS', 'ROWS', 'RANGE', 'GROUPS');

	return $partition if $mode eq 'none';
	return "${partition}ORDER BY " . pick('a.n', 'a.day', 'a.k DESC, a.type') if $mode eq '';
	my $order = $mode eq 'ROWS' ? pick('a.n', 'a.n DESC', 'a.k, a.n') : $mode eq 'GROUPS' ? pick('a.n', 'a.day', 'a.k, a.type', 'a.clicks NULLS FIRST') : pick('a.n', 'a.day', 'a.clicks', 'a.clicks DESC');
	$order .= ', v.x' if $mode eq 'ROWS' && $from =~ /\bv\(x\)/;
	my $is_day = $order eq 'a.day' && $mode eq 'RANGE';
	my $offset = sub { my $o = int rand pick(2, 5, 40); return $is_day ? "interval '$o days'" : $mode eq 'RANGE' && $order =~ /clicks/ ? $o * 20 : $o; };
	my $from = int rand 4;
	my $to = $from + int rand(5 - $from);
	my @bounds = ('UNBOUNDED PRECEDING', $offset->() . ' PRECEDING', 'CURRENT ROW', $offset->() . ' FOLLOWING');
	my @ends = ($offset->() . ' PRECEDING', $offset->() . ' PRECEDING', 'CURRENT ROW', $offset->() . ' FOLLOWING', 'UNBOUNDED FOLLOWING');

	return "${partition}ORDER BY $order $mode BETWEEN $bounds[$from] AND $ends[$to]" . pick(('') x 4, map { " EXCLUDE $_" } 'CURRENT ROW', 'GROUP', 'TIES', 'NO OTHERS');
}

# Sets so large that they are written in runs, where the same clickers come again and again
sub spilled
{
	my $keys = pick('', '', 'a.n % 2');
	my $from = 'generate_series(1, ' . pick(3, 4, 6) . ") AS v(x), ad AS a WHERE a.n > @{[int rand 1000]}";
	my @calls = map { random_call(0, pick('unique_clicks', 'clicks_per_account')) } 1, 2;
	my $group_by = $keys ? "GROUP BY $keys" : '';

	# by number, so that they do not come one after the other
	$_->{ours} =~ s/\)( FILTER|\0)/ ORDER BY v.x)$1/ foreach @calls;
	return {
		ours => 'SELECT ' . list($keys, map { $_->{ours} } @calls) . " FROM $from $group_by",
		by_hand => 'SELECT ' . list($keys && 'key', map { by_hand($_) } @calls)
		  . ' FROM (SELECT ' . list($keys && "$keys AS key", 'array_agg(a) AS r') . " FROM $from $group_by) AS groups" };
}

# Aggregates over what aggregates have stored
sub rolled_up
{
	my $from = source();
	my $key = pick('a.g', 'a.k', 'a.type', '1');
	my $finer = join(', ', $key, pick('a.day', 'a.n % 7', 'a.n'));
	my @stored = map { stored_call() } 1 .. 2;
	my @inner = map { my $i = $_; map { "$stored[$i]{inner}[$_] AS i${i}_$_" } 0 .. $#{ $stored[$i]{inner} } } 0 .. $#stored;
	my @outer = map { my $i = $_; $stored[$i]{outer} =~ s/\$(\d)/i${i}_$1/gr } 0 .. $#stored;

	return {
		ours => "SELECT key, @{[join(', ', @outer)]} FROM (SELECT $key AS key, @{[join(', ', @inner)]} FROM $from GROUP BY $finer) AS s GROUP BY key",
		by_hand => 'SELECT key, ' . join(', ', map { by_hand($_) } @stored) . " FROM (SELECT $key AS key, array_agg(a) AS r FROM $from GROUP BY $key) AS groups" };
}

# An aggregate, or a window, that is started again for each row of another table
sub lateral
{
	my $from = source(300);
	my $over = "$from" . ($from =~ /WHERE/ ? ' AND' : ' WHERE') . ' (a.g = v2.g OR v2.g IS NULL)';
	my @calls = map { random_call(1) } 1 .. 2;

	return {
		ours => 'SELECT v2.g, s.* FROM (VALUES (0), (7), (3), (NULL)) AS v2(g), LATERAL (SELECT ' . list(map { $_->{ours} } @calls) . " FROM $over) AS s",
		by_hand => 'SELECT g, ' . join(', ', map { by_hand($_) } @calls) . " FROM (SELECT v2.g, s.r FROM (VALUES (0), (7), (3), (NULL)) AS v2(g), LATERAL (SELECT array_agg(a) AS r FROM $over) AS s) AS groups" };
}

sub list { return join(', ', grep { length } @_) =~ s/\0//gr; }

1;
