#!/usr/bin/perl
#
# compare.pl
#	Runs the pairs of queries of a .bench file alternately, and tells how much
#	time ours takes of its rival's.
#
# Needs a running server (PGHOST and so on), psql, and nothing beyond perl.
# README.md in this directory describes the file format and the options.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;

use BenchDocument;
use BenchDuckdb;
use BenchFile;
use BenchReport;
use BenchServer qw(ask machine);
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Path qw(make_path);
use Getopt::Long;

my %option = (runs => 7, out => "$FindBin::Bin/out", size => {});
GetOptions(\%option, 'runs=i', 'small', 'only=s', 'out=s', 'size=i%', 'update=s')
  && @ARGV
  && $option{runs} > 0
  or die "usage: compare.pl [--runs N] [--small] [--only REGEX] [--size NAME=N] "
  . "[--out DIRECTORY] [--update DOCUMENT.md] FILE.bench...\n";

my ($passed, $failed, $skipped) = (0, 0, 0);
my @benches;

for my $path (@ARGV)
{
	my $bench = BenchFile::load($path, $option{small});

	exists $bench->{sizes}{$_} and $bench->{sizes}{$_} = $option{size}{$_} for keys %{ $option{size} };

	$bench->{pairs} = [ grep { $_->{name} =~ /$option{only}/ } @{ $bench->{pairs} } ]
	  if defined $option{only};
	# two files may name a table alike
	BenchServer::run_script("create database bench_$bench->{name};\n");
	local $ENV{PGDATABASE} = "bench_$bench->{name}";
	run_bench($bench);
	BenchReport::write_files($bench, $option{out});
	print BenchReport::table($bench, setting($bench)), "\n";
	count_results($bench);
	push @benches, $bench;
}
update_document() if defined $option{update};
print "$passed passed, $failed failed\n";
exit($failed > 0 || $passed + $skipped == 0);

# Show table and chart of each file in the block of its name of a document.
# It never loses what a machine without some rival could not measure.
sub update_document
{
	my $images = dirname($option{update}) . '/images';

	if ($failed > 0 || $skipped > 0)
	{
		print "$option{update} stays as it is: $failed pairs failed, $skipped were skipped\n";
		return;
	}
	make_path($images);
	for my $bench (@benches)
	{
		my $block = BenchReport::table($bench, setting($bench));
		my $chart = "$bench->{name}.svg";

		if (-e "$option{out}/$chart")
		{
			copy("$option{out}/$chart", "$images/$chart")
			  or die "could not copy $option{out}/$chart: $!\n";
			$block .= "\n![$bench->{title}](images/$chart)\n";
		}
		BenchDocument::replace_block($option{update}, $bench->{name}, $block);
	}
}

# What a reader must know to judge the figures of a file
sub setting
{
	my ($bench) = @_;
	my $setting = machine();

	$setting .= '; ' . BenchDuckdb::version()
	  if grep { $_->{engine} eq 'duckdb' } BenchReport::measured_pairs($bench);
	$setting .= '; processor time, of DuckDB divided by its threads' if $bench->{clock} eq 'processor';
	return $setting;
}

