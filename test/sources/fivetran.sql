-- fivetran.sql
--	The tables that Fivetran's Facebook Ads connector leaves in PostgreSQL.
--	What each row is there to trap stands beside it.

CREATE TABLE basic_ad (
	_fivetran_id text NOT NULL,
	_fivetran_synced timestamptz NOT NULL,
	ad_id text NOT NULL,
	ad_name text,
	adset_name text,
	date date NOT NULL,
	account_id bigint,
	impressions integer,
	inline_link_clicks integer,
	spend double precision,
	reach integer,
	frequency double precision,
	ctr double precision,
	cpc double precision,
	PRIMARY KEY (ad_id, date, _fivetran_id)
);

INSERT INTO basic_ad VALUES
-- 1.827822 % of 283,671 impressions are 5,185 clicks, not 518,500
('a=', '2026-03-20 06:00Z', '120236392470970093', 'Ad 1', 'Women', '2026-03-02', 17, 283671, 4100, 2352.45, 200000, 1.42, 1.827822, 0.4537),
-- the ad was renamed, so this is another _fivetran_id for the same ad and day
('old=', '2026-03-04 06:00Z', '120236392470970093', 'Draft', 'Women', '2026-03-02', 17, 290000, 4200, 2400.00, 200000, 1.45, 1.9, 0.4356),
-- spend that is no exact double
('b=', '2026-03-20 06:00Z', '120236392470970096', 'Ad 2', 'Women', '2026-03-02', 17, 1000, 8, 0.1, 900, 1.1, 1.2, 0.0083),
-- no ctr: all that is known is link clicks
('c=', '2026-03-20 06:00Z', '120236392470970096', 'Ad 2', 'Women', '2026-03-03', 17, 500, 5, 0.2, 450, 1.1, NULL, NULL),
-- no impressions, no clicks
('d=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-02', 18, 0, NULL, 0, 0, NULL, NULL, NULL),
-- ctr but no actions
('e=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-03', 18, 400, 3, 7.5, 380, 1.05, 1.25, 1.5),
-- link clicks that are not reported are not zero
('f=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-04', 18, 400, NULL, 2.5, 390, 1.03, 1.00, 0.625),
-- synced at the same time: the one that saw more impressions
('g1=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-05', 18, 500, 1, 1.5, 390, 1.03, 1.00, 0.3),
('g9=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-05', 18, 400, 1, 1.9, 390, 1.03, 1.00, 0.475),
-- and as many impressions: the higher _fivetran_id
('h9=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-06', 18, 600, 1, 1.9, 390, 1.03, 1.00, 0.317),
('h1=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-06', 18, 600, 1, 1.1, 390, 1.03, 1.00, 0.183),
-- actions, but link clicks only in the report itself
('i=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-07', 18, 1000, 5, 2.0, 900, 1.11, 1.2, 0.167),
-- link clicks in the actions only, and no ctr
('j=', '2026-03-20 06:00Z', '51', 'Ad 3', 'Men', '2026-03-09', 18, 100, NULL, 1.0, 90, 1.11, NULL, NULL);

CREATE TABLE basic_ad_actions (
	_fivetran_id text NOT NULL,
	_fivetran_synced timestamptz NOT NULL,
	ad_id text NOT NULL,
	date date NOT NULL,
	index integer NOT NULL,
	action_type text,
	value double precision,
	inline double precision,
	_1_d_view double precision,
	_7_d_click double precision,
	PRIMARY KEY (ad_id, date, _fivetran_id, index)
);

INSERT INTO basic_ad_actions
	SELECT 'a=', '2026-03-20 06:00Z', '120236392470970093', '2026-03-02', row_number() OVER (), action_type, value, NULL, view_1_day, click_7_days
	FROM (VALUES
		('link_click', 4000, 86, 3900), ('link_click', 100, NULL, 100),
		('post_engagement', 5000, NULL, NULL), ('page_engagement', 5010, NULL, NULL),
		('post_reaction', 700, NULL, NULL), ('comment', 30, NULL, NULL),
		('post', 20, NULL, NULL), ('photo_view', 150, NULL, NULL),
		('video_view', 90000, NULL, NULL), ('lead', 12, NULL, NULL),
		('onsite_conversion.lead_grouped', 12, NULL, NULL))
		AS actions(action_type, value, view_1_day, click_7_days);
INSERT INTO basic_ad_actions VALUES
('old=', '2026-03-04 06:00Z', '120236392470970093', '2026-03-02', 0, 'link_click', 4200),
('b=', '2026-03-20 06:00Z', '120236392470970096', '2026-03-02', 0, 'link_click', 8);
INSERT INTO basic_ad_actions VALUES
('i=', '2026-03-20 06:00Z', '51', '2026-03-07', 0, 'comment', 2),
('i=', '2026-03-20 06:00Z', '51', '2026-03-07', 1, 'omni_purchase', 1.5),
('i=', '2026-03-20 06:00Z', '51', '2026-03-07', 2, 'purchase', 1);
INSERT INTO basic_ad_actions VALUES
('j=', '2026-03-20 06:00Z', '51', '2026-03-09', 0, 'link_click', 3),
('j=', '2026-03-20 06:00Z', '51', '2026-03-09', 1, 'comment', 1);
-- an action within windows only, which have no value of their own
INSERT INTO basic_ad_actions VALUES
('b=', '2026-03-20 06:00Z', '120236392470970096', '2026-03-02', 1, 'comment', NULL, NULL, 1, NULL);

