# BenchDuckdb.pm
#	The pieces of a psql script that let DuckDB answer in PostgreSQL's place.
#
# duckdb.js does the work.  CLK_DUCKDB is its path, unless CLK_NO_DUCKDB tells
# why it cannot run.

package BenchDuckdb;

use strict;
use warnings;

# Why there is no DuckDB; nothing if there is
sub absence
{
	return $ENV{CLK_DUCKDB} ? $ENV{CLK_NO_DUCKDB} : 'CLK_DUCKDB is not set';
}

sub version
{
	my $version = `"\$CLK_DUCKDB" version`;

	chomp $version;
	return "DuckDB $version";
}

# Put a pair's query where duckdb.js can read it.
sub write_query
{
	my ($pair, $path) = @_;

	open(my $file, '>', $path) or die "could not write $path: $!\n";
	print $file "$pair->{'rival settings'};\n$pair->{rival}\n";
	close($file) or die "could not write $path: $!\n";
}

# Run it once, and say how long it took in psql's words: by the clock on the wall, or
# by the processor's
sub timing_script
{
	my ($path, $clock) = @_;
	my $command = $clock eq 'processor' ? 'cpu' : 'time';

	return "\\set clk_ms `\"\$CLK_DUCKDB\" $command \"$path\"`\n\\echo Time: :clk_ms ms\n";
}

# Make a table of its answer, with the columns of our query.
sub answer_script
{
	my ($path, $ours, $table) = @_;

	return <<"END";
create temp table $table as select * from ($ours) as ours limit 0;
\\copy $table from program '"\$CLK_DUCKDB" answer "$path"' csv
END
}

1;
