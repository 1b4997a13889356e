//
// part_checks.js
//	Holds every number of one part of the page against what expected.sql printed.

'use strict';

const {
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
} = require('./truth.js');
const { checkOpening, checkMix, checkWindow } = require('./answer_checks.js');

function changeShown(text, now, before, points) {
	if (
		now === null ||
		now === undefined ||
		before === null ||
		before === undefined ||
		(!points && !(before > 0))
	)
		return parse(text.replace(/4-week/, '')) === null;
	const change = points ? now - before : (100 * (now - before)) / before;
	if (change !== 0 && /[▲▼]/.test(text) && parse(text.replace(/4-week.*/, '')).value === 0) return false;
	const arrow = change > 0 ? '▲' : change < 0 ? '▼' : '=';
	return (
		(text.includes(arrow) || Math.abs(change) < 1e-9) &&
		shows(text.replace(/4-week.*/, ''), Math.abs(change))
	);
}

async function checkTiles(part, truth, campaign) {
	const problems = [];
	const now = truth.week(truth.this_week, campaign);
	const past = [
		truth.areWhole([0, 1]) ? truth.week(addWeeks(truth.this_week, -1), campaign) : undefined,
		truth.fourWeeks(campaign),
	];
	for (const tile of await part.locator('.tile').all()) {
		const title = await tile.locator('h3').textContent();
		const value = await tile.locator('.value').textContent();
		const metric = METRICS[title];
		if (!shows(value, metric(now))) problems.push(`tile ${title}: shows ${value}, not ${metric(now)}`);
		if (title === 'Unique clicks')
			problems.push(...[marksPeople(value, now)].filter((it) => it !== true));
		for (const [i, text] of (await tile.locator('.against').allTextContents()).entries())
			if (title === 'Unique clicks' && (isShort(now) || isShort(past[i]))) {
				if (parse(text.replace(/4-week.*/, '')) !== null)
					problems.push(`tile ${title}: compares ${text}`);
			} else if (!changeShown(text, metric(now), past[i] && metric(past[i]), title === 'CTR'))
				problems.push(`tile ${title}: "${text}" of ${metric(now)} and ${past[i] && metric(past[i])}`);
	}
	return problems;
}

// The tables behind the charts
async function checkWeeks(part, truth, campaign) {
	const problems = [];
	const weeks = new Map(truth.rows('week', campaign).map((row) => [weekName(row.week), row]));
	for (const table of await part.locator('.trend table, .cost table').all())
		problems.push(...compare(await readTable(table), weeks, 'weeks'));
	for (const table of await part.locator('.types table').all())
		for (const row of await readTable(table))
			for (const [column, key] of [
				['link', 'link'],
				['see more', 'see_more'],
				['photo', 'photo'],
			])
				if (column in row && !shows(row[column], weeks.get(row.Week)?.[key]))
					problems.push(
						`${row.Week}, ${column}: shows ${row[column]}, not ${weeks.get(row.Week)?.[key]}`,
					);
	return problems;
}

async function showAll(card) {
	const button = card.getByRole('button', { name: /^Show all/ });
	if (await button.count()) await button.click();
}

async function checkSlices(part, truth, weeks, campaign) {
	const problems = [];
	const card = part.locator('.slices');
	const choices = await card.locator('.choice label').all();
	for (const choice of choices.length ? choices : [null]) {
		await choice?.click();
		await showAll(card);
		const slice = choice
			? await choice.textContent()
			: truth.sums.find((row) => row.what === 'slice' && row.value !== 'not known')?.slice;
		const rows = truth.rows('slice', campaign, (row) => row.slice === slice && row.weeks === weeks);
		if (!(await card.locator('table').count()) || !rows.length) continue;
		problems.push(
			...compare(
				await readTable(card.locator('table')),
				new Map(rows.map((row) => [row.value, row])),
				slice,
			),
		);
		if (campaign === null) problems.push(...(await checkIntervals(card, truth, weeks, slice)));
	}
	return problems;
}

