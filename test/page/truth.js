//
// truth.js
//	What expected.sql printed, as the checks ask for it; and numbers and tables of
//	the page as they read them.

'use strict';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// A number as it is shown, with its decimals; null for a dash
function parse(text) {
	const clean = text
		.replace(/[\u2068\u2069,\u00a0]/g, '')
		.replace('−', '-')
		.replace(/[▲▼=]/, '');
	const digits = /-?\d+(\.\d+)?/.exec(clean);
	return digits && { value: Number(digits[0]), decimals: digits[1] ? digits[1].length - 1 : 0 };
}

// Does the text show this number, rounded to the decimals that it has?
function shows(text, value) {
	const shown = parse(text);
	if (value === null || value === undefined || Number.isNaN(value)) return shown === null;
	return (
		shown !== null &&
		Math.abs(shown.value - value) <= 0.5001 * 10 ** -shown.decimals + 1e-12 * Math.abs(value)
	);
}

function rate(row) {
	return row && row.clicks !== null && row.impressions ? (100 * row.clicks) / row.impressions : null;
}

function cost(row) {
	return row && row.spend !== null && row.clicks ? row.spend / row.clicks : null;
}

// Has the log of clicks clearly less than all clicks?
function isShort(row) {
	return Boolean(row?.logged) && row.clicks !== null && row.logged < 0.9 * row.clicks;
}

// People of a log that falls short are at least so many
function marksPeople(text, row) {
	return text.includes('≥') === isShort(row) || `"${text}" of ${row?.logged} of ${row?.clicks} clicks`;
}

function people(row) {
	return row && row.people ? row.people : null;
}

const METRICS = {
	'Clicks (All)': (row) => row?.clicks,
	'Link clicks': (row) => row?.clicks,
	Unique: people,
	'Unique clicks': people,
	CTR: rate,
	CPC: cost,
	Spend: (row) => row?.spend,
	Impressions: (row) => row?.impressions,
};

// The texts of a table: an object of column and text for each row
function readTable(table) {
	return table.evaluate((element) => {
		const texts = (row) =>
			[...row.cells].map((cell) => {
				const copy = cell.cloneNode(true);
				copy.querySelectorAll('.unseen, .arrow').forEach((unseen) => unseen.remove());
				return copy.textContent.trim().replace(/[\u2068\u2069]/g, '');
			});
		const columns = texts(element.tHead.rows[0]);
		return [...element.tBodies[0].rows, ...(element.tFoot?.rows ?? [])].map((row) =>
			Object.fromEntries(texts(row).map((text, i) => [columns[i], text])),
		);
	});
}

// Rows of a table, found by their first column, against expected rows by name
function compare(rows, expected, where) {
	const problems = [];
	const unmet = new Set(expected.keys());
	for (const row of rows) {
		const name = Object.values(row)[0];
		const truth = expected.get(name);
		unmet.delete(name);
		for (const [column, metric] of Object.entries(METRICS))
			if (column in row && column === 'Unique' && marksPeople(row[column], truth) !== true)
				problems.push(`${where}: ${name}: ${marksPeople(row[column], truth)}`);
			else if (column in row && !shows(row[column], metric(truth)))
				problems.push(`${where}, ${name}, ${column}: shows ${row[column]}, not ${metric(truth)}`);
	}
	for (const name of unmet) problems.push(`${where}: ${name} is not there`);
	return problems;
}

function weekName(week) {
	const day = (add) => {
		const date = new Date(`${week}T00:00:00Z`);
		date.setUTCDate(date.getUTCDate() + add);
		return date;
	};
	const [first, last] = [day(0), day(6)];
	const year = first.getUTCFullYear() === last.getUTCFullYear() ? '' : ` ${first.getUTCFullYear()}`;
	return (
		`${first.getUTCDate()} ${MONTHS[first.getUTCMonth()]}${year} to ${last.getUTCDate()} ` +
		`${MONTHS[last.getUTCMonth()]} ${last.getUTCFullYear()}`
	);
}

function addWeeks(week, weeks) {
	const date = new Date(`${week}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() + 7 * weeks);
	return date.toISOString().slice(0, 10);
}

// The truth about one part, from what expected.sql printed
class Truth {
	constructor(expected, of) {
		const mine = (row) => row.account === of.account && row.currency === of.currency;
		Object.assign(this, of);
		this.sums = (expected.sums ?? []).filter(mine);
		this.intervals = (expected.intervals ?? []).filter(mine);
		this.people = (expected.people ?? []).find(mine);
		this.longest = Math.round((Date.parse(of.this_week) - Date.parse(of.first_week)) / 604800000) + 1;
	}

	rows(what, campaign, matches = () => true) {
		return this.sums.filter(
			(row) =>
				row.what === what &&
				matches(row) &&
				(campaign === null ? row.all_campaigns : !row.all_campaigns && row.campaign === campaign),
		);
	}

	week(week, campaign) {
		return this.rows('week', campaign, (row) => row.week === week)[0];
	}

	// Only whole weeks are compared; one without delivery is whole
	areWhole(back) {
		return back.every((n) => {
			const week = addWeeks(this.this_week, -n);
			return this.whole_weeks?.includes(week) || !this.week(week, null)?.days;
		});
	}

	// The rates of the four weeks before are those of their sums
	fourWeeks(campaign) {
		const before = [1, 2, 3, 4].map((n) => this.week(addWeeks(this.this_week, -n), campaign));
		const first = this.rows('week', campaign)
			.map((row) => row.week)
			.sort()[0];
		if (first > addWeeks(this.this_week, -4) || !this.areWhole([0, 1, 2, 3, 4])) return undefined;
		const sum = (key) =>
			before.every((row) => !row || row[key] === null)
				? null
				: before.reduce((total, row) => total + (row?.[key] ?? 0), 0);
		return {
			clicks: sum('clicks') / 4,
			people: sum('people') / 4,
			logged: sum('logged') / 4,
			spend: sum('spend') === null ? null : sum('spend') / 4,
			impressions: sum('impressions') / 4,
		};
	}
}

module.exports = {
	parse,
	shows,
	rate,
	isShort,
	marksPeople,
	people,
	METRICS,
	readTable,
	compare,
	weekName,
	addWeeks,
	Truth,
};
