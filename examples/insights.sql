-- insights.sql
--	What a row of Meta's Insights API says in the columns of ad_daily, whichever
--	connector brought it.
--
-- Every connector's row is the document of the API with small differences.  So it
-- is read from jsonb, as to_jsonb(row) gives it: numbers may be numbers or texts,
-- arrays may be jsonb, jsonb[] or JSON in a text, names may be spelled either way
-- (adset_id or ad_set_id), and what is missing is NULL, "not reported".  Nothing
-- here depends on a connector's tables.
--
-- * "clicks" is Clicks (All).  Where it is missing, "ctr" tells it: a percentage
--   of all clicks with six decimals gives back the whole number.  Where that is
--   missing too, link clicks are all that is known, and clicks_are says so.
-- * The kinds of clicks are in "actions".  One type may come several times, once
--   for each target: they are added up.  What they leave of clicks is "other".
-- * An element without "value" has attribution windows only, and counts nothing.
-- * Meta reports one purchase, or lead, under several names: purchase 2,
--   omni_purchase 3 and fb_pixel_purchase 2 are three purchases, not seven.  Of the
--   names the first that a row has is taken, the widest one first.
-- * Where there are actions, purchases and leads that are not among them are 0.
-- * Reach 0 beside impressions is how rows of hours say that they do not know it.

\ir search_path.sql

-- The columns by which a stream may break rows down
CREATE OR REPLACE FUNCTION insights_breakdowns() RETURNS text[]
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN ARRAY['age', 'gender', 'country', 'region', 'dma', 'comscore_market',
		'publisher_platform', 'platform_position', 'impression_device',
		'device_platform', 'product_id', 'frequency_value', 'place_page_id',
		'hourly_stats_aggregated_by_advertiser_time_zone',
		'hourly_stats_aggregated_by_audience_time_zone', 'user_segment_key',
		'body_asset', 'call_to_action_asset', 'description_asset', 'image_asset',
		'link_url_asset', 'title_asset', 'video_asset', 'ad_format_asset', 'app_id',
		'skan_campaign_id', 'skan_conversion_id', 'skan_version', 'is_conversion_id_modeled',
		'coarse_conversion_value', 'fidelity_type', 'hsid', 'postback_sequence_index',
		'redownload', 'conversion_destination', 'landing_destination', 'mmm',
		'marketing_messages_btn_name', 'signal_source_bucket',
		'standard_event_content_type', 'breakdown_reporting_ad_id', 'media_asset_url',
		'media_creator', 'media_destination_url', 'media_format', 'media_origin_url',
		'media_text_content'];

-- A text of the document, under either name; blanks are NULL, and so is what dlt
-- writes for an id that there is not
CREATE OR REPLACE FUNCTION insights_text(document jsonb, name text, other_name text)
	RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN nullif(nullif(btrim(coalesce(document ->> name, document ->> other_name)), ''),
		'no_' || name);

-- A number of the document; NaN is NULL; 1,234 and whatever else is no number is an error
CREATE OR REPLACE FUNCTION insights_number(document jsonb, name text) RETURNS numeric
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $function$
DECLARE
	value jsonb := document -> name;
	written text;
BEGIN
	IF jsonb_typeof(value) = 'number' THEN
		RETURN trim_scale(value::numeric);
	END IF;
	written := nullif(btrim(document ->> name), '');
	IF written IS NULL OR lower(written) = 'nan' THEN
		RETURN NULL;
	END IF;
	IF written !~ '^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$' THEN
		RAISE data_exception USING message = format('%s is "%s", not a number',
			name, left(written, 40));
	END IF;
	RETURN trim_scale(written::numeric);
END
$function$;

-- A number of the document that counts something
CREATE OR REPLACE FUNCTION insights_count(document jsonb, name text) RETURNS bigint
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $function$
DECLARE
	number numeric := insights_number(document, name);
