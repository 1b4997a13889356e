# chart.gp
#	base.csv as base.svg: one bar for each pair, the share of the rival's time
#	that ours took, with the least and the greatest of the paired ratios.
#
# Called by compare.pl, which sets "base", "title" and the labels.

set datafile separator comma
stats base.".csv" skip 1 using 5 nooutput
pairs = STATS_records
stats base.".csv" skip 1 using 7 nooutput
widest = STATS_max > 1 ? STATS_max : 1

set terminal svg size 900, (100 + 46 * pairs) dynamic font "sans-serif,13" background "white"
set output base.".svg"
set title title noenhanced
set xlabel "time relative to the rival (line at 1: as fast; left of it: faster)"
set xrange [0:widest * 1.12]
set yrange [pairs - 0.5:-0.5]
set lmargin at screen 0.44
set grid xtics back linetype 1 linecolor rgb "#dddddd"
set border 3
set tics nomirror scale 0.5
set arrow from 1, graph 0 to 1, graph 1 nohead linewidth 2 linecolor rgb "#555555"
set style fill solid 1 noborder
unset key

label(ratio) = ratio < 0.1 ? sprintf("  %.4f", ratio) : sprintf("  %.2f", ratio)
plot base.".csv" skip 1 using (0.5 * $5):0:(0.5 * $5):(0.3) \
		with boxxyerror linecolor rgb "#4878a8", \
	"" skip 1 using 5:0:6:7 with xerrorbars pointtype 0 linewidth 1.5 linecolor rgb "#222222", \
	"" skip 1 using 7:0:(label($5)) with labels left noenhanced
