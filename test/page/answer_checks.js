//
// answer_checks.js
//	Holds what one part of the page says of changes and weeks against the truth.

'use strict';

const { parse, weekName, addWeeks } = require('./truth.js');

// It opens with a comparison that has verdicts, if there is one, and says with which
async function checkOpening(card, changes, truth) {
	const mine = changes.filter(
		(row) =>
			row.slice === 'campaign' &&
			[row.account, `${row.account} (${row.account_id})`].includes(truth.account) &&
			row.currency === truth.currency &&
			['up', 'down', 'within noise'].includes(row.verdict),
	);
	const first = ['mean of four weeks before', 'week before'].find((against) =>
		mine.some((row) => row.compared_with === against),
	);
	const text = await card.textContent();
	return first
		? text.includes(`Against the ${first.replace('mean of ', '')}, `)
			? []
			: [`does not open on ${first}: ${text}`]
		: [];
}

// The CTR of each campaign by itself, and which of them ran, from the sums of their weeks
function rateAndMix(truth) {
	const before = (campaign) => [1, 2, 3, 4].map((n) => truth.week(addWeeks(truth.this_week, -n), campaign));
	const sum = (rows, key) => rows.reduce((total, row) => total + (row?.[key] ?? 0), 0);
	const of = (campaign) => {
		const [now, past] = [[truth.week(truth.this_week, campaign)], before(campaign)];
		return [now, past].map((rows) => ({
			impressions: sum(rows, 'impressions'),
			rate: (100 * sum(rows, 'clicks')) / sum(rows, 'impressions'),
		}));
	};
	const [all, allBefore] = of(null);
	const names = new Set(
		truth.sums.filter((row) => row.what === 'week' && !row.all_campaigns).map((row) => row.campaign),
	);
	let byRate = 0;
	for (const name of names) {
		const [now, past] = of(name);
		const share = (now.impressions / all.impressions + past.impressions / allBefore.impressions) / 2;
		if (now.impressions && past.impressions) byRate += share * (now.rate - past.rate);
	}
	return { byRate, byMix: all.rate - allBefore.rate - byRate };
}

async function checkMix(part, truth) {
	const text = await part.locator('.why').textContent();
	if (!truth.fourWeeks(null)) return !text.includes('on the four weeks before:') || text;
	const { byRate, byMix } = rateAndMix(truth);
	if (Math.abs(byMix) < 0.001) return true;
	const told =
		/CTR (\S+) points on the four weeks before: (\S+) by the campaigns themselves, (\S+) by which/.exec(
			text,
		);
	if (!told) return `nothing of rate and mix in "${text}"`;
	return (
		[
			[told[2], byRate],
			[told[3], byMix],
		].every(
			([shown, value]) => Math.abs(parse(shown).value - value) <= 0.02 * Math.abs(value) + 0.0002,
		) || `${told[0]}, not ${byRate} and ${byMix}`
	);
}

// What placements and campaigns are about is said by their cards, on paper as well
async function checkWindow(part, truth, weeks) {
	const problems = [];
	const first = weekName(addWeeks(truth.this_week, 1 - weeks)).replace(/ to .*/, '');
	const last = weekName(truth.this_week).replace(/.* to /, '');
	await part.page().emulateMedia({ media: 'print' });
	for (const kind of ['slices', 'campaigns']) {
		const text = await part.locator(`.${kind} .subtitle`).innerText();
		if (!text.includes(`${first.replace(/ \d{4}$/, '')}`) || !text.includes(`to ${last}`))
			problems.push(`${kind}: "${text}" is not of ${first} to ${last}`);
	}
	const card = part.locator('.campaigns');
	const rows = await card.locator('tbody tr').count();
	const all = truth.sums.filter(
		(row) => row.what === 'window' && row.weeks === weeks && !row.all_campaigns,
	).length;
	const shown = `${rows.toLocaleString('en')} of ${all.toLocaleString('en')} shown`;
	if (rows < all && !(await card.innerText()).includes(shown)) problems.push(`"${shown}" is not on paper`);
	await part.page().emulateMedia({ media: 'screen' });
	return problems;
}

module.exports = { checkOpening, checkMix, checkWindow };