async function checkIntervals(card, truth, weeks, slice) {
	const problems = [];
	const shown = await card
		.locator('tbody tr')
		.evaluateAll((rows) =>
			rows.map((row) => [
				row.cells[0].textContent.replace(/[\u2068\u2069]/g, ''),
				row.querySelector('.unseen').textContent,
			]),
		);
	for (const interval of truth.intervals.filter((row) => row.weeks === weeks && row.slice === slice)) {
		const text = shown.find(([value]) => value === interval.value)?.[1] ?? '';
		const [low, high] = text.replace(/^.*interval/, '').split(' to ');
		if (
			interval.low === null
				? !text.includes('too few')
				: !shows(low, interval.low) || !shows(high, interval.high)
		)
			problems.push(`${slice}, ${interval.value}: "${text}" of ${interval.low} to ${interval.high}`);
	}
	return problems;
}

async function checkCampaigns(part, truth, weeks) {
	const rows = truth.sums.filter((row) => row.what === 'window' && row.weeks === weeks);
	const expected = new Map(rows.filter((row) => !row.all_campaigns).map((row) => [row.campaign, row]));
	const name = expected.size === 1 ? 'in total' : `all ${expected.size.toLocaleString('en')} campaigns`;
	await showAll(part.locator('.campaigns'));
	expected.set(
		name,
		rows.find((row) => row.all_campaigns),
	);
	return compare(await readTable(part.locator('.campaigns table')), expected, `campaigns, ${weeks} weeks`);
}

async function checkPeople(part, truth) {
	const card = part.locator('.people');
	const once = truth.rows('window', null, (row) => row.weeks === truth.longest)[0];
	if (!once.people) return /who clicked|each day/.test(await card.textContent());
	if (isShort(once) !== /At least .*tells who made/.test(await card.textContent()))
		return `${once.logged} of ${once.clicks} clicks: ${await card.textContent()}`;
	const shown = new Map(
		(await readTable(card.locator('table').first())).map((row) => [row.People, row['How many']]),
	);
	return [
		['counted once', once.people],
		['campaigns added up', truth.people.campaigns_added],
		['weeks added up', truth.people.weeks_added],
		['days added up', truth.people.days_added],
		isShort(once) ? ['clicks in the log', once.logged] : ['Clicks (All)', once.clicks],
	]
		.filter(([name, value]) => !shows(shown.get(name) ?? '', value))
		.map(([name, value]) => `${name}: shows ${shown.get(name)}, not ${value}`);
}

async function checkHeadline(part, truth, campaign) {
	const text = await part.locator('.headline').textContent();
	const now = truth.week(truth.this_week, campaign);
	const expected = [now?.clicks, people(now)]
		.filter((value) => value !== null && value !== undefined)
		.map((value) => Number(value).toLocaleString('en'));
	if (isShort(now))
		expected.push('at least', `${now.logged.toLocaleString('en')} of ${expected[0]} clicks`);
	if (isShort(now) && text.includes('people clicked')) return `${text} says that so many made all clicks`;
	return expected.every((value) => text.includes(value)) || `${text} does not tell of ${expected}`;
}

async function checkChanges(part, changes, truth) {
	const card = part.locator('.changes');
	const problems = await checkOpening(card, changes, truth);
	for (const [label, against] of [
		['week before', 'week before'],
		['four weeks before', 'mean of four weeks before'],
	]) {
		await card.locator('label', { hasText: label }).last().click();
		const rows = changes.filter(
			(row) =>
				row.slice === 'campaign' &&
				row.compared_with === against &&
				[row.account, `${row.account} (${row.account_id})`].includes(truth.account) &&
				row.currency === truth.currency,
		);
		const text = await card.textContent();
		for (const [verdict, words] of [
			['gone', 'gone'],
			['new', 'new'],
			['too few days', 'with too few days to tell'],
		]) {
			const count = rows.filter((row) => row.verdict === verdict).length;
			if (count && !text.includes(`${count.toLocaleString('en')} ${words}`))
				problems.push(`${against}: ${count} ${words} is not in "${text}"`);
		}
		const shown = (await card.locator('table').count()) ? await readTable(card.locator('table')) : [];
		for (const row of shown) {
			const change = rows.find(({ value }) => (value ?? 'not known') === row.Campaign);
			// the columns ctr and ctr_before have four decimals only
			const now = change && rate({ clicks: change.clicks_all, impressions: change.impressions });
			const before =
				change && rate({ clicks: change.clicks_before, impressions: change.impressions_before });
			if (!change || !shows(row.Before, before) || !shows(row.Now, now))
				problems.push(`${against}: ${JSON.stringify(row)} is not ${JSON.stringify(change)}`);
		}
		const pills = await card.locator('.pill').evaluateAll((all) => all.map((pill) => pill.className));
		for (const verdict of ['up', 'down'])
			if (
				pills.filter((kind) => kind === `pill ${verdict}`).length !==
				rows.filter((row) => row.verdict === verdict).length
			)
				problems.push(`${against}: not every campaign that went ${verdict} is there`);
	}
	return problems;
}

