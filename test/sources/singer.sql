-- singer.sql
--	The table that Singer's tap-facebook leaves in PostgreSQL, by a target that
--	only inserts.  What each row is there to trap stands beside it.

CREATE TABLE ads_insights (
	account_id text,
	account_name text,
	actions jsonb,
	ad_id text,
	ad_name text,
	adset_id text,
	adset_name text,
	campaign_id text,
	campaign_name text,
	clicks integer,
	date_start timestamp,
	date_stop timestamp,
	impressions integer,
	inline_link_clicks integer,
	objective text,
	reach integer,
	spend numeric,
	unique_clicks integer,
	_sdc_extracted_at timestamp,
	_sdc_batched_at timestamp,
	_sdc_deleted_at timestamp,
	_sdc_sequence bigint,
	_sdc_table_version bigint
);

INSERT INTO ads_insights (account_id, account_name, campaign_id, campaign_name,
	adset_id, adset_name, ad_id, ad_name, objective, date_start, clicks,
	impressions, reach, spend, actions, _sdc_sequence, _sdc_batched_at,
	_sdc_deleted_at)
VALUES
-- restated downwards: sum 302, highest 104, right 98
('17', 'Tern', '1', 'Spring', '11', 'Women', '31', 'Ad 1', 'OUTCOME_SALES', '2026-03-02 00:00', 100, 5000, 4000, 40.00, '[]', 1001, '2026-03-03', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '31', 'Ad 1', 'OUTCOME_SALES', '2026-03-02 00:00', 98, 5100, 4100, 39.00,
	'[{"action_type": "link_click", "value": 5, "action_target_id": "1"}, {"action_type": "link_click", "value": 2, "action_target_id": "2"}, {"action_type": "page_engagement", "value": 10}, {"action_type": "post_engagement", "value": 10}, {"action_type": "comment", "value": 3}]', 1003, '2026-03-05', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '31', 'Ad 1', 'OUTCOME_SALES', '2026-03-02 00:00', 104, 5200, 4200, 39.50, '[]', 1002, '2026-03-04', NULL),
-- Sunday the 8th, in whatever zone the session is
('17', 'Tern', '1', 'Spring', '11', 'Women', '31', 'Ad 1', 'OUTCOME_SALES', '2026-03-08 00:00', 7, 700, 650, 3.00, NULL, 1003, '2026-03-05', NULL),
-- the same sequence: batched last
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-09 00:00', 20, 900, 800, 2.00, NULL, 1003, '2026-03-10', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-09 00:00', 19, 800, 700, 2.10, NULL, 1003, '2026-03-11', NULL),
-- the same batch too: the one that saw more impressions
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-10 00:00', 5, 310, 300, 1.10, NULL, 1003, '2026-03-11', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-10 00:00', 6, 300, 290, 1.00, NULL, 1003, '2026-03-11', NULL),
-- and the same impressions: the one that saw more clicks
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-11 00:00', 7, 320, 310, 1.00, NULL, 1003, '2026-03-11', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-11 00:00', 8, 320, 310, 1.30, NULL, 1003, '2026-03-11', NULL),
-- and the same clicks: the greater text, whatever the order of the rows
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-12 00:00', 9, 330, 320, 1.40, NULL, 1003, '2026-03-11', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-12 00:00', 9, 330, 320, 1.50, NULL, 1003, '2026-03-11', NULL),
-- a row from before the target knew sequences is older than all that have one
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-13 00:00', 4, 340, 330, 1.60, NULL, 1003, '2026-03-11', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '32', 'Ad 2', 'OUTCOME_SALES', '2026-03-13 00:00', 5, 350, 340, 1.70, NULL, NULL, NULL, NULL),
-- deleted at the source, and what was there before must not come back
('17', 'Tern', '1', 'Spring', '11', 'Women', '33', 'Ad 3', 'OUTCOME_SALES', '2026-03-02 00:00', 900, 8000, 7000, 90.00, NULL, 1002, '2026-03-10', NULL),
('17', 'Tern', '1', 'Spring', '11', 'Women', '33', 'Ad 3', 'OUTCOME_SALES', '2026-03-02 00:00', 1000, 9000, 8000, 99.00, NULL, 1003, '2026-03-11', '2026-03-12');

UPDATE ads_insights SET date_stop = date_start;

-- a week, later than the days, which it must not replace
INSERT INTO ads_insights (account_id, account_name, campaign_id, campaign_name,
	adset_id, adset_name, ad_id, ad_name, objective, date_start, date_stop,
	clicks, impressions, reach, spend, _sdc_sequence, _sdc_batched_at)
VALUES
('17', 'Tern', '1', 'Spring', '11', 'Women', '31', 'Ad 1', 'OUTCOME_SALES', '2026-03-02 00:00', '2026-03-08 00:00', 9999, 90000, 9000, 990, 2000, '2026-03-20');

-- link clicks that actions do not tell, being JSON's null; and purchases and
-- leads under several names
INSERT INTO ads_insights (account_id, account_name, campaign_id, campaign_name,
	adset_id, adset_name, ad_id, ad_name, objective, date_start, date_stop,
	clicks, inline_link_clicks, impressions, reach, spend, actions, _sdc_sequence)
VALUES
('17', 'Tern', '1', 'Spring', '11', 'Women', '34', 'Ad 4', 'OUTCOME_SALES', '2026-03-16', '2026-03-16', 12, 5, 400, 300, 1.20, 'null', 1003),
('17', 'Tern', '1', 'Spring', '11', 'Women', '34', 'Ad 4', 'OUTCOME_SALES', '2026-03-17', '2026-03-17', 12, 5, 400, 300, 1.20,
	'[{"action_type": "comment", "value": "2"}, {"action_type": "offsite_conversion.fb_pixel_purchase", "value": "2"},
	  {"action_type": "leadgen_grouped", "value": "3"}, {"action_type": "onsite_conversion.lead_grouped", "value": "3"}]', 1003),
-- no Clicks (All): link clicks are all that is comparable
('17', 'Tern', '1', 'Spring', '11', 'Women', '34', 'Ad 4', 'OUTCOME_SALES', '2026-03-18', '2026-03-18', NULL, 4, 400, 300, 1.20,
	'[{"action_type": "comment", "value": "2"}]', 1003);

-- the same clicks by country
CREATE TABLE ads_insights_country (LIKE ads_insights, country text);
INSERT INTO ads_insights_country SELECT *, 'US' FROM ads_insights WHERE ad_id = '31';
