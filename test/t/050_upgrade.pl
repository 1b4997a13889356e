# Installing and upgrading: whoever owns a database may install, gains nothing by it and
# is not fooled by objects that others planted; and an upgraded extension is a fresh one.
#
# No version is released yet, so the next one is made up here.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::RecursiveCopy;
use PostgreSQL::Test::Utils;
use Test::More;
use Traps;

# A copy of what was installed, with a next version in it
my $config = slurp_file($ENV{TEMP_CONFIG});
my ($destination) = $config =~ /^extension_destdir\s*=\s*'(.*)'/m;
my ($control_path) = $config =~ /^extension_control_path\s*=\s*'([^:']*)/m;
my ($library_path) = $config =~ /^dynamic_library_path\s*=\s*'([^:']*)/m;
my $installed_share = `pg_config --sharedir`;
chomp $installed_share;
my $stage = $destination // $control_path =~ s/\Q$installed_share\E$//r;
my $share = $stage . $installed_share;
my $copy = PostgreSQL::Test::Utils::tempdir();
my $copied_share = "$copy/stage" . ($share =~ s/^\Q$stage\E//r);
PostgreSQL::Test::RecursiveCopy::copypath($stage, "$copy/stage");

my ($version) = slurp_file("$share/extension/clicks_all.control") =~ /default_version = '(.*)'/;
my $next = <<'END';
CREATE FUNCTION clicks_total_or_zero(clicks click_counts) RETURNS bigint
	LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'click_counts_total';
COMMENT ON FUNCTION clicks_total_or_zero(click_counts) IS 'made up';
CREATE OPERATOR +/ (LEFTARG = click_counts, RIGHTARG = click_counts, FUNCTION = click_counts_add);
CREATE AGGREGATE union_of_sets(clicker_set) (
	SFUNC = clicker_set_union, STYPE = clicker_set, COMBINEFUNC = clicker_set_union, PARALLEL = SAFE);
END
my $sql = slurp_file("$share/extension/clicks_all--$version.sql");
append_to_file("$copied_share/extension/clicks_all--$version--99.sql", $next);
append_to_file("$copied_share/extension/clicks_all--99.sql", $sql . $next);

my $node = PostgreSQL::Test::Cluster->new('upgrade');
$node->init;
$node->append_conf('postgresql.conf', $destination
	? "extension_destdir = '$copy/stage'"
	: "extension_control_path = '$copied_share:\$system'");
$node->append_conf('postgresql.conf', "dynamic_library_path = '$library_path:\$libdir'") if $library_path;
$node->start;

# What the members of the extension are, by name and definition and without oids
my $catalog = <<'END';
SELECT object.type || ' ' || object.identity || ': ' || coalesce(
	CASE classid WHEN 'pg_proc'::regclass THEN
		(SELECT coalesce(concat_ws(' ', aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn,
				aggminvtransfn, aggmfinalfn, aggtranstype::regtype, aggtransspace, agginitval, aggminitval, proparallel,
				provolatile, prosupport), pg_get_functiondef(p.oid)) || ' ' || coalesce(proacl::text, '')
		FROM pg_proc AS p LEFT JOIN pg_aggregate AS a ON aggfnoid = p.oid WHERE p.oid = objid)
	WHEN 'pg_type'::regclass THEN
		(SELECT concat_ws(' ', typlen, typalign, typstorage, typinput, typoutput, typreceive, typsend, typacl,
			(SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = objid),
			(SELECT string_agg(attname || ' ' || atttypid::regtype, ',' ORDER BY attnum) FROM pg_attribute
			WHERE attrelid = typrelid AND typrelid <> 0 AND NOT attisdropped))
		FROM pg_type WHERE oid = objid)
	WHEN 'pg_operator'::regclass THEN
		(SELECT concat_ws(' ', oprcode, oprcom::regoperator, oprnegate::regoperator, oprrest, oprjoin, oprcanhash)
		FROM pg_operator WHERE oid = objid)
	WHEN 'pg_cast'::regclass THEN
		(SELECT concat_ws(' ', castfunc::regprocedure, castcontext, castmethod) FROM pg_cast WHERE oid = objid)
	END, '') || ' ' || coalesce(obj_description(objid, classid::regclass::name), '')
FROM pg_depend, pg_identify_object(classid, objid, objsubid) AS object
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'clicks_all')
ORDER BY 1
END

$node->safe_psql('postgres', "CREATE DATABASE fresh; CREATE DATABASE upgraded");
$node->safe_psql('fresh', "CREATE EXTENSION clicks_all VERSION '99'");
$node->safe_psql('upgraded', qq{
	CREATE EXTENSION clicks_all VERSION '$version';
	CREATE TABLE stored AS SELECT click_counts(link => 3, outbound => 1) AS clicks, clicker_set_agg(i) AS clickers
		FROM generate_series(1, 1000) AS i;
	CREATE VIEW asked AS SELECT sum(clicks) AS clicks, unique_clicks(clickers) FROM stored;
});
my $before = $node->safe_psql('upgraded', 'SELECT clicks_total(clicks), unique_clicks FROM asked');
my $old_catalog = $node->safe_psql('upgraded', $catalog);
$node->safe_psql('upgraded', "ALTER EXTENSION clicks_all UPDATE TO '99'");
my $new_catalog = $node->safe_psql('upgraded', $catalog);
cmp_ok(length($old_catalog), '>', 20000, 'the catalog is compared');
ok($new_catalog ne $old_catalog, 'the next version is another one');
ok($new_catalog eq $node->safe_psql('fresh', $catalog), 'upgraded equals fresh');
is($node->safe_psql('upgraded', 'SELECT clicks_total(clicks), unique_clicks FROM asked'), $before,
	'what was stored before is read after');
