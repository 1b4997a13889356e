# BenchReport.pm
#	What compare.pl measured: as a table, as CSV, and as a chart.

package BenchReport;

use strict;
use warnings;
use FindBin;

use BenchDocument;

sub median
{
	my @sorted = sort { $a <=> $b } @_;
	my $middle = int(@sorted / 2);

	return @sorted % 2 ? $sorted[$middle]
	  : ($sorted[ $middle - 1 ] + $sorted[$middle]) / 2;
}

sub least
{
	return (sort { $a <=> $b } @_)[0];
}

# How far the runs of a figure lie apart, as a part of their median
sub spread
{
	my @sorted = sort { $a <=> $b } @_;

	return $sorted[0] > 0 ? ($sorted[-1] - $sorted[0]) / median(@sorted) : 0;
}

# Medians of the times and of their paired differences; median, least and
# greatest of the paired ratios
sub summary
{
	my ($pair) = @_;
	my @ours = @{ $pair->{times}{ours} };
	my @rival = @{ $pair->{times}{rival} };
	my @ratios = sort { $a <=> $b } map { $ours[$_] / $rival[$_] } 0 .. $#ours;

	return {
		ours => median(@ours),
		rival => median(@rival),
		more => median(map { $ours[$_] - $rival[$_] } 0 .. $#ours),
		ratio => median(@ratios),
		least => $ratios[0],
		greatest => $ratios[-1],
		runs => scalar @ratios };
}

sub measured_pairs
{
	my ($bench) = @_;

	return grep { !$_->{skipped} } @{ $bench->{pairs} };
}

# A Markdown table, with what a reader must know to judge it
sub table
{
	my ($bench, $machine) = @_;
	my @pairs = measured_pairs($bench);
	my $sizes = join ', ', map { "$_ = " . grouped($bench->{sizes}{$_}) } sort keys %{ $bench->{sizes} };
	my $memory = grep { $_->{memory} } @pairs;
	my $reach = grep { defined $_->{reach} } @pairs;
	my $by_row = grep { $_->{per_row} } @pairs;
	my @head = ('query|', 'against|', 'ours, ms', 'rival, ms', 'ratio', 'least to greatest',
		$reach ? 'reach' : (), $by_row ? 'more, ns a row' : (), $memory ? 'memory, MB' : ());
	my @rows;

	return "## $bench->{title}\n\nnothing was measured\n" if !@pairs;
	for my $pair (@pairs)
	{
		my $figures = summary($pair);

		push @rows, [
			$pair->{name}, $pair->{against},
			sprintf('%.1f', $figures->{ours}), sprintf('%.1f', $figures->{rival}),
			ratio($figures->{ratio}),
			ratio($figures->{least}) . ' to ' . ratio($figures->{greatest}),
			$reach ? reach($pair, $figures->{ratio}) : (),
			$by_row ? more_by_row($bench, $pair, $figures) : (),
			$memory ? memory($pair) : ()
		];
	}
	return "## $bench->{title}\n\n$machine; "
	  . summary($pairs[0])->{runs} . " paired runs" . ($sizes && "; $sizes") . "\n\n"
	  . BenchDocument::table(\@head, @rows)
	  . ($bench->{note} && "\n$bench->{note}\n");
}

sub reach
{
	my ($pair, $ratio) = @_;

	return '' if !defined $pair->{reach};
	return "$pair->{reach}, " . ($ratio <= $pair->{reach} ? 'met' : 'missed');
}

# What ours takes more than its rival for each row, and whether that is little
sub more_by_row
{
	my ($bench, $pair, $figures) = @_;
	my ($size, $reach) = split ' ', $pair->{per_row} // '';
	my $more;

	return '' if !$size;
	$more = $figures->{more} * 1e6 / $bench->{sizes}{$size};
	return sprintf('%.1f', $more)
	  . (defined $reach ? "; $reach, " . ($more <= $reach ? 'met' : 'missed') : '');
}

sub memory
{
	my ($pair) = @_;
	my $memory;
	my $reach = $pair->{memory_reach};

	return '' if !$pair->{memory};
	$memory = join ' / ', map { sprintf '%.0f', $pair->{memory}{$_} / 1024 } qw(ours rival);
	return $memory if !defined $reach;
	return "$memory; $reach, "
	  . ($pair->{memory}{ours} <= $reach * $pair->{memory}{rival} ? 'met' : 'missed');
}

# One line of CSV
sub csv
{
	return join(',', map { my $field = $_ // ''; $field =~ s/"/""/g; qq("$field") } @_) . "\n";
}

# NAME.csv has a line for each pair, NAME.runs.csv one for each run, and
# NAME.svg draws the first where gnuplot is installed.
sub write_files
{
	my ($bench, $directory) = @_;
	my $base = "$directory/$bench->{name}";
	my $pairs = csv(qw(query against ours_ms rival_ms ratio least greatest reach
		  ours_kb rival_kb));
	my $runs = csv(qw(query run ours_ms rival_ms));

	for my $pair (measured_pairs($bench))
	{
		my ($ours, $rival) = @{ $pair->{times} }{qw(ours rival)};

		$pairs .= csv($pair->{name}, $pair->{against},
			@{ summary($pair) }{qw(ours rival ratio least greatest)},
			$pair->{reach}, @{ $pair->{memory} // {} }{qw(ours rival)});
		$runs .= csv($pair->{name}, $_ + 1, $ours->[$_], $rival->[$_]) for 0 .. $#$ours;
	}
	write_file("$base.csv", $pairs);
	write_file("$base.runs.csv", $runs);
	draw($bench, $base) if measured_pairs($bench) && has_gnuplot();
}

sub write_file
{
	my ($path, $content) = @_;

	open(my $file, '>', $path) or die "could not write $path: $!\n";
	print $file $content;
	close($file) or die "could not write $path: $!\n";
}

sub has_gnuplot
{
	return grep { -x "$_/gnuplot" } split /:/, $ENV{PATH};
}

sub draw
{
	my ($bench, $base) = @_;
	my $row = 0;
	my @labels = map {
		my $label = $_->{name} . ($_->{against} && "\\nagainst $_->{against}");

		$label =~ s/"/''/g;
		qq("$label" ) . $row++;
	} measured_pairs($bench);
	my $title = $bench->{title} =~ s/'/''/gr;
	my $settings = "title = '$title'; base = '$base'; "
	  . 'set ytics noenhanced (' . join(', ', @labels) . ')';

	system('gnuplot', '-e', $settings, "$FindBin::Bin/chart.gp") == 0
	  or die "gnuplot could not draw $base.svg\n";
}

# A whole number with a comma before each three digits
sub grouped
{
	my ($number) = @_;

	1 while $number =~ s/^(\d+)(\d{3})/$1,$2/;
	return $number;
}

# A ratio with as many digits as it takes to tell small ones apart
sub ratio
{
	my ($ratio) = @_;

	return sprintf($ratio < 0.1 ? '%.4f' : '%.2f', $ratio);
}

1;
