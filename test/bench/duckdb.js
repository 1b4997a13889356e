#!/usr/bin/env node
//
// duckdb.js
//	The other engine of duckdb.bench: it has the same rows, in Parquet files.
//
//	duckdb.js load TABLE NAME=TYPE...	CSV on standard input becomes TABLE
//	duckdb.js time FILE			the milliseconds that FILE's query takes
//	duckdb.js cpu FILE			its processor time, divided by its threads
//	duckdb.js answer FILE			the query's rows as CSV, to compare them
//	duckdb.js version
//
// A FILE may have statements before its query ("set threads = 1;").  Tables are
// in the directory CLK_DUCKDB_DATA.  Each call is a process of its own, which
// runs the query once unmeasured: what is timed is neither the start of Node
// nor that of DuckDB, but parsing, execution and the transfer of the result.

'use strict';

const { DuckDBInstance } = require('@duckdb/node-api');
const { readFileSync, readdirSync } = require('node:fs');
const { basename } = require('node:path');
const { performance } = require('node:perf_hooks');

const data = process.env.CLK_DUCKDB_DATA;

async function rows(connection, query) {
	return (await connection.runAndReadAll(query)).getRowsJS();
}

async function load(connection, table, columns) {
	const types = columns.map((column) => {
		const [name, type] = column.split('=');

		return `'${name}': '${type}'`;
	});

	await connection.run(`copy (from read_csv('/dev/stdin', header = false,
			columns = {${types.join(', ')}}))
		to '${data}/${table}.parquet' (format parquet)`);
}

// Run what comes before the last statement of a file, and return that one.
async function prepare(connection, file) {
	const statements = readFileSync(file, 'utf8').split(';')
		.filter((statement) => /\S/.test(statement));
	const query = statements.pop();

	for (const parquet of readdirSync(data)) {
		await connection.run(`create view ${basename(parquet, '.parquet')}
			as from '${data}/${parquet}'`);
	}
	for (const setting of statements) {
		await connection.run(setting);
	}
	return query;
}

async function time(connection, query) {
	await rows(connection, query);

	const start = performance.now();

	await rows(connection, query);
	return (performance.now() - start).toFixed(3);
}

// What the query would take if the threads shared its work evenly, and nobody else
// ran: the same whatever else the machine does.
async function cpu(connection, query) {
	const [[threads]] = await rows(connection, "select current_setting('threads')");

	await rows(connection, query);

	const start = process.cpuUsage();

	await rows(connection, query);

	const { user, system } = process.cpuUsage(start);

	return ((user + system) / 1000 / Number(threads)).toFixed(3);
}

async function answer(connection, query) {
	const lines = await rows(connection,
		`select columns(*)::varchar from (${query})`);

	return lines.map((line) => line.join(',')).join('\n');
}

async function main(command, name, ...columns) {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();

	switch (command) {
		case 'load':
			return load(connection, name, columns);
		case 'time':
			return time(connection, await prepare(connection, name));
		case 'cpu':
			return cpu(connection, await prepare(connection, name));
		case 'answer':
			return answer(connection, await prepare(connection, name));
		case 'version':
			return (await rows(connection, 'select version()'))[0][0];
		default:
			throw new Error(`unknown command ${command}`);
	}
}

main(...process.argv.slice(2)).then(
	(printed) => printed === undefined || console.log(printed),
	(error) => {
		console.error(`duckdb.js: ${error.message}`);
		process.exitCode = 1;
	});
