-- The mistakes that are made with ad metrics, each with the wrong number beside
-- the right one.  A trap that no function of the extension touches is not here.
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';

-- 1. the average of ratios is not the ratio of the sums
SELECT round(avg(100.0 * clicks / impressions), 6) AS average, round(ctr(clicks, impressions), 6) AS ctr
FROM (VALUES (10, 1000), (5, 100)) v(clicks, impressions);
SELECT round(avg(100.0 * clicks / impressions), 6) AS average, round(ctr(clicks, impressions), 6) AS ctr
FROM (VALUES (10, 1000), (5, 5000), (10, 500)) v(clicks, impressions);

-- 2. zero denominators give NULL, not 0, Infinity or an error
SELECT ctr(clicks, impressions) AS ctr, cpc(spend, clicks) AS cpc, (ad_metrics(clicks, impressions, spend)).*
FROM (VALUES (0, 0, 12.34)) v(clicks, impressions, spend);

-- 3. integer division
SELECT 3 / 200 AS integer_division, round(ctr(3, 200), 2) AS ctr;

-- 4. the ctr of the API is percent: 5185 clicks, not 518,500
SELECT round('1.827822'::numeric * 283671 / 100) AS clicks, round(ctr(5185, 283671), 6) AS ctr;

-- 5. one person who clicks on three days is one in the week
SELECT sum(daily) AS added_up, (SELECT unique_clicks(u) FROM unnest(ARRAY['ann', 'ann', 'ann']) u) AS unique_clicks
FROM (SELECT unique_clicks(u) AS daily FROM (VALUES ('Mon', 'ann'), ('Tue', 'ann'), ('Wed', 'ann')) v(day, u) GROUP BY day) days;

-- 6. one person who clicks five ads is one in the ad set
SELECT sum(of_ad) AS added_up, (SELECT unique_clicks(u) FROM unnest(ARRAY['ann', 'ann', 'ann', 'ann', 'ann']) u) AS unique_clicks
FROM (SELECT unique_clicks(u) AS of_ad FROM (VALUES (1, 'ann'), (2, 'ann'), (3, 'ann'), (4, 'ann'), (5, 'ann')) v(ad, u) GROUP BY ad) ads;

-- 7. people reached on two days: 120 to 200 of them, and no single number
SELECT unique_clicks_bounds(reach) AS knowable, unique_clicks_bounds(reach) @> 120::bigint AS fewest,
       unique_clicks_bounds(reach) @> 200::bigint AS most, unique_clicks_bounds(reach) @> 201::bigint AS more
FROM (VALUES (80::bigint), (120)) v(reach);

-- 8. hourly rows have a reach of 0, meaning unknown: no unique CTR
SELECT ctr(unique_clicks, reach) AS unique_ctr FROM (VALUES (5, 0)) v(unique_clicks, reach);

