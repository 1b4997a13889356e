-- search_path.sql
--	Sets the search_path of the session to the schema that is first in it, in which the
--	tables and views are, and that of the extension.  Every file here begins with this.
--
-- What others may have put into further schemas, such as an operator that is a better
-- match than PostgreSQL's own, is then not found: neither by the file nor by what it
-- makes.

SELECT pg_catalog.set_config('search_path', pg_catalog.format('%I, %I, pg_temp',
		pg_catalog.current_schema(), extension_schema.nspname), false) AS search_path
FROM pg_catalog.pg_extension
	JOIN pg_catalog.pg_namespace AS extension_schema
		ON extension_schema.oid OPERATOR(pg_catalog.=) pg_extension.extnamespace
WHERE pg_extension.extname OPERATOR(pg_catalog.=) 'clicks_all'
\gset
