#!/usr/bin/perl
#
# scaling.pl
#	What a row, a group, a worker and a cell of a rollup cost, from small tables
#	to large ones; and from that the plan for tables that are larger still.
#
# One table grows from size to size.  What is measured is told on standard error,
# the tables for docs/scaling.md are printed at the end.  Answers are checked
# (a rollup's against the raw rows', parallel against serial ones), times never.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;

use BenchDocument;
use BenchReport;
use BenchServer qw(ask fingerprint machine measure measure_statement run_script);
use Getopt::Long;
use ScalingPlan;
use ScalingShards;

my %option = (
	rows => '1000000,5000000,20000000,50000000',
	groups => '10,1000,100000,1000000',
	shards => '10,100,1000',
	campaigns => 100,
	clicks => 4000000,
	full => 200000,
	runs => 3);
my %small = (rows => '10000,50000', groups => '10,1000', shards => '2,5', campaigns => 3, clicks => 10000, full => 1000, runs => 1);
GetOptions(\%option, 'rows=s', 'groups=s', 'shards=s', 'campaigns=i', 'clicks=i', 'full=i', 'runs=i', 'update=s', 'only=s',
	small => sub { %option = (%option, %small) })
  && !@ARGV
  or die "usage: scaling.pl [--small] [--rows N,N...] [--groups N,N...] [--shards N,N...] "
  . "[--campaigns N] [--clicks N] [--full N] [--runs N] [--only rows|shards] [--update DOCUMENT.md]\n";

my @sizes = sort { $a <=> $b } split /,/, $option{rows};
my @group_counts = sort { $a <=> $b } split /,/, $option{groups};
my $clickers = $sizes[-1] / 10;

# Groups are measured on the second smallest table, workers on the second
# largest: both are long enough to tell, and short enough to wait for.
my $grouped_size = $sizes[ @sizes > 1 ? 1 : 0 ];
my $parallel_size = $sizes[ @sizes > 1 ? -2 : -1 ];

# The aggregates: over which table, and what they cost against
my @aggregates = (
	{ name => 'count(*)', table => 'ads', call => 'count(*)' },
	{ name => 'ad_metrics', table => 'ads', call => 'ad_metrics(clicks, impressions, spend)' },
	{ name => 'unique_clicks', table => 'ads', call => 'unique_clicks(user_id)' },
	{ name => 'clicker_set_agg', table => 'ads', call => 'clicker_set_agg(user_id)' },
	{ name => 'count(*), typed', table => 'typed_ads', call => 'count(*)' },
	{ name => 'clicks_all(click_counts)', table => 'typed_ads', call => 'clicks_all(clicks)' });

# How finely the weekly rollup is cut, for the same 13 weeks of rows
my @grains = (
	{ name => 'campaign', parts => 200 },
	{ name => 'ad set', parts => 4000 },
	{ name => 'ad', parts => 40000 });

my ($passed, $failed) = (0, 0);
my %measured = (grains => \@grains);

