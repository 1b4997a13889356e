-- year.sql
--	A year of an outdoor shop's ads for demo.sh, in the tables of
--	../click_events.sql: 40 campaigns, 160 ads, 52 weeks from Monday,
--	30 December 2024.
--
-- Everything is computed from digests of the keys, never from random(), so
-- every run on every PostgreSQL version makes the same rows.

-- A fair die for the thing named by the key: 0 to sides - 1.
CREATE FUNCTION dice(sides integer, key text) RETURNS integer
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN ('x' || left(md5(key), 8))::bit(32)::bigint::numeric % sides;

INSERT INTO ad_accounts VALUES ('Tern Outdoor', 'USD', 'America/Los_Angeles');

CREATE TABLE demo_campaigns AS
	SELECT p.n * 4 + o.n AS campaign_id,
		p.product || ' - ' || o.purpose AS campaign,
		CASE WHEN o.n = 1 AND p.n % 3 = 0 THEN 'OUTCOME_APP_PROMOTION'
			WHEN o.n = 1 AND p.n % 3 = 1 THEN 'OUTCOME_TRAFFIC'
			ELSE o.objective END AS objective,
		-- basis points of interest, and thousands of people in the audience
		o.appeal * (85 + dice(31, p.product)) / 100 AS appeal,
		o.thousands AS thousands,
		first_day,
		CASE WHEN p.product = 'Sale' THEN date '2025-12-28'
			ELSE first_day + 69 + dice(140, 'length' || p.n || o.n) END AS last_day
	FROM unnest(ARRAY['Trail shoes', 'Rain jackets', 'Tents', 'Backpacks',
			'Headlamps', 'Climbing', 'Ski touring', 'Kids outdoors',
			'Cycling', 'Sale'])
			WITH ORDINALITY AS p(product, n),
		(VALUES (-3, 'launch', 'OUTCOME_AWARENESS', 70, 30),
			(-2, 'shop', 'OUTCOME_SALES', 120, 12),
			(-1, 'newsletter', 'OUTCOME_LEADS', 100, 9),
			(0, 'community', 'OUTCOME_ENGAGEMENT', 160, 6))
			AS o(n, purpose, objective, appeal, thousands),
		LATERAL (SELECT date '2024-12-30' + CASE WHEN p.product = 'Sale' THEN 0
			ELSE greatest(0, dice(330, 'start' || p.n || o.n) - 60) END) AS start(first_day);

INSERT INTO ads
	SELECT campaign_id * 10 + ad_set * 2 + version,
		'Tern Outdoor', campaign, audience,
		format || ' ' || chr(64 + version),
		format, objective, audience
	FROM demo_campaigns,
		generate_series(0, 1) AS ad_set,
		generate_series(1, 2) AS version,
		LATERAL (SELECT
			(ARRAY['18-24', '25-34', '35-44', '45-54', '55-64', '65+'])
				[1 + (dice(3, 'age' || campaign_id) * 2 + ad_set)]
			|| (ARRAY[' women', ' men', ' all'])
				[1 + dice(3, 'gender' || campaign_id || ad_set)],
			(ARRAY['image', 'video', 'carousel', 'collection'])
				[1 + dice(4, 'format' || campaign_id || ad_set || version)])
			AS slices(audience, format);

-- Where people meet the ads: how many clicks in 10,000 impressions, what
-- 1,000 impressions cost in cents, and how often the ads are there.
CREATE TABLE demo_places (
	placement text, device text, clicks_per_10000 integer, cpm integer,
	impressions integer
);

INSERT INTO demo_places VALUES
	('Facebook feed', 'android_smartphone', 210, 820, 190),
	('Facebook feed', 'iphone', 190, 940, 150),
	('Facebook feed', 'desktop', 260, 1010, 90),
	('Facebook reels', 'android_smartphone', 90, 410, 160),
	('Facebook reels', 'iphone', 95, 450, 120),
	('Instagram feed', 'iphone', 150, 890, 170),
	('Instagram feed', 'android_smartphone', 140, 800, 130),
	('Instagram stories', 'iphone', 110, 560, 140),
	('Instagram stories', 'ipad', 85, 600, 40),
	('Audience Network', 'android_smartphone', 330, 240, 70),
	('Audience Network', 'android_tablet', 350, 260, 30),
	('Messenger inbox', 'iphone', 60, 700, 35);

