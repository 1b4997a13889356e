-- click_events.sql
--	Rows for the tables of examples/click_events.sql.  What each is there to
--	trap stands beside it.

INSERT INTO ad_accounts VALUES
	('Tern', 'USD', 'America/Los_Angeles'),
	('Tern Europe', 'EUR', 'Europe/Berlin');

INSERT INTO ads VALUES
	(1, 'Tern', 'Spring', 'Women', 'Ad 1', 'image', 'OUTCOME_SALES', '25-34'),
	(2, 'Tern', 'Spring', 'Women', 'Ad 2', 'video', 'OUTCOME_SALES', '25-34'),
	(3, 'Tern', 'Spring', 'Men', 'Ad 3', NULL, NULL, NULL),
	(4, 'Tern Europe', 'Spring', 'Women', 'Ad 1', 'image', 'OUTCOME_SALES', '25-34');

INSERT INTO click_events VALUES
	-- one person on three days of a week: daily uniques 1 + 1 + 1, weekly 1
	(1, '2026-03-02 18:00Z', 1, 'ann', 'link', 'US', 'iphone', 'feed'),
	(2, '2026-03-03 18:00Z', 1, 'ann', 'see_more', 'US', 'iphone', 'feed'),
	(3, '2026-03-04 18:00Z', 1, 'ann', 'link', 'US', 'iphone', 'feed'),
	-- and on another ad
	(4, '2026-03-04 18:05Z', 2, 'ann', 'video', 'US', 'iphone', 'feed'),
	-- nobody that we know
	(5, '2026-03-04 18:06Z', 2, NULL, 'reaction', 'US', 'iphone', 'feed'),
	(6, '2026-03-04 18:07Z', 2, '', 'share', 'US', 'iphone', 'feed'),
	-- where the click went is no click more, and bob did not click
	(7, '2026-03-04 18:05Z', 2, 'bob', 'outbound', 'US', 'iphone', 'feed'),
	-- Sunday evening in Los Angeles, Monday in UTC
	(8, '2026-03-09 05:30Z', 1, 'cyd', 'link', 'US', 'iphone', 'feed'),
	-- the same instant is Monday in Berlin
	(9, '2026-03-09 05:30Z', 4, 'cyd', 'link', 'DE', 'iphone', 'feed'),
	-- 01:30 twice, on the day that the clocks go back
	(10, '2026-11-01 08:30Z', 3, 'dee', 'cta', NULL, NULL, NULL),
	(11, '2026-11-01 09:30Z', 3, 'dee', 'cta', NULL, NULL, NULL);

-- the log delivers one twice
INSERT INTO click_events VALUES
	(11, '2026-11-01 09:30Z', 3, 'dee', 'cta', NULL, NULL, NULL)
	ON CONFLICT DO NOTHING;

INSERT INTO ad_delivery VALUES
	-- restated downwards
	('2026-03-02', 1, 'US', 'iphone', 'feed', '2026-03-03', 500, 400, 4.00),
	('2026-03-02', 1, 'US', 'iphone', 'feed', '2026-03-05', 480, 390, 3.90),
	('2026-03-02', 1, 'US', 'iphone', 'feed', '2026-03-04', 520, 410, 4.20),
	-- three clicks, but spent once
	('2026-03-04', 2, 'US', 'iphone', 'feed', '2026-03-05', 100, 90, 10.00),
	('2026-03-08', 1, 'US', 'iphone', 'feed', '2026-03-09', 100, 90, 0.50),
	('2026-03-09', 4, 'DE', 'iphone', 'feed', '2026-03-10', 50, 40, 0.30),
	-- shown, not clicked
	('2026-03-09', 4, 'FR', 'iphone', 'feed', '2026-03-10', 25, 20, 0.20);

INSERT INTO conversion_events VALUES
	-- Sunday evening in Los Angeles, Monday in Berlin, as with the clicks
	(1, '2026-03-09 05:30Z', 1, 'purchase', 'US', 'iphone', 'feed'),
	(2, '2026-03-09 05:30Z', 4, 'purchase', 'DE', 'iphone', 'feed'),
	(3, '2026-03-09 06:00Z', 1, 'purchase', 'US', 'iphone', 'feed'),
	(4, '2026-03-09 06:00Z', 1, 'lead', 'US', 'iphone', 'feed');

INSERT INTO weekly_reach VALUES ('2026-03-02', 'Tern', 'Spring', 'Women', 'Ad 1', 450);