# Run all pairs of a file in one session, and note what happened in the pairs.
sub run_bench
{
	my ($bench) = @_;
	my $script = "$option{out}/$bench->{name}.sql";
	my $current;

	mkdir $option{out};
	skip_pairs($bench);
	return if !BenchReport::measured_pairs($bench);
	open(my $file, '>', $script) or die "could not write $script: $!\n";
	print $file session_script($bench);
	close($file) or die "could not write $script: $!\n";

	open(my $psql, '-|', 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1',
		(map { ('-v', "$_=$bench->{sizes}{$_}") } keys %{ $bench->{sizes} }),
		'-f', $script)
	  or die "could not start psql: $!\n";
	while (my $line = <$psql>)
	{
		if ($line =~ /^CLK (\w+) (.*)/)
		{
			$current = note($bench, $1, split(' ', $2));
		}
		elsif ($line =~ /^Time: ([\d.]+) ms/ && $current)
		{
			push @$current, $1;
			undef $current;
		}
	}
	close($psql) or die "$bench->{path}: psql stopped, see above and $script\n";
	for my $pair (BenchReport::measured_pairs($bench))
	{
		die "$bench->{path}: some runs of $pair->{name} failed, see above and $script\n"
		  if grep { @{ $pair->{times}{$_} // [] } != $option{runs} } qw(ours rival);
	}
}

# Take a marker of the session's output.  Returns the list that the time on the
# line that follows belongs to, if any.
sub note
{
	my ($bench, $what, $index, @values) = @_;

	if ($what eq 'setup')
	{
		print STDERR "$bench->{name}: setting up\n";
		return undef;
	}

	my $pair = $bench->{pairs}[$index];

	if ($what eq 'equal')
	{
		print STDERR "$bench->{name}: $pair->{name}\n";
		@$pair{qw(rows differing)} = @values;
	}
	elsif ($what eq 'memory')
	{
		$pair->{memory}{ $values[0] } = $values[1];
	}
	elsif ($what eq 'run')
	{
		return $pair->{times}{ $values[0] } //= [];
	}
	return undef;
}

# Mark the pairs that need an extension which this server has not, or an engine.
sub skip_pairs
{
	my ($bench) = @_;
	my %available = map { $_ => 1 } ask('select name from pg_available_extensions');

	for my $pair (@{ $bench->{pairs} })
	{
		my @absent = grep { !$available{$_} } @{ $pair->{requires} };

		$pair->{skipped} = "no extension @absent on this server" if @absent;
		$pair->{skipped} = BenchDuckdb::absence() if $pair->{engine} eq 'duckdb';
	}
}

# The whole session, as a script for psql
sub session_script
{
	my ($bench) = @_;
	my %extensions = map { $_ => 1 } 'clicks_all',
	  map { @{ $_->{requires} } } grep { !$_->{skipped} } @{ $bench->{pairs} };
	my $script = join '',
	  map { "create extension if not exists $_;\n" } sort keys %extensions;

	$script .= "\\echo CLK setup 0\n$bench->{setup}\n;\nvacuum analyze;\ncheckpoint;\n";
	for my $index (0 .. $#{ $bench->{pairs} })
	{
		my $pair = $bench->{pairs}[$index];

		next if $pair->{skipped};
		if ($pair->{engine} eq 'duckdb')
		{
			$pair->{rival_file} = "$option{out}/$bench->{name}.$index.sql";
			BenchDuckdb::write_query($pair, $pair->{rival_file});
		}
		$script .= pair_script($pair, $index, $bench->{clock});
	}
	return $script;
}

# One pair: the same answer?  How much memory?  Then the timed runs, in the
# order ours, rival, rival, ours, ours, ... so that drift hits both alike.
sub pair_script
{
	my ($pair, $index, $clock) = @_;
	my $script = equal_script($pair, $index);

	if ($pair->{memory_wanted})
	{
		$script .= memory_script($pair, $index, $_) for qw(ours rival);
	}
	for my $run (0 .. $option{runs})
	{
		for my $side ($run % 2 ? qw(rival ours) : qw(ours rival))
		{
			# run 0 only warms up
			$script .= "\\echo CLK run $index $side\n" if $run > 0;
			$script .= run_script($pair, $side, $clock);
		}
	}
	return $script;
}

# One run of one side, which prints its time.  Before the next marker, other
# times are ignored.
sub run_script
{
	my ($pair, $side, $clock) = @_;
	my $clock_query = BenchServer::processor_time_query();

	return BenchDuckdb::timing_script($pair->{rival_file}, $clock)
	  if $side eq 'rival' && $pair->{rival_file};
	return side_settings($pair, $side)
	  . "\\o /dev/null\n\\timing on\n$pair->{$side}\n;\n\\timing off\n\\o\n" if $clock ne 'processor';
	return side_settings($pair, $side) . <<"END";
$clock_query as clk_start \\gset
\\o /dev/null
$pair->{$side}
;
\\o
select 'Time: ' || ($clock_query) - :clk_start || ' ms' as clk_time \\gset
\\echo :clk_time
END
}

# Each run starts from the same settings, whatever ran before.
sub side_settings
{
	my ($pair, $side) = @_;

	return "reset all;\n$pair->{settings}\n;\n$pair->{\"$side settings\"}\n;\n";
}

sub equal_script
{
	my ($pair, $index) = @_;
	my $settings = side_settings($pair, 'ours');
	my ($prepare, $rival) = ('', $pair->{rival});

	return "\\echo CLK equal $index\n" unless $pair->{equal};
	if ($pair->{rival_file})
	{
		$prepare = BenchDuckdb::answer_script($pair->{rival_file}, $pair->{ours},
			"clk_rival_$index");
		$rival = "table clk_rival_$index";
	}
	return <<"END";
$settings
$prepare
with ours as materialized ($pair->{ours}
), rival as materialized ($rival
), differing as ((table ours except all table rival)
  union all (table rival except all table ours))
select (select count(*) from ours) as rows,
  (select count(*) from differing) as differing \\gset clk_
\\echo CLK equal $index :clk_rows :clk_differing
END
}

# The peak of memory, in a fresh session
sub memory_script
{
	my ($pair, $index, $side) = @_;
	my $settings = side_settings($pair, $side);
	my $query = BenchServer::memory_query();

	return <<"END";
\\c
$settings
\\o /dev/null
$pair->{$side}
;
\\o
$query \\gset clk_
\\echo CLK memory $index $side :clk_kb
END
}

sub count_results
{
	my ($bench) = @_;

	for my $pair (@{ $bench->{pairs} })
	{
		if ($pair->{skipped})
		{
			print "SKIPPED $bench->{name}, $pair->{name}: $pair->{skipped}\n";
			$skipped++;
		}
		elsif ($pair->{equal} && ($pair->{differing} > 0 || $pair->{rows} == 0))
		{
			print "FAILED $bench->{name}, $pair->{name}: "
			  . "$pair->{differing} rows differ ($pair->{rows} rows)\n";
			$failed++;
		}
		else
		{
			$passed++;
		}
	}
}