-- The final report of each day, and before it, for every seventh row, a
-- preliminary one with other numbers that must not count.
CREATE TABLE demo_delivery AS
	SELECT day::date AS day, ad_id, campaign_id, country, device, placement,
		format, thousands,
		impressions * (60 + dice(81, 'i' || ad_id || day || placement || device))
			* (ARRAY[85, 80, 90, 95, 105, 110, 95, 90, 105, 115, 150, 160])
				[extract(month FROM day)::integer]
			* (ARRAY[95, 90, 95, 100, 105, 115, 120])
				[extract(isodow FROM day)::integer]
			/ 1000000 AS impressions,
		clicks_per_10000 * appeal / 100
			* CASE format WHEN 'video' THEN 115 WHEN 'image' THEN 90
				ELSE 100 END / 100
			-- an ad wears out: a twentieth less for every month it ran
			* (20 - (day::date - first_day) / 30) / 20 AS clicks_per_10000,
		cpm
	FROM demo_campaigns
		JOIN ads ON ads.campaign = demo_campaigns.campaign
		CROSS JOIN demo_places
		CROSS JOIN LATERAL generate_series(first_day::timestamp,
			least(last_day, date '2025-12-28'), '1 day') AS day
		CROSS JOIN LATERAL (SELECT (ARRAY['US', 'US', 'US', 'CA', 'CA', 'MX'])
			[1 + dice(6, 'country' || ad_id || device)]) AS where_to(country)
	-- each ad runs in a quarter of the places
	WHERE dice(4, 'place' || ad_id || placement || device) = 0;

INSERT INTO ad_delivery
	SELECT day, ad_id, country, device, placement,
		day + time '09:00' AT TIME ZONE 'UTC' + interval '1 day',
		impressions, impressions * 7 / 10 + 1,
		round(impressions * cpm / 100000.0, 2)
	FROM demo_delivery
	UNION ALL
	SELECT day, ad_id, country, device, placement,
		day + time '09:00' AT TIME ZONE 'UTC',
		impressions * 3, impressions * 2, impressions
	FROM demo_delivery
	WHERE dice(7, 'preliminary' || ad_id || day || placement || device) = 0;

-- Clicks: as many as expected, the fraction settled by the die.  The square
-- of one makes some people click far more often than others.
INSERT INTO click_events
	SELECT row_number() OVER (),
		(day + make_interval(secs =>
			(dice(43200, 'a' || key) + dice(43200, 'b' || key))))
			AT TIME ZONE 'America/Los_Angeles',
		ad_id,
		CASE WHEN dice(40, 'known' || key) > 0 THEN
			'user-' || dice(4, 'circle' || campaign_id) * 10000
				+ thousands * die / 1000 * die / 1000000 END,
		CASE
			WHEN kind < 560 THEN 'link'
			WHEN kind < 700 THEN 'see_more'
			WHEN kind < 790 AND format <> 'video' THEN 'photo'
			WHEN kind < 790 THEN 'video'
			WHEN kind < 850 THEN 'page'
			WHEN kind < 890 THEN 'cta'
			WHEN kind < 950 THEN 'reaction'
			WHEN kind < 970 THEN 'comment'
			WHEN kind < 985 THEN 'share'
			ELSE 'page_like'
		END::click_type,
		country, device, placement
	FROM demo_delivery
		CROSS JOIN LATERAL (SELECT ad_id || day::text || placement || device)
			AS row_of(name)
		CROSS JOIN LATERAL generate_series(1,
			(impressions * clicks_per_10000 + dice(10000, name)) / 10000)
			AS click
		CROSS JOIN LATERAL (SELECT name || click,
			dice(1000, 'kind' || name || click), dice(1000000, 'user' || name || click)::bigint)
			AS dices(key, kind, die);

DROP TABLE demo_campaigns, demo_places, demo_delivery;
ANALYZE;

CALL load_ads('-infinity') \g /dev/null
ANALYZE;