// A click on a heading orders by it; another one turns the order around, and the focus stays
async function checkSorting(part) {
	const problems = [];
	const table = part.locator('.campaigns table');
	for (const button of await table.locator('thead button').all()) {
		const title = (await button.textContent()).replace(/[↑↓]/, '');
		await button.focus();
		for (const turn of [1, 2]) {
			await part.page().keyboard.press('Enter');
			const order = await table.locator('th[aria-sort]').getAttribute('aria-sort');
			const rows = (await readTable(table)).slice(0, -1).map((row) => row[title]);
			const values =
				title === 'Campaign'
					? rows
					: rows.map((text) => parse(text)?.value).filter((value) => value !== undefined);
			const sign = order === 'descending' ? -1 : 1;
			const ordered = values.every(
				(value, i) =>
					i === 0 ||
					sign *
						(title === 'Campaign'
							? values[i - 1].localeCompare(value, 'en')
							: values[i - 1] - value) <=
						0,
			);
			const focus = await part
				.page()
				.evaluate(() => document.activeElement.textContent.replace(/[↑↓]/, ''));
			if (!ordered || focus !== title)
				problems.push(
					`${title}, turn ${turn}, ${order}: ${ordered ? 'the focus is lost' : values.slice(0, 8)}`,
				);
		}
	}
	return problems;
}

// The page with one campaign chosen
async function checkFilter(check, part, truth) {
	const select = part.locator('header select');
	if (!(await select.count())) return;
	for (const index of [1, (await select.locator('option').count()) - 1]) {
		await select.selectOption({ index });
		const campaign = (await select.locator('option').nth(index).textContent()).replace(
			/[\u2068\u2069]/g,
			'',
		);
		const chosen = part.locator('.bar-of-choices input:checked');
		const weeks = (await chosen.count()) ? Number(await chosen.getAttribute('value')) : truth.longest;
		check(`only campaign ${index}: tiles`, await checkTiles(part, truth, campaign));
		check(`only campaign ${index}: weeks`, await checkWeeks(part, truth, campaign));
		check(`only campaign ${index}: headline`, await checkHeadline(part, truth, campaign));
		check(`only campaign ${index}: placements`, await checkSlices(part, truth, weeks, campaign));
	}
	await select.selectOption({ index: 0 });
}

async function checkPart(check, page, part, expected) {
	const id = await part.getAttribute('id');
	const title = (await part.locator('h2').textContent()).replace(/[\u2068\u2069]/g, '');
	const of = expected.parts.find(
		(row) =>
			title ===
			[row.account ?? 'Account not known', row.currency].filter((name) => name !== null).join(', '),
	);
	check(`${id} has a title`, of !== undefined || title);
	if (!of) return;
	const truth = new Truth(expected, of);
	check(`${id}: headline`, await checkHeadline(part, truth, null));
	check(`${id}: tiles`, await checkTiles(part, truth, null));
	check(`${id}: weeks`, await checkWeeks(part, truth, null));
	check(`${id}: rate and mix`, await checkMix(part, truth));
	check(`${id}: people`, await checkPeople(part, truth));
	check(`${id}: changes`, await checkChanges(part, expected.changes ?? [], truth));
	const choices = await part.locator('.bar-of-choices label').all();
	for (const choice of choices.length ? choices : [null]) {
		await choice?.click();
		const weeks = choice ? Number(await choice.locator('input').getAttribute('value')) : truth.longest;
		check(`${id}: ${weeks} weeks are said`, await checkWindow(part, truth, weeks));
		check(`${id}: campaigns of ${weeks} weeks`, await checkCampaigns(part, truth, weeks));
		check(`${id}: slices of ${weeks} weeks`, await checkSlices(part, truth, weeks, null));
	}
	check(`${id}: sorting`, await checkSorting(part));
	await checkFilter(check, part, truth);
}

module.exports = { checkPart };