my $filled = 0;
measure_table() if ($option{only} // 'rows') eq 'rows';
report(shards => ScalingShards::measured_block(\%option, \&check, \&note))
  if ($option{only} // 'shards') eq 'shards';
print "$passed passed, $failed failed\n";
exit($failed > 0 || $passed == 0);

sub note
{
	print STDERR "scaling: @_\n";
}

sub check
{
	my ($what, $good) = @_;

	$good ? $passed++ : $failed++;
	print "FAILED $what\n" unless $good;
}

sub create_script
{
	return <<'END';
create extension clicks_all;
create unlogged table ads (
	day date, campaign integer, ad_set integer, ad integer,
	user_id bigint, clicks bigint, impressions bigint, spend numeric(12,2),
	random_group bigint
);
create unlogged table typed_ads (campaign integer, random_group bigint, clicks click_counts);
END
}

# Rows number $from + 1 to $to: 13 weeks of 40,000 ads, 200 to a campaign.  A
# campaign is shown to a 40th of all people, who overlap with its neighbours'.
sub fill_script
{
	my ($from, $to) = @_;
	my $first = $from + 1;
	my $groups = $group_counts[-1];
	my $step = int($clickers / 200);
	my $audience = int($clickers / 40);

	note("$to rows");
	return <<"END";
insert into ads
select date '2026-01-05' + (i % 91)::integer, ad % 200, ad % 4000, ad,
       (ad % 200 * $step + (hashint8(i) & 2147483647) % $audience) % $clickers,
       i * 104729 % 1000, i * 1299709 % 100000, (i * 15485863 % 100007 / 100.0)::numeric(12,2),
       i * 7368787 % $groups
from (select i, (i * 7919 % 40000)::integer as ad
      from (select generate_series($first\::bigint, $to) as i) as numbers) as ads;
insert into typed_ads
select i * 7919 % 200, i * 7368787 % $groups,
       click_counts(link => i * 31 % 100, see_more => i * 37 % 50, photo => i * 41 % 30,
                    page => i * 43 % 20, cta => i * 47 % 10, video => i * 53 % 5)
from (select generate_series($first\::bigint, $to) as i) as numbers;
vacuum analyze;
checkpoint;
END
}

sub query
{
	my ($aggregate, $key) = @_;

	return "select $key as key, $aggregate->{call} as answer from $aggregate->{table} group by 1";
}

# The table that grows, and what is made of it
sub measure_table
{
	run_script(create_script());
	for my $size (@sizes)
	{
		run_script(fill_script($filled, $size));
		$filled = $size;
		measure_rows($size);
		measure_groups() if $size == $grouped_size;
		measure_workers() if $size == $parallel_size;
	}
	measure_rollups();
	check_approximation();
	report(measured => measured_block(), plan => ScalingPlan::table(\%measured, $sizes[-1]));
}

# What BenchServer::measure tells of a query; how far the runs lie apart is noted
sub figures
{
	my ($query, @settings) = @_;
	my $figures = measure($query, $option{runs}, @settings);

	push @{ $measured{spreads} }, $figures->{spread};
	return $figures;
}

sub measure_rows
{
	my ($size) = @_;

	for my $aggregate (@aggregates)
	{
		my $figures = figures(query($aggregate, 'campaign'));

		note(sprintf '  %s: %.1f ns a row', $aggregate->{name}, $figures->{cpu} * 1e6 / $size);
		$measured{rows}{$size}{ $aggregate->{name} } =
		  { ns => $figures->{cpu} * 1e6 / $size, kb => $figures->{kb} };
	}
}

# The planner is told how many groups there are: it would take the key for as
# varied as the column in it, and make room for a million.
sub measure_groups
{
	for my $groups (@group_counts)
	{
		note("  $groups groups");
		run_script("create statistics ${_}_$groups on (random_group % $groups) from $_;\n"
			  . "analyze $_ (random_group);\n")
		  for qw(ads typed_ads);
		for my $aggregate (@aggregates)
		{
			my $figures = figures(query($aggregate, "random_group % $groups"), "set work_mem = '4GB'");

			$measured{groups}{$groups}{ $aggregate->{name} } =
			  { ns => $figures->{cpu} * 1e6 / $grouped_size, kb => $figures->{kb} };
		}
	}
}

sub measure_workers
{
	for my $aggregate (@aggregates)
	{
		my $query = query($aggregate, 'campaign');
		my %answers;

		note("  workers: $aggregate->{name}");
		for my $workers (0 .. 2)
		{
			my @settings = worker_settings($aggregate->{table}, $workers);

			$measured{workers}{ $aggregate->{name} }[$workers] =
			  measure($query, $option{runs}, @settings)->{least_ms};
			$answers{$workers} = fingerprint($query, @settings);
		}
		check("$aggregate->{name} with $_ workers is what it is without",
			$answers{$_} eq $answers{0})
		  for 1, 2;
	}
}

# As many workers as we say, whatever the planner thinks of the table's size
sub worker_settings
{
	my ($table, $workers) = @_;

	return ("alter table $table set (parallel_workers = $workers)",
		"set max_parallel_workers_per_gather = $workers",
		'set parallel_setup_cost = 0', 'set parallel_tuple_cost = 0',
		'set min_parallel_table_scan_size = 0');
}

# One query over raw rows and over rollups of them, but for the names of the
# columns that hold the people
sub quarter_query
{
	my ($table, $unique_clicks) = @_;

	return "select campaign, (ad_metrics(clicks, impressions, spend)).*, "
	  . "$unique_clicks as unique_clicks from $table group by campaign";
}

sub measure_rollups
{
	my $raw = quarter_query('ads', 'approx_unique_clicks(user_id)');

	note('the quarter from raw rows');
	$measured{quarter_ms} = figures($raw)->{cpu};
	$measured{quarter} = fingerprint($raw);
	for my $grain (@grains)
	{
		my $column = $grain->{name} =~ s/ /_/r;
		my $rollup = "weekly_$column";
		my $quarter = quarter_query($rollup, 'unique_clicks(clickers)');

		note("weekly rollup by $grain->{name}");
		$grain->{build_ms} = measure_statement(<<"END", 1)->{cpu};
create unlogged table $rollup as
select report_week(day) as week, campaign, $column as part, clicks_all(clicks) as clicks,
       sum(impressions) as impressions, sum(spend) as spend, clicker_set_agg(user_id) as clickers
from ads group by 1, 2, 3
END
		run_script("vacuum analyze $rollup;\n");
		@$grain{qw(cells set_bytes cell_bytes)} = map { split /\|/ } ask("select count(*), "
			  . "avg(pg_column_size(clickers)), pg_total_relation_size('$rollup') / count(*) from $rollup");
		$grain->{quarter_ms} = figures($quarter)->{cpu};
		$grain->{sums_ms} = figures("select campaign, ad_metrics(clicks, impressions, spend) "
			  . "from $rollup group by campaign")->{cpu};
		check("the quarter from weeks by $grain->{name} is that from raw rows",
			fingerprint($quarter) eq $measured{quarter});
	}
	($measured{row_bytes}) = ask("select pg_relation_size('ads') / $filled");
}

# The stored sets estimate.  These people are fixed, so this is no matter of luck.
sub check_approximation
{
	my ($worst) = ask(<<'END');
select max(abs(approximate - exact) / exact::float8)
from (select unique_clicks(user_id) as exact, approx_unique_clicks(user_id) as approximate
      from ads group by campaign) as campaigns
END
	$measured{worst_error} = $worst;
	check("approximate unique clicks are within 5 standard errors: $worst",
		$worst < 5 * 0.0084);
}

# Print blocks of the document, and put them there if that is wanted and all is right.
sub report
{
	my (%block) = @_;

	for my $name (sort keys %block)
	{
		print "<!-- $name -->\n\n$block{$name}\n<!-- /$name -->\n\n";
		BenchDocument::replace_block($option{update}, $name, $block{$name})
		  if defined $option{update} && $failed == 0;
	}
}

sub measured_block
{
	return machine() . ".\n\n"
	  . BenchServer::method($option{runs}, @{ $measured{spreads} })
	  . " Parallel: by the clock on the wall, the least of the runs.\n\n"
	  . join("\n", row_tables(), worker_table(), rollup_tables());
}

sub row_tables
{
	my @names = map { $_->{name} } @aggregates;
	my @blocks;

	for my $kind ([ rows => "Nanoseconds a row, in 200 groups" ],
		[ groups => 'Nanoseconds a row, of ' . BenchReport::grouped($grouped_size) . ' rows' ])
	{
		my ($key, $title) = @$kind;
		my $by = $measured{$key};
		my @sizes = sort { $a <=> $b } keys %$by;

		for my $figure ([ ns => $title ], [ kb => 'The same: peak memory of the backend, MB' ])
		{
			my ($what, $title) = @$figure;
			my $scale = $what eq 'kb' ? 1024 : 1;

			push @blocks, "**$title**\n\n" . BenchDocument::table(
				[ $key, @names ],
				map {
					my $size = $_;

					[ BenchReport::grouped($size),
						map { sprintf '%.0f', $by->{$size}{$_}{$what} / $scale } @names ]
				} @sizes);
		}
	}
	return @blocks;
}

sub worker_table
{
	my @rows;

	for my $aggregate (@aggregates)
	{
		my @ms = @{ $measured{workers}{ $aggregate->{name} } };

		push @rows, [ $aggregate->{name},
			(map { sprintf '%.2f', $_ / 1000 } @ms),
			map { sprintf '%.2f', $ms[0] / $_ } @ms[ 1, 2 ] ];
	}
	return '**Parallel, ' . BenchReport::grouped($parallel_size) . " rows, in 200 groups**\n\n"
	  . BenchDocument::table(
		[ 'aggregate|', 'alone, s', '1 worker, s', '2 workers, s', 'speed-up, 1', 'speed-up, 2' ], @rows);
}

sub rollup_tables
{
	my $rows = BenchReport::grouped($filled);
	my (@sizes, @speeds);

	for my $grain (@grains)
	{
		my $cells = $grain->{cells};

		push @sizes, [ $grain->{name}, BenchReport::grouped($cells),
			sprintf('%.0f', $filled / $cells), sprintf('%.0f', $grain->{set_bytes}),
			sprintf('%.0f', $grain->{cell_bytes}),
			sprintf('%.4f', $cells * $grain->{cell_bytes} / ($filled * $measured{row_bytes})),
			sprintf('%.0f', $grain->{build_ms} * 1e6 / $filled) ];
		push @speeds, [ $grain->{name},
			sprintf('%.1f', $measured{quarter_ms}), sprintf('%.1f', $grain->{quarter_ms}),
			BenchReport::ratio($grain->{quarter_ms} / $measured{quarter_ms}),
			BenchReport::grouped(int($cells * 1000 / $grain->{quarter_ms})),
			BenchReport::grouped(int($cells * 1000 / $grain->{sums_ms})) ];
	}
	return ("**The weekly rollup of $rows rows of 13 weeks, $measured{row_bytes} bytes each**\n\n"
		. BenchDocument::table([ 'a cell for each week and|', 'cells', 'rows in a cell',
			'bytes of a set', 'bytes of a cell', 'size, of the raw rows', 'to build, ns a row' ], @sizes),
		"**The quarter by campaign, from that rollup against from raw rows**\n\n"
		. BenchDocument::table([ 'a cell for each week and|', 'raw rows, ms', 'rollup, ms', 'ratio',
			'cells a second', 'cells a second, sums only' ], @speeds)
		. sprintf("\nThe answers agree. The estimate of unique clicks is off by at most %.2f %% "
			. "in any of the 200 campaigns.\n", 100 * $measured{worst_error}));
}
