//
// case_checks.js
//	What is particular about each case.

'use strict';

const text = (page, selector) => page.locator(selector).first().textContent();
const has = (whole, piece) => whole.includes(piece) || `"${piece}" is not in "${whole.slice(0, 300)}"`;
const count = async (page, selector, number) => {
	const found = await page.locator(selector).count();
	return found === number || `${found} of ${selector}, not ${number}`;
};

// The colour behind a card, which is light, dark or white
const backOfCharts = (page) =>
	page.evaluate(() => getComputedStyle(document.querySelector('.card')).backgroundColor);

// Is another value there, at once or soon?  Browsers tell of media in their own time.
const changes = async (page, value, before) => {
	for (let tries = 0; tries < 200 && (await value()) === before; tries++) await page.waitForTimeout(50);
	return (await value()) !== before;
};

const cases = {
	async year(check, page) {
		const people = await text(page, '.people');
		check('people who come back are told from people added up', [
			has(people, '35,784'),
			has(people, '138,281'),
			has(people, '140,643'),
			has(people, '34 of 40'),
		]);
		const why = await text(page, '.why');
		check('the change in clicks is taken apart', [
			has(why, 'by spend'),
			has(why, 'by the CTR'),
			has(why, 'no larger than days differ'),
			has(why, 'The change in CTR and CPC'),
		]);
		const ctr = page.locator('.tile', { hasText: 'CTR' });
		check('a rate that rose by mix alone is not good', [
			has(await ctr.textContent(), 'by mix'),
			(await ctr.locator('.good, .bad').count()) === 0,
		]);
		check('what has no verdict has no colour', await count(page, '.tile .good, .tile .bad', 0));
		check('an estimate is not called true', [has(people, 'About 35,784'), !/true/i.test(people)]);
		const light = await backOfCharts(page);
		const pixels = () => page.locator('.trend canvas').evaluate((canvas) => canvas.toDataURL().length);
		const before = await pixels();
		await page.emulateMedia({ colorScheme: 'dark' });
		check('dark, with charts drawn again', [
			await changes(page, () => backOfCharts(page), light),
			await changes(page, pixels, before),
		]);
		await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
		check('white on paper, without choices', [
			(await backOfCharts(page)) === light,
			!(await page.locator('header select').isVisible()),
			!(await page.locator('.choice').first().isVisible()),
		]);
		await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
		await page.getByRole('searchbox').fill('TENTS');
		check(
			'campaigns are found',
			(await page.locator('.campaigns tbody th').allTextContents()).every((name) =>
				/tents/i.test(name),
			),
		);
		await page.locator('.campaigns tbody button').first().click();
		check(
			'a click on a campaign shows it alone',
			has(await page.locator('header select option:checked').textContent(), 'Tents'),
		);
		await page.setViewportSize({ width: 390, height: 900 });
		check(
			'no table scrolls sideways on a telephone',
			await page
				.locator('.card > div > .scroller, .card > .scroller')
				.evaluateAll((all) =>
					all
						.filter((one) => one.scrollWidth > one.clientWidth + 1)
						.map((one) => one.textContent.slice(0, 60)),
				),
		);
	},

	async one_week(check, page) {
		check('there are no weeks to choose', await count(page, '.bar-of-choices .choice', 0));
		check(
			'nothing to compare with is no error',
			has(await text(page, '.changes'), 'nothing complete to compare'),
		);
	},

	async sparse_log(check, page) {
		const parts = await page.locator('.part').allTextContents();
		check('accounts of one name are told apart', [
			has(parts[0], '(\u2068a1\u2069)'),
			has(parts[1], '(\u2068a2\u2069)'),
		]);
		check('what the log lacks is said, where it lacks much', [
			has(parts[0], 'at least 3'),
			has(parts[0], '7 of 1,400 clicks'),
			!/at least|≥/.test(parts[1]),
		]);
		await page.locator('header select').first().selectOption({ index: 1 });
		await page.emulateMedia({ media: 'print' });
		check(
			'the chosen campaign is on paper',
			has(await page.locator('.part .subtitle').first().innerText(), 'Only campaign'),
		);
		await page.emulateMedia({ media: 'screen' });
	},

	async small_change(check, page) {
		const ctr = page.locator('.tile', { hasText: 'CTR' });
		check('a change that is small is not 0', has(await ctr.textContent(), '▲ 0.002 pp'));
		check('a verdict has its colour', (await ctr.locator('.good').count()) === 2);
		check('the cost has a verdict', has(await text(page, '.why'), 'fall in CPC is larger'));
	},

	async one_campaign(check, page) {
		check('there is no campaign to choose', await count(page, 'header select', 0));
		check('what is not told is said', [
			has(await text(page, '.types'), 'does not tell the types'),
			has(await text(page, '.slices'), 'does not tell where'),
		]);
	},

	async no_events(check, page) {
		check('why there are no people', has(await text(page, '.people'), 'does not tell who clicked'));
		check('no tile of people', await count(page, '.tile', 5));
		check('what has no device is not known', has(await text(page, '.slices'), 'not known'));
	},

	async daily_people(check, page) {
		check('people are between bounds', [
			has(await text(page, '.people'), 'Between'),
			has(await text(page, '.headline'), 'of between'),
		]);
	},

	async no_spend(check, page) {
		check('why there is no cost', has(await text(page, '.cost'), 'does not report what was spent'));
		check('no tiles of money', await count(page, '.tile', 3));
	},

	async currencies(check, page) {
		check('a part each', [await count(page, '.part', 4), await count(page, '.contents a', 4)]);
		const parts = await page.locator('.part').allTextContents();
		check('money as its currency has it', [
			has(parts.join(), '¥'),
			has(parts.join(), ' credits'),
			has(parts.join(), '$'),
			!/¥[\d,]+\.\d\d/.test(
				(await page.locator('.tile', { hasText: 'Spend' }).allTextContents()).join(),
			),
		]);
	},

	async many_campaigns(check, page) {
		check('each can be chosen', await count(page, 'header option', 1001));
		await page.getByRole('searchbox').fill('campaign 99');
		check('each can be found', await count(page, '.campaigns tbody tr', 11));
	},

	async names(check, page) {
		check('no name is markup', [
			(await page.title()) === 'Weekly Clicks (All) report',
			await count(page, 'img', 0),
			await count(page, 'script', 3),
		]);
		const names = (await page.locator('header option').allTextContents()).join('\n');
		check(
			'names are as they are',
			[
				'</script><script>document.title = "broken"</script>',
				'{{style}} {{data}} $& \\1',
				'مرحبا (עברית) 2026',
				'👩🏽‍💻 launch 🚀',
				'line\u2028end\u2029of',
				'&amp; &lt;b&gt;',
				'__proto__',
				'not known',
			].map((name) => has(names, name)),
		);
	},

	async gaps(check, page) {
		// no clicks are reported of 16 Feb, and the newest week has three days
		check('the newest complete week is reported', [
			has(await text(page, '.part .subtitle'), '9 Feb to 15 Feb 2026'),
			has(await text(page, '.trend'), 'less than seven days'),
		]);
	},

	async short_weeks(check, page) {
		check('weeks that are not whole are not compared', [
			has(await text(page, '.part .subtitle'), '6 of 7 days'),
			!/[▲▼]/.test((await page.locator('.tile').allTextContents()).join()),
			!/up|down/.test(await text(page, '.headline')),
		]);
	},

	async five_days(check, page) {
		check('an account without weekends has whole weeks of five days', [
			has(await text(page, '.part .subtitle'), '9 Mar to 15 Mar 2026'),
			!(await text(page, '.part .subtitle')).includes('of 7 days'),
			/[▲▼]/.test((await page.locator('.tile').allTextContents()).join()),
			await count(page, '.notice', 0),
		]);
	},

	async small_rates(check, page, expected) {
		const row = expected.changes.find(
			(change) => change.slice === 'campaign' && change.compared_with === 'week before',
		);
		const percent =
			(100 * row.clicks_all * row.impressions_before) / row.impressions / row.clicks_before - 100;
		await page.locator('.changes label', { hasText: 'week before' }).last().click();
		check('the change of a small rate is exact', [
			Math.abs(percent - Math.round(percent)) > 0.04 || `${percent} may be of rounded rates`,
			has((await page.locator('.changes .pill').allTextContents()).join(), percent.toFixed(1)),
		]);
	},

	async stray_clicks(check, page, { intervals, sums }) {
		const outside = intervals
			.filter((row) => row.low !== null)
			.filter((row) => {
				const same = (other) => ['weeks', 'slice', 'value'].every((key) => other[key] === row[key]);
				const { clicks, impressions } = sums.find(
					(sum) => sum.what === 'slice' && sum.all_campaigns && same(sum),
				);
				return !(row.low <= (100 * clicks) / impressions && (100 * clicks) / impressions <= row.high);
			});
		check('an interval has its rate in it', [
			intervals.length > 4,
			...outside.map((row) => JSON.stringify(row)),
		]);
	},

	async stale(check, page) {
		check('cells that are not those of the tables are said to be refreshed', [
			await count(page, '.notice', 1),
			has(await text(page, '.notice'), 'The week of 2026-03-02 of Acme, EUR has changed'),
			has(await text(page, '.notice'), 'Refresh first'),
		]);
	},

	async link_clicks(check, page) {
		check('link clicks are called so', [
			has(await text(page, '.tile'), 'Link clicks'),
			has(await text(page, '.headline'), 'link clicks'),
			has(await text(page, '.trend'), 'Link clicks'),
			has(await text(page, 'footer'), 'not as Clicks (All)'),
		]);
	},

	async periods(check, page) {
		const cards = await page.locator('.period').allTextContents();
		check('periods are shown as a whole', [
			await count(page, '.period', 2),
			has(cards[0], '1 Mar 2026 to 31 Mar 2026'),
			has(cards[1], '1 Feb 2026 to 28 Feb 2026'),
		]);
		// (1000 + 2000) * 3 + 2 * (1 + 2 + 3) clicks of 810,000 impressions, for 4,502.25 euros
		check('each click once', [
			has(cards[0], '9,012'),
			has(cards[0], '810,000'),
			has(cards[0], '1.11'),
			has(cards[0], '€4,502.25'),
			has(cards[0], '6,006'),
			has(cards[0], '3,006'),
		]);
		check('why there are no weeks', has(await text(page, '.part .subtitle'), 'Export by day'));
	},

	async export(check, page) {
		check('an exported file becomes a page', [
			await count(page, '.part', 1),
			await count(page, '.campaigns tbody tr:first-child', 1),
		]);
	},

	async empty(check, page) {
		check('no weeks is said', has(await text(page, '.headline'), 'no weeks'));
	},
};

module.exports = { cases };
