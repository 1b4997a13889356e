/* A part of the report: one account and currency, with what is worked out once. */

const WEEK_BEFORE = 'week before';
const FOUR_WEEKS = 'mean of four weeks before';

/* A series over all weeks, of which it has those from first on */
function overAllWeeks(part, series, key) {
	return part.weeks.map((_, n) => series[key]?.[n - series.first] ?? null);
}

function numbersOf(part, series, n) {
	const keys = ['clicks', 'people', 'logged', 'impressions', 'spend', 'ctr', 'cpc'];
	return Object.fromEntries(keys.map((key) => [key, series[key]?.[n - series.first] ?? null]));
}

/* Have these weeks, counted back from the one that is reported, either all their days or none? */
function areWhole(part, back) {
	return back.every((n) => n <= part.week && (part.complete[part.week - n] || !part.days[part.week - n]));
}

/* What the upper half shows: one campaign, or all.  Only whole weeks are compared. */
function makeView(part, campaign) {
	const series = part.series[campaign];
	return {
		series,
		money: part.money,
		clicksTitle: part.clicksTitle,
		clicksWord: part.clicksWord,
		now: numbersOf(part, series, part.week),
		before: areWhole(part, [0, 1]) ? numbersOf(part, series, part.week - 1) : {},
		four: areWhole(part, [0, 1, 2, 3, 4]) ? (series.four_weeks ?? {}) : {},
		hasSpend: part.hasSpend,
		newest: part.weeks[overAllWeeks(part, series, 'clicks').findLastIndex((clicks) => clicks > 0)],
		hasPeople: Boolean(part.people),
		peopleAtLeast: series.people_at_least?.[part.week - series.first],
		peopleAtMost: series.people_at_most?.[part.week - series.first],
		change: part.changeRows.find((row) => row.campaign === campaign && row.compared_with === WEEK_BEFORE),
		longChange: part.changeRows.find(
			(row) => row.campaign === campaign && row.compared_with === FOUR_WEEKS,
		),
	};
}

function accountTitle({ account, account_id: id, currency }, withId) {
	let title = known(account) ? formatName(account) : `Account ${formatName(id)}`;
	if (withId && known(account) && known(id)) title += ` (${formatName(id)})`;
	return [title, currency].filter(known).join(', ');
}

/* Titles for accounts, with the id where others have the same */
function giveTitles(accounts) {
	const titles = accounts.map((account) => accountTitle(account, false));
	accounts.forEach((account, i) => {
		account.title = accountTitle(account, titles.indexOf(titles[i]) !== titles.lastIndexOf(titles[i]));
	});
}

function preparePart(part, number) {
	const link = part.clicks_are !== 'all';
	const totals = objects(part.totals);
	part.longest = part.windows[part.windows.length - 1];
	const all = totals.find((row) => row.campaign === -1 && row.weeks === part.longest);
	part.money = new Money(part.currency, all?.cpc);
	part.hasSpend = totals.some((row) => known(row.spend));
	part.logFallsShort = totals.some(logFallsShort);
	part.clicksTitle = link ? 'Link clicks' : 'Clicks (All)';
	part.clicksWord = link ? 'link clicks' : 'clicks';
	part.nameOf = (campaign) => formatName(part.campaigns[campaign]);
	part.changeRows = objects(part.changes);
	part.id = `part-${number}`;
	part.period = `Week of ${formatWeek(part.weeks[part.week])}`;
	if (!part.complete[part.week])
		part.period += `, of which ${part.days[part.week] ?? 0} of 7 days have data`;
	return part;
}

function windowName(part, weeks) {
	if (weeks === 1) return 'this week';
	return weeks === part.longest && weeks >= 52 && weeks <= 53 ? 'year' : `${weeks} weeks`;
}

/* 4 weeks, 1 Dec to 28 Dec 2025 */
function windowTitle(part, weeks) {
	const name = windowName(part, weeks);
	return `${name[0].toUpperCase()}${name.slice(1)}, ${formatWeek(part.weeks[part.week - weeks + 1], weeks)}`;
}
