-- Names that are markup, scripts, quotes, from right to left, emoji, line ends of
-- JavaScript, names of the template, very long, equal, empty of meaning or unknown.
CREATE TABLE odd_names (n integer, campaign_id text, name text);
INSERT INTO odd_names (n, campaign_id, name)
	SELECT n, n::text, name
	FROM unnest(ARRAY['</script><script>document.title = "broken"</script>',
		'<img src=x onerror="document.title = ''broken''">', '<!-- <script>', '"double" ''single'' `back` \ back',
		'مرحبا (עברית) 2026', U&'\202Ereversed', '👩🏽‍💻 launch 🚀', U&'line\2028end\2029of', '{{style}} {{data}} $& \1',
		'&amp; &lt;b&gt;', '=HYPERLINK("http://example.invalid")', 'javascript:alert(1)',
		repeat('Donaudampfschiff', 20), '__proto__', 'constructor', '-1', '0', E'two\nlines\tand a tab'])
		WITH ORDINALITY AS names(name, n);
INSERT INTO odd_names VALUES (50, '50', 'Broad'), (51, '51', 'Broad'), (60, NULL, NULL);
INSERT INTO ad_daily (day, account, currency, campaign_id, campaign, placement, country, clicks, clicks_are, impressions, spend)
	SELECT date '2026-02-02' + d, '</script><b>Acme</b> & "Sons"', 'EUR', campaign_id, name, name,
		CASE WHEN n % 2 = 0 THEN 'DE' END, click_counts(link => n + d % 3, comment => 1), 'all', 400 + n, 2 + n * 0.01
	FROM odd_names, generate_series(0, 34) AS d;
