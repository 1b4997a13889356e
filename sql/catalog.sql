-- Rules for everything that CREATE EXTENSION makes.  Each query returns what
-- breaks one rule, so each must return no row.

CREATE TEMP VIEW member AS
	SELECT d.classid, d.objid, pg_describe_object(d.classid, d.objid, 0) AS object
	FROM pg_depend d
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
		AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'clicks_all');

CREATE TEMP VIEW member_function AS
	SELECT m.object, p.* FROM member m JOIN pg_proc p ON p.oid = m.objid
	WHERE m.classid = 'pg_proc'::regclass;

CREATE TEMP VIEW member_aggregate AS
	SELECT a.*, p.proname, p.object, p.proargtypes, p.proargnames
	FROM member_function p JOIN pg_aggregate a ON a.aggfnoid = p.oid;

-- the views above see the extension
SELECT count(*) FILTER (WHERE classid = 'pg_type'::regclass) >= 2 AS types,
	(SELECT count(*) FROM member_function) > 30 AS functions,
	(SELECT count(*) FROM member_aggregate) > 10 AS aggregates
FROM member;

-- what psql lists is described, unless it is a part of an aggregate or a type
SELECT object FROM member
WHERE classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass)
	AND obj_description(objid, (SELECT relname FROM pg_class WHERE oid = classid)) IS NULL
	AND NOT EXISTS (SELECT FROM pg_type
		WHERE classid = 'pg_type'::regclass AND oid = objid AND typcategory = 'A'
			OR classid = 'pg_proc'::regclass AND objid IN (typinput, typoutput, typreceive, typsend))
	AND NOT EXISTS (SELECT FROM pg_aggregate
		WHERE classid = 'pg_proc'::regclass
			AND objid IN (aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
				aggmtransfn, aggminvtransfn, aggmfinalfn))
ORDER BY object;

-- functions depend on nothing but their arguments; only the name of a time
-- zone, whose rules may change, makes one stable
SELECT object, provolatile FROM member_function
WHERE provolatile <> 'i'
	AND NOT (provolatile = 's' AND 'timestamptz'::regtype = ANY (proargtypes) AND 'text'::regtype = ANY (proargtypes))
ORDER BY object;

-- functions run in parallel workers, with the rights of whoever calls them,
-- and anybody may call them
SELECT object, proparallel, prosecdef, proleakproof, proacl FROM member_function
WHERE proparallel <> 's' OR prosecdef OR proleakproof OR proacl IS NOT NULL
ORDER BY object;

-- arguments of aggregates have concrete types and names
SELECT object FROM member_aggregate
WHERE proargnames IS NULL
	OR EXISTS (SELECT FROM unnest(proargtypes) AS argument JOIN pg_type t ON t.oid = argument WHERE t.typtype = 'p')
ORDER BY object;

-- states are types that travel as text and as bytes, so that workers can send
-- them; only the exact set of clickers is internal, and is serialized
SELECT object, aggtranstype::regtype FROM member_aggregate a JOIN pg_type t ON t.oid = a.aggtranstype
WHERE t.typtype = 'p'
		AND NOT (t.typname = 'internal' AND a.proname IN ('unique_clicks', 'clicks_per_account')
			AND aggserialfn <> 0 AND aggdeserialfn <> 0)
	OR t.typtype <> 'p' AND (t.typsend = 0 OR t.typreceive = 0)
ORDER BY object;

-- aggregates can be combined, and say how big a state is
SELECT object FROM member_aggregate
WHERE aggcombinefn = 0 OR aggtransspace = 0 OR aggmtransfn <> 0 AND aggmtransspace = 0
ORDER BY object;

-- a final function may be called again, as windows do, and by several
-- aggregates that share a state
SELECT object FROM member_aggregate
WHERE aggfinalmodify <> 'r' OR aggmtransfn <> 0 AND aggmfinalmodify <> 'r'
ORDER BY object;

-- what adds up exactly can also be taken out of a moving window
SELECT object FROM member_aggregate
WHERE aggtranstype IN ('ad_totals'::regtype, 'click_totals'::regtype) AND (aggmtransfn = 0 OR aggminvtransfn = 0)
ORDER BY object;

-- whoever may call an aggregate may call its parts, anywhere
SELECT a.object, p.oid::regprocedure AS part
FROM member_aggregate a JOIN pg_proc p
	ON p.oid IN (aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn,
	             aggmfinalfn)
WHERE p.provolatile <> 'i' OR p.proparallel <> 's' OR p.proacl IS NOT NULL
ORDER BY 1, 2;

-- types can be stored for ever: they have binary input and output
SELECT object FROM member m JOIN pg_type t ON t.oid = m.objid
WHERE m.classid = 'pg_type'::regclass AND (typsend = 0 OR typreceive = 0)
ORDER BY object;

-- what can be compared can be grouped, joined and found
SELECT object FROM member m JOIN pg_operator o ON o.oid = m.objid
WHERE m.classid = 'pg_operator'::regclass
	AND (o.oprname = '=' AND (NOT o.oprcanhash OR o.oprcom = 0 OR o.oprnegate = 0)
		OR o.oprname = '<>' AND (o.oprcom = 0 OR o.oprnegate = 0))
ORDER BY object;

-- selectivity is estimated by core: a wrong estimator is a hole
SELECT object FROM member m JOIN pg_operator o ON o.oid = m.objid
	JOIN pg_proc p ON p.oid IN (o.oprrest, o.oprjoin)
WHERE m.classid = 'pg_operator'::regclass AND p.pronamespace <> 'pg_catalog'::regnamespace
ORDER BY object;
