-- click_counts_from_actions: Meta's actions array, read in place
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- only the fields that were reported, as text
CREATE FUNCTION pg_temp.shown(counts click_counts) RETURNS text
	LANGUAGE SQL AS 'SELECT string_agg(click_type || '' '' || clicks, '', '') FROM click_breakdown(counts)';

-- every type that stands for clicks has its field
SELECT action_type, pg_temp.shown(click_counts_from_actions(jsonb_build_array(jsonb_build_object('action_type',
       action_type, 'value', '7')))) AS counts
FROM unnest(ARRAY['link_click', 'photo_view', 'post_reaction', 'comment', 'post', 'like', 'outbound_click',
                  'instant_experience_clicks_to_open', 'instant_experience_clicks_to_start',
                  'instant_experience_outbound_clicks']) action_type;

-- what contains other elements, comes after the click or is no click at all has none
SELECT count(*) AS ignored, pg_temp.all_hold(counts IS NULL, ROW(action_type, counts), 'none counted') AS none_counted
FROM unnest(ARRAY['page_engagement', 'post_engagement', 'video_view', 'landing_page_view', 'ad_click_mobile_app',
                  'click_to_call_call_confirm', 'click_to_call_native_call_placed', 'onsite_conversion.post_save',
                  'onsite_conversion.messaging_conversation_started_7d', 'lead', 'purchase', 'omni_purchase',
                  'offsite_conversion.fb_pixel_purchase', 'app_custom_event.other', 'checkin', 'rsvp', 'mobile_app_install',
                  'post_reactions', 'link_clic', 'link_click ', '']) action_type,
     LATERAL pg_temp.shown(click_counts_from_actions(jsonb_build_array(jsonb_build_object('action_type', action_type,
                                                                                          'value', '7')))) counts;

-- a hierarchy: ten entries, sum 64, total 33; the clicks are 10
SELECT (SELECT sum((element ->> 'value')::int) FROM jsonb_array_elements(actions) element) AS sum_of_all,
       pg_temp.shown(click_counts_from_actions(actions)) AS counts,
       clicks_total(click_counts_from_actions(actions)) AS clicks
