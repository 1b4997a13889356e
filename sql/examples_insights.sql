-- examples/insights.sql: one row of the Insights API, in whatever way it is written
\getenv root PG_ABS_SRCDIR
\set template :root '/examples/insights.sql'
CREATE SCHEMA examples_insights;
SET search_path = examples_insights, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :template
\set ECHO all
CREATE FUNCTION clicks_of(document jsonb)
	RETURNS TABLE (clicks_all bigint, clicks_are text, link bigint, other bigint, problem text) LANGUAGE sql
	AS $$ SELECT clicks_total(clicks), row.clicks_are, (clicks).link, (clicks).other, row.problem
	FROM insights_row('{"date_start": "2026-03-02"}' || document) AS row $$;
-- numbers as numbers or as text; what is no number is told, and not read as another
SELECT given, clicks_all, problem FROM (VALUES ('12'::jsonb), ('12.0'), ('"12"'), ('" 12 "'), ('"1.2e1"'), ('""'), ('null'), ('"NaN"'),
	('"1,234"'), ('"1.234,56"'), ('12.5'), ('-1'), ('"0x1A"'), ('"1_000"'), ('true'), ('[1]'), ('"9e99"')) AS numbers(given), clicks_of(jsonb_build_object('clicks', given));
SELECT given, spend, problem
FROM (VALUES ('203.6'::jsonb), ('"203.6"'), ('-1.20'), ('"0.100000000"'), (to_jsonb(0.1::float8)),
      (to_jsonb(0.1::float4)), (to_jsonb('NaN'::float8)), (to_jsonb('Infinity'::float8)), ('"$5"')) AS numbers(given),
	insights_row(jsonb_build_object('date_start', '2026-03-02', 'spend', given));
-- ids do not go through floating point; blanks and dlt's "no_ad_id" are none; either spelling
SELECT account_id, ad_set_id, ad_set, ad_id, ad, level FROM insights_row('{"date_start": "2026-03-02", "ad_id": 120236392470970093, "ad_set_id": "11", "ad_set_name": " Women ", "account_id": ""}');
SELECT ad_set_id, ad_id, campaign_id, level FROM insights_row('{"date_start": "2026-03-02", "ad_id": "no_ad_id", "adset_id": "no_adset_id", "campaign_id": "1"}');
-- days, not moments; a row of a week is told by last_day
SELECT given, day, last_day, problem FROM (VALUES ('{"date_start": "2026-03-08"}'::jsonb), ('{"date_start": "2026-03-08T00:00:00+00:00", "date_stop": "2026-03-08T00:00:00+00:00"}'), ('{"date": "2026-03-08 00:00:00"}'),
	('{"date_start": "2026-03-02", "date_stop": "2026-03-08"}'), ('{"date_start": "2026-03-08", "date_stop": "2026-03-02"}'), ('{"date_start": "03/02/2026"}'), ('{"date_start": "2026-02-30"}'), ('{}'), ('{"date_start": null}')) AS days(given), insights_row(given);
-- arrays as jsonb, JSON text, JSON texts in an array; windows and elements without value count nothing; types repeat
SELECT clicks_of.* FROM (VALUES
	('{"clicks": 20, "actions": [{"action_type": "link_click", "value": 6608, "1d_click": 6510, "1d_view": 86}]}'::jsonb),
	('{"clicks": 20, "actions": [{"action_type": "link_click", "action_target_id": "1", "value": 5}, {"action_type": "link_click", "action_target_id": "2", "value": "2"}]}'),
	('{"clicks": 20, "actions": [{"action_type": "like", "1d_view": 1, "28d_view": 2}, {"action_type": "link_click", "value": null}, {"action_type": "comment", "value": 3}]}'),
	('{"clicks": 20, "actions": "[{\"action_type\": \"link_click\", \"value\": \"7\"}]"}'),
	('{"clicks": 20, "actions": ["{\"action_type\": \"link_click\", \"value\": \"7\"}"]}'),
	('{"clicks": 20, "actions": "null"}'), ('{"clicks": 20, "actions": ""}'), ('{"clicks": 20, "actions": []}'),
	('{"clicks": 20, "actions": "[{''action_type'': ''link_click''}]"}'), ('{"clicks": 20, "actions": {"link_click": 7}}'),
	('{"clicks": 20, "actions": [{"action_type": "link_click", "value": "1,234"}]}'), ('{"clicks": 20, "actions": [{"value": 3}]}')) AS rows(given), clicks_of(given);
