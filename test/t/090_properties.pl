# Random queries over the aggregates, each against SQL by hand over the same rows.
#
#	PROPERTY_SEED=N		the seed; else a fixed one, so that the same code gives the same result,
#				and with CLK_WEEKLY=1 the time
#	PROPERTY_QUERIES=N	how many queries; else 10,000
#	PROPERTY_FIRST=N	the number of the first one
#
# Our queries run in one session and those by hand in another, at the same time.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

use RandomQueries qw(setup query);

my $seed = $ENV{PROPERTY_SEED} || ($ENV{CLK_WEEKLY} ? time() % 1000000007 | 0 : 20261126);
my $count = $ENV{PROPERTY_QUERIES} || 10000;
my $first = $ENV{PROPERTY_FIRST} || 0;
my $shown = 5;

my $node = PostgreSQL::Test::Cluster->new('properties');
$node->init;
$node->append_conf('postgresql.conf', "autovacuum = off\nmax_worker_processes = 16\nmax_parallel_workers = 8\nextra_float_digits = 0");
$node->start;
$node->safe_psql('postgres', join(";\n", setup($seed)));

# A session of psql that runs these statements of all queries; what it prints is in a file.
sub session
{
	my ($side) = @_;
	my $directory = PostgreSQL::Test::Utils::tempdir();
	my $script = '';

	foreach my $number ($first .. $first + $count - 1)
	{
		$script .= "\\echo \@ $number\n" . join('', map { "$_;\n\\echo # :SQLSTATE\n" } @{ query($seed, $number)->{$side} });
	}
	append_to_file("$directory/$side.sql", $script);
	my $run = IPC::Run::start([ 'psql', '-XqAt', '-d', $node->connstr('postgres'), '-f', "$directory/$side.sql" ],
		'>', "$directory/$side.out", '2>', "$directory/$side.err");
	return { run => $run, file => "$directory/$side.out" };
}

# The answers of a session by number: sorted lines, or the SQLSTATE of the first error
sub answers
{
	my ($session) = @_;
	my (%answers, $number);

	eval { $session->{run}->finish };
	foreach my $line (split(/\n/, slurp_file($session->{file})))
	{
		if ($line =~ /^@ (\d+)$/)
		{
			$number = $1;
			$answers{$number} = { lines => [], error => undef, statements => 0 };
		}
		elsif ($line =~ /^# (\w+)$/)
		{
			$answers{$number}{statements}++;
			$answers{$number}{error} //= $1 if $1 ne '00000';
		}
		else
		{
			push @{ $answers{$number}{lines} }, $line;
		}
	}
	return %answers;
}

sub text
{
	my ($answer) = @_;

	return 'no answer' if !$answer->{statements};
	return $answer->{error} // join("\n", sort @{ $answer->{lines} });
}

# Are both the same?  Numbers behind ~ are sums in double precision, whose last digits
# depend on the order.
sub same
{
	my ($one, $other) = @_;

	return 1 if $one eq $other;
	return 0 if $one !~ /~/ || $one =~ s/~[^|\n]*/~/gr ne $other =~ s/~[^|\n]*/~/gr;
	my @others = $other =~ /~([^|\n]*)/g;
	foreach my $number ($one =~ /~([^|\n]*)/g)
	{
		my $with = shift @others;

		return 0 if abs($number - $with) > 1e-9 * abs($with);
	}
	return 1;
}

my $start = time();
my ($ours_session, $by_hand_session) = map { session($_) } 'ours', 'by_hand';
my %ours = answers($ours_session);
my %by_hand = answers($by_hand_session);
my ($failed, $errors, $lines) = (0, 0, 0);

note("PROPERTY_SEED=$seed");
foreach my $number ($first .. $first + $count - 1)
{
	my ($answer, $right) = (text($ours{$number}), text($by_hand{$number}));

	$errors++ if defined $by_hand{$number}{error};
	$lines += @{ $by_hand{$number}{lines} // [] };
	next if same($answer, $right) && $right ne 'no answer';
	if ($failed++ < $shown)
	{
		my $query = query($seed, $number);
		my @settings = map { @{ query($seed, $_)->{ours} } } $number - $number % 20;

		diag("PROPERTY_SEED=$seed PROPERTY_FIRST=$number PROPERTY_QUERIES=1\n", (map { "$_;\n" } grep { /^SET/ } @settings), map({ "$_;\n" } grep { !/^SET/ } @{ $query->{ours} }),
			"\n@{ $query->{by_hand} };\n\nanswer:\n", substr($answer, 0, 1000), "\nby hand:\n", substr($right, 0, 1000));
	}
}
is($failed, 0, "$count random queries, seed $seed, answer as SQL by hand");
cmp_ok($lines, '>', $count, '... with rows');
cmp_ok($errors, '<', 0.1 * $count, "... $errors of them with an error");
unlike(slurp_file($node->logfile), qr/PANIC|TRAP|terminated by signal|XX000/, 'nothing crashed');
note(sprintf('%d queries in %d seconds', $count, time() - $start));
$node->stop;
done_testing();
