/* The page: its parts one after the other. */

/* An account of which the source tells no days: a card for each of its newest periods */
function renderPeriods({ title, currency, clicks_are: clicksAre, periods }, number) {
	const money = new Money(currency, periods[0].totals.cpc);
	const clicksTitle = clicksAre === 'all' ? 'Clicks (All)' : 'Link clicks';
	const kinds = [
		[clicksTitle, 'clicks', formatCount],
		['CTR', 'ctr', formatPercent],
		['CPC', 'cpc', (value) => money.cpc(value)],
		['Spend', 'spend', (value) => money.amount(value)],
		['Impressions', 'impressions', formatCount],
	];
	return element(
		'section',
		{ class: 'part periods', id: `periods-${number}` },
		element(
			'header',
			{},
			element(
				'div',
				{},
				element('h2', {}, title),
				element(
					'p',
					{ class: 'subtitle' },
					'Periods as a whole: without days there are no weeks to compare, no intervals, ' +
						'and nobody can be counted once. Export by day to have them.',
				),
			),
		),
		periods.slice(0, MOST_ROWS).map((period) =>
			card(
				'period',
				formatPeriod(period.first, period.last),
				undefined,
				element(
					'div',
					{ class: 'tiles' },
					kinds.map(([title, key, format]) =>
						element(
							'div',
							{ class: 'tile' },
							element('h4', {}, title),
							element('p', { class: 'value' }, format(period.totals[key])),
						),
					),
				),
				table(
					[
						{ title: 'Campaign', text: true, cell: (row) => formatName(row.name) },
						...kinds.map(([title, key, format]) => ({ title, key, format })),
					],
					objects(period.campaigns),
					{ caption: `Campaigns, ${formatPeriod(period.first, period.last)}` },
				),
			),
		),
		periods.length > MOST_ROWS &&
			element(
				'p',
				{ class: 'more' },
				`The newest ${MOST_ROWS} of ${periods.length} periods are shown.`,
			),
	);
}

/* Where there are several parts: what each is about, with a way to it */
function contents(parts) {
	return element(
		'nav',
		{ class: 'card contents', 'aria-label': 'Accounts' },
		table(
			[
				{
					title: 'Account',
					text: true,
					cell: (part) => element('a', { href: `#${part.id}` }, part.title),
				},
				{ title: 'Week', text: true, cell: (part) => formatWeek(part.weeks[part.week]) },
				{ title: 'Clicks', cell: (part) => formatCount(makeView(part, -1).now.clicks) },
				{ title: 'CTR', cell: (part) => formatPercent(makeView(part, -1).now.ctr) },
				{ title: 'CPC', cell: (part) => part.money.cpc(makeView(part, -1).now.cpc) },
				{ title: 'Spend', cell: (part) => part.money.amount(makeView(part, -1).now.spend) },
			],
			parts,
			{ caption: 'Accounts. Currencies are never added up.' },
		),
	);
}

function footer(parts, madeAt) {
	const notes = [
		'CTR is percent of impressions, CPC is spend per click; both are divided after adding up, never averaged.',
		parts.some((part) => part.people) &&
			`Unique clicks of more than ${MOST_EXACT} people are estimates, 95 of 100 within 1.7 %.`,
		parts.some((part) => part.logFallsShort) &&
			'≥: the log of clicks has less than 90 of 100 clicks there, so that more people may have clicked.',
		parts.some((part) => part.clicks_are !== 'all') &&
			'Where a source reports no more than link clicks, they are shown as link clicks, not as Clicks (All).',
		`Made by PostgreSQL with clicks_all on ${formatDay(new Date(madeAt), true)}; this file asks nothing of the network.`,
	];
	return element('footer', {}, notes.filter(Boolean).join(' '));
}

function renderReport({ parts, periods, notices, made_at: madeAt }) {
	const main = document.getElementById('report');
	const title = element('h1', {}, 'Weekly Clicks (All) report');
	giveTitles(parts);
	giveTitles(periods);
	parts.forEach(preparePart);
	main.replaceChildren(
		title,
		...notices.map((text) => element('p', { class: 'card notice', role: 'status' }, text)),
		...[parts.length > 1 ? contents(parts) : []].flat(),
	);
	if (parts.length + periods.length === 0)
		main.append(element('p', { class: 'headline' }, 'There are no weeks in this database yet.'));
	main.append(...parts.map((part) => new PartPage(part).section), ...periods.map(renderPeriods));
	main.append(footer(parts, madeAt));
	drawCharts();
}

renderReport(JSON.parse(document.getElementById('data').textContent));
