# Traps.pm
#	Objects of somebody who wants to be called: each raises an error that says "trap".

package Traps;

use strict;
use warnings;

# Everything that a script might name: functions (also where PostgreSQL has aggregates),
# operators, types, catalogs and the tables of the examples, in the schema $schema.  $of
# is an array of the schemas whose names are taken.  An operator is also there for
# arguments that meet a call better than PostgreSQL's own, which is found even behind
# pg_catalog.
my $script = <<'PLANTED';
SET search_path = pg_catalog;
DO $do$
DECLARE
	thing record;
	other text;
BEGIN
	FOR thing IN
		SELECT DISTINCT proname, oidvectortypes(proargtypes) AS arguments, prorettype::regtype AS result
		FROM pg_proc
		WHERE pronamespace = ANY ('{OF}'::regnamespace[]) AND provariadic = 0
	LOOP
		BEGIN
			EXECUTE format('CREATE FUNCTION SCHEMA.%I(%s) RETURNS %s LANGUAGE plpgsql IMMUTABLE AS %L', thing.proname,
				thing.arguments, thing.result, format('BEGIN RAISE EXCEPTION %L; END', 'trap: ' || thing.proname));
		EXCEPTION WHEN OTHERS THEN
			NULL;	-- of types that only C can take
		END;
	END LOOP;
	-- where PostgreSQL has any number of arguments of any type
	FOREACH other IN ARRAY ARRAY['concat', 'concat_ws', 'format', 'num_nonnulls', 'num_nulls', 'jsonb_build_object',
		'json_build_object'] LOOP
		FOR thing IN SELECT repeat(', text', n) AS arguments FROM generate_series(0, 5) AS n LOOP
			EXECUTE format('CREATE OR REPLACE FUNCTION SCHEMA.%I(text%s) RETURNS text LANGUAGE plpgsql AS %L', other, thing.arguments,
				format('BEGIN RAISE EXCEPTION %L; END', 'trap: ' || other));
		END LOOP;
	END LOOP;
	FOR thing IN
		SELECT DISTINCT oprname, l::regtype AS l, r::regtype AS r,
			oprresult::regtype AS result
		FROM pg_operator,
			unnest(CASE oprleft WHEN 'bigint'::regtype THEN '{bigint,integer}' WHEN 'text'::regtype THEN '{text,varchar,name}'
				WHEN 'numeric'::regtype THEN '{numeric,bigint,integer}' ELSE ARRAY[oprleft::regtype] END::regtype[]) AS l,
			unnest(CASE oprright WHEN 'bigint'::regtype THEN '{bigint,integer}' WHEN 'text'::regtype THEN '{text,varchar,name}'
				WHEN 'numeric'::regtype THEN '{numeric,bigint,integer}' ELSE ARRAY[oprright::regtype] END::regtype[]) AS r
		WHERE oprnamespace = ANY ('{OF}'::regnamespace[]) AND oprkind = 'b'
	LOOP
		BEGIN
			EXECUTE format('CREATE FUNCTION SCHEMA.trap(%s, %s) RETURNS %s LANGUAGE plpgsql IMMUTABLE AS %L', thing.l, thing.r,
				thing.result, 'BEGIN RAISE EXCEPTION ''trap: an operator''; END');
		EXCEPTION WHEN duplicate_function OR invalid_function_definition THEN
			NULL;
		END;
		BEGIN
			EXECUTE format('CREATE OPERATOR SCHEMA.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = SCHEMA.trap)',
				thing.oprname, thing.l, thing.r);
		EXCEPTION WHEN OTHERS THEN
			NULL;	-- twice the same, or of types that only C can take
		END;
	END LOOP;
	FOREACH other IN ARRAY ARRAY['text', 'date', 'bytea', 'uuid', 'jsonb', 'json', 'timestamptz', 'int8', 'int4', 'regclass',
		'int8range', 'oid', 'name', 'bool', 'float8', 'click_counts', 'click_type', 'clicker_set', 'ratio_sample'] LOOP
		CONTINUE WHEN EXISTS (SELECT FROM pg_type WHERE typname = other AND typnamespace = 'SCHEMA'::regnamespace)
			OR (TYPES AND to_regtype(other) IS NULL);
		EXECUTE format('CREATE DOMAIN SCHEMA.%I AS pg_catalog.bit CHECK (false)', other);
	END LOOP;
END
$do$;
PLANTED

# plant($node, $database, $role, $schema, $of [, $only_builtin_types]): the number of functions
sub plant
{
	my ($node, $database, $role, $schema, $of, $only_builtin_types) = @_;
	my $traps = $script;

	$of = join(',', @$of);
	$only_builtin_types = $only_builtin_types ? 'true' : 'false';
	$traps =~ s/\{OF\}/{$of}/g;
	$traps =~ s/\bSCHEMA\b/$schema/g;
	$traps =~ s/\bTYPES\b/$only_builtin_types/g;
	$node->safe_psql($database, "SET ROLE $role; $traps");
	return $node->safe_psql($database,
		"SELECT count(*) FROM pg_proc WHERE pronamespace = '$schema'::regnamespace");
}

# What the members of extensions in the database are built on besides PostgreSQL itself and
# each other: nothing, it should be
sub foundations
{
	my ($node, $database) = @_;

	return $node->safe_psql($database, q{
		SELECT string_agg(pg_describe_object(needs.classid, needs.objid, 0), ', ')
		FROM pg_depend AS member
			JOIN pg_depend AS needs USING (classid, objid)
			JOIN pg_extension AS e ON member.refobjid = e.oid AND member.refclassid = 'pg_extension'::regclass
			CROSS JOIN pg_identify_object(needs.refclassid, needs.refobjid, 0) AS needed
		WHERE member.deptype = 'e' AND needs.deptype <> 'e' AND needed.schema IS DISTINCT FROM 'pg_catalog'
			AND needed.type NOT IN ('schema', 'extension', 'language')
			AND NOT EXISTS (SELECT FROM pg_depend AS own WHERE own.classid = needs.refclassid
				AND own.objid = needs.refobjid AND own.deptype IN ('e', 'i'))
	});
}

1;