-- 9. to 11. and 33.: actions overlap.  See the test of click_counts_from_actions.
SELECT clicks_total(click_counts_from_actions('[{"action_type": "page_engagement", "value": "10"}, {"action_type": "post_engagement", "value": "10"},
	{"action_type": "link_click", "value": "2"}, {"action_type": "comment", "value": "3"}, {"action_type": "post_reaction", "value": "3"},
	{"action_type": "like", "value": "2"}, {"action_type": "mobile_app_install", "value": "12"}, {"action_type": "app_custom_event", "value": "11"},
	{"action_type": "app_custom_event.fb_mobile_activate_app", "value": "6"}, {"action_type": "app_custom_event.other", "value": "5"}]')) AS neither_64_nor_33,
       clicks_total(click_counts_from_actions('[{"action_type": "link_click", "action_target_id": "1", "value": 5},
	{"action_type": "link_click", "action_target_id": "2", "value": 2}]')) AS not_5,
       clicks_total(click_counts_from_actions('[{"action_type": "link_click", "value": 6608, "1d_view": 86, "1d_click": 6510}]')) AS neither_13204_nor_6596,
       clicks_total(click_counts_from_actions('[{"action_type": "link_click", "value": 7}, {"action_type": "purchase", "value": 2},
	{"action_type": "omni_purchase", "value": 3}, {"action_type": "offsite_conversion.fb_pixel_purchase", "value": 2}]')) AS neither_14_nor_10;

-- 12. Clicks (All) is the sum of its types; CTA clicks that are among link clicks stay NULL
SELECT clicks_total(click_counts(link => 200, see_more => 50, photo => 30, page => 20, cta => 10,
                                 video => 5)) AS clicks,
       clicks_total(click_counts(link => 200, see_more => 50, photo => 30, page => 20, video => 5)) AS cta_among_link;

-- 13. outbound clicks overlap link clicks, and may outnumber them: a memo, never added
SELECT clicks_total(click_counts(link => 100, outbound => 130)) AS not_230;

-- 14. autoplay is no click: 5 taps at 2,500 impressions, not a CTR of 120 percent
SELECT round(100.0 * (3000 + 5) / 2500, 1) AS with_views,
       round(ctr(click_counts_from_actions('[{"action_type": "video_view", "value": "3000"}]')
                 + click_counts(video => 5), 2500), 1) AS ctr;

-- 15. clicks beyond impressions do occur: a CTR, but no interval
SELECT round(100.0 * clicks / impressions, 2) AS ctr, low, high
FROM (VALUES (16760, 119), (257, 152)) v(clicks, impressions), ctr_interval(clicks, impressions);
SELECT round(ctr(clicks, impressions), 2) AS ctr FROM (VALUES (16760, 119)) v(clicks, impressions);

-- 16. restated rows: the latest version counts, whether it is the largest or not
CREATE TEMP TABLE restated AS
SELECT * FROM (VALUES (1, date '2026-03-02', 1, 100, 40.00), (1, '2026-03-02', 2, 104, 39.50), (1, '2026-03-02', 3, 98, 39.00))
	v(ad, day, version, clicks, spend);
SELECT sum(clicks) AS sum, max(clicks) AS max FROM restated;
SELECT clicks_all(clicks), round(cpc(spend, clicks), 6) AS cpc
FROM (SELECT DISTINCT ON (ad, day) * FROM restated ORDER BY ad, day, version DESC) latest;

-- 18. currencies do not mix: 25.25 of what?
CREATE TEMP TABLE two_currencies AS
SELECT * FROM (VALUES (100, 50.00, 'USD'), (100, 5000, 'JPY')) v(clicks, spend, currency);
SELECT round(cpc(spend, clicks), 2) AS meaningless FROM two_currencies;
SELECT cpc(spend, clicks, currency) FROM two_currencies;
\echo :SQLSTATE
SELECT currency, round(cpc(spend, clicks, currency), 2) AS cpc FROM two_currencies GROUP BY currency ORDER BY currency;
SELECT cpc(spend, clicks, currency) FROM (VALUES (100, 50.00, 'USD'), (1, 1.00, '')) v(clicks, spend, currency);
\echo :SQLSTATE

-- 19. Sunday evening in Los Angeles is Monday in UTC
SELECT report_week(moment, 'America/Los_Angeles') AS los_angeles, report_week(moment, 'UTC') AS utc, report_week(moment, 'America/Los_Angeles', 'sunday') AS sunday_week
FROM (VALUES (timestamptz '2026-03-09 05:30Z')) v(moment);

-- 20. the repeated hour: two moments, one local time, one week
SELECT count(DISTINCT moment) AS moments, count(DISTINCT moment AT TIME ZONE 'America/Los_Angeles') AS local_times,
       count(DISTINCT report_week(moment, 'America/Los_Angeles', 'sunday')) AS weeks
FROM (VALUES (timestamptz '2026-11-01 08:30Z'), ('2026-11-01 09:30Z')) v(moment);

-- 21. the year of a week is not the year of its days
SELECT day, to_char(day, 'YYYY-IW') AS wrong, to_char(report_week(day), 'IYYY-IW') AS week FROM (VALUES (date '2025-12-29'), ('2027-01-01')) v(day);

-- 22. NULL is unknown, and all unknown stays unknown; sums skip it as sum() does
SELECT clicks_all(clicks) FROM (VALUES (NULL), (5)) v(clicks);
SELECT clicks_all(clicks) IS NULL AS unknown, ctr(clicks, 1000) IS NULL AS no_ctr
FROM (VALUES (NULL::integer), (NULL)) v(clicks);
SELECT round(ctr(clicks, impressions), 4) AS ctr FROM (VALUES (10, 1000), (NULL, 500)) v(clicks, impressions);

-- 23. numbers in text: '1,234' is refused, not read as 1
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": "1,234"}]');
\echo :SQLSTATE

-- 24. money is decimal, also where it is stored as double precision
SELECT sum(spend) AS binary, (ad_metrics(1, 1, spend::numeric)).spend AS exact,
       (ad_metrics(1, 1, spend)).spend AS read_as_decimal
FROM (SELECT 0.1::double precision AS spend FROM generate_series(1, 10)) ten;

-- 25. the total row comes from the sums, not from the rows above it
SELECT coalesce(ad, 'total') AS ad, round(ctr(clicks, impressions), 4) AS ctr
FROM (VALUES ('a', 10, 1000), ('b', 5, 100)) v(ad, clicks, impressions) GROUP BY ROLLUP (ad) ORDER BY v.ad;

-- 26. double clicks at 0, 50 and 100 s: one is left by the gap to the previous click, two by the gap to the
-- last kept one
CREATE TEMP TABLE burst AS SELECT unnest(ARRAY[0, 50, 100]) AS second;
SELECT count(*) AS by_previous FROM (SELECT second - lag(second) OVER (ORDER BY second) AS gap FROM burst) gaps
WHERE gap IS NULL OR gap >= 60;
WITH RECURSIVE kept AS (
	SELECT min(second) AS second FROM burst
	UNION ALL
	SELECT (SELECT min(second) FROM burst WHERE burst.second >= kept.second + 60) FROM kept WHERE second IS NOT NULL
)
SELECT count(second) AS by_last_kept FROM kept;

-- 27. an unknown user is nobody: three clicks, one clicker
SELECT count(*) AS clicks, unique_clicks(u), round(clicks_per_account(u), 2) AS clicks_per_account
FROM (VALUES ('ann'), (NULL), (NULL)) v(u);

-- 28. CPC (all) and the cost of a link click
SELECT round(cpc(100, 200), 2) AS cpc_all, round(cpc(100, 50), 2) AS cost_per_link_click;

-- 29. costs per click do not add up
SELECT round(sum(spend / clicks), 2) AS sum_of_cpc, round(cpc(spend, clicks), 2) AS cpc
FROM (VALUES (50.0, 100), (7.0, 10)) v(spend, clicks);

-- 30. Simpson's paradox: B wins both devices, A wins overall, for it is shown where people click
SELECT device, round(ctr(clicks, impressions) FILTER (WHERE ad = 'A'), 2) AS a,
       round(ctr(clicks, impressions) FILTER (WHERE ad = 'B'), 2) AS b
FROM (VALUES ('A', 'mobile', 90, 1000), ('A', 'desktop', 2, 100), ('B', 'mobile', 10, 100), ('B', 'desktop', 30, 1000)) v(ad, device, clicks, impressions)
GROUP BY ROLLUP (device) ORDER BY device;

-- 31. ids do not survive double precision
SELECT 120236392470970093::double precision::bigint AS read_back, unique_clicks(id),
       count(DISTINCT id::double precision) AS through_double_precision
FROM (VALUES (120236392470970093), (120236392470970096)) v(id);

-- 32. joining the elements of an array multiplies spend
CREATE TEMP TABLE one_ad AS
SELECT 10 AS spend, jsonb_agg(jsonb_build_object('action_type', 'link_click', 'value', i)) AS actions FROM generate_series(1, 12) i;
SELECT sum(spend) AS fanned_out FROM one_ad, jsonb_array_elements(actions);
SELECT sum(spend) AS spend, clicks_all(click_counts_from_actions(actions)) FROM one_ad;

-- 34. names that lie: post is a share, like is a Page like, ad_click_mobile_app is none of ours
SELECT click_type, clicks
FROM click_breakdown(click_counts_from_actions('[{"action_type": "post", "value": "3"}, {"action_type": "like", "value": "2"}, {"action_type": "ad_click_mobile_app", "value": "9"}]'));

-- 35. credits are negative spend, and legal; so is the difference of two periods, but no single count
SELECT round(cpc(spend, clicks), 2) AS cpc FROM (VALUES (11.20, 10), (-1.20, 0)) v(spend, clicks);
SELECT (click_counts(link => 3) - click_counts(link => 5)).link AS difference;
SELECT click_counts_from_actions('[{"action_type": "link_click", "value": "-2"}]');
\echo :SQLSTATE
