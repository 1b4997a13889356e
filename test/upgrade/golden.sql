-- golden.sql
--	Every stored row as text, and the bytes of each value of a type of the extension.

SELECT week, row_key, w::text, record_send(ROW(clicks)), clicker_set_send(clickers)
FROM weekly_ads AS w ORDER BY row_key;
SELECT s::text, enum_send(kind), record_send(counts), array_send(history), clicker_set_send(clickers),
	clicker_set_send(coarse_clickers), ratio_sample_send(sample)
FROM stored_values AS s ORDER BY cell;
SELECT k::text, record_send(counts), clicker_set_send(clickers), ratio_sample_send(sample)
FROM kept_values AS k ORDER BY half;
