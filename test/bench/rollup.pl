#!/usr/bin/perl
#
# rollup.pl
#	What it costs to keep weekly_ads up to date, in both of its forms.
#
# A year of ads, each in the cells of all 52 weeks, with some clicks a cell.  Figures
# are processor time of the server's process, so others on the machine count little.
# That the cells are right is checked, times never.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;

use BenchReport;
use BenchDocument;
use BenchServer qw(machine processor_time_query run_script);
use Getopt::Long;

my %option = (ads => 400, runs => 3, pairs => 21, clicks => '1,13,93,193');
my %small = (ads => 5, runs => 1, pairs => 3, clicks => '3');
GetOptions(\%option, 'ads=i', 'runs=i', 'pairs=i', 'clicks=s', small => sub { %option = (%option, %small) })
  && !@ARGV
  or die "usage: rollup.pl [--small] [--runs N] [--pairs N] [--ads N] [--clicks N,N...]\n";

my $examples = "$FindBin::Bin/../../examples";
my ($passed, $failed) = (0, 0);
my (@rows, @writers);

# What writers do, 14,000 to 20,000 rows a statement
my @writes = (
	[ 'ad_daily: INSERT of a day', q{insert into ad_daily (day, ad_id, impressions)
		select '2026-01-01', 'new ' || i, i from generate_series(1, 20000) as i} ],
	[ 'ad_daily: UPDATE of 35 days', q{update ad_daily set spend = spend + 0.01 where day >= '2025-11-24'} ],
	[ 'ad_daily: 35 days deleted and written again', q{with gone as (delete from ad_daily where day >= '2025-11-24' returning *)
		insert into ad_daily (day, ad_id, campaign_id, clicks, clicks_are, impressions, spend)
		select day, ad_id, campaign_id, clicks, clicks_are, impressions, spend + 0.01 from gone} ],
	[ 'ad_clicks: INSERT of a week', q{insert into ad_clicks (click_id, clicked_at, day, ad_id, campaign_id, user_id, click_type)
		select 'new ' || i, date '2025-12-01' + i % 7 + time '12:00' at time zone 'UTC', date '2025-12-01' + i % 7,
			'ad ' || i % 400, 'campaign ' || i % 20, 'user ' || i, 'link' from generate_series(1, 20000) as i} ]);

foreach my $clicks (split /,/, $option{clicks})
{
	my $database = "rollup_$clicks";

	run_script("create database $database;\n");
	local $ENV{PGDATABASE} = $database;
	run_script(fill_script($clicks));
	push @rows, measure_rollup($clicks);
	@writers = measure_writers() if !@writers;
}
print "What a refresh takes of a plain REFRESH of the year.\n",
  machine(), "; $option{ads} ads in 52 weeks; median of $option{runs} runs, processor time.\n\n",
  BenchDocument::table([ 'rows a cell', 'REFRESH, s', 'REFRESH CONCURRENTLY', 'one week', 'five weeks', 'five weeks of CONCURRENTLY' ], @rows),
  "\nWhat the log of changed weeks costs those who write: median of $option{pairs} paired runs, with its triggers against without.\n\n",
  BenchDocument::table([ 'statement|', 'without, ms', 'with, ms', 'ratio', 'middle half' ], @writers),
  "\n$passed passed, $failed failed\n";
exit($failed > 0 || $passed == 0);

# A row of ad_daily for each day and ad, and clicks of people in each cell
sub fill_script
{
	my ($clicks) = @_;

	return <<"END";
set client_min_messages = warning;
create extension clicks_all;
\\i $examples/ad_tables.sql
insert into ad_daily (day, ad_id, campaign_id, clicks, clicks_are, impressions, spend)
select date '2025-01-06' + day, 'ad ' || ad, 'campaign ' || ad % 20,
       click_counts(link => day % 5, photo => ad % 3), 'all', 100 + day, ad * 0.01
from generate_series(0, 363) as day, generate_series(1, $option{ads}) as ad;
insert into ad_clicks (click_id, clicked_at, day, ad_id, campaign_id, user_id, click_type)
select 'click ' || week || ' ' || ad || ' ' || n, day + time '12:00' at time zone 'UTC', day,
       'ad ' || ad, 'campaign ' || ad % 20, 'user ' || hashint8(week * 1000003 + ad * 1009 + n) % 100000, 'link'
from generate_series(0, 51) as week, generate_series(1, $option{ads}) as ad, generate_series(1, $clicks) as n,
     lateral (select date '2025-01-06' + week * 7 + n % 7) as today(day);
vacuum analyze;
END
}

