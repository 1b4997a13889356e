-- shown.sql
--	How demo.sh shows numbers and names.

-- A bar as long as value is of highest, to an eighth of a character: width
-- characters for the highest.
CREATE FUNCTION bar(value numeric, highest numeric, width integer)
	RETURNS text LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN (SELECT repeat('█', eighths / 8) || substr('▏▎▍▌▋▊▉', eighths % 8, 1)
		FROM (SELECT round(8 * width * value / nullif(highest, 0))::integer) AS length(eighths));

-- An amount as it is shown: some exports have nine decimals.
CREATE FUNCTION shown_amount(amount numeric) RETURNS numeric
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN scale(amount) > 3 THEN round(amount, 2) ELSE amount END;

-- How many columns psql takes for the number, with its commas
CREATE FUNCTION shown_width(number numeric) RETURNS integer
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN length(number::text) + (length(trunc(abs(number))::text) - 1) / 3;

-- The name, or its beginning and end if it takes more than width columns
CREATE FUNCTION shown_name(name text, width integer) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN length(name) <= width THEN name
		ELSE left(name, width - 1 - width / 3) || '…' || right(name, width / 3) END;

-- A kind of click in the words of Ads Manager
CREATE FUNCTION kind_of_click(kind click_type) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN CASE kind
		WHEN 'link' THEN 'the link'
		WHEN 'see_more' THEN '"See more"'
		WHEN 'photo' THEN 'a photo'
		WHEN 'page' THEN 'the Page''s name or picture'
		WHEN 'cta' THEN 'the call-to-action button'
		WHEN 'video' THEN 'the video'
		WHEN 'reaction' THEN 'like, love and so on'
		WHEN 'comment' THEN 'comment'
		WHEN 'share' THEN 'share'
		WHEN 'page_like' THEN 'like or follow the Page'
		WHEN 'other' THEN 'anything else'
		WHEN 'outbound' THEN 'a link that leaves Meta'
		ELSE replace(kind::text, '_', ' ') END;
