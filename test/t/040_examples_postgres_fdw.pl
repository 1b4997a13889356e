# examples/postgres_fdw.sql, with two shards that are servers of their own

use strict;
use warnings;

use IO::Select;
use IO::Socket::UNIX;
use List::Util qw(sum0);
use POSIX ();
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
	# many more clicks, of which the weekly rollup knows nothing
	$node{"shard_$shard"}->safe_psql('postgres', qq{
		INSERT INTO ad_clicks (click_id, clicked_at, day, campaign, user_id, click_type)
			SELECT 'late ' || i, '2026-03-04 12:00Z', '2026-03-04', 'Late ' || i % 3, 'user ' || i % 20000, 'link'
			FROM generate_series(1, 60000) AS i;
		CREATE VIEW shard_weekly_ads AS $report;
		CREATE VIEW shard_clicks AS SELECT $shard AS shard, day, campaign, user_id, click_type FROM ad_clicks;
		ANALYZE;
	});
}

# Pass on what goes over a socket in a directory of its own, and count what comes back:
# a line with the bytes of each connection for each shard.
my $socket_directory = PostgreSQL::Test::Utils::tempdir_short();
my %proxy = map { $_ => start_proxy($_) } 1, 2;

sub start_proxy
{
	my ($shard) = @_;
	my $server = $node{"shard_$shard"};
	my $listener = IO::Socket::UNIX->new(Local => "$socket_directory/.s.PGSQL.$shard", Listen => 5)
	  or die "could not listen: $!";
	my $pid = fork() // die "could not fork: $!";

	return $pid if $pid;
	# what the test does at its end is not for this process
	$SIG{TERM} = $SIG{INT} = sub { POSIX::_exit(0) };
	while (my $client = $listener->accept)
	{
		my $backend = IO::Socket::UNIX->new(Peer => $server->host . '/.s.PGSQL.' . $server->port) or die "no server: $!";
		my $select = IO::Select->new($client, $backend);

	  CONNECTION: while (my @ready = $select->can_read)
		{
			foreach my $from (@ready)
			{
				my $length = sysread($from, my $bytes, 65536);

				last CONNECTION unless $length;
				syswrite($from == $client ? $backend : $client, $bytes);
				append_to_file("$socket_directory/received", "$length\n") if $from == $backend;
			}
		}
		close($_) foreach $client, $backend;
	}
	POSIX::_exit(0);
}

END { kill('TERM', values %proxy) }

# The bytes that the shards sent for a query
sub bytes_of
{
	my ($query) = @_;

	unlink "$socket_directory/received";
	$node{ask}->safe_psql('postgres', $query);
	return sum0(split /\n/, slurp_file("$socket_directory/received"));
}

# the file as it is, but for the addresses
my $example = slurp_file('examples/postgres_fdw.sql') =~ s{^\\ir }{\\i examples/}mr;
foreach my $shard (1, 2)
{
	$example =~ s/host 'shard-$shard.example.com', dbname 'ads'/host '$socket_directory', port '$shard', dbname 'postgres'/
	  or die "no address of shard $shard";
}
my $user = $node{ask}->safe_psql('postgres', 'SELECT current_user');
$example =~ s/user 'report'/user '$user'/g;

is($node{ask}->safe_psql('postgres', $example),
	"2026-03-02|Many|6000|||1\n2026-03-02|Spring|4|2.0000000000000000|0.25000000000000000000|3\n"
	  . "Late 0|40000|19920\nLate 1|40000|19920\nLate 2|40000|19920\nMany|6000|1\nSpring|4|3",
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

# what goes over the wire: clicks, or the states of two steps
my $two_steps = ($example =~ /(SELECT campaign, clicks_all\(clicks\).*)/s)[0];
my $one_step = 'SELECT campaign, clicks_all(click_type), unique_clicks(user_id)
	FROM all_clicks GROUP BY campaign ORDER BY campaign';

is($node{ask}->safe_psql('postgres', $one_step) =~ s/\|\d+$//mgr,
	$node{ask}->safe_psql('postgres', "SET enable_partitionwise_aggregate = on; $two_steps") =~ s/\|\d+$//mgr,
	'two steps count the same clicks');
my $bytes = bytes_of("SET enable_partitionwise_aggregate = on; $two_steps");
my $all_bytes = bytes_of($one_step);
cmp_ok($all_bytes, '>', 50 * $bytes, "the clicks are $all_bytes bytes, the states of two steps $bytes");

done_testing();
