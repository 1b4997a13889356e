CREATE TYPE click_type AS ENUM (
	-- counted: a disjoint partition, whose sum is Clicks (All)
	'link', 'see_more', 'photo', 'page', 'cta', 'video', 'reaction', 'comment',
	'share', 'page_like', 'other',
	-- memo: "of which", never added
	'phone', 'directions', 'message', 'lead_form', 'app_store', 'ix_open',
	'ix_start', 'ix_outbound', 'outbound'
);

COMMENT ON TYPE click_type IS
	'kind of click on an ad; "link" to "other" are counted in Clicks (All), "phone" to "outbound" are memo figures';

CREATE FUNCTION is_counted(click_type click_type) RETURNS boolean
	AS 'MODULE_PATHNAME', 'click_type_is_counted'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION is_counted(click_type) IS
	'whether clicks of this type are part of Clicks (All)';

