#!/usr/bin/perl
#
# cancel.pl
#	How long exact sets let a cancel wait.
#
# A session runs a query over one group and tells, by notices, when the last row is in
# and when the answer is there.  It is sent SIGINT, as pg_cancel_backend() does, at random
# moments of a phase; the time runs until it is ready for the next query.  The processor time
# of the server's process counts little of what others on the machine do.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;

use BenchReport;
use BenchServer qw(machine run_script);
use Getopt::Long;
use IO::Socket::UNIX;
use List::Util qw(max);
use Time::HiRes qw(sleep time);

my %option = (rows => 6_000_000, cancels => 16, seed => 1);
GetOptions(\%option, 'rows=i', 'cancels=i', 'seed=i', small => sub { @option{qw(rows cancels)} = (100_000, 2) })
  && !@ARGV
  or die "usage: cancel.pl [--small] [--rows N] [--cancels N] [--seed N]\n";
srand($option{seed});

run_script(<<'END');
set client_min_messages = warning;
create extension clicks_all;
create function tell(what text, value anyelement) returns anyelement language plpgsql as
	'begin raise notice ''%'', what; return value; end';
END

my %clickers = (
	bigint => 'n * 7919',
	uuid => q{encode(int8send(n) || int8send(n * 7919), 'hex')::uuid},
	text => q{'clicker number ' || n});
my %memory = ('in memory' => '4GB', '64 MB' => '64MB', '4 MB' => '4MB');
my $socket;
my $pid;
my $received = '';
my $worst = 0;

$| = 1;
print 'How long a cancel waits, in milliseconds. ', machine(), "; $option{rows} different clickers in one group.\n\n",
  "| clicker | work_mem | phase | cancels | median | worst | worst, processor time | of count(DISTINCT) |\n",
  "|---|---|---|---:|---:|---:|---:|---:|\n";

foreach my $clicker ('bigint', 'uuid', 'text')
{
	foreach my $memory ('in memory', '64 MB', '4 MB')
	{
		my $ours = measure_phases($clicker, $memory, 'unique_clicks(%s)', $option{cancels});
		my $core = measure_phases($clicker, $memory, 'count(DISTINCT %s)', max(1, $option{cancels} / 4));

		foreach my $phase ('filling', 'merging', 'freeing')
		{
			printf("| %s | %s | %s | %d | %.1f | %.1f | %.1f | %.1f |\n", $clicker, $memory, $phase, scalar @{ $ours->{$phase} },
				middle($ours->{$phase}, 'clock'), greatest($ours->{$phase}, 'clock'), greatest($ours->{$phase}, 'processor'),
				greatest($core->{$phase}, 'processor'));
			$worst = max($worst, greatest($ours->{$phase}, 'processor'));
		}
	}
}
printf("\nThe longest took %.1f ms of processor time.\n", $worst);

# The waits of each phase: filling until the last row is in, merging until the answer is
# there, freeing until the session is ready again
sub measure_phases
{
	my ($clicker, $memory, $call, $cancels) = @_;
	my $last = "CASE WHEN n = $option{rows} THEN tell('last row', $clickers{$clicker}) ELSE $clickers{$clicker} END";
	my $query = "SELECT tell('answer', u) FROM (SELECT " . sprintf($call, $last)
	  . " AS u FROM (SELECT generate_series(1, $option{rows}::bigint) AS n OFFSET 0) AS numbers OFFSET 0) AS s";
	my %waits = map { $_ => [] } 'filling', 'merging', 'freeing';

	connect_to_server();
	ask_and_wait("SET work_mem = '$memory{$memory}'");
	ask_and_wait('SET hash_mem_multiplier = 1');
	my %moments = run_to_end($query);
	foreach (1 .. $cancels)
	{
		push @{ $waits{filling} }, cancel($query, undef, rand($moments{'last row'}));
		push @{ $waits{merging} }, cancel($query, 'last row', rand($moments{answer} - $moments{'last row'}));
	}
	push @{ $waits{freeing} }, cancel($query, 'answer', 0) foreach 1 .. max(1, $cancels / 4);
	close($socket);
	return \%waits;
}

# The moments of a query that nobody cancels, in seconds from its start
sub run_to_end
{
	my ($query) = @_;
	my %moments;
	my $start = time();

	send_query($query);
	while (my ($type, $text) = message())
	{
		$moments{$text} = time() - $start if $type eq 'N';
		die "$text\n" if $type eq 'E';
		return %moments if $type eq 'Z';
	}
}

# Cancel a query so many seconds after its start, or after it told something; how long it
# took, by the clock and in processor time, to be ready
sub cancel
{
	my ($query, $told, $seconds) = @_;
	my ($start, $used, $sent, %wait);

	# again if this process was kept waiting while the other went on
	do
	{
		send_query($query);
		wait_for('N', $told) if defined $told;
		sleep($seconds);
		($start, $used) = (time(), processor_time());
		kill 'INT', $pid;
		$sent = time();
		wait_for('Z');
		%wait = (clock => 1000 * (time() - $start), processor => 1000 * (processor_time() - $used));

		# a cancel that came too late may meet the next query
		sleep(0.01);
		ask_and_wait('SELECT 1') foreach 1 .. 2;
	} while ($sent - $start > 0.001);
	return \%wait;
}

# Seconds of processor time that the server's process has used
sub processor_time
{
	open(my $file, '<', "/proc/$pid/schedstat") or die "no processor time of process $pid: $!\n";
	my ($nanoseconds) = split(/ /, <$file>);

	return $nanoseconds / 1e9;
}

sub middle { my ($waits, $of) = @_; return BenchReport::median(map { $_->{$of} } @$waits); }

sub greatest { my ($waits, $of) = @_; return max(map { $_->{$of} } @$waits); }

# The protocol: as much of it as is needed

sub connect_to_server
{
	$received = '';
	$socket = IO::Socket::UNIX->new(Peer => "$ENV{PGHOST}/.s.PGSQL.$ENV{PGPORT}") or die "no server: $!\n";
	my $body = pack('N', 196608) . "user\0$ENV{PGUSER}\0database\0$ENV{PGDATABASE}\0\0";

	syswrite($socket, pack('N', 4 + length $body) . $body);
	$pid = wait_for('K');
	wait_for('Z');
	return;
}

sub send_query
{
	my ($query) = @_;

	return syswrite($socket, 'Q' . pack('N', 5 + length $query) . "$query\0");
}

sub ask_and_wait
{
	send_query($_[0]);
	return wait_for('Z');
}

# Wait for a message of this type, and with this text if one is given; its text
sub wait_for
{
	my ($wanted, $wanted_text) = @_;

	while (my ($type, $text) = message())
	{
		return $text if $type eq $wanted && (!defined $wanted_text || $text eq $wanted_text);
	}
	die "the server ended the session\n";
}

# The next message: its type, and the text of a notice or error, or the process of a key
sub message
{
	my $length = 0;

	while (length $received < 5 || length $received < ($length = 1 + unpack('x N', $received)))
	{
		sysread($socket, $received, 65536, length $received) or return;
	}
	my ($type, $body) = unpack('a x4 a*', substr($received, 0, $length, ''));
	my $text = $type eq 'K' ? unpack('N', $body) : $type =~ /[NE]/ && $body =~ /\0M([^\0]*)\0/ ? $1 : '';

	return ($type, $text);
}