BEGIN
	IF number NOT BETWEEN 0 AND 9223372036854775807 OR number <> trunc(number) THEN
		RAISE data_exception USING message = format('%s is %s, not a count', name,
			left(number::text, 40));
	END IF;
	RETURN number;
END
$function$;

-- The elements with a value of an array of the document
CREATE OR REPLACE FUNCTION insights_array(document jsonb, name text) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE
AS $function$
DECLARE
	elements jsonb := nullif(nullif(document -> name, 'null'), '""');
BEGIN
	IF jsonb_typeof(elements) = 'string' OR jsonb_typeof(elements -> 0) = 'string' THEN
		BEGIN
			IF jsonb_typeof(elements) = 'string' THEN
				elements := nullif((elements #>> '{}')::jsonb, 'null');
			END IF;
			IF jsonb_typeof(elements -> 0) = 'string' THEN
				elements := (SELECT jsonb_agg((element #>> '{}')::jsonb ORDER BY position)
					FROM jsonb_array_elements(elements) WITH ORDINALITY
						AS array_of(element, position));
			END IF;
		EXCEPTION WHEN invalid_text_representation THEN
			elements := '""';
		END;
	END IF;
	IF jsonb_typeof(elements) <> 'array' THEN
		RAISE data_exception USING message = format('%s is %s, not a JSON array', name,
			left(document ->> name, 40));
	END IF;
	RETURN jsonb_path_query_array(elements, '$[*] ? (@.value != null)');
END
$function$;

-- The value of each action type, as one object.  (An SQL function that is not inlined
-- would be parsed anew in each subtransaction.)
CREATE OR REPLACE FUNCTION insights_totals(elements jsonb) RETURNS jsonb
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $function$
BEGIN
	RETURN (SELECT jsonb_object_agg(action_type, total)
		FROM (
			SELECT element ->> 'action_type', trim_scale(sum((element ->> 'value')::numeric))
			FROM jsonb_array_elements(elements) AS element
			WHERE element ->> 'action_type' IS NOT NULL
			GROUP BY element ->> 'action_type'
		) AS totals(action_type, total));
END
$function$;

-- Purchases under the first of their names
CREATE OR REPLACE FUNCTION insights_purchases(totals jsonb) RETURNS numeric
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN coalesce(totals -> 'omni_purchase', totals -> 'purchase',
		totals -> 'offsite_conversion.fb_pixel_purchase',
		totals -> 'onsite_conversion.purchase', totals -> 'onsite_web_purchase',
		totals -> 'onsite_web_app_purchase',
		totals -> 'app_custom_event.fb_mobile_purchase')::numeric;

-- Leads under the first of their names
CREATE OR REPLACE FUNCTION insights_leads(totals jsonb) RETURNS numeric
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN coalesce(totals -> 'lead', totals -> 'leadgen_grouped',
		totals -> 'onsite_conversion.lead_grouped',
		totals -> 'offsite_conversion.fb_pixel_lead', totals -> 'onsite_web_lead')::numeric;

-- Clicks (All) from a CTR in percent, if that tells one whole number
CREATE OR REPLACE FUNCTION insights_clicks_from_ctr(ctr numeric, impressions bigint)
	RETURNS bigint
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN abs(ctr * impressions / 100 - round(ctr * impressions / 100))
			<= impressions * 0.00000001
		-- fewer decimals do if only one number of clicks rounds to them
		OR 0.5 * power(10::numeric, -scale(ctr)) * impressions / 100 < 0.5
			AND abs(ctr * impressions / 100 - round(ctr * impressions / 100))
				<= 0.5 * power(10::numeric, -scale(ctr)) * impressions / 100
		THEN round(ctr * impressions / 100)::bigint END;

-- Clicks by type from all columns that tell some.  Where Clicks (All) is not known,
-- other types than link clicks would not add up to it.
CREATE OR REPLACE FUNCTION insights_clicks(document jsonb, clicks bigint, actions jsonb,
		totals jsonb) RETURNS click_counts
	LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE
AS $function$
DECLARE
	elements jsonb := coalesce(actions, '[]');
	links bigint := insights_count(document, 'inline_link_clicks');
	outbound jsonb := insights_array(document, 'outbound_clicks');
	ix_outbound jsonb := insights_array(document, 'instant_experience_outbound_clicks');
	ix_open bigint := insights_count(document, 'instant_experience_clicks_to_open');
	ix_start bigint := insights_count(document, 'instant_experience_clicks_to_start');
	counts click_counts;
BEGIN
	IF clicks IS NULL THEN
		elements := jsonb_path_query_array(elements, '$[*] ? (@.action_type == "link_click")');
	END IF;
	IF links IS NOT NULL AND NOT coalesce(totals ? 'link_click', false) THEN
		elements := elements
			|| jsonb_build_object('action_type', 'link_click', 'value', links);
	END IF;
	-- Meta may report outbound clicks in both arrays
	IF outbound IS NOT NULL AND NOT coalesce(totals ? 'outbound_click', false) THEN
		elements := elements || outbound;
	END IF;
	counts := click_counts_from_actions(elements, clicks);
	IF num_nonnulls(ix_open, ix_start, ix_outbound) > 0 THEN
		counts := counts + click_counts(ix_open => ix_open, ix_start => ix_start,
			-- whatever action_type its elements bear
			ix_outbound => (SELECT sum((element ->> 'value')::numeric)::bigint
				FROM jsonb_array_elements(ix_outbound) AS element));
	END IF;
	RETURN counts;
END
$function$;

-- The row of ad_daily that a document of the Insights API says; for one of several
-- days, last_day is another than day.  What cannot be read is told in problem.
CREATE OR REPLACE FUNCTION insights_row(document jsonb,
		OUT day date, OUT last_day date, OUT level text,
		OUT account_id text, OUT account text, OUT currency text,
		OUT campaign_id text, OUT campaign text, OUT ad_set_id text, OUT ad_set text,
		OUT ad_id text, OUT ad text, OUT format text, OUT objective text,
		OUT audience_segment text, OUT country text, OUT device text, OUT placement text,
		OUT clicks click_counts, OUT clicks_are text, OUT impressions bigint,
		OUT reach bigint, OUT reported_unique_clicks bigint, OUT landing_page_views bigint,
		OUT purchases numeric, OUT leads numeric, OUT purchase_value numeric,
		OUT spend numeric, OUT problem text)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
AS $function$
DECLARE
	first_date text := coalesce(document ->> 'date_start', document ->> 'date');
	last_date text := coalesce(document ->> 'date_stop', first_date);
	read_now text := 'date_start';
	clicks_all bigint;
	actions jsonb;
	action_values jsonb;
	totals jsonb;
BEGIN
	IF (first_date ~ '^\d{4}-\d\d-\d\d' AND last_date ~ '^\d{4}-\d\d-\d\d') IS NOT TRUE THEN
		RAISE data_exception USING message = format('%s to %s are not days like 2026-03-02',
			coalesce(left(first_date, 40), 'NULL'), coalesce(left(last_date, 40), 'NULL'));
	END IF;
	day := left(first_date, 10);
	last_day := left(last_date, 10);
	IF last_day < day THEN
		RAISE data_exception USING message = format('date_stop is %s, before date_start %s',
			last_day, day);
	END IF;
	account_id := insights_text(document, 'account_id', 'ad_account_id');
	account := insights_text(document, 'account_name', 'account');
	currency := insights_text(document, 'account_currency', 'currency');
	campaign_id := insights_text(document, 'campaign_id', NULL);
	campaign := insights_text(document, 'campaign_name', 'campaign');
	ad_set_id := insights_text(document, 'adset_id', 'ad_set_id');
	ad_set := insights_text(document, 'adset_name', 'ad_set_name');
	ad_id := insights_text(document, 'ad_id', NULL);
	ad := insights_text(document, 'ad_name', NULL);
	level := CASE WHEN coalesce(ad_id, ad) IS NOT NULL THEN 'ad'
		WHEN coalesce(ad_set_id, ad_set) IS NOT NULL THEN 'ad set'
		WHEN coalesce(campaign_id, campaign) IS NOT NULL THEN 'campaign'
		WHEN coalesce(account_id, account) IS NOT NULL THEN 'account' END;
	format := insights_text(document, 'format', 'object_type');
	objective := insights_text(document, 'objective', NULL);
	IF document ?| insights_breakdowns() THEN
		audience_segment := nullif(concat_ws(', ', insights_text(document, 'age', NULL),
			insights_text(document, 'gender', NULL)), '');
		country := nullif(concat_ws(', ', insights_text(document, 'country', NULL),
			insights_text(document, 'region', NULL), insights_text(document, 'dma', NULL)), '');
		device := insights_text(document, 'impression_device', 'device_platform');
		placement := nullif(concat_ws(' ',
			insights_text(document, 'publisher_platform', NULL),
			insights_text(document, 'platform_position', NULL)), '');
	END IF;

	impressions := insights_count(document, 'impressions');
	spend := insights_number(document, 'spend');
	reach := insights_count(document, 'reach');
	IF reach = 0 AND impressions > 0 THEN
		reach := NULL;
	END IF;
	clicks_all := coalesce(insights_count(document, 'clicks'),
		insights_clicks_from_ctr(insights_number(document, 'ctr'), impressions));
	reported_unique_clicks := insights_count(document, 'unique_clicks');
	IF reported_unique_clicks = 0 AND clicks_all > 0 THEN
		reported_unique_clicks := NULL;
	END IF;
	actions := insights_array(document, 'actions');
	IF actions IS NOT NULL THEN
		read_now := 'actions';
		totals := coalesce(insights_totals(actions), '{}');
		landing_page_views := coalesce(totals -> 'landing_page_view', '0')::bigint;
		purchases := coalesce(insights_purchases(totals), 0);
		leads := coalesce(insights_leads(totals), 0);
	END IF;
	action_values := insights_array(document, 'action_values');
	IF action_values IS NOT NULL THEN
		read_now := 'action_values';
		purchase_value := coalesce(insights_purchases(insights_totals(action_values)), 0);
	END IF;
	clicks := insights_clicks(document, clicks_all, actions, totals);
	clicks_are := CASE WHEN clicks_all IS NOT NULL THEN 'all'
		WHEN (clicks).link IS NOT NULL THEN 'link' END;
EXCEPTION WHEN data_exception THEN
	-- what insights_count() and the like, or click_counts_from_actions(), complain of
	-- names the column already
	problem := CASE WHEN sqlstate IN ('22000', '22023') THEN sqlerrm
		ELSE read_now || ': ' || sqlerrm END;
END
$function$;

COMMENT ON FUNCTION insights_breakdowns IS
	'the columns by which a stream of the Insights API may break rows down';
COMMENT ON FUNCTION insights_text IS 'a text of a document of the Insights API, under either name';
COMMENT ON FUNCTION insights_number IS 'a number of a document of the Insights API';
COMMENT ON FUNCTION insights_count IS 'a number of a document of the Insights API that counts something';
COMMENT ON FUNCTION insights_array IS 'the elements with a value of an array of a document of the Insights API';
COMMENT ON FUNCTION insights_totals IS 'the value of each action type of an array, as one object';
COMMENT ON FUNCTION insights_purchases IS 'purchases under the first of their names, the widest one first';
COMMENT ON FUNCTION insights_leads IS 'leads under the first of their names, the widest one first';
COMMENT ON FUNCTION insights_clicks_from_ctr IS 'Clicks (All) from a CTR in percent, if that tells one whole number';
COMMENT ON FUNCTION insights_clicks IS 'clicks by type from all columns of a document of the Insights API that tell some';
COMMENT ON FUNCTION insights_row IS 'the row of ad_daily that a document of the Insights API says';