is($node->safe_psql('upgraded', 'INSERT INTO stored VALUES (click_counts(photo => 1), NULL); SELECT clicks_all(clicks) FROM stored'), '4',
	'old and new rows are counted together');

# the owner of a database, who is nobody else
$node->safe_psql('postgres', q{CREATE ROLE owner LOGIN; CREATE DATABASE owned OWNER owner});
my $as_owner = { extra_params => [ '-U', 'owner' ] };
$node->safe_psql('owned', 'CREATE SCHEMA clicks; CREATE EXTENSION clicks_all SCHEMA clicks', %$as_owner);
is($node->safe_psql('owned', q{SET search_path = clicks; SELECT ctr(3, 200)}, %$as_owner), '1.5000000000000000',
	'the owner of a database installs it, in a schema of its own');
is($node->safe_psql('owned', q{
		SELECT count(*) FROM pg_depend JOIN pg_proc AS p ON objid = p.oid AND classid = 'pg_proc'::regclass
			JOIN pg_extension AS e ON refobjid = e.oid AND refclassid = 'pg_extension'::regclass
			JOIN pg_language AS l ON l.oid = prolang
		WHERE extname = 'clicks_all' AND (prosecdef OR lanname NOT IN ('c', 'internal', 'sql'))
	}, %$as_owner), '0',
	'nothing in it runs with the rights of another');
foreach my $attempt (
	q{CREATE FUNCTION evil(internal) RETURNS internal LANGUAGE c AS '$libdir/clicks_all', 'click_counts_total'},
	q{ALTER FUNCTION clicks.ctr_test(bigint, bigint, bigint, bigint) SECURITY DEFINER},
	q{CREATE OR REPLACE FUNCTION clicks.is_counted(clicks.click_type) RETURNS boolean LANGUAGE sql AS 'SELECT true'},
	q{DROP FUNCTION clicks.ctr_test(bigint, bigint, bigint, bigint)},
	q{ALTER TYPE clicks.click_counts ALTER ATTRIBUTE link TYPE text},
	q{COPY (SELECT 1) TO '/tmp/clicks_all_was_here'})
{
	my ($status, $out, $err) = $node->psql('owned', $attempt, %$as_owner);
	like($err, qr/permission denied|must be owner|must be superuser|cannot drop/, "the owner of the database may not: $attempt");
}

# objects that somebody planted where the extension will be installed
$node->safe_psql('postgres', q{CREATE DATABASE planted; CREATE ROLE mallory LOGIN});
$node->safe_psql('planted', 'CREATE SCHEMA clicks; GRANT ALL ON SCHEMA clicks TO mallory');
$node->safe_psql('planted', q{
	SET ROLE mallory;
	CREATE TYPE clicks.counted AS ENUM ('link');
	CREATE FUNCTION clicks.int8pl(bigint, integer) RETURNS bigint LANGUAGE sql AS 'SELECT 666::bigint';
	CREATE OPERATOR clicks.+ (LEFTARG = bigint, RIGHTARG = integer, FUNCTION = clicks.int8pl);
	CREATE FUNCTION clicks.texteq(text, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT true';
	CREATE OPERATOR clicks.= (LEFTARG = text, RIGHTARG = varchar, FUNCTION = clicks.texteq);
	CREATE FUNCTION clicks.row(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 666::bigint';
	CREATE FUNCTION clicks.numeric(bigint, integer) RETURNS numeric LANGUAGE sql AS 'SELECT 666::numeric';
	CREATE DOMAIN clicks.bigint AS pg_catalog.int4;
	CREATE DOMAIN clicks.text AS pg_catalog.text;
	CREATE DOMAIN clicks.int8 AS pg_catalog.int4;
	CREATE DOMAIN clicks.jsonb AS pg_catalog.jsonb;
	RESET ROLE;
	CREATE EXTENSION clicks_all SCHEMA clicks;
});
is(Traps::foundations($node, 'planted'), '', 'nothing in it is built on what was planted');
is($node->safe_psql('planted', 'SET search_path = clicks; SELECT clicks_total(click_counts(link => 3, photo => 4)), ctr(3::pg_catalog.int8, 200::pg_catalog.int8)'),
	'7|1.5000000000000000', '... and it counts right');

# everything that PostgreSQL has, planted there before the extension is updated
$node->safe_psql('postgres', 'CREATE DATABASE trapped');
$node->safe_psql('trapped', q{
	CREATE SCHEMA clicks;
	GRANT ALL ON SCHEMA clicks TO mallory;
	CREATE EXTENSION clicks_all SCHEMA clicks;
});
cmp_ok(Traps::plant($node, 'trapped', 'mallory', 'clicks', ['pg_catalog'], 1), '>', 2000, 'traps beside what is updated');
$node->safe_psql('trapped', q{ALTER EXTENSION clicks_all UPDATE TO '99'});
is(Traps::foundations($node, 'trapped'), '', 'an update among traps is built on none');

# a name that is taken is an error, not a replacement
$node->safe_psql('postgres', 'CREATE DATABASE taken');
my ($status, $out, $err) = $node->psql('taken', q{
	CREATE FUNCTION is_counted(text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
	CREATE TYPE click_counts AS (link bigint);
	CREATE EXTENSION clicks_all;
});
like($err, qr/type "click_counts" already exists/, 'a type of that name stops the installation');
is($node->safe_psql('taken', 'SELECT count(*) FROM pg_extension WHERE extname = \'clicks_all\''), '0', '... as a whole');

done_testing();
