-- The public interface: what docs/compatibility.md promises to keep.  From 1.0 on a line may be
-- added here, but none may change or go.
\pset format unaligned
\pset tuples_only on

-- functions and aggregates: names of arguments are part of it, as is what an index may rely on
SELECT (proname || '(' || pg_get_function_arguments(oid) || ')') COLLATE "C" AS call, '-> ' || pg_get_function_result(oid) AS result,
	CASE provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END
		|| CASE WHEN prokind = 'f' AND proisstrict THEN ' strict' ELSE '' END || CASE prokind WHEN 'a' THEN ' aggregate' ELSE '' END
FROM pg_depend JOIN pg_proc ON oid = objid
WHERE classid = 'pg_proc'::regclass AND refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'clicks_all')
	AND (proname !~ '^(ad_totals|any_number|click_counts|clicker_set|click_totals|distinct_set|ratio_sample|unique_clicks_bounds)(_|$)'
		OR proname IN ('click_counts', 'click_counts_agg', 'click_counts_from_actions', 'clicker_set_agg', 'ratio_sample_agg', 'unique_clicks_bounds'))
ORDER BY call;

-- operators
SELECT (oprleft::regtype || ' ' || oprname || ' ' || oprright::regtype) COLLATE "C" AS call, '-> ' || oprresult::regtype AS result
FROM pg_depend JOIN pg_operator AS o ON o.oid = objid
WHERE classid = 'pg_operator'::regclass AND refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'clicks_all')
ORDER BY call;

-- casts
SELECT (castsource::regtype || ' to ' || casttarget::regtype) COLLATE "C" AS "cast",
	CASE castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'in assignments' ELSE 'explicit' END
FROM pg_depend JOIN pg_cast AS c ON c.oid = objid
WHERE classid = 'pg_cast'::regclass AND refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'clicks_all')
ORDER BY 1;

-- default operator classes, and aggregates that can be computed in parallel and over moving windows
SELECT opcname, amname, opcintype::regtype FROM pg_opclass JOIN pg_am ON pg_am.oid = opcmethod
WHERE opcdefault AND opcintype IN ('clicker_set'::regtype, 'ratio_sample'::regtype) ORDER BY 1, 2;
SELECT proname, count(*) AS forms, count(*) FILTER (WHERE aggcombinefn <> 0) AS in_parallel,
       count(*) FILTER (WHERE aggminvtransfn <> 0) AS moving
FROM pg_aggregate JOIN pg_proc ON oid = aggfnoid
WHERE oid IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'clicks_all'))
GROUP BY 1 ORDER BY 1;
