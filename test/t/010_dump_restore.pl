# Tables with click_counts, and views over the aggregates, survive dump and
# restore, binary copies, and copies with bytes that are not what they should be.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

$node->safe_psql('postgres', 'CREATE DATABASE original');
$node->safe_psql(
	'original', q{
	CREATE SCHEMA elsewhere;
	CREATE EXTENSION clicks_all SCHEMA elsewhere;
	SET search_path = public, elsewhere;
	SELECT setseed(0.9);

	CREATE TABLE ads (
		n integer PRIMARY KEY, campaign integer NOT NULL, day date NOT NULL,
		type click_type DEFAULT 'link', counts click_counts,
		history click_counts[], clicks bigint, impressions bigint,
		spend numeric, currency text,
		total bigint GENERATED ALWAYS AS (clicks_total(counts)) STORED,
		CHECK (counts IS NULL OR clicks_total(counts) IS NULL
			OR clicks_total(counts) >= -100000));
	INSERT INTO ads
		SELECT n, n % 37, date '2026-01-01' + n % 90,
			(enum_range(NULL::click_type))[1 + n % 20], counts,
			ARRAY[counts, NULL, click_counts(outbound => n)],
			nullif(n % 50, 7), nullif(n * 3 % 9000, 11),
			CASE WHEN n % 13 > 0 THEN round((random() * 1000)::numeric, n % 6) END,
			'USD'
		FROM (SELECT n, ('(' || string_agg(CASE WHEN random() < (n % 11) / 10.0
						THEN (random() * 1000 - 50)::int::text ELSE '' END, ',')
					|| ')')::click_counts AS counts
			FROM generate_series(1, 5000) n, generate_series(1, 20) GROUP BY n) r;
	CREATE INDEX ON ads (n) WHERE is_counted(type);
	CREATE INDEX ON ads (clicks_total(counts));
	CREATE INDEX ON ads (counts);

	CREATE DOMAIN known_counts AS click_counts CHECK (VALUE IS DISTINCT FROM NULL);
	CREATE TABLE domains (counts known_counts DEFAULT click_counts(link => 1));
	INSERT INTO domains SELECT counts FROM ads;

	CREATE VIEW report AS
		SELECT campaign, clicks_all(clicks), ctr(clicks, impressions),
			cpc(spend, clicks, currency), clicks_all(counts) AS clicks_by_type,
			sum(counts) AS counts, click_counts_agg(type) AS events,
			(ad_metrics(counts, impressions, spend, currency)).cpc AS cpc_by_type,
			sum(counts + click_counts(link => 1) - click_counts(photo => 1)) AS changed
		FROM ads GROUP BY ROLLUP (campaign) HAVING clicks_all(clicks) > 0;
	CREATE VIEW moving AS
		SELECT n, ctr(clicks, impressions) OVER (ORDER BY n ROWS 6 PRECEDING) AS week_ctr,
			(ad_metrics(clicks, impressions, spend)
				FILTER (WHERE type <> 'other') OVER (PARTITION BY campaign ORDER BY n)).*
		FROM ads;
	CREATE VIEW breakdown AS
		SELECT n, b.* FROM ads, click_breakdown(counts) b;
	CREATE MATERIALIZED VIEW weekly AS
		SELECT campaign, report_week(day) AS week,
			(ad_metrics(clicks, impressions, spend)).*, sum(counts) AS counts
		FROM ads GROUP BY 1, 2;
	CREATE UNIQUE INDEX ON weekly (campaign, week);
	CREATE FUNCTION total_of(click_counts) RETURNS bigint
		LANGUAGE sql IMMUTABLE SET search_path = elsewhere
		AS 'SELECT clicks_total($1)';
	CREATE AGGREGATE our_clicks(click_counts) (
		SFUNC = elsewhere.click_totals_add_counts, STYPE = elsewhere.click_totals,
		FINALFUNC = elsewhere.click_totals_clicks_all, INITCOND = '1');

	CREATE TABLE rates (campaign integer, sample ratio_sample UNIQUE, weekly ratio_sample[]);
	INSERT INTO rates
		SELECT campaign, sum(sample), array_agg(sample)
		FROM (SELECT campaign, ratio_sample_agg(clicks / 7.0, impressions + 1) AS sample
			FROM ads GROUP BY campaign, report_week(day)) s GROUP BY campaign;
	INSERT INTO rates VALUES (NULL, '1|0|0|0|0|0|0'), (NULL, '1|2|1.5e-300|-2e+100|0|0|2e+200');
	CREATE VIEW intervals AS SELECT campaign, i.* FROM rates, ratio_interval(sample) i;

	CREATE TABLE states AS
		SELECT '1|15|2|1007|2|37500|0|0|2|2|2|EUR'::ad_totals AS a,
			'1|0|7|2|2|-1|1|19|0|1'::click_totals AS t;
});

