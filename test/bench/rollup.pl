#!/usr/bin/perl
#
# rollup.pl
#	What it costs to keep weekly_ads up to date, in both of its forms.
#
# A year of ads, each in the cells of all 52 weeks, with some clicks a cell.  Figures
# are processor time of the server's process (utime and stime in /proc), so others on
# the machine count little.  That the cells are right is checked, times never.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;

use BenchReport;
use BenchServer qw(machine run_script);
use Getopt::Long;

my %option = (ads => 400, runs => 3, clicks => '1,13,93,193');
my %small = (ads => 5, runs => 1, clicks => '3');
GetOptions(\%option, 'ads=i', 'runs=i', 'clicks=s', small => sub { %option = (%option, %small) })
  && !@ARGV
  or die "usage: rollup.pl [--small] [--runs N] [--ads N] [--clicks N,N...]\n";

my $examples = "$FindBin::Bin/../../examples";
my ($passed, $failed) = (0, 0);
my @rows;

foreach my $clicks (split /,/, $option{clicks})
{
	my $database = "rollup_$clicks";

	run_script("create database $database;\n");
	local $ENV{PGDATABASE} = $database;
	run_script(fill_script($clicks));
	push @rows, measure_rollup($clicks);
}
print "What a refresh takes of a plain REFRESH of the year, and a writer of one without triggers.\n",
  machine(), "; $option{ads} ads in 52 weeks; median of $option{runs} runs, processor time.\n\n",
  "| rows a cell | REFRESH, s | REFRESH CONCURRENTLY | one week | five weeks | of CONCURRENTLY | writing 35 days |\n",
  "|---:|---:|---:|---:|---:|---:|---:|\n", @rows,
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
	my $clock = "select 'cpu ' || split_part(stat, ' ', 14)::bigint + split_part(stat, ' ', 15)::bigint from pg_read_file('/proc/self/stat') as stat;\n";
	my @times;

	foreach (1 .. $option{runs})
	{
		my ($start, $end) = map { /^cpu (\d+)/ } run_script("set client_min_messages = warning;\n$before;\n$clock$statement;\n$clock");

		push @times, ($end - $start) / 100;
	}
	return BenchReport::median(@times);
}

sub measure_rollup
{
	my ($clicks) = @_;
	my $write = q{update ad_daily set spend = spend + 0.01 where day >= '2025-11-24';
		insert into ad_daily (day, ad_id, impressions) select '2026-01-01', 'new ' || i, i from generate_series(1, 20000) as i;
		rollback};
	my $vacuum = 'vacuum ad_daily; begin';
	my $weeks = q{insert into changed_weeks select '2025-12-29'::date - 7 * n from generate_series(1, %d) as n};

	run_script("set client_min_messages = warning;\n\\i $examples/weekly_report.sql\nvacuum analyze weekly_ads;\n");
	my $refresh = cpu('refresh materialized view weekly_ads', 'select 1');
	my $concurrently = cpu('refresh materialized view concurrently weekly_ads', q{update ad_daily set spend = spend + 0.01 where day >= '2025-11-24'});

	run_script("set client_min_messages = warning;\n\\i $examples/incremental_rollup.sql\nvacuum analyze weekly_ads;\n");
	my $alone = cpu($write, "$vacuum; alter table ad_daily disable trigger user");
	my $logging = cpu($write, $vacuum);
	my ($one, $five) = map { cpu('call refresh_weekly_ads()', sprintf($weeks, $_)) } 1, 5;

	my ($wrong) = run_script(q{select count(*) from ((table weekly_ads except all select * from cells_of_weeks('-infinity', 'infinity'))
		union all (select * from cells_of_weeks('-infinity', 'infinity') except all table weekly_ads)) as wrong;});
	$wrong eq '0' ? $passed++ : $failed++;
	return sprintf("| %d | %.2f | %.2f | %.3f | %.3f | %.3f | %.2f |\n", 7 + $clicks, $refresh, ratio($concurrently, $refresh),
		ratio($one, $refresh), ratio($five, $refresh), ratio($five, $concurrently), ratio($logging, $alone));
}

sub ratio
{
	my ($ours, $rival) = @_;

	return $rival > 0 ? $ours / $rival : 0;
}
