CREATE TYPE click_counts AS (
	link bigint,
	see_more bigint,
	photo bigint,
	page bigint,
	cta bigint,
	video bigint,
	reaction bigint,
	comment bigint,
	share bigint,
	page_like bigint,
	other bigint,
	phone bigint,
	directions bigint,
	message bigint,
	lead_form bigint,
	app_store bigint,
	ix_open bigint,
	ix_start bigint,
	ix_outbound bigint,
	outbound bigint
);

COMMENT ON TYPE click_counts IS
	'how many clicks of each type; NULL = not reported';
COMMENT ON COLUMN click_counts.link IS 'clicks on links to the advertiser''s destinations; at Meta CTA clicks are among them';
COMMENT ON COLUMN click_counts.see_more IS 'clicks that expand the text';
COMMENT ON COLUMN click_counts.photo IS 'clicks that expand a photo or other media';
COMMENT ON COLUMN click_counts.page IS 'clicks on the Page''s name or picture';
COMMENT ON COLUMN click_counts.cta IS 'clicks on the call-to-action button, where they are not among link clicks';
COMMENT ON COLUMN click_counts.video IS 'taps on a video; autoplay is not a click';
COMMENT ON COLUMN click_counts.reaction IS 'reactions';
COMMENT ON COLUMN click_counts.comment IS 'comments';
COMMENT ON COLUMN click_counts.share IS 'shares';
COMMENT ON COLUMN click_counts.page_like IS 'Page likes or follows';
COMMENT ON COLUMN click_counts.other IS 'clicks that count but have no type of their own';
COMMENT ON COLUMN click_counts.phone IS 'memo: clicks to call';
COMMENT ON COLUMN click_counts.directions IS 'memo: clicks for directions';
COMMENT ON COLUMN click_counts.message IS 'memo: clicks to message';
COMMENT ON COLUMN click_counts.lead_form IS 'memo: clicks that open a form';
COMMENT ON COLUMN click_counts.app_store IS 'memo: clicks to an app store';
COMMENT ON COLUMN click_counts.ix_open IS 'memo: clicks that open an Instant Experience';
COMMENT ON COLUMN click_counts.ix_start IS 'memo: clicks that start an Instant Experience';
COMMENT ON COLUMN click_counts.ix_outbound IS 'memo: clicks from an Instant Experience to a destination off Meta';
COMMENT ON COLUMN click_counts.outbound IS 'memo: clicks to destinations off Meta; overlaps link and ix_outbound';

CREATE FUNCTION click_counts_support(internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION click_counts_support(internal) IS
	'has click_counts() of integers planned as click_counts_of_bigint()';

CREATE FUNCTION click_counts_of_bigint(
	bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint,
	bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint
) RETURNS click_counts
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION click_counts_of_bigint IS
	'what click_counts() is planned as if its arguments are integers';

CREATE FUNCTION click_counts(
	link any_number DEFAULT NULL,
	see_more any_number DEFAULT NULL,
	photo any_number DEFAULT NULL,
	page any_number DEFAULT NULL,
	cta any_number DEFAULT NULL,
	video any_number DEFAULT NULL,
	reaction any_number DEFAULT NULL,
	comment any_number DEFAULT NULL,
	share any_number DEFAULT NULL,
	page_like any_number DEFAULT NULL,
	other any_number DEFAULT NULL,
	phone any_number DEFAULT NULL,
	directions any_number DEFAULT NULL,
	message any_number DEFAULT NULL,
	lead_form any_number DEFAULT NULL,
	app_store any_number DEFAULT NULL,
	ix_open any_number DEFAULT NULL,
	ix_start any_number DEFAULT NULL,
	ix_outbound any_number DEFAULT NULL,
	outbound any_number DEFAULT NULL
) RETURNS click_counts
	AS 'MODULE_PATHNAME', 'click_counts_from_numbers'
	LANGUAGE C IMMUTABLE PARALLEL SAFE SUPPORT click_counts_support;

COMMENT ON FUNCTION click_counts IS
	'clicks of one row by type, as named arguments: click_counts(link => 200, photo => 30)';

CREATE FUNCTION clicks_total(clicks click_counts) RETURNS bigint
	AS 'MODULE_PATHNAME', 'click_counts_total'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION clicks_total(click_counts) IS
	'Clicks (All) of one row: the sum of the counted types';

-- as in a sum over rows, what one side does not report counts as 0 there: so
-- does a whole row that is NULL
CREATE FUNCTION click_counts_add(click_counts, click_counts) RETURNS click_counts
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION click_counts_add(click_counts, click_counts) IS
	'implementation of + operator';

CREATE OPERATOR + (
	LEFTARG = click_counts, RIGHTARG = click_counts,
	FUNCTION = click_counts_add, COMMUTATOR = +
);

COMMENT ON OPERATOR + (click_counts, click_counts) IS
	'add type by type; NULL is nothing reported';

CREATE FUNCTION click_counts_subtract(click_counts, click_counts) RETURNS click_counts
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION click_counts_subtract(click_counts, click_counts) IS
	'implementation of - operator';

CREATE OPERATOR - (
	LEFTARG = click_counts, RIGHTARG = click_counts,
	FUNCTION = click_counts_subtract
);

COMMENT ON OPERATOR - (click_counts, click_counts) IS
	'subtract type by type; NULL is nothing reported';

CREATE FUNCTION click_breakdown(
	counts click_counts,
	OUT click_type click_type, OUT clicks bigint, OUT share numeric
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'click_counts_breakdown'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;

COMMENT ON FUNCTION click_breakdown(click_counts) IS
	'the types reported, counted ones first, each with its share of Clicks (All) in percent';

CREATE FUNCTION any_number(click_counts) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_click_counts'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(click_counts) IS 'convert click_counts to any_number: its Clicks (All)';

CREATE CAST (click_counts AS any_number) WITH FUNCTION any_number(click_counts) AS IMPLICIT;