-- roll-ups, autoplay and names that lie are no clicks: 2 + 3 + 3 + 2 of Meta's own example
SELECT clicks FROM insights_row('{"date_start": "2026-03-02", "clicks": 33, "actions": [
	{"action_type": "page_engagement", "value": 10}, {"action_type": "post_engagement", "value": 10}, {"action_type": "link_click", "value": 2}, {"action_type": "comment", "value": 3},
	{"action_type": "post_reaction", "value": 3}, {"action_type": "like", "value": 2}, {"action_type": "mobile_app_install", "value": 12}, {"action_type": "app_custom_event", "value": 11},
	{"action_type": "video_view", "value": 3000}, {"action_type": "ad_click_mobile_app", "value": 9}]}');
-- Clicks (All) from ctr, a percentage and no fraction, if it tells one number; else link clicks, and labelled
SELECT given, clicks_of.* FROM (VALUES
	('{"ctr": "1.827822", "impressions": "283671", "inline_link_clicks": 100}'::jsonb), ('{"ctr": 1.8278, "impressions": 283671}'),
	('{"ctr": 1.83, "impressions": 283671, "inline_link_clicks": 100}'), ('{"ctr": 0.01827822, "impressions": 283671, "inline_link_clicks": 100}'),
	('{"ctr": 1.5, "impressions": 1000}'), ('{"ctr": 0, "impressions": 1000}'), ('{"ctr": null, "impressions": 0, "inline_link_clicks": 0}'), ('{"ctr": 1.5}'),
	('{"inline_link_clicks": 5, "actions": [{"action_type": "comment", "value": 3}]}'), ('{"actions": [{"action_type": "link_click", "value": 6}, {"action_type": "comment", "value": 3}]}'),
	('{"impressions": 10}'), ('{"clicks": 16760, "impressions": 119}'), ('{"clicks": 0, "ctr": "1.8", "impressions": 1000}')) AS rows(given), clicks_of(given);
-- outbound clicks are no subset of link clicks, and no part of Clicks (All), in whichever array
SELECT (clicks).link, (clicks).outbound, (clicks).ix_open, (clicks).ix_outbound, clicks_total(clicks) FROM (VALUES
	('{"clicks": 110, "inline_link_clicks": 100, "outbound_clicks": [{"action_type": "outbound_click", "value": "130"}], "actions": [{"action_type": "outbound_click", "value": "130"}]}'::jsonb),
	('{"clicks": 110, "inline_link_clicks": 100, "outbound_clicks": [{"action_type": "outbound_click", "value": "130"}], "instant_experience_clicks_to_open": 40, "instant_experience_outbound_clicks": [{"action_type": "outbound_click", "value": 3}]}'))
	AS rows(given), insights_row('{"date_start": "2026-03-02"}' || given);
-- conversions under one of their names, the widest first; none among actions is 0, no actions is not reported
SELECT purchases, leads, purchase_value, landing_page_views FROM (VALUES
	('{"actions": [{"action_type": "purchase", "value": 2}, {"action_type": "omni_purchase", "value": 3}, {"action_type": "offsite_conversion.fb_pixel_purchase", "value": 2}]}'::jsonb),
	('{"actions": [{"action_type": "offsite_conversion.fb_pixel_purchase", "value": "1.5"}, {"action_type": "onsite_conversion.lead_grouped", "value": 4}, {"action_type": "lead", "value": 5}]}'),
	('{"actions": [{"action_type": "landing_page_view", "value": 4}], "action_values": [{"action_type": "purchase", "value": "99"}, {"action_type": "omni_purchase", "value": "150.25"}]}'),
	('{"actions": [], "action_values": []}'), ('{"clicks": 1}')) AS rows(given), insights_row('{"date_start": "2026-03-02"}' || given);
-- people: 0 beside what they did is how hours say that they do not know
SELECT reach, reported_unique_clicks FROM (VALUES ('{"impressions": 100, "clicks": 5, "reach": 0, "unique_clicks": 0}'::jsonb), ('{"impressions": 0, "clicks": 0, "reach": 0, "unique_clicks": 0}'),
	('{"impressions": 100, "clicks": 5, "reach": 80, "unique_clicks": 4}')) AS rows(given), insights_row('{"date_start": "2026-03-02"}' || given);
-- breakdowns
SELECT audience_segment, country, device, placement FROM insights_row('{"date_start": "2026-03-02", "age": "25-34", "gender": "female", "country": "US", "region": "California", "impression_device": "iphone", "publisher_platform": "instagram", "platform_position": "feed"}');
-- nothing here depends on more than the extension
SELECT count(*) FROM pg_depend WHERE classid = 'pg_proc'::regclass AND refclassid = 'pg_class'::regclass
       AND objid IN (SELECT oid FROM pg_proc WHERE pronamespace = 'examples_insights'::regnamespace);
DROP SCHEMA examples_insights CASCADE;
