-- singer_shapes.sql
--	The same stream as five targets write it, each in a schema of its own, and each
--	loaded as a source of its own: all must tell the same.  A day restated downwards, a
--	type repeated by target, purchases under three names, an action without value, a row
--	deleted at the source and one of a week.

-- Meltano's target-postgres over a tap that types its columns
CREATE SCHEMA shape_numeric;
CREATE TABLE shape_numeric.ads_insights (
	account_id text, account_name text, campaign_id text, campaign_name text, adset_id text,
	adset_name text, ad_id text, ad_name text, objective text, date_start timestamp,
	date_stop timestamp, clicks bigint, inline_link_clicks bigint, unique_clicks bigint,
	impressions bigint, reach bigint, spend numeric, ctr numeric, actions jsonb,
	action_values jsonb, outbound_clicks jsonb, website_ctr jsonb,
	_sdc_extracted_at timestamp, _sdc_received_at timestamp, _sdc_batched_at timestamp,
	_sdc_deleted_at timestamp, _sdc_sequence bigint, _sdc_table_version bigint,
	_sdc_sync_started_at bigint
);
INSERT INTO shape_numeric.ads_insights (account_id, campaign_id, adset_id, ad_id, ad_name,
	date_start, date_stop, clicks, inline_link_clicks, unique_clicks, impressions, reach,
	spend, actions, action_values, outbound_clicks, _sdc_batched_at, _sdc_deleted_at,
	_sdc_sequence)
VALUES
('17', '1', '11', '31', 'Ad 1', '2026-03-02', '2026-03-02', 104, 9, 90, 5200, 4200, 39.50, '[{"action_type": "link_click", "value": "9"}]', NULL, NULL, '2026-03-04', NULL, 1002),
('17', '1', '11', '31', 'Ad 1', '2026-03-02', '2026-03-02', 98, 7, 88, 5100, 4100, 39.10, '[
	{"action_type": "link_click", "action_target_id": "1", "value": "5"},
	{"action_type": "link_click", "action_target_id": "2", "value": "2"},
	{"action_type": "post_reaction", "value": "3"},
	{"action_type": "like", "1d_view": "1", "28d_view": "2"},
	{"action_type": "page_engagement", "value": "10"},
	{"action_type": "purchase", "value": "2"},
	{"action_type": "omni_purchase", "value": "3"},
	{"action_type": "offsite_conversion.fb_pixel_purchase", "value": "2"}]',
	'[{"action_type": "omni_purchase", "value": "150.25"}, {"action_type": "purchase", "value": "99"}]',
	'[{"action_type": "outbound_click", "value": "4"}]', '2026-03-05', NULL, 1003),
('17', '1', '11', '33', 'Ad 3', '2026-03-02', '2026-03-02', 900, 900, 900, 9000, 8000, 90.00, '[]', NULL, NULL, '2026-03-04', NULL, 1002),
('17', '1', '11', '33', 'Ad 3', '2026-03-02', '2026-03-02', 901, 900, 900, 9000, 8000, 90.00, '[]', NULL, NULL, '2026-03-05', '2026-03-05', 1003),
('17', '1', '11', '31', 'Ad 1', '2026-03-02', '2026-03-08', 300, 20, 200, 20000, 9000, 120.00, NULL, NULL, NULL, '2026-03-10', NULL, 1010);

-- pipelinewise: double precision, no sequence, the time of deletion as text
CREATE SCHEMA shape_double;
CREATE TABLE shape_double.ads_insights AS
	SELECT account_id, account_name, campaign_id, campaign_name, adset_id, adset_name, ad_id,
		ad_name, objective, date_start, date_stop, clicks, inline_link_clicks, unique_clicks,
		impressions, reach, spend::double precision, ctr::double precision, actions,
		action_values, outbound_clicks, _sdc_extracted_at, _sdc_batched_at,
		_sdc_deleted_at::text
	FROM shape_numeric.ads_insights;

-- MeltanoLabs' tap: every scalar is text, and the table has another name
CREATE SCHEMA shape_text;
CREATE TABLE shape_text.adsinsights_default AS
	SELECT account_id, account_name, campaign_id, campaign_name, adset_id, adset_name, ad_id,
		ad_name, objective, to_char(date_start, 'YYYY-MM-DD') AS date_start,
		to_char(date_stop, 'YYYY-MM-DD') AS date_stop, clicks::text, inline_link_clicks::text,
		unique_clicks::text, impressions::text, reach::text, spend::text, ctr::text, actions,
		action_values, outbound_clicks, 'USD' AS account_currency, _sdc_batched_at,
		_sdc_deleted_at, _sdc_sequence
	FROM shape_numeric.ads_insights;

