-- dlt.sql
--	The tables that dlt's verified source facebook_ads leaves in PostgreSQL.

CREATE SCHEMA facebook_ads_data;

CREATE TABLE facebook_ads_data.facebook_insights (
	campaign_id varchar NOT NULL,
	adset_id varchar NOT NULL,
	ad_id varchar NOT NULL,
	date_start timestamptz NOT NULL,
	date_stop timestamptz,
	reach bigint,
	impressions bigint,
	frequency numeric,
	clicks bigint,
	unique_clicks bigint,
	ctr numeric,
	cpc numeric,
	spend numeric,
	account_id varchar,
	ad_name varchar,
	_dlt_load_id varchar NOT NULL,
	_dlt_id varchar NOT NULL
);
INSERT INTO facebook_ads_data.facebook_insights VALUES
('1', '11', '31', '2026-03-02Z', '2026-03-02Z', 4100, 5100, 1.24, 98, 90, 1.921569, 0.398, 39.10, '17', 'Ad 1', '1772686800.1', 'a'),
-- another load of the same day, of a pipeline that appends
('1', '11', '32', '2026-03-02Z', '2026-03-02Z', 900, 1000, 1.1, 12, 11, 1.2, 0.5, 6.00, '17', 'Ad 2', '1772686800.1', 'b1'),
('1', '11', '32', '2026-03-02Z', '2026-03-02Z', 880, 980, 1.1, 11, 10, 1.122449, 0.5, 5.50, '17', 'Ad 2', '1772773200.2', 'b2'),
-- clicks are not among the fields that this load brought: they are in ctr
('1', '11', '31', '2026-03-03Z', '2026-03-03Z', 450, 500, 1.1, NULL, NULL, 1.8, NULL, 2.50, '17', 'Ad 1', '1772773200.2', 'c'),
-- a week
('1', '11', '31', '2026-03-02Z', '2026-03-08Z', 9000, 20000, 2.2, 300, 250, 1.5, 0.4, 120.00, '17', 'Ad 1', '1773291600.3', 'w');

CREATE TABLE facebook_ads_data.facebook_insights__actions (
	action_type varchar, value varchar, _1d_click varchar, _7d_click varchar,
	_dlt_parent_id varchar NOT NULL, _dlt_list_idx bigint NOT NULL, _dlt_id varchar NOT NULL
);
INSERT INTO facebook_ads_data.facebook_insights__actions VALUES
('link_click', '5', '4', '5', 'a', 0, 'a0'),
('link_click', '2', NULL, '2', 'a', 1, 'a1'),
('post_reaction', '3', NULL, NULL, 'a', 2, 'a2'),
('landing_page_view', '6', NULL, NULL, 'a', 3, 'a3'),
('purchase', '2', NULL, NULL, 'a', 4, 'a4'),
('omni_purchase', '3', NULL, NULL, 'a', 5, 'a5'),
('link_click', '99', NULL, NULL, 'b1', 0, 'b0'),
('link_click', '8', NULL, NULL, 'b2', 0, 'b3');

CREATE TABLE facebook_ads_data.facebook_insights__action_values (
	action_type varchar, value double precision,
	_dlt_parent_id varchar NOT NULL, _dlt_list_idx bigint NOT NULL, _dlt_id varchar NOT NULL
);
INSERT INTO facebook_ads_data.facebook_insights__action_values VALUES
('omni_purchase', 150.25, 'a', 0, 'v0');

CREATE TABLE facebook_ads_data.facebook_insights_country (
	LIKE facebook_ads_data.facebook_insights, country varchar
);
INSERT INTO facebook_ads_data.facebook_insights_country
	SELECT insights.*, country FROM facebook_ads_data.facebook_insights AS insights,
		unnest(ARRAY['US', 'CA']) AS country
	WHERE _dlt_id = 'a';

-- a report of campaigns
CREATE TABLE facebook_ads_data.campaign_insights (LIKE facebook_ads_data.facebook_insights);
INSERT INTO facebook_ads_data.campaign_insights
	SELECT id, 'no_adset_id', 'no_ad_id', date_start, date_stop, reach, impressions, frequency,
		clicks, unique_clicks, ctr, cpc, spend, account_id, NULL, _dlt_load_id, id
	FROM facebook_ads_data.facebook_insights, unnest(ARRAY['1', '2', '3']) AS id
	WHERE _dlt_id = 'a';
