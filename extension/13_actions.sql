-- Meta's actions array to click_counts

CREATE FUNCTION click_counts_from_actions(actions jsonb, clicks bigint DEFAULT NULL) RETURNS click_counts
	AS 'MODULE_PATHNAME', 'click_counts_from_actions_jsonb'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION click_counts_from_actions(jsonb, bigint) IS
	'click types in an actions array of Meta''s Insights; with Clicks (All), other is what they leave unexplained';

