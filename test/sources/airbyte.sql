-- airbyte.sql
--	The tables that Airbyte's source-facebook-marketing leaves in PostgreSQL,
--	synced append-only; without the rows that ads_insights_superseded names, as
--	a deduplicated sync leaves them.  What each row is there to trap stands
--	beside it.

CREATE TABLE ads_insights (
	_airbyte_raw_id varchar NOT NULL,
	_airbyte_extracted_at timestamptz NOT NULL,
	_airbyte_meta jsonb NOT NULL DEFAULT '{"changes": []}',
	_airbyte_generation_id bigint,
	account_currency varchar,
	account_id varchar,
	account_name varchar,
	actions jsonb,
	ad_id varchar,
	ad_name varchar,
	adset_id varchar,
	adset_name varchar,
	campaign_id varchar,
	campaign_name varchar,
	clicks bigint,
	cpc numeric(38,9),
	ctr numeric(38,9),
	date_start date,
	date_stop date,
	frequency numeric(38,9),
	impressions bigint,
	inline_link_clicks bigint,
	instant_experience_clicks_to_open numeric(38,9),
	instant_experience_clicks_to_start numeric(38,9),
	instant_experience_outbound_clicks jsonb,
	objective varchar,
	outbound_clicks jsonb,
	reach bigint,
	spend numeric(38,9),
	unique_clicks bigint
);

INSERT INTO ads_insights (_airbyte_raw_id, _airbyte_extracted_at,
	_airbyte_generation_id, account_id, account_name, account_currency,
	campaign_id, campaign_name, adset_id, adset_name, ad_id, ad_name, objective,
	date_start, clicks, inline_link_clicks, impressions, reach, spend, actions,
	outbound_clicks)
VALUES
-- restated twice, last of all downwards: sum 302, highest 104, right 98
('0190-a1', '2026-03-03 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970093', 'Ad 1', 'OUTCOME_SALES',
	'2026-03-02', 100, 70, 5000, 4000, 40.00, '[{"action_type": "link_click", "value": 70}]', NULL),
-- its actions: windows that overlap the value, a type repeated by target,
-- roll-ups, conversions under three names, autoplay, and names that lie
('0190-a3', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970093', 'Ad 1', 'OUTCOME_SALES',
	'2026-03-02', 98, 66, 5100, 4100, 39.00, '[
		{"action_type": "link_click", "action_target_id": "7", "value": 60, "1d_click": 55, "7d_click": 60, "28d_click": 61, "1d_view": 4},
		{"action_type": "link_click", "action_target_id": "8", "value": 5},
		{"action_type": "comment", "value": 3},
		{"action_type": "post_reaction", "value": "12"},
		{"action_type": "like", "value": 2},
		{"action_type": "post", "value": 4},
		{"action_type": "photo_view", "value": 6.0},
		{"action_type": "page_engagement", "value": 92},
		{"action_type": "post_engagement", "value": 90},
		{"action_type": "video_view", "value": 3000},
		{"action_type": "landing_page_view", "value": 40},
		{"action_type": "ad_click_mobile_app", "value": 9},
		{"action_type": "purchase", "value": 2},
		{"action_type": "omni_purchase", "value": 3},
		{"action_type": "offsite_conversion.fb_pixel_purchase", "value": 2}]',
	'[{"action_type": "outbound_click", "value": 50}]'),
('0190-a2', '2026-03-04 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970093', 'Ad 1', 'OUTCOME_SALES',
	'2026-03-02', 104, 72, 5200, 4200, 39.50, '[{"action_type": "link_click", "value": 72}]', NULL),
-- the neighbouring id, which is the same as the one above in double precision
('0190-b1', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-02', 10, 10, 1000, 900, 5.50, '[{"action_type": "link_click", "value": 10}, {"action_type": "outbound_click", "value": 8}]',
	'[{"action_type": "outbound_click", "value": 8}]'),
