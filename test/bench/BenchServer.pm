# BenchServer.pm
#	Asks the server, by psql: for values, for times, for memory.

package BenchServer;

use strict;
use warnings;
use BenchReport;
use Exporter qw(import);
use File::Temp;
use FindBin;

our @EXPORT_OK = qw(ask fingerprint machine measure measure_statement processor_time_query run_script);

# All lines that psql prints for a script, in a session of its own
sub run_script
{
	my ($script) = @_;
	my $file = File::Temp->new(SUFFIX => '.sql');

	print $file $script;
	close($file) or die "could not write $file: $!\n";
	open(my $psql, '-|', 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-f', $file->filename)
	  or die "could not start psql: $!\n";
	my @lines = <$psql>;
	close($psql) or die "this failed:\n$script\n";
	chomp @lines;
	return @lines;
}

# Everything the server tells us in reply to one query, a line for each row
sub ask
{
	return run_script("$_[0]\n;\n");
}

# What a reader must know to judge the figures
sub machine
{
	my ($version) = ask('show server_version');
	my $cores = `nproc`;
	my $model = 'unknown processor';

	$version =~ s/ .*//;
	chomp $cores;
	if (open(my $cpuinfo, '<', '/proc/cpuinfo'))
	{
		/^model name\s*:\s*(.*)/ and $model = $1 while <$cpuinfo>;
	}
	return "PostgreSQL $version, $cores cores of $model" . code_version();
}

# The last commit that changed what is measured, if this is a checkout of git
sub code_version
{
	my $commit = `git -C "$FindBin::Bin" log -1 --format=%h -- ../../src ../../extension 2>/dev/null`;

	chomp $commit;
	return $commit && ", code of commit $commit";
}

# A query for the peak of the memory that the backend does not share, in kB: the
# peak of all memory less what is mapped at the end, when it has seen the table
sub memory_query
{
	return <<'END';
select sum(case name when 'VmHWM' then kb else -kb end) as kb
from (select split_part(line, ':', 1) as name, substring(line from '\d+')::bigint as kb
  from regexp_split_to_table(pg_read_file('/proc/self/status'), '\n') as line) as status
where name in ('VmHWM', 'RssFile', 'RssShmem')
END
}

# A query for the milliseconds of processor time that the backend has had.  What others
# do on the machine is not in them, nor are parallel workers.
sub processor_time_query
{
	return q{select split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::numeric / 1000000};
}

# Figures of some runs of a statement in one session: median of its time (ms), of its
# processor time (cpu), how far the latter's runs lie apart, and the peak of memory
sub measure_statement
{
	my ($statement, $runs, @settings) = @_;

	return figures(run_script(join(";\n", @settings, '') . timed_script($statement) x $runs . memory_query() . ";\n"));
}

# A run of a statement, which tells what it takes
sub timed_script
{
	my ($statement) = @_;
	my $clock = processor_time_query();

	return "$clock as start \\gset\n\\timing on\n$statement;\n\\timing off\n"
	  . "select 'Processor: ' || ($clock) - :start;\n";
}

# What the lines of some runs tell, the last of which is the peak of memory
sub figures
{
	my (@lines) = @_;
	my @times = map { /^Time: ([\d.]+) ms/ } @lines;
	my @cpu = map { /^Processor: ([\d.]+)/ } @lines;

	return { ms => BenchReport::median(@times), least_ms => BenchReport::least(@times),
		cpu => BenchReport::median(@cpu), spread => BenchReport::spread(@cpu), kb => $lines[-1] };
}

# How figures came about that are medians of so many runs, with the spreads of all
sub method
{
	my ($runs, @spreads) = @_;

	@spreads = sort { $a <=> $b } @spreads;
	return sprintf("Processor time, median of %d runs: least and greatest lie %.0f %% of it apart in the median of all "
		. "figures, %.0f %% at most.", $runs, 100 * BenchReport::median(@spreads), 100 * $spreads[-1]);
}

# The same of a query.  Each row of the result is formed, but only their number is sent.
sub measure
{
	my ($query, @rest) = @_;

	return measure_statement("select count(result) from ($query) as result", @rest);
}

# A digest of all rows of a result, in whatever order they come
sub fingerprint
{
	my ($query, @settings) = @_;
	my ($digest) = run_script(join(";\n", @settings, '')
		  . "select md5(string_agg(result::text, ' ' order by result::text)) from ($query) as result;\n");

	return $digest || die "no result: $query\n";
}

1;
