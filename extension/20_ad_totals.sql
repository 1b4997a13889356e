-- the state of clicks_all(), ctr(), cpc() and ad_metrics()
CREATE TYPE ad_totals;

CREATE FUNCTION ad_totals_in(cstring) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_out(ad_totals) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_recv(internal) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_send(ad_totals) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE ad_totals (
	INPUT = ad_totals_in,
	OUTPUT = ad_totals_out,
	RECEIVE = ad_totals_recv,
	SEND = ad_totals_send,
	INTERNALLENGTH = 128,
	ALIGNMENT = double
);

COMMENT ON TYPE ad_totals IS
	'state of the aggregates clicks_all, ctr, cpc and ad_metrics; not meant to be stored';

CREATE FUNCTION ad_totals_merge(ad_totals, ad_totals) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_clicks_all(ad_totals) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_ctr(ad_totals) RETURNS numeric
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_cpc(ad_totals) RETURNS numeric
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