-- extracted at the same time: the later generation
('0190-c2', '2026-03-05 04:00Z', 1, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-03', 9, 9, 580, 500, 4.00, NULL, NULL),
('0190-c3', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-03', 11, 11, 600, 520, 4.40, NULL, NULL),
-- the same generation too: the one that saw more impressions
('0190-d9', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-09', 30, 30, 1900, 1500, 9.00, NULL, NULL),
('0190-d1', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-09', 29, 29, 2000, 1600, 9.10, NULL, NULL),
-- and the same impressions: the one that saw more clicks
('0190-i9', '2026-03-12 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-10', 3, 3, 100, 90, 1.30, NULL, NULL),
('0190-i1', '2026-03-12 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-10', 4, 4, 100, 90, 1.40, NULL, NULL),
-- and the same clicks: the higher raw id
('0190-j9', '2026-03-12 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-11', 5, 5, 100, 90, 1.90, NULL, NULL),
('0190-j1', '2026-03-12 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-11', 5, 5, 100, 90, 1.10, NULL, NULL),
-- no generation, from a version of the connector before there were any, is
-- older than the first; and actions that are JSON's null
('0190-k1', '2026-03-12 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-12', 6, 6, 100, 90, 1.60, 'null', 'null'),
('0190-k2', '2026-03-12 04:00Z', NULL, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', 'OUTCOME_SALES',
	'2026-03-12', 7, 7, 110, 99, 1.70, NULL, NULL),
-- more link clicks, attributed, than clicks: shown as other -2, not clamped
('0190-e1', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '2', NULL, '21', NULL, '31', NULL, NULL,
	'2026-03-02', 5, 5, 300, 290, 2.00, '[{"action_type": "link_click", "value": "7"}]', NULL),
-- not reported is not zero
('0190-f1', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '2', NULL, '21', NULL, '31', NULL, NULL,
	'2026-03-03', NULL, NULL, 500, 450, NULL, NULL, NULL),
-- another account and currency; no impressions; a credit
('0190-g1', '2026-03-05 04:00Z', 0, '18', 'Tern Europe', 'EUR', '3', 'Spring', '41', 'Women', '51', 'Ad 1', 'LINK_CLICKS',
	'2026-03-02', 3, 3, 0, 0, -1.20, NULL, NULL);

-- an Instant Experience, with more clicks out of it than into it; purchases and
-- leads under several names, of which one counts, here twice
INSERT INTO ads_insights (_airbyte_raw_id, _airbyte_extracted_at,
	_airbyte_generation_id, account_id, account_name, account_currency,
	campaign_id, campaign_name, adset_id, adset_name, ad_id, ad_name,
	date_start, clicks, inline_link_clicks, impressions, reach, spend, actions,
	outbound_clicks, instant_experience_clicks_to_open,
	instant_experience_clicks_to_start, instant_experience_outbound_clicks)
VALUES
('0190-m1', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '4', 'Tour', '42', 'All', '61', 'Ad 6',
	'2026-03-02', 110, 100, 4000, 3000, 12.00, '[
		{"action_type": "link_click", "value": 100},
		{"action_type": "onsite_conversion.purchase", "value": 7},
		{"action_type": "offsite_conversion.fb_pixel_purchase", "value": 3},
		{"action_type": "purchase", "action_target_id": "7", "value": "2"},
		{"action_type": "purchase", "action_target_id": "8", "value": 1.0},
		{"action_type": "onsite_conversion.lead_grouped", "value": 4},
		{"action_type": "lead", "value": 5, "1d_click": 4}]',
	NULL, 40, 35, '[{"action_type": "outbound_click", "value": 130}]');

-- no Clicks (All): link clicks are all that is comparable, labelled as such
INSERT INTO ads_insights (_airbyte_raw_id, _airbyte_extracted_at, account_id,
	account_name, account_currency, campaign_name, ad_id, ad_name, date_start,
	inline_link_clicks, impressions, actions)
VALUES
('0190-n1', '2026-03-05 04:00Z', '17', 'Tern', 'USD', 'Tour', '62', 'Ad 7', '2026-03-04', 5, 400, '[{"action_type": "comment", "value": 3}]'),
('0190-n2', '2026-03-05 04:00Z', '17', 'Tern', 'USD', 'Tour', '62', 'Ad 7', '2026-03-05', NULL, 400, '[{"action_type": "comment", "value": 3}, {"action_type": "link_click", "value": 6}]');

-- every row so far is of one day
UPDATE ads_insights SET date_stop = date_start;

-- a custom stream of weeks, restated; later than the days, which it must not
-- replace, and its reach is less than theirs added up
INSERT INTO ads_insights (_airbyte_raw_id, _airbyte_extracted_at,
	_airbyte_generation_id, account_id, account_name, account_currency,
	campaign_id, campaign_name, adset_id, adset_name, ad_id, ad_name,
	date_start, date_stop, clicks, impressions, reach, spend)
VALUES
('0190-w1', '2026-03-09 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', '2026-03-02', '2026-03-08', 20, 1700, 1250, 9.90),
('0190-w2', '2026-03-12 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970096', 'Ad 2', '2026-03-02', '2026-03-08', 19, 1580, 1200, 9.50);

-- what a deduplicated sync does not keep
CREATE VIEW ads_insights_superseded AS
	SELECT unnest(ARRAY['0190-a1', '0190-a2', '0190-c3', '0190-d9', '0190-i9',
		'0190-j1', '0190-k2', '0190-w1']) AS _airbyte_raw_id;

-- the same clicks by country, among them a restated one
CREATE TABLE ads_insights_country (LIKE ads_insights INCLUDING DEFAULTS, country varchar);

INSERT INTO ads_insights_country (_airbyte_raw_id, _airbyte_extracted_at,
	_airbyte_generation_id, account_id, account_name, account_currency,
	campaign_id, campaign_name, adset_id, adset_name, ad_id, ad_name,
	date_start, clicks, impressions, spend, country)
VALUES
('0190-h1', '2026-03-03 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970093', 'Ad 1', '2026-03-02', 80, 4000, 30.00, 'US'),
('0190-h2', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970093', 'Ad 1', '2026-03-02', 70, 4100, 29.00, 'US'),
('0190-h3', '2026-03-05 04:00Z', 0, '17', 'Tern', 'USD', '1', 'Spring', '11', 'Women', '120236392470970093', 'Ad 1', '2026-03-02', 28, 1000, 10.00, 'CA');

-- by week, by month: no days
UPDATE ads_insights_country SET date_stop = date_start;
INSERT INTO ads_insights_country SELECT (week).* FROM (
	SELECT jsonb_populate_record(day, jsonb_build_object('date_stop', date_start + days,
		'_airbyte_extracted_at', '2026-03-31', 'clicks', 9999)) AS week
	FROM ads_insights_country AS day, (VALUES (6), (30)) AS long(days)) AS weeks;

CREATE TABLE ads_insights_age_and_gender (LIKE ads_insights INCLUDING DEFAULTS, age varchar, gender varchar);

INSERT INTO ads_insights_age_and_gender
	SELECT latest.*, segment.*
	FROM ads_insights AS latest, (VALUES ('25-34', 'female')) AS segment
	WHERE _airbyte_raw_id IN ('0190-a1', '0190-a3');
-- neither known, which is a segment of its own without a name
INSERT INTO ads_insights_age_and_gender (_airbyte_raw_id,
	_airbyte_extracted_at, account_id, ad_id, date_start, date_stop, clicks, impressions)
	VALUES ('0190-l1', '2026-03-05 04:00Z', '18', '51', '2026-03-02', '2026-03-02', 3, 0);

CREATE TABLE ads_insights_platform_and_device (LIKE ads_insights INCLUDING DEFAULTS,
	publisher_platform varchar, platform_position varchar, impression_device varchar);

INSERT INTO ads_insights_platform_and_device
	SELECT latest.*, place.*
	FROM ads_insights AS latest, (VALUES ('instagram', 'feed', 'iphone')) AS place
	WHERE _airbyte_raw_id IN ('0190-a1', '0190-a3', '0190-m1');
INSERT INTO ads_insights_platform_and_device (_airbyte_raw_id,
	_airbyte_extracted_at, account_id, ad_id, date_start, date_stop, clicks, impressions)
	VALUES ('0190-l2', '2026-03-05 04:00Z', '18', '51', '2026-03-02', '2026-03-02', 3, 0);
