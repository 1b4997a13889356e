-- ad_conversions.sql
--	Purchases and leads, from the actions that Meta reports with each row: from
--	the view ad_actions, which airbyte.sql, fivetran.sql and singer.sql make, to
--
--	ad_conversions	one row per row of ad_actions and kind that it has:
--		day, then the eleven slices, as in ad_daily
--		kind text				'purchase' or 'lead'
--		conversions numeric		how many; attributed ones may be fractions
--
--		psql -d mydb -f airbyte.sql -f ad_conversions.sql
--
-- Meta reports one purchase under several names: all channels together, by
-- pixel, by shop.  purchase 2, omni_purchase 3 and fb_pixel_purchase 2 are
-- three purchases, not seven.  So of the names below the first that a row has
-- is taken, and the others are not looked at: the widest one first.  If your
-- account counts by another name, change the order.
--
-- * A name that comes several times, once for each target, is added up.
-- * Only "value" is read: attribution windows overlap.
-- * No row is no conversion.
-- * Conversions are dated, and attributed, by the settings of the account.

CREATE VIEW ad_conversions AS
	SELECT day, account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement, kind, conversions
	FROM ad_actions
		CROSS JOIN LATERAL (
			SELECT DISTINCT ON (kind) kind,
				trim_scale(sum((element ->> 'value')::numeric)) AS conversions
			FROM jsonb_array_elements(nullif(actions, 'null')) AS element
				JOIN (VALUES
					('purchase', 1, 'omni_purchase'),
					('purchase', 2, 'purchase'),
					('purchase', 3, 'offsite_conversion.fb_pixel_purchase'),
					('purchase', 4, 'onsite_conversion.purchase'),
					('purchase', 5, 'onsite_web_purchase'),
					('purchase', 6, 'onsite_web_app_purchase'),
					('purchase', 7, 'app_custom_event.fb_mobile_purchase'),
					('lead', 1, 'lead'),
					('lead', 2, 'leadgen_grouped'),
					('lead', 3, 'onsite_conversion.lead_grouped'),
					('lead', 4, 'offsite_conversion.fb_pixel_lead'),
					('lead', 5, 'onsite_web_lead')
				) AS names(kind, preference, name)
					ON element ->> 'action_type' = name
			WHERE element ->> 'value' IS NOT NULL
			GROUP BY kind, preference
			ORDER BY kind, preference
		) AS first_name;

COMMENT ON VIEW ad_conversions IS
	'purchases and leads by day and ad, each counted under one of Meta''s names for it';
