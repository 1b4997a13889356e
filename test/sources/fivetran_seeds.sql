-- fivetran_seeds.sql
--	The tables that Fivetran's dbt package tests itself with: their names have a prefix and
--	a suffix, and many columns are missing.

CREATE TABLE facebook_ads_basic_ad_data (
	ad_id text, date date, account_id bigint, impressions integer,
	inline_link_clicks integer, spend double precision, reach integer
);
INSERT INTO facebook_ads_basic_ad_data VALUES
('6215293456071', '2026-03-10', 1700252260223815, 4233, 10, 76.53, 608),
('6215304566671', '2026-03-10', 1700252260223815, 2575, 8, 55.26, 454),
('6215304566671', '2026-03-11', 1700252260223815, 100, NULL, 1.5, 90);

CREATE TABLE facebook_ads_basic_ad_actions_data (
	_fivetran_id text, ad_id bigint, date date, index integer, _1_d_view double precision,
	_7_d_click double precision, _fivetran_synced timestamp, action_type text,
	inline double precision, value double precision
);
INSERT INTO facebook_ads_basic_ad_actions_data VALUES
('x', 6215293456071, '2026-03-10', 0, 2, NULL, '2026-03-18 18:41:01', 'offsite_conversion.fb_pixel_lead', NULL, 2),
('x', 6215293456071, '2026-03-10', 1, 2, NULL, '2026-03-18 18:41:01', 'lead', NULL, 2),
('x', 6215304566671, '2026-03-11', 0, NULL, 3, '2026-03-18 18:41:01', 'link_click', NULL, 3);

CREATE TABLE facebook_ads_basic_ad_action_values_data (
	ad_id bigint, date date, _fivetran_id text, index integer, action_type text,
	value numeric, _fivetran_synced timestamp, _7_d_click numeric
);
INSERT INTO facebook_ads_basic_ad_action_values_data VALUES
(6215293456071, '2026-03-10', 'x', 0, 'view_content', 46787.82, '2026-03-18', 46787.82);

CREATE TABLE facebook_ads_account_history_data (
	id bigint, name text, _fivetran_synced timestamp
);
INSERT INTO facebook_ads_account_history_data VALUES
(1700252260223815, 'Before', '2026-03-01'), (1700252260223815, 'Acme', '2026-03-02');

CREATE TABLE facebook_ads_ad_history_data (
	id bigint, account_id bigint, ad_set_id bigint, campaign_id bigint, creative_id bigint,
	name text, _fivetran_synced timestamp, updated_time timestamp
);
-- a change without a time must not come first, as NULLs do in descending order
INSERT INTO facebook_ads_ad_history_data VALUES
(6215293456071, 1700252260223815, 11, 1, 901, 'v1', '2026-03-09', '2026-03-01'),
(6215293456071, 1700252260223815, 11, 1, 901, 'v0', '2026-03-20', NULL),
(6215304566671, 1700252260223815, 12, 2, 902, 'v1', '2026-03-09', NULL),
(6215304566671, 1700252260223815, 12, 2, 902, 'v1 again', '2026-03-10', NULL);

CREATE TABLE facebook_ads_ad_set_history_data (
	id bigint, account_id bigint, campaign_id bigint, name text, _fivetran_synced timestamp,
	updated_time timestamp
);
INSERT INTO facebook_ads_ad_set_history_data VALUES
(11, 1700252260223815, 1, 'Women', '2026-03-09', '2026-03-01'),
(12, 1700252260223815, 2, 'Men', '2026-03-09', '2026-03-01');

CREATE TABLE facebook_ads_campaign_history_data (
	id bigint, account_id bigint, name text, _fivetran_synced timestamp,
	updated_time timestamp
);
INSERT INTO facebook_ads_campaign_history_data VALUES
(1, 1700252260223815, 'Spring', '2026-03-09', '2026-03-01');

INSERT INTO ad_sources (source, loader, relation)
	VALUES ('seeds', 'load_fivetran', 'facebook_ads_basic_ad_data');
