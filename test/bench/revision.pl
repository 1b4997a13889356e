#!/usr/bin/perl
#
# revision.pl [OPTION...] REVISION LIBRARY FILE
#	Our queries of a .bench file with two libraries: that of this checkout, and one of
#	another revision.
#
# In a second database the functions of the extension are taken from the other library, so
# that both answer the same SQL.  The tables are made in each.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;

use BenchFile;
use BenchReport;
use BenchServer qw(ask machine processor_time_query run_script);
use Getopt::Long;

my %option = (runs => 7, only => '.');
GetOptions(\%option, 'runs=i', 'only=s', 'small') && @ARGV == 3
  or die "usage: revision.pl [--small] [--runs N] [--only REGEX] REVISION LIBRARY FILE\n";
my ($revision, $library, $path) = @ARGV;
my $bench = BenchFile::load($path, $option{small});
my $setup = $bench->{setup} =~ s/:(\w+)\b/$bench->{sizes}{$1} \/\/ ":$1"/ger;

foreach my $database ('now', 'before')
{
	run_script("create database $database");
	$ENV{PGDATABASE} = $database;
	run_script("create extension clicks_all;\n$setup;\nvacuum analyze;\n");
}
run_script("update pg_proc set probin = '$library' where probin like '%clicks_all'");

# The answer of a query, and the processor time of its second run in a session
sub answer_and_time
{
	my ($database, $pair) = @_;
	my $clock = processor_time_query();

	$ENV{PGDATABASE} = $database;
	my ($time, @answer) = reverse run_script("$pair->{settings}\n$pair->{'ours settings'}\n;$clock as start \\gset\n"
		  . "$pair->{ours}\n;$clock as start \\gset\n$pair->{ours}\n;select ($clock) - :start;\n");

	return (join("\n", sort @answer), $time);
}

$| = 1;
printf "%s; processor time of the backend, of workers only what the leader has; against revision %s; %d paired runs\n\n",
  machine(), $revision, $option{runs};
print "| query | now, ms | before, ms | ratio | least to greatest |\n|---|---:|---:|---:|---:|\n";
my ($passed, $failed) = (0, 0);
foreach my $pair (grep { $_->{name} !~ /floor|another/ && $_->{name} =~ $option{only} } @{ $bench->{pairs} })
{
	my (@now, @before, @ratios);
	my $same = 1;

	foreach my $run (0 .. $option{runs} - 1)
	{
		my %time;
		my %answer;

		foreach my $database ($run % 2 ? ('now', 'before') : ('before', 'now'))
		{
			($answer{$database}, $time{$database}) = answer_and_time($database, $pair);
		}
		$same &&= $answer{now} eq $answer{before};
		push @now, $time{now};
		push @before, $time{before};
		push @ratios, $time{now} / $time{before};
	}
	$same ? $passed++ : $failed++;
	@ratios = sort { $a <=> $b } @ratios;
	printf "| %s | %.1f | %.1f | %.2f | %.2f to %.2f%s |\n", $pair->{name}, BenchReport::median(@now),
	  BenchReport::median(@before), BenchReport::median(@ratios), $ratios[0], $ratios[-1], $same ? '' : ', OTHER ANSWERS';
}
print "\n$passed passed, $failed failed\n";
exit($failed > 0);
