#!/usr/bin/env node
//
// ask.js QUESTIONS
//	Asks the questions, which questions.py wrote as JSON, through node-postgres,
//	and prints the answers as JSON lines.

'use strict';

const { Client } = require('pg');
const { readFileSync } = require('node:fs');

function plain(value) {
	if (value instanceof Date)
		return [value.getFullYear(), value.getMonth() + 1, value.getDate()]
			.map((n) => String(n).padStart(2, '0'))
			.join('-');
	return value === null ? null : typeof value === 'boolean' ? String(Number(value)) : String(value);
}

async function main() {
	const client = new Client();
	await client.connect();
	for (const { name, sql, parameters } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
		let n = 0;
		const { rows } = await client.query({
			text: sql.replace(/\?/g, () => `$${(n += 1)}`),
			values: parameters,
			rowMode: 'array',
		});
		console.log(JSON.stringify([name, rows.map((row) => row.map(plain))]));
	}
	const {
		rows: [row],
	} = await client.query('SELECT clicks_all, ctr, week, complete FROM weekly_report LIMIT 1');
	console.log(
		JSON.stringify([
			'types',
			[[typeof row.clicks_all, typeof row.ctr, row.week.constructor.name, typeof row.complete]],
		]),
	);
	await client.end();
}

main();
