#!/usr/bin/perl
#
# run.pl {FILE.md | --over FILE.sql FILE.md}...
#	Runs the SQL blocks of Markdown files and compares what they print with the
#	output that the file shows.
#
# --over FILE.sql: the first block of the file makes its data; FILE.sql puts other
# data in their place.  What is shown then does not count: all other blocks must
# run, and bring rows unless they ask for what the SQL file says that it lacks.
# It says that, and more, in comments:
#
#	-- lacks: REGULAR EXPRESSION	of blocks that may bring no rows
#	-- prints: REGULAR EXPRESSION	of what some block must print; may be repeated
#	-- makes all of its data		the first block is not needed, and not run
#
# Each file gets a fresh database, with the extension unless the file itself creates
# it, as README.md does, and one psql session into which its blocks are pasted from top
# to bottom, as a reader would; an error that is not shown ends it:
#
#	```sql			is run; if a plain ``` block follows directly, it must be what
#					"psql -X -q" prints (blanks at line ends aside); if none
#					does, the block must just succeed
#	```sql no-test	is not run, and counted aloud: only for what needs another
#					server
#
# Nothing else is run: what a reader does not see is not there.

use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use FindBin;

my $directory = tempdir(CLEANUP => 1);
my ($passed, $failed) = (0, 0);

chdir "$FindBin::Bin/../..";
while (my $path = shift @ARGV)
{
	my $over = $path eq '--over' ? shift @ARGV : undef;
	$path = shift @ARGV if $over;
	my @blocks = read_blocks($path);
	my @printed = run_blocks($path, \@blocks, $over);

	for my $index (0 .. $#blocks)
	{
		judge($path, $blocks[$index], $printed[$index],
			$index > 0 && $over && lacks($over), $over);
	}
	foreach my $pattern ($over ? said($over, 'prints: (.+)') : ())
	{
		my $found = grep { ($_ // '') =~ /$pattern/m } @printed;

		$found ? $passed++ : $failed++;
		print "FAILED $path over $over: no block prints $pattern\n" if !$found;
	}
}
print "$passed passed, $failed failed\n";
exit($failed > 0);

# All SQL blocks of a file, each with the number of its line, its text and what
# it should print, if the file shows it
sub read_blocks
{
	my ($path) = @_;
	my (@blocks, $end, $target, $indent);
	my $expects_output = 0;

	open(my $file, '<', $path) or die "could not read $path: $!\n";
	while (my $line = <$file>)
	{
		if ($end)
		{
			$line =~ s/^$indent//;
			if ($line =~ $end)
			{
				undef $end;
				$expects_output = $expects_output && $target == \$blocks[-1]{sql};
			}
			else
			{
				$$target .= $line if $target;
			}
		}
		elsif ($line =~ /^(\s*)```sql( no-test)?\s*$/)
		{
			if ($2)
			{
				print "SKIPPED $path, line $.: no-test\n";
				($target, $expects_output) = (undef, 0);
			}
			else
			{
				push @blocks, { line => $., sql => '' };
				($target, $expects_output) = (\$blocks[-1]{sql}, 1);
			}
			($end, $indent) = (qr/^```\s*$/, $1);
		}
		elsif ($line =~ /^(\s*)```(\S*)/)
		{
			($end, $indent) = (qr/^```\s*$/, $1);
			$target = undef;
			if ($expects_output && $2 eq '')
			{
				$blocks[-1]{expected} = '';
				$target = \$blocks[-1]{expected};
			}
		}
		elsif ($line =~ /\S/)
		{
			$expects_output = 0;
		}
	}
	die "$path: a block does not end\n" if $end;
	return @blocks;
}

# What each block prints, errors included
sub run_blocks
{
	my ($path, $blocks, $over) = @_;
	my $database = lc 'docs_' . basename($path, '.md') =~ s/\W/_/gr;
	$database .= '_over_' . basename($over, '.sql') =~ s/\W/_/gr if $over;
	my $script = "$directory/$database.sql";
	my @printed;

	open(my $file, '>', $script) or die "could not write $script: $!\n";
	for my $index (0 .. $#$blocks)
	{
		# a block that forgets its last semicolon fails here, not in the next one
		print $file "\\echo \@\@block $index\n\\set ON_ERROR_STOP ",
		  ($blocks->[$index]{expected} // '') =~ /^ERROR:/m || $over ? 'off' : 'on', "\n";
		print $file "$blocks->[$index]{sql}\n\\r\n"
		  if $index > 0 || !$over || !said($over, '(makes all of its data)');
		print $file "\\i $over\n" if $over && $index == 0;
	}
	close($file) or die "could not write $script: $!\n";

	system('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-c', "create database $database",
		'-c', "\\c $database",
		(grep { $_->{sql} =~ /create extension[^;]* clicks_all/i } @$blocks) ? ()
		: ('-c', 'create extension clicks_all')) == 0
	  or die "$path: no database\n";

	my $index;
	open(my $psql, '-|', "psql -Xq -d $database <$script 2>&1")
	  or die "could not start psql: $!\n";
	while (my $line = <$psql>)
	{
		if ($line =~ /^\@\@block (\d+)$/)
		{
			$index = $1;
			$printed[$index] = '';
		}
		else
		{
			$printed[$index] .= $line;
		}
	}
	close($psql);
	return @printed;
}

# Only what a reader sees: no blanks at line ends, no empty lines around
sub visible
{
	my ($text) = @_;

	$text =~ s/[ \t]+$//mg;
	$text =~ s/\A\n+|\n+\z//g;
	return "$text\n";
}

# What an SQL file for --over says in its comments
sub said
{
	my ($over, $pattern) = @_;

	open(my $file, '<', $over) or die "could not read $over: $!\n";
	return map { /^-- $pattern$/ ? $1 : () } <$file>;
}

sub lacks
{
	my ($pattern) = said($_[0], 'lacks: (.+)');

	return qr/$pattern/;
}

# Does a block do over other data?  $lacks is what they lack.
sub runs
{
	my ($block, $printed, $lacks) = @_;

	return ($block->{expected} // '') =~ /^ERROR:/ if $printed =~ /^ERROR:/m;
	return $printed =~ /^\([1-9]\d* rows?\)$/m || $block->{sql} =~ $lacks;
}

sub judge
{
	my ($path, $block, $printed, $lacks, $over) = @_;
	my $name = basename(dirname(abs_path($path))) . '/' . basename($path) . ", line $block->{line}"
	  . ($over ? ", over $over" : '');
	my $good =
	  !defined $printed ? 0
	  : $lacks ? runs($block, $printed, $lacks)
	  : defined $block->{expected} ? visible($printed) eq visible($block->{expected})
	  : $printed !~ /^(ERROR|FATAL|psql):|^invalid command/m;

	if ($good && $block->{sql} =~ /;\s*(--.*)?\s*\z|^\\\w.*\s*\z/m)
	{
		$passed++;
		return;
	}
	$failed++;
	print "FAILED $name\n";
	print "expected:\n", visible($block->{expected})
	  if defined $block->{expected} && !$lacks;
	print "printed:\n", visible($printed // "(nothing: the session ended before)");
}
