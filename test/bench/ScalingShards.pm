# ScalingShards.pm
#	Shards of stored cells, united by a coordinator over real connections, beside
#	count(DISTINCT): a billion clicks in a quarter, and a trillion.
#
# A shard is a table in one of some clusters, which the coordinator reaches by TCP
# through a foreign server, and so a connection, of its own.  CLK_SHARDS names the
# clusters, as PORT:PASSWORD.  The clicks of each campaign are spread over all shards.

package ScalingShards;

use strict;
use warnings;
use BenchDocument;
use BenchReport;
use BenchServer qw(ask fingerprint machine measure_statement run_script);
use ScalingPlan;

my @totals = (1e9, 1e12);
my $weeks = 13;

# So many different sets are made on each cluster, and dealt out to its cells
my $pool = 32;

my $sets = <<'END';
select campaign, clicks_all(clicks), sum(impressions) as impressions, unique_clicks(clickers)
from (select shard, campaign, sum(clicks) as clicks, sum(impressions) as impressions, union_agg(clickers) as clickers
      from cells group by shard, campaign) as of_shards
group by campaign
END
my $one_step = 'select campaign, clicks_all(clicks), sum(impressions) as impressions, unique_clicks(clickers) '
  . 'from cells group by campaign';
my $exact = <<'END';
select campaign, count(distinct user_id) as people
from (select shard, campaign, user_id from clicks group by shard, campaign, user_id) as of_shards
group by campaign
END
my $estimate = <<'END';
select campaign, unique_clicks(clickers) as people
from (select shard, campaign, clicker_set_agg(user_id) as clickers from clicks group by shard, campaign) as of_shards
group by campaign
END

# The aggregates run where the rows are, and rows are dear to send
my @settings = ('set enable_partitionwise_aggregate = on', q{set work_mem = '4GB'}, 'set client_min_messages = warning');

# Measure, and return the block for the document.  $option has the numbers of shards,
# campaigns, clicks for count(DISTINCT), and runs; $check notes whether what must hold does.
sub measured_block
{
	my ($option, $check, $note) = @_;
	my @clusters = map { [ split /:/ ] } split ' ', $ENV{CLK_SHARDS};
	my (@rows, @distinct_rows, @spreads);

	on_clusters(\@clusters, sub { return "create extension clicks_all;\n" });
	for my $shards (split /,/, $option->{shards})
	{
		run_script("create database shards_$shards;\n");
		local $ENV{PGDATABASE} = "shards_$shards";
		my $distinct;

		run_script(coordinator_script(\@clusters, $shards));
		$note->("$shards shards: count(DISTINCT) of $option->{clicks} clicks");
		on_clusters(\@clusters, sub { return clicks_script($_[0], scalar @clusters, $shards, $option) });
		$distinct = measure_coordinator(\@clusters, $exact, $option->{runs});
		push @spreads, $distinct->{spread};
		check_clicks($check, $shards);
		push @distinct_rows, [ $shards, bytes($distinct->{bytes}), seconds($distinct->{cpu}), bytes($distinct->{kb} * 1024) ];
		for my $total (@totals)
		{
			my $cell_clicks = int($total / $shards / $weeks / $option->{campaigns});
			my $figures;

			$note->("$shards shards of cells of $cell_clicks clicks");
			on_clusters(\@clusters, sub { return cells_script($_[0], scalar @clusters, $shards, $cell_clicks, $total, $option) });
			$figures = measure_coordinator(\@clusters, $sets, $option->{runs});
			push @spreads, $figures->{spread};
			check_cells($check, $shards, $shards * $weeks * $option->{campaigns} * $cell_clicks);
			push @rows, [ sprintf('%.0e', $total) =~ s/1e\+?0?/10^/r, $shards, BenchReport::grouped($cell_clicks),
				shard_figures($clusters[ 1 % @clusters ], 1, $option->{runs}), bytes($figures->{bytes}),
				seconds($figures->{cpu}), bytes($figures->{kb} * 1024), seconds($figures->{ms}),
				bytes($distinct->{bytes} * $total / $option->{clicks}),
				seconds($distinct->{cpu} * $total / $option->{clicks}),
				bytes($distinct->{kb} * 1024 * $total / $option->{clicks}) ];
		}
		on_clusters(\@clusters, sub { return drop_script() });
	}
	return block($option, scalar @clusters, \@spreads, \@rows, \@distinct_rows);
}