FROM (VALUES ('[{"action_type": "page_engagement", "value": "10"}, {"action_type": "post_engagement", "value": "10"},
                {"action_type": "link_click", "value": "2"}, {"action_type": "comment", "value": "3"},
                {"action_type": "post_reaction", "value": "3"}, {"action_type": "like", "value": "2"},
                {"action_type": "mobile_app_install", "value": "12"}, {"action_type": "app_custom_event", "value": "11"},
                {"action_type": "app_custom_event.fb_mobile_activate_app", "value": "6"},
                {"action_type": "app_custom_event.other", "value": "5"}]'::jsonb)) v(actions);

-- a type that occurs twice is summed: 7, where the first match is 5
SELECT (click_counts_from_actions('[{"action_type": "link_click", "action_target_id": "1", "value": 5},
                                    {"action_type": "link_click", "action_target_id": "2", "value": 2}]')).link;

-- attribution windows overlap: 6608, neither 13204 nor 6596
SELECT (click_counts_from_actions('[{"action_type": "link_click", "value": 6608, "1d_view": 86, "1d_click": 6510}]')).link;

-- one event under several names, autoplay views and other ads' clicks add nothing
SELECT clicks_total(click_counts_from_actions('[{"action_type": "link_click", "value": "5"}, {"action_type": "video_view", "value": "3000"},
	{"action_type": "purchase", "value": "2"}, {"action_type": "omni_purchase", "value": "3"},
	{"action_type": "offsite_conversion.fb_pixel_purchase", "value": "2"}, {"action_type": "ad_click_mobile_app", "value": "9"}]'));

-- with Clicks (All), other is the rest, also where the array has more
SELECT clicks, pg_temp.shown(counts) AS counts, clicks_total(counts) = clicks AS adds_up
FROM (VALUES (12), (10), (9), (0)) v(clicks),
     click_counts_from_actions('[{"action_type": "link_click", "value": "6"}, {"action_type": "comment", "value": "4"},
                                 {"action_type": "outbound_click", "value": "5"}, {"action_type": "post_engagement", "value": "10"}]', clicks) counts;

-- the arrays beside actions name their types too; they are memo, so Clicks (All) stays
SELECT pg_temp.shown(counts) AS counts, clicks_total(counts) AS clicks
FROM (VALUES ('[{"action_type": "link_click", "value": "100"}]'::jsonb, '[{"action_type": "outbound_click", "value": "130"}]'::jsonb,
              '[{"action_type": "instant_experience_clicks_to_open", "value": "40"}]'::jsonb)) v(actions, outbound_clicks, instant_experience),
     LATERAL (SELECT click_counts_from_actions(actions, 110) + click_counts_from_actions(outbound_clicks) +
                     click_counts_from_actions(instant_experience)) c(counts);

-- Meta leaves an array out that would be empty, and a NULL must not swallow the rest
SELECT pg_temp.shown(click_counts_from_actions('[{"action_type": "link_click", "value": "100"}]', 110) +
                     click_counts_from_actions(NULL)) AS counts;

-- type names in any case; an element without a type, or with attribution windows and no value, counts nothing
SELECT pg_temp.shown(click_counts_from_actions('[{"action_type": "LINK_CLICK", "value": "3"}, {"action_type": "Like", "value": 4}, {"action_type": "Page_Engagement", "value": 9}]')) AS any_case,
       pg_temp.shown(click_counts_from_actions('[{"action_type": null, "value": "3"}, {"action_type": "like", "value": 4}]')) AS no_type;
SELECT windows, pg_temp.shown(click_counts_from_actions(jsonb_build_array('{"action_type": "like", "value": 4}'::jsonb, '{"action_type": "link_click"}'::jsonb || windows))) AS counts
FROM (VALUES ('{"7d_click": "5", "1d_view": "2"}'::jsonb), ('{"28d_click": 5, "value": null}'), ('{"1d_ev": "1"}'), ('{"dda": "5"}'), ('{"inline": 5}'), ('{"skan_click": 5}'), ('{"skan_view": 5}')) v(windows);

-- NULL in, NULL out; NULL is not reported, and so is a JSON null
SELECT click_counts_from_actions(NULL) IS NULL AS actions, click_counts_from_actions('null') IS NULL AS json_null,
       click_counts_from_actions(NULL, NULL) IS NULL AS both, click_counts_from_actions('null', NULL)::text IS NULL AS no_row;
SELECT pg_temp.shown(click_counts_from_actions(NULL, 5)) AS no_actions,
       pg_temp.shown(click_counts_from_actions('null', 5)) AS json_null,
       pg_temp.shown(click_counts_from_actions('[{"action_type": "link_click", "value": "3"}]', NULL)) AS no_clicks;

-- an empty array reports nothing, which is not the same as zero
SELECT click_counts_from_actions('[]')::text AS empty, pg_temp.shown(click_counts_from_actions('[]', 5)) AS with_clicks,
       click_counts_from_actions('[{"action_type": "like", "value": 0}]')::text AS zero;

-- numbers and numeric strings
SELECT value, (click_counts_from_actions(jsonb_build_array(jsonb_build_object('action_type', 'link_click', 'value', value)))).link
FROM (VALUES ('12'::jsonb), ('"12"'), ('12.0'), ('"12.0"'), ('"12."'), ('"0012"'), ('"12.00"'), ('"12.000000"'), ('1.2e1'), ('0'), ('"0"'), ('-0'), ('0e9'),
             ('9223372036854775807'), ('"9223372036854775807"'), ('9223372036854775807.000')) v(value);

-- values of types that do not stand for clicks are not looked at: modelled conversions may be fractions
SELECT pg_temp.shown(click_counts_from_actions('[{"action_type": "purchase", "value": "1.37"}, {"action_type": "lead"}, {"action_type": "like", "value": 1}]'));

-- however it is stored: short, long, compressed, out of line
CREATE TEMP TABLE stored (id int, actions jsonb);
INSERT INTO stored
SELECT n, (SELECT jsonb_agg(jsonb_build_object('action_type', CASE i % 3 WHEN 0 THEN 'link_click' WHEN 1 THEN 'post_engagement' ELSE 'post' END,
                                               'value', i, 'note', CASE WHEN n > 50 THEN md5(i::text) ELSE '' END))
                                               FROM generate_series(1, n) i)
FROM unnest(ARRAY[1, 2, 12, 50, 1000, 10000]) n;
SELECT id, (click_counts_from_actions(actions)).link IS NOT DISTINCT
FROM (SELECT sum(i) FROM generate_series(3, id, 3) i) AS link,
       (click_counts_from_actions(actions)).share IS NOT DISTINCT
       FROM (SELECT sum(i) FROM generate_series(2, id, 3) i) AS share
FROM stored;

-- equal to the usual query over 10,000 random arrays, without its fan-out
CREATE TEMP TABLE insights AS
SELECT id, 10 AS spend,
       (SELECT jsonb_agg(jsonb_build_object(
                   'action_type', type, '1d_click', value / 2, 'action_target_id', k::text, 'value',
                   CASE WHEN (id + k) % 2 = 0 THEN to_jsonb(value) ELSE to_jsonb(value::text) END))
        FROM (SELECT k, (id * 7919 + k * 104729 + id * k * 31) % 1000 AS value,
                     (ARRAY['link_click', 'post_reaction', 'comment', 'post', 'like', 'photo_view', 'page_engagement',
                            'post_engagement', 'video_view', 'purchase', 'outbound_click'])[1 + (id * 31 + k * k * 17 + id * k) % 11] AS type
              FROM generate_series(1, id % 13) k) elements) AS actions
FROM generate_series(1, 10000) id;
SELECT count(*) AS arrays, count(usual.id) AS unnested,
       least(count(usual.link), count(usual.reaction), count(usual.comment), count(usual.share), count(usual.page_like),
             count(usual.photo), count(usual.outbound)) > 1000 AS all_types_occur,
       count(*) FILTER (WHERE (read).link IS DISTINCT FROM usual.link OR (read).reaction IS DISTINCT FROM usual.reaction
                           OR (read).comment IS DISTINCT FROM usual.comment OR (read).share IS DISTINCT FROM usual.share
                           OR (read).page_like IS DISTINCT FROM usual.page_like
                           OR (read).photo IS DISTINCT FROM usual.photo
                           OR (read).outbound IS DISTINCT FROM usual.outbound) AS different
FROM (SELECT id, click_counts_from_actions(actions) AS read FROM insights) insights
LEFT JOIN (SELECT id, sum(clicks) FILTER (WHERE type = 'link_click') AS link, sum(clicks) FILTER (WHERE type = 'post_reaction') AS reaction,
                  sum(clicks) FILTER (WHERE type = 'comment') AS comment, sum(clicks) FILTER (WHERE type = 'post') AS share,
                  sum(clicks) FILTER (WHERE type = 'like') AS page_like, sum(clicks) FILTER (WHERE type = 'photo_view') AS photo,
                  sum(clicks) FILTER (WHERE type = 'outbound_click') AS outbound
           FROM insights, jsonb_array_elements(actions) element,
                LATERAL (SELECT element ->> 'action_type', (element ->> 'value')::bigint) e(type, clicks)
           GROUP BY id) usual USING (id);
SELECT sum(spend) AS spend, (SELECT sum(spend) FROM insights, jsonb_array_elements(actions)) AS fanned_out
FROM insights WHERE click_counts_from_actions(actions) IS DISTINCT FROM click_counts(link => -1);

-- complaints name the element, the value and the rule
SELECT click_counts_from_actions('[{"action_type": "like", "value": "1"}, {"action_type": "link_click", "value": "1,234"}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": "1.234,56"}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": -1}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": 1.5}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": 1e-40}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": -1e40}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": {"clicks": 5}}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": 9223372036854775808}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": 1e40}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": "123456789012345678901234567890"}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": 9223372036854775807}, {"action_type": "link_click", "value": 1}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": 1}]', -9223372036854775808);
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "d_click": "5", "1d": 2, "click": 3}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": null}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"value": "5"}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": 5, "value": "5"}]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": "1.000"}]');
\echo :SQLSTATE
SELECT click_counts_from_actions(format('[{"action_type": "link_click", "value": "%s"}]', repeat('é', 100000))::jsonb);
\echo :SQLSTATE
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": 1e131071}]');
\echo :SQLSTATE
SELECT click_counts_from_actions(jsonb_build_array(jsonb_build_object('x', repeat('y', 1000000))));
\echo :SQLSTATE
SELECT click_counts_from_actions('["link_click"]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[[{"action_type": "link_click", "value": "5"}]]');
\echo :SQLSTATE
SELECT click_counts_from_actions('[null]');
\echo :SQLSTATE
SELECT click_counts_from_actions('{"action_type": "link_click", "value": "5"}');
\echo :SQLSTATE
SELECT click_counts_from_actions('5');
\echo :SQLSTATE
SELECT click_counts_from_actions(to_jsonb('[{"action_type": "link_click", "value": "5"}]'::text));
\echo :SQLSTATE

-- and nothing that is not a plain number gets through
SELECT count(*) AS values, pg_temp.all_hold(outcome ~ '^(22023|22003): ', ROW(value, outcome), 'refused') AS all_refused
FROM unnest(ARRAY['""', '" 12"', '"12 "', '"+12"', '"-12"', '"-0"', '"1e3"', '"12.5"', '"1.000"', '"12.000"', '"1000.000"', '"12.0x"', '"."', '".0"', '"1.0.0"', '"0x10"', '"NaN"',
                  '"Infinity"', '"n/a"', '12.5', '-1', '-0.5', '1e-1', '1e30', '1e400', 'true', '[]', '[12]', '{}',
                  'null']::jsonb[]) value,
     LATERAL pg_temp.outcome(format('SELECT click_counts_from_actions(%L)', jsonb_build_array(
                                    jsonb_build_object('action_type', 'link_click', 'value', value)))) outcome;

-- a cancel is answered within the array: before its next element is read, here a bad one
SELECT pg_cancel_backend(pg_backend_pid()), click_counts_from_actions(actions)
FROM (SELECT '[{"action_type": "link_click", "value": "bad"}]'::jsonb OFFSET 0) v(actions);
\echo :SQLSTATE
