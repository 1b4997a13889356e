# overloads.awk: makes SQL of overloads.txt, which describes its lines

BEGIN {
	sql_name["int2"] = "smallint"
	sql_name["int4"] = "integer"
	sql_name["int8"] = "bigint"
	sql_name["float4"] = "real"
	sql_name["float8"] = "double precision"
}

# The rest of the line, behind its keyword
function rest() {
	sub(/^[^ \t]+[ \t]+/, "")
	return $0
}

function make_function(verb, arguments, attributes) {
	printf "CREATE FUNCTION %s_%s_%s(%s, %s) RETURNS %s\n", state, verb, name, state, arguments, state
	printf "\tAS 'MODULE_PATHNAME'\n\tLANGUAGE C IMMUTABLE %sPARALLEL SAFE;\n\n", attributes
}

function make_form(arguments, types, text,    add, remove) {
	make_function("add", arguments, strict)
	make_function("remove", arguments, strict)
	add = state "_add_" name
	remove = state "_remove_" name
	printf "CREATE AGGREGATE %s(%s) (\n", aggregate, arguments
	printf "\tSFUNC = %s, STYPE = %s, SSPACE = %d,\n", add, state, size
	printf "\tFINALFUNC = %s, COMBINEFUNC = %s_merge,\n", final, state
	printf "\tINITCOND = '%s',\n", empty
	printf "\tMSFUNC = %s, MINVFUNC = %s,\n", add, remove
	printf "\tMSTYPE = %s, MSSPACE = %d, MFINALFUNC = %s,\n", state, size, final
	printf "\tMINITCOND = '%s',\n\tPARALLEL = SAFE\n);\n\n", empty
	printf "COMMENT ON AGGREGATE %s(%s) IS\n\t'%s';\n\n", aggregate, types, text
}

/^#/ || NF == 0 { next }
$1 == "state" { state = $2; size = $3; empty = $4; next }
$1 == "aggregate" { aggregate = $2; final = $3; strict = $4 == "strict" ? "STRICT " : ""; optional = ""; next }
$1 == "comment" { comment = rest(); next }
$1 == "arguments" { count = NF - 1; for (i = 1; i <= count; i++) argument[i] = $(i + 1); next }
$1 == "optional" { optional = $2; rest(); extra = rest(); next }
NF == count + 1 && $1 ~ /^[a-z]+$/ {
	name = $1
	arguments = types = ""
	for (i = 1; i <= count; i++) {
		name = name "_" $(i + 1)
		type = ($(i + 1) in sql_name) ? sql_name[$(i + 1)] : $(i + 1)
		arguments = arguments (i > 1 ? ", " : "") argument[i] " " type
		types = types (i > 1 ? ", " : "") type
	}
	make_form(arguments, types, comment)
	if (optional != "")
		make_form(arguments ", " optional " text", types ", text", comment extra)
	next
}
{
	printf "overloads.txt:%d: not understood: %s\n", FNR, $0 > "/dev/stderr"
	exit 1
}