# Median processor time of a statement, each run after a preparation of its own
sub cpu
{
	my ($statement, $before) = @_;
	my $clock = "select 'cpu ' || (" . processor_time_query() . ");\n";
	my @times;

	foreach (1 .. $option{runs})
	{
		my ($start, $end) = map { /^cpu ([\d.]+)/ } run_script("set client_min_messages = warning;\n$before;\n$clock$statement;\n$clock");

		push @times, ($end - $start) / 1000;
	}
	return BenchReport::median(@times);
}

sub measure_rollup
{
	my ($clicks) = @_;
	my $weeks = q{insert into changed_weeks select '2025-12-29'::date - 7 * n from generate_series(1, %d) as n};

	run_script("set client_min_messages = warning;\n\\i $examples/weekly_report.sql\nvacuum analyze weekly_ads;\n");
	my $refresh = cpu('refresh materialized view weekly_ads', 'select 1');
	my $concurrently = cpu('refresh materialized view concurrently weekly_ads', q{update ad_daily set spend = spend + 0.01 where day >= '2025-11-24'});

	run_script("set client_min_messages = warning;\n\\i $examples/incremental_rollup.sql\nvacuum analyze weekly_ads;\n");
	my ($one, $five) = map { cpu('call refresh_weekly_ads()', sprintf($weeks, $_)) } 1, 5;

	my ($wrong) = run_script(q{select count(*) from ((table weekly_ads except all select * from cells_of_weeks('-infinity', 'infinity'))
		union all (select * from cells_of_weeks('-infinity', 'infinity') except all table weekly_ads)) as wrong;});
	$wrong eq '0' ? $passed++ : $failed++;
	return [ 7 + $clicks, map { sprintf '%.3f', $_ } $refresh, ratio($concurrently, $refresh),
		ratio($one, $refresh), ratio($five, $refresh), ratio($five, $concurrently) ];
}

# A row for each kind of write: with triggers and without in one session, alternately,
# and rolled back
sub measure_writers
{
	my $clock = processor_time_query();
	my @table;

	foreach my $write (@writes)
	{
		my ($name, $statement) = @$write;
		my $script = "set client_min_messages = warning;\n";
		my (%times, @ratios);

		foreach my $run (0 .. $option{pairs})
		{
			$script .= "vacuum ad_daily, ad_clicks;\nbegin;\nalter table ad_daily $_ trigger user;\n"
			  . "alter table ad_clicks $_ trigger user;\n$clock as start \\gset\n$statement;\n"
			  . "select '$_ ' || ($clock) - :start;\nrollback;\n"
			  foreach $run % 2 ? qw(enable disable) : qw(disable enable);
		}
		/^(enable|disable) ([\d.]+)/ and push @{ $times{$1} }, $2 foreach run_script($script);
		# the first run only warms up
		shift @$_ foreach values %times;
		@ratios = sort { $a <=> $b } map { ratio($times{enable}[$_], $times{disable}[$_]) } 0 .. $option{pairs} - 1;
		push @table, [ $name, (map { sprintf '%.1f', BenchReport::median(@{ $times{$_} }) } qw(disable enable)),
			sprintf('%.3f', BenchReport::median(@ratios)),
			sprintf('%.3f to %.3f', @ratios[ $option{pairs} / 4, 3 * $option{pairs} / 4 ]) ];
	}
	return @table;
}

sub ratio
{
	my ($ours, $rival) = @_;

	return $rival > 0 ? $ours / $rival : 0;
}