-- MeltanoLabs' target: arrays are jsonb[]
CREATE SCHEMA shape_arrays;
CREATE TABLE shape_arrays.ads_insights (
	LIKE shape_numeric.ads_insights, actions_array jsonb[], values_array jsonb[],
	outbound_array jsonb[]
);
INSERT INTO shape_arrays.ads_insights
	SELECT *, (SELECT array_agg(element) FROM jsonb_array_elements(actions) AS element),
		(SELECT array_agg(element) FROM jsonb_array_elements(action_values) AS element),
		(SELECT array_agg(element) FROM jsonb_array_elements(outbound_clicks) AS element)
	FROM shape_numeric.ads_insights;
ALTER TABLE shape_arrays.ads_insights DROP COLUMN actions, DROP COLUMN action_values,
	DROP COLUMN outbound_clicks;
ALTER TABLE shape_arrays.ads_insights RENAME COLUMN actions_array TO actions;
ALTER TABLE shape_arrays.ads_insights RENAME COLUMN values_array TO action_values;
ALTER TABLE shape_arrays.ads_insights RENAME COLUMN outbound_array TO outbound_clicks;

-- arrays as JSON in a text
CREATE SCHEMA shape_json_text;
CREATE TABLE shape_json_text.ads_insights AS TABLE shape_numeric.ads_insights;
ALTER TABLE shape_json_text.ads_insights ALTER actions TYPE text,
	ALTER action_values TYPE varchar, ALTER outbound_clicks TYPE json USING outbound_clicks::json;

-- Stitch and datamill: elements are rows of child tables
CREATE SCHEMA shape_children;
CREATE TABLE shape_children.ads_insights AS
	SELECT account_id, account_name, campaign_id, campaign_name, adset_id, adset_name, ad_id,
		ad_name, objective, date_start, date_stop, clicks, inline_link_clicks, unique_clicks,
		impressions, reach, spend, _sdc_batched_at::timestamptz, _sdc_deleted_at,
		_sdc_sequence, _sdc_table_version
	FROM shape_numeric.ads_insights;
CREATE TABLE shape_children.ads_insights__actions AS
	SELECT _sdc_batched_at::timestamptz, position AS _sdc_level_0_id, _sdc_sequence,
		campaign_id AS _sdc_source_key_campaign_id, adset_id AS _sdc_source_key_adset_id,
		ad_id AS _sdc_source_key_ad_id, date_start AT TIME ZONE 'UTC' AS _sdc_source_key_date_start,
		element ->> 'action_type' AS action_type, (element ->> 'value')::numeric AS value,
		(element ->> '1d_view')::numeric AS "1d_view"
	FROM shape_numeric.ads_insights
		CROSS JOIN LATERAL jsonb_array_elements(actions) WITH ORDINALITY
			AS elements(element, position);
CREATE TABLE shape_children.ads_insights__action_values AS
	SELECT _sdc_sequence, ad_id AS _sdc_source_key_ad_id,
		date_start AT TIME ZONE 'UTC' AS _sdc_source_key_date_start,
		element ->> 'action_type' AS action_type, (element ->> 'value')::numeric AS value
	FROM shape_numeric.ads_insights
		CROSS JOIN LATERAL jsonb_array_elements(action_values) AS element;
CREATE TABLE shape_children.ads_insights__outbound_clicks AS
	SELECT _sdc_sequence, ad_id AS _sdc_source_key_ad_id,
		date_start AT TIME ZONE 'UTC' AS _sdc_source_key_date_start,
		element ->> 'action_type' AS action_type, (element ->> 'value')::numeric AS value
	FROM shape_numeric.ads_insights
		CROSS JOIN LATERAL jsonb_array_elements(outbound_clicks) AS element;

INSERT INTO ad_sources (source, loader, relation)
	SELECT split_part(relation, '.', 1), 'load_singer', relation
	FROM unnest(ARRAY['shape_numeric.ads_insights', 'shape_double.ads_insights',
		'shape_text.adsinsights_default', 'shape_arrays.ads_insights',
		'shape_json_text.ads_insights', 'shape_children.ads_insights']) AS relation;
INSERT INTO ad_account_currencies VALUES ('17', 'USD');

SELECT format('CALL load_ads(%L, %L)', '-infinity', source)
FROM ad_sources WHERE source LIKE 'shape%' ORDER BY source \gexec