sub block
{
	my ($option, $clusters, $spreads, $rows, $distinct_rows) = @_;

	return machine() . "; $option->{campaigns} campaigns in $weeks weeks, $clusters clusters.\n\n"
	  . BenchServer::method($option->{runs}, @$spreads) . "\n\n"
	  . BenchDocument::table([ 'clicks', 'shards', 'clicks in a cell', 'bytes of a set', 'cells of a shard', 'a shard', 'over the wire',
			'coordinator', 'its memory', 'all on this machine', 'count(DISTINCT): over the wire', 'coordinator', 'its memory' ], @$rows)
	  . "\n**count(DISTINCT), measured with " . BenchReport::grouped($option->{clicks}) . " clicks**: what is multiplied above\n\n"
	  . BenchDocument::table([ 'shards', 'over the wire', 'coordinator', 'its memory' ], @$distinct_rows);
}

# Run on each cluster what the function makes for its number.
sub on_clusters
{
	my ($clusters, $script) = @_;

	for my $number (0 .. $#$clusters)
	{
		local @ENV{qw(PGHOST PGPORT PGPASSWORD PGDATABASE)} = ('127.0.0.1', @{ $clusters->[$number] }, 'postgres');
		run_script("set client_min_messages = warning;\n" . $script->($number));
	}
}

sub coordinator_script
{
	my ($clusters, $shards) = @_;
	my $script = <<'END';
set client_min_messages = warning;
create extension clicks_all;
create extension postgres_fdw;
create table cells (shard integer, week integer, campaign integer, clicks bigint, impressions bigint,
	clickers clicker_set) partition by list (shard);
create table clicks (shard integer, campaign integer, user_id bigint) partition by list (shard);
END

	for my $shard (1 .. $shards)
	{
		my ($port, $password) = @{ $clusters->[ $shard % @$clusters ] };

		$script .= <<"END";
create server shard_$shard foreign data wrapper postgres_fdw options (host '127.0.0.1', port '$port',
	dbname 'postgres', extensions 'clicks_all', async_capable 'true', fdw_tuple_cost '1000');
create user mapping for current_user server shard_$shard options (user 'postgres', password '$password');
create foreign table cells_$shard partition of cells for values in ($shard) server shard_$shard;
create foreign table clicks_$shard partition of clicks for values in ($shard) server shard_$shard;
END
	}
	return $script;
}

# A statement for each shard of a cluster
sub for_each_shard
{
	my ($number, $clusters, $shards, $statement) = @_;

	return join '', map { $statement =~ s/SHARD/$_/gr } grep { $_ % $clusters == $number } 1 .. $shards;
}

# Each person clicks five times, in one campaign, wherever the click is stored
sub clicks_script
{
	my ($number, $clusters, $shards, $option) = @_;
	my $clicks = int($option->{clicks} / $shards);
	my $people = $option->{clicks} / 5;

	return drop_script() . for_each_shard($number, $clusters, $shards, <<"END");
create unlogged table clicks_SHARD as
select SHARD as shard, (user_id % $option->{campaigns})::integer as campaign, user_id
from (select (hashint8extended(i, SHARD) & 9223372036854775807) % $people as user_id
      from generate_series(1, $clicks) as i) as people;
analyze clicks_SHARD;
END
}

sub cells_script
{
	my ($number, $clusters, $shards, $cell_clicks, $total, $option) = @_;
	# a set that is full grows no more
	my $clicks = $cell_clicks > $option->{full} ? $option->{full} : $cell_clicks;
	my $people = int($total / 10);

	return drop_script() . <<"END" . for_each_shard($number, $clusters, $shards, <<"END_SHARD");
create unlogged table pool as
select set_number, clicker_set_agg((hashint8extended(i, $number * $pool + set_number) & 9223372036854775807) % $people) as clickers
from generate_series(0, $pool - 1) as set_number, generate_series(1, $clicks) as i group by set_number;
END
create unlogged table cells_SHARD as
select SHARD as shard, week, campaign, $cell_clicks\::bigint as clicks, $cell_clicks\::bigint * 50 as impressions, clickers
from generate_series(1, $weeks) as week, generate_series(1, $option->{campaigns}) as campaign, pool
where set_number = (hashint4(SHARD * 1000003 + week * 1009 + campaign) & 2147483647) % $pool;
analyze cells_SHARD;
END_SHARD
}

sub drop_script
{
	return "select format('drop table %I', relname) from pg_class "
	  . "where relkind = 'r' and relnamespace = 'public'::regnamespace \\gexec\n";
}

# What the coordinator's process takes for a query, after one that made the connections,
# and how many bytes of TCP it gets
sub measure_coordinator
{
	my ($clusters, $query, $runs) = @_;
	my $ports = join ' or ', map { "dport = :$_->[0]" } @$clusters;
	my $sum = q{perl -ne '$sum += $1 while /bytes_received:(\d+)/g; END { print $sum // 0 }'};
	my $bytes = "\\set bytes `ss -tinH '( $ports )' | $sum`\n\\echo Bytes: :bytes\n";
	my $counted = "select count(result) from ($query) as result";
	my @lines = run_script(join(";\n", @settings, $counted, '') . $bytes
		  . BenchServer::timed_script($counted) x $runs . $bytes . BenchServer::memory_query() . ";\n");
	my ($before, $after) = map { /^Bytes: (\d+)/ } @lines;

	return { %{ BenchServer::figures(@lines) }, bytes => ($after - $before) / $runs };
}

# Bytes of a set and of the cells, and the time that the first shard takes for its part
sub shard_figures
{
	my ($cluster, $shard, $runs) = @_;
	local @ENV{qw(PGHOST PGPORT PGPASSWORD PGDATABASE)} = ('127.0.0.1', @$cluster, 'postgres');
	my ($set_bytes, $cells_bytes) = split /\|/,
	  (ask("select round(avg(pg_column_size(clickers))), pg_total_relation_size('cells_$shard') from cells_$shard"))[0];
	my $part = measure_statement("select count(clickers::text) from (select campaign, sum(clicks), sum(impressions), "
		  . "union_agg(clickers) as clickers from cells_$shard group by campaign) as part", $runs);

	return (BenchReport::grouped($set_bytes), bytes($cells_bytes), seconds($part->{cpu}));
}

# The aggregates go to the shards, and estimates are near what is exact.
sub check_clicks
{
	my ($check, $shards) = @_;
	my ($worst) = run_script(join(";\n", @settings, '') . "select max(abs(estimates.people - exact.people) / exact.people::float8) "
		  . "from ($estimate) as estimates join ($exact) as exact using (campaign);\n");

	for my $query ($sets, $exact)
	{
		$check->("with $shards shards, these aggregate:\n$query",
			scalar grep { /Remote SQL: .* GROUP BY/ } run_script(join(";\n", @settings, "explain verbose $query;\n")));
	}
	$check->("with $shards shards, estimates are within 5 standard errors: $worst", $worst < 5 * 0.0084);
}

# No click is lost, and states that shards united count whom all their cells count.
sub check_cells
{
	my ($check, $shards, $clicks) = @_;
	my ($sum) = run_script(join(";\n", @settings, '') . "select sum(clicks_all) from ($sets) as campaigns;\n");

	$check->("$shards shards have $clicks clicks, not $sum", $sum == $clicks);
	$check->("$shards shards give what their cells give", fingerprint($sets, @settings) eq fingerprint($one_step, @settings))
	  if $shards <= 10;
}

sub bytes
{
	return ScalingPlan::bytes(@_);
}

sub seconds
{
	my ($milliseconds) = @_;

	return ScalingPlan::seconds($milliseconds / 1000);
}

1;
