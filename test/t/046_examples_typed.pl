# What examples/README.md tells users of each connector to type, from an empty database to
# the weekly report

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

my $readme = slurp_file('examples/README.md');
my %typed = map { m{-f (\w+)\.sql} ? ($1 => $_) : () } $readme =~ m{`(psql -d mydb [^`]*)`}g;
my ($load) = $readme =~ m{^    (psql -d mydb -c "CALL load_ads.*)$}m or die 'nothing to load with';
my ($cron) = $readme =~ m{^    (psql -d mydb -c 'CALL load_ads.*)$}m or die 'nothing for cron';

# the clicks of each fixture that the report must have, and what they are
my %source = (
	airbyte => [ 'airbyte_schema', 'airbyte.sql', '279|all 11|link' ],
	singer => [ 'tap_facebook', 'singer.sql', '174|all 4|link' ],
	fivetran => [ 'facebook_ads', 'fivetran.sql', '5229|all 8|link' ],
	dlt => [ 'facebook_ads_data', 'dlt.sql', '118|all' ]);

# run what is typed in the directory of the examples, against a database
sub type_in
{
	my ($database, $command) = @_;

	$command =~ s/mydb/$database/;
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	$node->command_ok([ 'bash', '-c', "cd examples && $command" ], $command);
}

foreach my $name (sort keys %source)
{
	my ($schema, $fixture, $clicks) = @{ $source{$name} };
	my $script = slurp_file("test/sources/$fixture");

	$node->safe_psql('postgres', "CREATE DATABASE $name");
	$node->safe_psql($name, "CREATE SCHEMA IF NOT EXISTS $schema; SET search_path = $schema;
		" . $script =~ s/^CREATE SCHEMA .*//mr);
	type_in($name, $typed{$name});
	type_in($name, $load);
	is($node->safe_psql($name, "SELECT string_agg(concat_ws('|', clicks, clicks_are), ' ' ORDER BY clicks_are)
			FROM (SELECT clicks_all(clicks), clicks_are FROM ad_daily WHERE clicks_are IS NOT NULL GROUP BY clicks_are)
				AS of_kind(clicks, clicks_are)"),
		$clicks, "clicks of $name");
	is($node->safe_psql($name, 'SELECT clicks_all(clicks) = (SELECT clicks_all(clicks) FROM ad_daily) FROM weekly_ads'),
		't', "and of its weeks");
	cmp_ok($node->safe_psql($name, "SELECT count(*) FROM weekly_report WHERE slice = 'total'"), '>', 0,
		"a report of $name");
	type_in($name, $cron);
	# what the connector made is the connector's
	$node->safe_psql($name, "DROP SCHEMA $schema CASCADE");
	cmp_ok($node->safe_psql($name, 'SELECT count(*) FROM ad_daily'), '>', 0,
		"the connector can drop all it made");
}

$node->stop;

done_testing();
