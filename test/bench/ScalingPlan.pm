# ScalingPlan.pm
#	What was measured on millions of rows, multiplied up to a billion and a
#	trillion: the table of docs/scaling.md that shows each step's formula.

package ScalingPlan;

use strict;
use warnings;
use BenchDocument;
use BenchReport;

# A year of clicks, how it is cut, and the machines.  The rollups are cut such
# that their cells are about as full as those of a grain that was measured.
my @plans = (
	{ name => '1 billion', rows => 1e9, cores => 16, grain => 'ad set' },
	{ name => '1 trillion', rows => 1e12, cores => 64 * 16, grain => 'campaign' });

sub table
{
	my ($measured, $largest) = @_;
	my $ns = $measured->{quarter_ms} * 1e6 / $largest;
	my $alone = $measured->{workers}{ad_metrics}[0];
	my $efficiency = $alone / $measured->{workers}{ad_metrics}[1] / 2;
	my @rows = (
		[ 'cores', '' ],
		[ 'raw rows on disk', 'rows x bytes of a row' ],
		[ 'a year from raw rows', 'rows x ns / (cores x efficiency)' ],
		[ 'a day into the rollup', 'rows / 365 x ns to build / (cores x efficiency)' ],
		[ 'cells of the weekly rollup', 'rows / rows in a cell' ],
		[ 'their size', 'cells x bytes of a cell' ],
		[ 'a quarter from the rollup', 'cells / 4 / (cells a second), one core' ],
		[ 'the same, sums only', 'cells / 4 / (cells a second), one core' ]);

	for my $plan (@plans)
	{
		my ($grain) = grep { $_->{name} eq $plan->{grain} } @{ $measured->{grains} };
		my $per_cell = $largest / $grain->{cells};
		my $cells = $plan->{rows} / $per_cell;
		my $power = $plan->{cores} * $efficiency;
		my @values = (
			BenchReport::grouped($plan->{cores}),
			bytes($plan->{rows} * $measured->{row_bytes}),
			seconds($plan->{rows} * $ns * 1e-9 / $power),
			seconds($plan->{rows} / 365 * $grain->{build_ms} * 1e-3 / $largest / $power),
			BenchReport::grouped(int $cells) . sprintf(' (%.0f rows each)', $per_cell),
			bytes($cells * $grain->{cell_bytes}),
			seconds($cells / 4 * $grain->{quarter_ms} * 1e-3 / $grain->{cells}),
			seconds($cells / 4 * $grain->{sums_ms} * 1e-3 / $grain->{cells}));

		push @{ $rows[$_] }, $values[$_] for 0 .. $#rows;
	}
	return sprintf("%.0f ns a raw row on one core, %d bytes a raw row, efficiency %.2f (two processes).\n\n",
		$ns, $measured->{row_bytes}, $efficiency)
	  . BenchDocument::table([ 'step|', 'formula|', map { "$_->{name} clicks a year" } @plans ], @rows);
}

sub bytes
{
	my ($bytes) = @_;
	my @units = qw(B kB MB GB TB PB);

	while ($bytes >= 1000 && @units > 1)
	{
		$bytes /= 1000;
		shift @units;
	}
	return sprintf('%.3g %s', $bytes, $units[0]);
}

sub seconds
{
	my ($seconds) = @_;

	return sprintf('%.0f ms', $seconds * 1000) if $seconds < 1;
	return sprintf('%.1f s', $seconds) if $seconds < 120;
	return sprintf('%.1f min', $seconds / 60) if $seconds < 7200;
	return sprintf('%.1f h', $seconds / 3600);
}

1;
