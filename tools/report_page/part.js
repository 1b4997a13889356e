/* A part of the report: one account and currency, with what is worked out once. */

/* A series over all weeks, of which it has those from first on */
function overAllWeeks(part, series, key) {
	return part.weeks.map((_, n) => series[key]?.[n - series.first] ?? null);
}

function numbersOf(part, series, n) {
	const keys = ['clicks', 'people', 'impressions', 'spend', 'ctr', 'cpc'];
	return Object.fromEntries(keys.map((key) => [key, series[key]?.[n - series.first] ?? null]));
}

/* What the upper half shows: one campaign, or all */
function makeView(part, campaign) {
	const series = part.series[campaign];
	return {
		series, money: part.money, clicksTitle: part.clicksTitle, clicksWord: part.clicksWord,
		now: numbersOf(part, series, part.week), before: numbersOf(part, series, part.week - 1),
		four: series.four_weeks ?? {}, hasSpend: part.hasSpend, hasPeople: Boolean(part.people),
		change: objects(part.changes).find((row) => row.campaign === campaign),
	};
}

function preparePart(part, number) {
	const names = part.campaigns.map(([name]) => name);
	const link = part.clicks_are !== 'all';
	const totals = objects(part.totals);
	part.longest = part.windows[part.windows.length - 1];
	const all = totals.find((row) => row.campaign === -1 && row.weeks === part.longest);
	part.money = new Money(part.currency, all?.cpc);
	part.hasSpend = totals.some((row) => known(row.spend));
	part.clicksTitle = link ? 'Link clicks' : 'Clicks (All)';
	part.clicksWord = link ? 'link clicks' : 'clicks';
	// campaigns that share a name are told apart by their ids
	part.nameOf = (campaign) => formatName(names[campaign]) + (known(names[campaign])
		&& names.indexOf(names[campaign]) !== names.lastIndexOf(names[campaign]) ? ` (${part.campaigns[campaign][1]})` : '');
	part.id = `part-${number}`;
	part.title = [known(part.account) ? formatName(part.account) : 'Account not known', part.currency].filter(known).join(', ');
	part.period = `Week of ${formatWeek(part.weeks[part.week])}`;
	if (!part.complete[part.week])
		part.period += `, of which ${part.days[part.week] ?? 0} of 7 days have data`;
	return part;
}

function windowName(part, weeks) {
	if (weeks === 1)
		return 'this week';
	return weeks === part.longest && weeks >= 52 && weeks <= 53 ? 'year' : `${weeks} weeks`;
}
