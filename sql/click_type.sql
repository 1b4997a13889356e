-- click_type: the kinds of click, and which of them count

-- the labels are the fields of click_counts, in the same order
SELECT enumlabel = attname AS same_name, enumsortorder = attnum AS same_place, count(*)
FROM pg_enum FULL JOIN pg_attribute ON attname = enumlabel
WHERE enumtypid = 'click_type'::regtype
  AND attrelid = 'click_counts'::regclass AND attnum > 0
GROUP BY 1, 2;
SELECT count(*) AS labels FROM pg_enum WHERE enumtypid = 'click_type'::regtype;
SELECT count(*) AS fields FROM pg_attribute WHERE attrelid = 'click_counts'::regclass AND attnum > 0;

-- counted types come first, then the memo types
SELECT is_counted(type) AS counted, array_agg(type ORDER BY type) AS types
FROM unnest(enum_range(NULL::click_type)) type GROUP BY 1 ORDER BY 1 DESC;

-- NULL in, NULL out; a type that is none
SELECT is_counted(NULL) IS NULL AS null_stays;
SELECT is_counted('swipe');
\echo :SQLSTATE
SELECT is_counted('');
\echo :SQLSTATE

-- the label decides, not what is remembered of the value: somebody renames one
SELECT is_counted('link') AS link, is_counted('phone') AS phone;
BEGIN;
ALTER TYPE click_type RENAME VALUE 'link' TO 'hyperlink';
SELECT is_counted('hyperlink');
\echo :SQLSTATE
ROLLBACK;
SELECT is_counted('link') AS link;
BEGIN;
ALTER TYPE click_type RENAME VALUE 'link' TO 'between';
ALTER TYPE click_type RENAME VALUE 'phone' TO 'link';
ALTER TYPE click_type RENAME VALUE 'between' TO 'phone';
SELECT is_counted('link') AS link, is_counted('phone') AS phone;
SELECT click_counts_agg(t) AS renamed FROM unnest('{link,link,phone}'::click_type[]) t;
ROLLBACK;
SELECT is_counted('link') AS link, is_counted('phone') AS phone;
SELECT click_counts_agg(t) AS as_before FROM unnest('{link,link,phone}'::click_type[]) t;

-- immutable, so that it can be indexed
SELECT provolatile, proisstrict, proparallel FROM pg_proc WHERE oid = 'is_counted(click_type)'::regprocedure;
CREATE TEMP TABLE click_events (type click_type);
INSERT INTO click_events SELECT unnest(enum_range(NULL::click_type));
CREATE INDEX counted_events ON click_events (type) WHERE is_counted(type);
SELECT count(*) AS counted FROM click_events WHERE is_counted(type);
