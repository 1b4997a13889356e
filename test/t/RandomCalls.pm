package RandomCalls;

# Random calls of our aggregates, and the SQL by hand for each: the parts of
# RandomQueries.pm that know what the aggregates are for.

use strict;
use warnings;

use Digest::MD5 qw(md5);
use Exporter qw(import);

our @EXPORT = qw(start pick chance shuffled filter click_types counted_types random_call stored_call by_hand);

# Random numbers that follow begin anew, from these words.
sub start { return srand(unpack('N', md5("@_"))); }

sub pick { return $_[ int rand @_ ]; }

sub chance { return rand() < $_[0]; }

sub shuffled
{
	my @of = @_;

	return map { splice(@of, int rand @of, 1) } 1 .. @of;
}

sub counted_types { return qw(link see_more photo page cta video reaction comment share page_like other); }

sub click_types
{
	return (counted_types(), qw(phone directions message lead_form app_store ix_open ix_start ix_outbound outbound));
}

# A condition for a row
sub filter
{
	return pick(
		'a.clicks > 0', 'a.g % 2 = 0', 'a.id IS NOT NULL', q{a.type = 'link'}, 'a.n % 3 = 0', 'false', 'a.g IS NULL',
		q{a.currency = 'USD'}, 'a.spend > 100 OR a.impressions = 0', q{a.name > '3'}, 'a.n % 50 = 7');
}

# Arguments: expressions over the columns of a
my @number_forms = ('%s', '%s', '%s::integer', '%s::smallint', '%s::numeric', '%s::double precision', '%s::real', '%s::text', '-%s', '%s * 3', 'nullif(%s, 0)');

sub clicks
{
	return pick('0', '7', 'NULL::bigint') if chance(0.03);
	return sprintf(pick('%s', '%s', '%s', '%s::numeric', '%s::text'), 'a.big') if chance(0.05);
	return sprintf(pick(@number_forms), 'a.clicks');
}

sub impressions
{
	return sprintf(pick(grep { !/smallint/ } @number_forms), 'a.impressions');
}

# DISTINCT may keep any of 1.5 and 1.50, so there the places are given.
sub spend
{
	my ($distinct) = @_;

	return pick('a.clicks', 'a.impressions', 'NULL::numeric', '0.01', 'a.fspend', '-a.fspend', 'round(a.spend, 2)',
		$distinct ? () : ('a.spend::text', ('a.spend') x 4));
}

sub clicker
{
	return pick('a.id', 'a.id', 'a.uuid', 'a.name', 'a.id::text', 'a.n', 'a.person', 'a.uuid::text', 'a.id % 10', 'a.k', 'NULL::bigint');
}

# A clicker of whom there are few enough for an exact set
sub person { return pick('a.person', 'a.person::text', 'md5(a.person::text)::uuid', 'a.g', 'a.k'); }

# SQL by hand over x1, x2, ...
sub number { return "sum($_[0]::numeric)"; }

sub ratio { return "$_[0] / nullif($_[1], 0)"; }

sub row_of_types
{
	my ($of_type) = @_;

	return 'nullif(ROW(' . join(', ', map { sprintf($of_type, $_) } click_types()) . ')::click_counts, click_counts())::text';
}

my $few = join(', ', map { "'$_'" } counted_types());

