# CALL load_ads() next to readers, the connector and itself

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

# What a session answers: the modules of 16.2 leave the last line feed.
sub answer
{
	my ($session, $query) = @_;

	return $session->query_safe($query) =~ s/\n\z//r;
}

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION clicks_all;
	CREATE TABLE ads_insights (ad_id text, date_start date, clicks bigint,
		_airbyte_extracted_at timestamptz);
	INSERT INTO ads_insights SELECT ad, '2026-03-02', 10, '2026-03-03'
		FROM generate_series(1, 100) AS ad;
});
$node->command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', 'examples/airbyte.sql' ],
	'the example is there');
$node->safe_psql('postgres', "CALL load_ads('-infinity')");

my $total = 'SELECT count(*), clicks_all(clicks) FROM ad_daily';
is($node->safe_psql('postgres', $total), '100|1000', 'loaded');


# wait until somebody waits for a lock of this kind
sub wait_for_lock
{
	my ($kind) = @_;

	$node->poll_query_until('postgres',
		"SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND locktype = '$kind'")
	  or die "nobody waits for a lock of $kind";
}

my $loader = $node->background_psql('postgres', on_error_stop => 1);
my $reader = $node->background_psql('postgres', on_error_stop => 1);
my $second = $node->background_psql('postgres', on_error_stop => 1);

# a load that is not committed yet: half of the ads restated, one gone, one new
$node->safe_psql('postgres', q{
	INSERT INTO ads_insights SELECT ad, '2026-03-02', 20, '2026-03-04'
		FROM generate_series(1, 50) AS ad;
	DELETE FROM ads_insights WHERE ad_id = '100';
	INSERT INTO ads_insights VALUES ('101', '2026-03-02', 7, '2026-03-04');
});
$loader->query_safe('BEGIN');
is(answer($loader, "CALL load_ads('-infinity')"),
	'150|51|1|50|airbyte: 50 restated later', 'a load in a transaction');
is(answer($reader, $total), '100|1000', 'readers see what there was before');

# a writer of rows of another source does not wait, nor does the connector
$reader->query_safe("INSERT INTO ad_daily (source, day, ad_id) VALUES ('csv', '2026-03-02', '1')");
$reader->query_safe("INSERT INTO ads_insights VALUES ('102', '2026-03-02', 3, '2026-03-05')");
pass('writers of other rows do not wait');

# a second load waits, and then loads what is there by then
$second->query_until(qr/started/, "\\echo started\nCALL load_ads('-infinity');\n\\echo done\n");
wait_for_lock('advisory');
is(answer($reader, $total), '101|1000', 'readers do not wait meanwhile');
$loader->query_safe('COMMIT');
$second->query_until(qr/done/, '');
is(answer($reader, "$total WHERE source = 'airbyte'"), '101|1500', 'both loads are there');
is(answer($reader, "SELECT count(*) FROM ad_daily WHERE source = 'csv'"), '1',
	'and the rows of another source');

# a load that fails leaves everything as it was
$node->safe_psql('postgres', 'UPDATE ads_insights SET clicks = 1');
my ($status, $out, $err) = $node->psql('postgres', q{
	INSERT INTO ad_sources VALUES ('zzz', 'load_airbyte', 'no_such_table');
	CALL load_ads('-infinity');
});
like($err, qr/source "zzz": table "no_such_table" does not exist/, 'a source that is not there is told');
is($node->safe_psql('postgres', "$total WHERE source = 'airbyte'"), '101|1500', 'and nothing is loaded');
$node->safe_psql('postgres', "DELETE FROM ad_sources WHERE source = 'zzz'; CALL load_ads('-infinity')");
is($node->safe_psql('postgres', "$total WHERE source = 'airbyte'"), '101|101', 'until it goes');

# the connector swaps its table between two loads of one session
$second->query_safe(q{
	CREATE TABLE swapped AS SELECT ad_id, date_start, clicks * 1.0 AS clicks, _airbyte_extracted_at FROM ads_insights;
	ALTER TABLE ads_insights RENAME TO old;
	ALTER TABLE swapped RENAME TO ads_insights;
	DROP TABLE old;
	UPDATE ads_insights SET clicks = 2;
});
$loader->query_safe("CALL load_ads('-infinity')");
is($node->safe_psql('postgres', "$total WHERE source = 'airbyte'"), '101|202',
	'a session that has loaded before sees the table that is there now');

$_->quit foreach ($loader, $reader, $second);
$node->stop;

done_testing();