my @relations =
  ('ads', 'domains', 'report', 'moving', 'breakdown', 'weekly', 'rates', 'intervals', 'states');

# One md5 for each relation, over the text of its rows
sub fingerprints
{
	my ($database) = @_;
	my $query = join(' UNION ALL ',
		map { "SELECT '$_: ' || count(*) || ' ' || md5(string_agg(r::text, E'\\n' ORDER BY r::text)) FROM $_ r" }
		  @relations);

	return $node->safe_psql($database, $query);
}

my $original = fingerprints('original');
like($original, qr/^ads: 5000 .*^moving: 5000 .*^states: 1 /ms, 'there is something to dump');

# pg_dump, in each format that is restored in its own way
foreach my $format ('plain', 'custom', 'directory')
{
	my $dump = $PostgreSQL::Test::Utils::tmp_check . "/dump_$format";

	$node->command_ok(
		[ 'pg_dump', "--format=$format", "--file=$dump", 'original' ],
		"dump as $format");
	$node->safe_psql('postgres', "CREATE DATABASE restored_$format");
	$node->command_ok(
		$format eq 'plain'
		? [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', "restored_$format", '-f', $dump ]
		: [ 'pg_restore', '--exit-on-error', "--dbname=restored_$format", $dump ],
		"restore from $format");
	is(fingerprints("restored_$format"), $original, "same rows from $format");
}

# as INSERT commands, where the values are literals
my $inserts = $PostgreSQL::Test::Utils::tmp_check . '/dump_inserts';
$node->command_ok([ 'pg_dump', '--column-inserts', "--file=$inserts", 'original' ],
	'dump as INSERT commands');
$node->safe_psql('postgres', 'CREATE DATABASE restored_inserts');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', 'restored_inserts', '-f', $inserts ],
	'restore from INSERT commands');
is(fingerprints('restored_inserts'), $original, 'same rows from INSERT commands');

# A dump of the dump is the dump, and views read back as they were.  From 2025
# on, plain dumps carry a random key.
sub dump_of
{
	my ($database) = @_;
	my ($stdout, $stderr) = run_command([ 'pg_dump', '--port=' . $node->port, '--host=' . $node->host, $database ]);

	$stdout =~ s/^\\(un)?restrict .*$//mg;
	return $stdout;
}
ok(length(dump_of('original')) > 100_000, 'a dump to compare');
ok(dump_of('restored_custom') eq dump_of('original'), 'dump of the restored database is the same');

# what was restored works on: plans from its views, refresh, its own functions
is( $node->safe_psql(
		'restored_plain', q{
		REFRESH MATERIALIZED VIEW CONCURRENTLY weekly;
		INSERT INTO ads (n, campaign, day, counts) VALUES (5001, 1, '2026-05-01', elsewhere.click_counts(link => 7));
		SELECT total, type, (SELECT our_clicks(counts) = sum(total_of(counts)) FROM ads) FROM ads WHERE n = 5001}),
	'7|link|t',
	'the restored database works');

# Binary copies of every column, and between databases
my $file = $PostgreSQL::Test::Utils::tmp_check . '/ads.bin';
my $columns = 'n, campaign, day, type, counts, history, clicks, impressions, spend, currency';
$node->safe_psql('original', "COPY ads ($columns) TO '$file' (FORMAT binary)");
$node->safe_psql('restored_custom', "TRUNCATE ads; COPY ads ($columns) FROM '$file' (FORMAT binary)");
$node->safe_psql('original', "COPY rates TO '$file' (FORMAT binary)");
$node->safe_psql('restored_custom', "TRUNCATE rates; COPY rates FROM '$file' (FORMAT binary)");
$node->safe_psql('original', "COPY states TO '$file' (FORMAT binary)");
$node->safe_psql('restored_custom', "TRUNCATE states; COPY states FROM '$file' (FORMAT binary)");
is(fingerprints('restored_custom'), $original, 'same rows from a binary copy');

