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

CREATE TYPE ad_metrics AS (
	clicks_all bigint,
	impressions bigint,
	spend numeric,
	ctr numeric,
	cpc numeric
);

COMMENT ON TYPE ad_metrics IS 'a report row: what the aggregate ad_metrics() returns';
COMMENT ON COLUMN ad_metrics.clicks_all IS 'Clicks (All)';
COMMENT ON COLUMN ad_metrics.impressions IS 'impressions';
COMMENT ON COLUMN ad_metrics.spend IS 'spend, in the currency of the rows';
COMMENT ON COLUMN ad_metrics.ctr IS 'click-through rate in percent';
COMMENT ON COLUMN ad_metrics.cpc IS 'cost per click, in the currency of the rows';

CREATE FUNCTION ad_totals_metrics(ad_totals) RETURNS ad_metrics
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
