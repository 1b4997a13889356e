-- csv_values.sql
--	demo.sh FILE.csv: from text to values, and the first value that is none.

-- The day that a text begins with, NULL if it does not: 2026-03-09,
-- 03/09/26 and 3/9/2026 (month first), 09.03.2026 (day first), each perhaps
-- with a time, which is taken to be the account's.
CREATE FUNCTION csv_day(value text) RETURNS date
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
	a_time CONSTANT text := '([T ]*\d{1,2}[:-]\d\d.*)?$';
	part text[];
BEGIN
	part := regexp_match(value, '^(\d{4})-(\d{1,2})-(\d{1,2})' || a_time);
	IF part IS NULL THEN
		part := regexp_match(value, '^(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)' || a_time);
		part := ARRAY[part[3], part[1], part[2]];
	END IF;
	IF part[1] IS NULL THEN
		part := regexp_match(value, '^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)' || a_time);
		part := ARRAY[part[3], part[2], part[1]];
	END IF;
	RETURN make_date(
		CASE length(part[1]) WHEN 2 THEN 2000 ELSE 0 END + part[1]::integer,
		part[2]::integer, part[3]::integer);
EXCEPTION
	WHEN datetime_field_overflow THEN
		RETURN NULL;
END
$$;

CREATE FUNCTION csv_line_breaks(fields text[]) RETURNS bigint
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	RETURN regexp_count(array_to_string(fields, ''), '\n');

-- Export tools write "12.0" where a column of whole numbers has blanks.
CREATE VIEW csv_bad_values AS
	SELECT row_number, position, header, value,
		CASE WHEN taken_as = 'day' THEN 'a day like 2026-03-09, 03/09/2026 or 09.03.2026'
			WHEN taken_as = 'spend' THEN 'a number like 1234.56'
			WHEN taken_as = 'currency' THEN 'a currency like USD'
			ELSE 'a whole number like 1234'
		END AS expected
	FROM csv_named
		CROSS JOIN csv_columns
		CROSS JOIN LATERAL trim(fields[position]) AS value
	WHERE value <> ''
		AND CASE
			WHEN taken_as = 'day' THEN csv_day(value) IS NULL
			WHEN taken_as = 'spend' THEN
				value !~ '^[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})$'
			-- what cpc() takes, on one line
			WHEN taken_as = 'currency' THEN
				octet_length(value) > 15 OR value ~ '[[:cntrl:]]'
			WHEN taken_as IN ('clicks', 'link', 'reaction', 'comment', 'share',
				'page_like', 'outbound', 'impressions', 'reach') THEN
				value !~ '^\+?\d{1,15}(\.0*)?$'
			ELSE false
		END;

-- Lines are those of the file: a quoted field may have several, and the row
-- before it as well.
SELECT format('line %s, column "%s": "%s" is not %s',
	2 + (SELECT count(*) + coalesce(sum(line_breaks), 0)
		FROM csv_named AS before, csv_line_breaks(before.fields) AS line_breaks
		WHERE before.row_number < bad.row_number)
	  + csv_line_breaks(fields[:position - 1]),
	header, left(regexp_replace(value, '\s+', ' ', 'g'), 40), expected)
FROM csv_bad_values AS bad JOIN csv_named USING (row_number)
ORDER BY row_number, position
LIMIT 1;