# The extension moves to another schema, and dumps from there.
$node->safe_psql('restored_directory', 'CREATE SCHEMA other; ALTER EXTENSION clicks_all SET SCHEMA other');
is(fingerprints('restored_directory'), $original, 'same rows after the extension has moved');

# Many binary values with a few bytes changed: each is refused as
# malformed, or taken, and then it reads back as itself.
my $mutated = $node->safe_psql(
	'original', qq{
	SET search_path = public, elsewhere, pg_temp;
	CREATE TEMP TABLE received (n serial PRIMARY KEY, a ad_totals, t click_totals, c click_counts, r ratio_sample);
	CREATE FUNCTION receive(type text, bytes bytea) RETURNS text LANGUAGE plpgsql AS \$\$
	DECLARE
		good boolean;
	BEGIN
		EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', bytes, '$file');
		EXECUTE format('COPY received (%s) FROM %L (FORMAT binary)', type, '$file');
		IF type = 'a' THEN
			SELECT ad_totals_send(a) = ad_totals_send(a::text::ad_totals) INTO good
			FROM received WHERE n = currval('received_n_seq');
			PERFORM ad_totals_ctr(a), ad_totals_cpc(a) FROM received WHERE n = currval('received_n_seq');
		ELSIF type = 't' THEN
			SELECT click_totals_send(t) = click_totals_send(t::text::click_totals) INTO good
			FROM received WHERE n = currval('received_n_seq');
			PERFORM click_totals_merge('1|3|1|1', t)::text FROM received WHERE n = currval('received_n_seq');
		ELSIF type = 'r' THEN
			SELECT ratio_sample_send(r) = ratio_sample_send(r::text::ratio_sample) INTO good
			FROM received WHERE n = currval('received_n_seq');
			PERFORM (r + r)::text, ratio_interval(r), ratio_test(r, '1|5|37|1900|60.25|410.5|7000'), r = r FROM received WHERE n = currval('received_n_seq');
		ELSE
			SELECT record_send(c) = record_send(c::text::click_counts) INTO good
			FROM received WHERE n = currval('received_n_seq');
			PERFORM click_totals_add_counts('1', c)::text, (SELECT count(*) FROM click_breakdown(c))
			FROM received WHERE n = currval('received_n_seq');
		END IF;
		RETURN CASE WHEN good THEN 'taken' ELSE 'not itself' END;
	EXCEPTION
		WHEN numeric_value_out_of_range THEN
			RETURN 'taken';
		WHEN invalid_binary_representation OR protocol_violation OR character_not_in_repertoire
			OR untranslatable_character OR datatype_mismatch THEN
			RETURN 'refused';
		WHEN OTHERS THEN
			RETURN SQLSTATE || ' ' || SQLERRM;
	END \$\$;
	CREATE FUNCTION mutated(bytes bytea) RETURNS bytea LANGUAGE plpgsql AS \$\$
	BEGIN
		FOR i IN 0 .. floor(random() * 3)::int LOOP
			bytes := set_byte(bytes, floor(random() * length(bytes))::int,
				(ARRAY[0, 1, 2, 19, 20, 127, 128, 255])[1 + floor(random() * 8)::int]);
		END LOOP;
		IF random() < 0.3 THEN
			bytes := substring(bytes FROM 1 FOR floor(random() * (length(bytes) + 1))::int);
		END IF;
		RETURN CASE WHEN random() < 0.1 THEN bytes || '\\x13' ELSE bytes END;
	END \$\$;
	SELECT type, result, count(*) > 20
	FROM (SELECT 'a' AS type, receive('a', mutated(ad_totals_send(a))) AS result FROM states, generate_series(1, 500)
		UNION ALL
		SELECT 't', receive('t', mutated(click_totals_send(t))) FROM states, generate_series(1, 500)
		UNION ALL
		SELECT 'r', receive('r', mutated(ratio_sample_send(sample)))
		FROM (SELECT sample FROM rates LIMIT 3) s, generate_series(1, 200)
		UNION ALL
		SELECT 'c', receive('c', mutated(record_send(click_counts(1, 2, 3)))) FROM generate_series(1, 500)) r
	GROUP BY type, result ORDER BY type, result});
is( $mutated,
	"a|refused|t\na|taken|t\nc|refused|t\nc|taken|t\nr|refused|t\nr|taken|t\nt|refused|t\nt|taken|t",
	'mutated binary values are refused, or taken for what they are');

$node->stop;
done_testing();
