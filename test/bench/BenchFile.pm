# BenchFile.pm
#	Reads a .bench file.  README.md in this directory describes the format.

package BenchFile;

use strict;
use warnings;
use File::Basename qw(basename);

# Directives whose value is on their own line, and those that are followed by
# lines of SQL
my $one_line = qr/title|note|engine|clock|size|against|reach|equal|requires|memory|memory_reach|per_row/;
my $sql = qr/setup|settings|ours settings|rival settings|ours|rival/;

# Read a file.  Sizes have the small value if "small" is true.
sub load
{
	my ($path, $small) = @_;
	my %bench = (
		path => $path,
		name => basename($path, '.bench'),
		title => '',
		note => '',
		engine => 'postgresql',
		clock => '',
		setup => '',
		sizes => {},
		pairs => []);
	my $target;

	open(my $file, '<', $path) or die "could not read $path: $!\n";
	while (my $line = <$file>)
	{
		my $at = "$path, line $.";

		if ($line !~ /^@/)
		{
			$$target .= $line if $target;
			die "$at: SQL outside of a section\n"
			  if !$target && $line !~ /^\s*(#.*)?$/;
			next;
		}
		undef $target;
		if ($line =~ /^\@pair +(.*\S)/)
		{
			push @{ $bench{pairs} }, new_pair($1, $bench{engine});
		}
		elsif ($line =~ /^\@($sql)\s*$/)
		{
			$target = section(\%bench, $1, $at);
		}
		elsif ($line =~ /^\@($one_line) +(.*\S)/)
		{
			set_value(\%bench, $1, $2, $small, $at);
		}
		else
		{
			die "$at: not understood: $line";
		}
	}
	check(\%bench);
	return \%bench;
}

sub new_pair
{
	my ($name, $engine) = @_;

	return {
		name => $name,
		engine => $engine,
		against => '',
		equal => 1,
		requires => [],
		settings => '',
		'ours settings' => '',
		'rival settings' => '',
		ours => '',
		rival => '',
		times => {} };
}

# The string to which the lines of a section belong
sub section
{
	my ($bench, $name, $at) = @_;
	my $pair = $bench->{pairs}[-1];

	return \$bench->{setup} if $name eq 'setup' && !$pair;
	die "$at: \@$name belongs " . ($pair ? "before the first" : "into a") . " pair\n"
	  if $name eq 'setup' || !$pair;
	return \$pair->{$name};
}

sub set_value
{
	my ($bench, $name, $value, $small, $at) = @_;
	my $pair = $bench->{pairs}[-1];

	if ($name eq 'title' || $name eq 'note')
	{
		$bench->{$name} = $value;
	}
	elsif ($name eq 'engine')
	{
		die "$at: engines are duckdb and postgresql\n" if $value !~ /^(duckdb|postgresql)$/;
		($pair // $bench)->{engine} = $value;
	}
	elsif ($name eq 'clock')
	{
		die "$at: the only other clock is processor\n" if $value ne 'processor';
		$bench->{clock} = $value;
	}
	elsif ($name eq 'size')
	{
		my ($variable, @values) = split ' ', $value;

		die "$at: \@size needs a name, a value and a small value\n" if @values != 2;
		$bench->{sizes}{$variable} = $values[ $small ? 1 : 0 ];
	}
	elsif (!$pair)
	{
		die "$at: \@$name belongs into a pair\n";
	}
	elsif ($name eq 'requires')
	{
		$pair->{requires} = [ split ' ', $value ];
	}
	elsif ($name eq 'equal' || $name eq 'memory')
	{
		die "$at: \@$name is yes or no\n" if $value !~ /^(yes|no)$/;
		$pair->{ $name eq 'equal' ? 'equal' : 'memory_wanted' } = $value eq 'yes';
	}
	else
	{
		$pair->{$name} = $value;
	}
}

# Drop the semicolon that ends a query, and complain if there is no query.
sub check
{
	my ($bench) = @_;

	die "$bench->{path}: no pair\n" if !@{ $bench->{pairs} };
	for my $pair (@{ $bench->{pairs} })
	{
		for my $side (qw(ours rival))
		{
			$pair->{$side} =~ s/;?\s*\z//;
			die "$bench->{path}: no \@$side in pair $pair->{name}\n"
			  if $pair->{$side} !~ /\S/;
		}
	}
}

1;
