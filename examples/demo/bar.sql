-- bar.sql
--	The bars of demo.sh.

-- A bar as long as value is of highest: width characters for the highest.
CREATE FUNCTION bar(value numeric, highest numeric, width integer)
	RETURNS text LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN repeat('█', round(width * value / nullif(highest, 0))::integer);