# What calls there are: a name, then a function that makes one, told whether it will be
# DISTINCT.  ours has the arguments as $0, $1, ...; arguments differ by hand if by_hand
# lists others.
my %calls = (
	clicks_all => sub { return { args => [ clicks() ], ours => 'clicks_all', hand => number('x1') . '::bigint' }; },
	clicks_all_counts => sub { return { args => ['a.counts'], ours => 'clicks_all', hand => 'sum(counted(x1))::bigint' }; },
	clicks_all_type => sub { return { args => ['a.type'], ours => 'clicks_all', hand => "CASE WHEN count(x1) > 0 THEN count(*) FILTER (WHERE x1 IN ($few)) END" }; },
	sum_counts => sub { return { args => ['a.counts'], ours => 'sum', before => '(', after => ')::text', hand => row_of_types('sum((x1).%s)::bigint') }; },
	events => sub { return { args => ['a.type'], ours => 'click_counts_agg', before => '(', after => ')::text', hand => row_of_types(q{nullif(count(*) FILTER (WHERE x1 = '%s'), 0)}) }; },
	long_rows => sub {
		return { args => [ 'a.type', pick('a.clicks', 'a.clicks::integer', 'a.clicks::numeric') ], ours => 'click_counts_agg', before => '(', after => ')::text', hand => row_of_types(q{sum(x2) FILTER (WHERE x1 = '%s')::bigint}) };
	},
	ctr => sub { return { args => [ clicks(), impressions() ], ours => 'ctr', hand => '100.0 * ' . ratio(number('x1'), number('x2')) }; },
	ctr_counts => sub { return { args => [ 'a.counts', impressions() ], by_hand => [ 'counted(a.counts)', undef ], ours => 'ctr', hand => '100.0 * ' . ratio(number('x1'), number('x2')) }; },
	cpc => sub { return { args => [ spend($_[0]), clicks() ], ours => 'cpc', hand => ratio(number('x1'), number('x2')) }; },
	cpc_currency => sub {
		return { args => [ spend($_[0]), clicks(), q{nullif(a.currency, 'EUR')} ], ours => 'cpc', hand => ratio(number('x1'), number('x2')), filter => q{a.currency = 'USD'} };
	},
	ad_metrics => sub {
		return {
			args => [ clicks(), impressions(), spend($_[0]), chance(0.2) ? q{'EUR '} : () ], ours => 'ad_metrics', before => '(', after => ')::text',
			hand => "ROW(@{[number('x1')]}::bigint, @{[number('x2')]}::bigint, @{[number('x3')]}, 100.0 * @{[ratio(number('x1'), number('x2'))]}, @{[ratio(number('x3'), number('x1'))]})::text" };
	},
	ad_metrics_counts => sub {
		return {
			args => [ 'a.counts', impressions(), 'a.spend' ], by_hand => [ 'counted(a.counts)', undef, undef ], ours => 'ad_metrics', before => '(', after => ')::text',
			hand => "ROW(@{[number('x1')]}::bigint, @{[number('x2')]}::bigint, @{[number('x3')]}, 100.0 * @{[ratio(number('x1'), number('x2'))]}, @{[ratio(number('x3'), number('x1'))]})::text" };
	},
	unique_clicks => sub { return { args => [ clicker() ], ours => 'unique_clicks', hand => 'count(DISTINCT x1)' }; },
	clicks_per_account => sub { return { args => [ clicker() ], ours => 'clicks_per_account', hand => ratio('count(x1)::numeric', 'count(DISTINCT x1)') }; },
	approx_unique_clicks => sub { return { args => [ person() ], ours => 'approx_unique_clicks', hand => 'count(DISTINCT x1)' }; },
	clicker_set_agg => sub {
		return { args => [ person(), pick('', '13', '16') || () ], ours => 'clicker_set_agg', before => 'cardinality(', after => ')', hand => 'nullif(count(DISTINCT x1), 0)' };
	},
	union_agg => sub {
		return {
			args => ['a.clickers'], by_hand => ['a.members'], ours => 'union_agg', before => 'cardinality(', after => ')', lateral => 'LEFT JOIN unnest(x1) AS m ON true',
			hand => 'CASE WHEN count(x1) > 0 THEN count(DISTINCT m) END' };
	},
	unique_clicks_sets => sub {
		return { args => ['a.clickers'], by_hand => ['a.members'], ours => 'unique_clicks', lateral => 'LEFT JOIN unnest(x1) AS m ON true', hand => 'count(DISTINCT m)' };
	},
	bounds => sub {
		return { args => [ pick('abs(a.clicks)', 'abs(a.clicks)::integer', 'abs(a.clicks)::numeric') ], ours => 'unique_clicks_bounds', hand => q{CASE WHEN count(x1) > 0 THEN int8range(max(x1)::bigint, sum(x1)::bigint, '[]') END} };
	},
	ratio_sample_agg => sub {
		return {
			args => [ 'abs(a.clicks)', 'a.impressions + 1' ], ours => 'ratio_sample_agg', before => q{'~' || (ratio_interval(}, after => ')).estimate',
			hand => q{'~' || } . ratio('sum(CASE WHEN x2 IS NOT NULL THEN coalesce(x1, 0) END)::float8', 'sum(x2)') };
	},
	sum_samples => sub {
		return {
			args => ['a.sample'], by_hand => [ 'abs(a.clicks)', 'a.impressions + 1' ], ours => 'sum', before => q{'~' || (ratio_interval(}, after => ')).estimate',
			hand => q{'~' || } . ratio('sum(CASE WHEN x2 IS NOT NULL THEN coalesce(x1, 0) END)::float8', 'sum(x2)') };
	});
my @names = sort keys %calls;

# A call of one of them, in a query with groups or in a window.  What ours is has \0
# where OVER belongs.
sub random_call
{
	my ($is_grouped, $name) = @_;

	$name //= pick(@names);
	my $distinct = $is_grouped && chance(0.25) ? 'DISTINCT ' : '';
	my $call = $calls{$name}->($distinct ne '');
	my @args = @{ $call->{args} };

	$distinct = '' if $call->{by_hand};
	my $order = !$is_grouped || !chance(0.2) ? ''
	  : ' ORDER BY ' . ($distinct ? "$args[0]" . pick('', ' DESC', ' NULLS FIRST') : pick('a.n', 'a.clicks DESC', 'a.name, a.n', $args[0]));
	$order = '' if $order =~ /BY '|BY \d|BY NULL|BY 0/ || $distinct && @args > 1 && $order;
	my $filter = $call->{filter} // (chance(0.25) ? filter() : undef);

	return {
		%$call, distinct => $distinct, filter => $filter,
		ours => ($call->{before} // '') . "$call->{ours}($distinct" . join(', ', @args) . "$order)"
		  . (defined $filter ? " FILTER (WHERE $filter)" : '') . "\0" . ($call->{after} // '') };
}

# SQL by hand for a call, over the rows of the array.  Real is read as double precision.
sub by_hand
{
	my ($call, $array) = @_;
	my @args = @{ $call->{by_hand} // $call->{args} };
	my $where = defined $call->{filter} ? " WHERE $call->{filter}" : '';

	$array //= 'r';
	return "(SELECT $call->{hand} FROM (SELECT $call->{distinct}"
	  . join(', ', map { ($args[$_] // $call->{args}[$_]) =~ s/::real$/::real::float8/r . ' AS x' . ($_ + 1) } 0 .. $#args)
	  . " FROM unnest($array) AS a$where) AS d " . ($call->{lateral} // '') . ')';
}

# A call over what other aggregates have stored: outer takes the columns of inner as
# $0, $1, ...  What is stored overflows where the sum of all may not, so nothing is big.
sub stored_call
{
	my ($name, $outer, @inner) = @{
		pick(
			[ 'clicks_all', 'clicks_all($0)', 'clicks_all(%s)' ],
			[ 'clicks_all_counts', 'clicks_all($0)', 'sum(%s)' ],
			[ 'clicks_all_counts', 'clicks_all($0)', 'clicks_all(%s)' ],
			[ 'sum_counts', 'sum($0)::text', 'sum(%s)' ],
			[ 'events', 'sum($0)::text', 'click_counts_agg(%s)' ],
			[ 'ctr', 'ctr($0, $1)', 'clicks_all(%s)', 'clicks_all(%s)' ],
			[ 'ad_metrics_counts', 'ad_metrics($0, $1, $2)::text', 'sum(%s)', 'clicks_all(%s)', 'sum(%s)' ],
			[ 'approx_unique_clicks', 'coalesce(unique_clicks($0), 0)', 'clicker_set_agg(%s)' ],
			[ 'clicker_set_agg', 'cardinality(union_agg($0))', 'clicker_set_agg(%s)' ],
			[ 'union_agg', 'cardinality(union_agg($0))', 'union_agg(%s)' ],
			[ 'sum_samples', q{'~' || (ratio_interval(sum($0))).estimate}, 'sum(%s)' ]) };
	my $call;

	do { $call = $calls{$name}->(0); } while (grep { /a\.big/ } @{ $call->{args} });
	return {
		%$call, distinct => '', outer => $outer,
		inner => [ map { sprintf($inner[$_], $call->{args}[$_]) } 0 .. $#inner ] };
}

1;