CREATE TABLE account_history (
	id bigint, _fivetran_synced timestamptz, name text, currency text, timezone_name text
);
INSERT INTO account_history VALUES
	(17, '2026-01-01', 'Tern (test)', 'USD', 'America/Los_Angeles'),
	(17, '2026-03-01', 'Tern', 'USD', 'America/Los_Angeles'),
	(18, '2026-03-01', 'Tern Europe', 'EUR', 'Europe/Berlin');

CREATE TABLE campaign_history (
	updated_time timestamptz, id bigint, account_id bigint, name text, objective text, status text
);
INSERT INTO campaign_history VALUES
	('2026-01-01', 1, 17, 'Spring draft', 'OUTCOME_TRAFFIC', 'PAUSED'),
	('2026-02-01', 1, 17, 'Spring', 'OUTCOME_SALES', 'ACTIVE'),
	('2026-02-01', 2, 18, 'Spring', 'LINK_CLICKS', 'ACTIVE');

CREATE TABLE ad_history (
	updated_time timestamptz, id bigint, name text, account_id bigint, ad_set_id bigint, campaign_id bigint, creative_id bigint
);
INSERT INTO ad_history VALUES
	('2026-01-01', 120236392470970093, 'Draft', 17, 11, 1, 900),
	('2026-03-10', 120236392470970093, 'Ad 1', 17, 11, 1, 901),
	('2026-03-01', 120236392470970096, 'Ad 2', 17, 11, 1, 902),
	('2026-03-01', 51, 'Ad 3', 18, 21, 2, 903);

CREATE TABLE creative_history (
	_fivetran_id text, _fivetran_synced timestamptz, id bigint, account_id bigint, object_type text
);
INSERT INTO creative_history VALUES
	('x', '2026-03-01', 901, 17, 'SHARE'), ('y', '2026-03-10', 901, 17, 'VIDEO'), ('z', '2026-03-01', 902, 17, 'PHOTO');

CREATE TABLE basic_ad_action_values (
	_fivetran_id text NOT NULL, _fivetran_synced timestamptz NOT NULL, ad_id text NOT NULL,
	date date NOT NULL, index integer NOT NULL, action_type text, value double precision
);
INSERT INTO basic_ad_action_values VALUES
('i=', '2026-03-20 06:00Z', '51', '2026-03-07', 0, 'omni_purchase', 75.5),
('i=', '2026-03-20 06:00Z', '51', '2026-03-07', 1, 'purchase', 50);

-- prebuilt reports by segment, of accounts and of ads, with and without actions
CREATE TABLE demographics_country (
	_fivetran_id text NOT NULL, _fivetran_synced timestamptz NOT NULL, account_id text,
	date date NOT NULL, country text, impressions integer, inline_link_clicks integer,
	reach integer, spend double precision, frequency double precision
);
INSERT INTO demographics_country VALUES
('k1', '2026-03-20 06:00Z', '17', '2026-03-02', 'US', 1000, 12, 900, 4.5, 1.1),
('k2', '2026-03-20 06:00Z', '17', '2026-03-02', 'CA', 500, 6, 450, 2.5, 1.1);
CREATE TABLE demographics_country_actions (
	_fivetran_id text NOT NULL, _fivetran_synced timestamptz NOT NULL, account_id text,
	date date NOT NULL, index integer, action_type text, value double precision
);
INSERT INTO demographics_country_actions VALUES
('k1', '2026-03-20 06:00Z', '17', '2026-03-02', 0, 'lead', 4),
('k1', '2026-03-20 06:00Z', '17', '2026-03-02', 1, 'offsite_conversion.fb_pixel_lead', 4);
CREATE TABLE demographics_region (
	_fivetran_id text NOT NULL, _fivetran_synced timestamptz NOT NULL, account_id text,
	date date NOT NULL, region text, impressions integer, inline_link_clicks integer,
	spend double precision
);
INSERT INTO demographics_region VALUES
('r1', '2026-03-20 06:00Z', '17', '2026-03-02', 'California', 1500, 18, 7);
CREATE TABLE demographics_age_and_gender (
	_fivetran_id text NOT NULL, _fivetran_synced timestamptz NOT NULL, account_id text,
	ad_id text, date date NOT NULL, age text, gender text, impressions integer,
	inline_link_clicks integer, ctr double precision, spend double precision
);
INSERT INTO demographics_age_and_gender VALUES
('s1', '2026-03-20 06:00Z', '17', '120236392470970096', '2026-03-02', '25-34', 'female', 700, 6, 1.285714, 0.07),
('s2', '2026-03-20 06:00Z', '17', '120236392470970096', '2026-03-02', '25-34', 'unknown', 300, 2, 1.0, 0.03);
CREATE TABLE delivery_placement (
	_fivetran_id text NOT NULL, _fivetran_synced timestamptz NOT NULL, account_id text,
	date date NOT NULL, publisher_platform text, platform_position text,
	impressions integer, inline_link_clicks integer, spend double precision
);
INSERT INTO delivery_placement VALUES
('p1', '2026-03-20 06:00Z', '17', '2026-03-02', 'instagram', 'instagram_reels', 1500, 18, 7);
