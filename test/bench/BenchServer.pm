# BenchServer.pm
#	Asks the server, by psql: for values, for times, for memory.

package BenchServer;

use strict;
use warnings;
use BenchReport;
use Exporter qw(import);
use File::Temp;

our @EXPORT_OK = qw(ask fingerprint machine measure run_script timed_statement);

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
	return "PostgreSQL $version, $cores cores of $model";
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

# How many milliseconds one statement takes
sub timed_statement
{
	my ($time) = map { /^Time: ([\d.]+) ms/ } run_script("\\timing on\n$_[0]\n;\n");

	return $time;
}

# Median time of some runs, and the peak of memory.  Each row of the result is
# formed, but only their number is sent.
sub measure
{
	my ($query, $runs, @settings) = @_;
	my $counted = "select count(result) from ($query) as result;\n";
	my @lines = run_script(join(";\n", @settings, '') . "\\timing on\n" . $counted x $runs
		  . "\\timing off\n\\echo memory\n" . memory_query() . ";\n");
	my @times = map { /^Time: ([\d.]+) ms/ } @lines;

	return { ms => BenchReport::median(@times), kb => $lines[-1] };
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
