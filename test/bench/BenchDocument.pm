# BenchDocument.pm
#	Writes measured figures into a document, between two comments:
#
#	<!-- NAME -->
#	what was here before is replaced
#	<!-- /NAME -->

package BenchDocument;

use strict;
use warnings;

# Replace one block, or die if the document has no such block.
sub replace_block
{
	my ($path, $name, $block) = @_;

	open(my $file, '<', $path) or die "could not read $path: $!\n";
	my $text = join '', <$file>;
	close($file);

	$text =~ s/(<!-- \Q$name\E -->\n).*?(<!-- \/\Q$name\E -->)/$1\n$block\n$2/s
	  or die "$path: there is no block <!-- $name --> ... <!-- /$name -->\n";

	open($file, '>', $path) or die "could not write $path: $!\n";
	print $file $text;
	close($file) or die "could not write $path: $!\n";
}

# Rows of cells, the first of them the head, as a Markdown table.  A column
# whose name ends in "|" holds text and stands to the left.
sub table
{
	my ($head, @rows) = @_;
	my @names = map { s/\|$//r } @$head;
	my @rules = map { /\|$/ ? '---' : '---:' } @$head;

	return join '', map { '| ' . join(' | ', map { s/\|/\\|/gr } @$_) . " |\n" }
	  \@names, \@rules, @rows;
}

1;
