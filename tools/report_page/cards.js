/* The upper half of a part: tiles and charts of one campaign, or of all. */

const TYPE_COLOURS = {
	link: 'type-1',
	see_more: 'type-2',
	reaction: 'type-3',
	photo: 'type-4',
	page: 'type-5',
	cta: 'type-6',
	video: 'type-7',
	comment: 'type-8',
	share: 'type-9',
	page_like: 'type-10',
	other: 'type-11',
};

function tile(title, value, comparisons, values, colourName) {
	return element(
		'div',
		{ class: 'tile' },
		element('h3', {}, title),
		element('p', { class: 'value' }, value),
		comparisons.map(([against, text, kind, note = '']) =>
			element(
				'p',
				{ class: note ? 'against long' : 'against' },
				known(text) ? element('span', { class: kind }, text) : NOTHING,
				` ${against}${note}`,
			),
		),
		values.some(known) &&
			chart('spark', `${title} in the last 13 weeks`, () => sparkConfig(values, colourName))[0],
	);
}

/* Did a rate change by which campaigns ran, while by themselves they went the other way? */
function isByMix(change, byRate) {
	return known(byRate) && change * byRate <= 0 && change !== 0;
}

/* An arrow and a number, good or bad where the direction has a meaning */
function comparison(change, text, goodUp) {
	if (!known(change)) return [null, ''];
	const kind = change === 0 || goodUp === 0 ? 'neutral' : change > 0 === goodUp > 0 ? 'good' : 'bad';
	return [`${change > 0 ? '▲' : change < 0 ? '▼' : '='} ${text.replace(/^[+−]/, '')}`, kind];
}

function isReal(verdict) {
	return verdict === 'up' || verdict === 'down';
}

/* The comparison of a rate, good or bad only if it changed by more than its days differ anyway, and by
 * what campaigns did */
function rateComparison(change, text, goodUp, verdict, byRate) {
	const byMix = isReal(verdict) && known(change) && isByMix(change, byRate);
	const [shown, kind] = comparison(change, text, isReal(verdict) && !byMix ? goodUp : 0);
	return [shown, kind, byMix ? ', by mix' : ''];
}

function tiles(part, view) {
	const { now, before, four, money } = view;
	const kinds = [
		[part.clicksTitle, 'clicks', formatCount, 'accent', true],
		['Unique clicks', 'people', () => formatPeople(now), 'accent', known(view.series.people)],
		['CTR', 'ctr', formatPercent, 'rate', true],
		['CPC', 'cpc', (value) => money.cpc(value), 'money', part.hasSpend],
		['Spend', 'spend', (value) => money.amount(value), 'accent', part.hasSpend],
		['Impressions', 'impressions', formatCount, 'accent', true],
	];
	return element(
		'div',
		{ class: 'tiles' },
		kinds
			.filter((kind) => kind[4])
			.map(([title, key, format, colourName]) => {
				const compare = (past, tested) => {
					if (key === 'ctr') {
						const points = known(now.ctr) && known(past.ctr) ? now.ctr - past.ctr : null;
						const text = known(points) ? `${formatPoints(points)} pp` : '';
						return rateComparison(points, text, 1, tested?.verdict, tested?.by_rate);
					}
					const percent = changeInPercent(now[key], past[key]);
					const text = formatChange(percent);
					if (key === 'cpc')
						return rateComparison(percent, text, -1, tested?.cpc_verdict, tested?.cpc_by_rate);
					// of people whom a log does not have nobody knows whether they were more before
					if (key === 'people' && [now, past].some(logFallsShort)) return [null, ''];
					return comparison(percent, text, 0);
				};
				const values = overAllWeeks(part, view.series, key).slice(
					Math.max(0, part.week - 12),
					part.week + 1,
				);
				return tile(
					title,
					format(now[key]),
					[
						['week', ...compare(before, view.change)],
						['4-week avg', ...compare(four, view.longChange)],
					],
					values,
					colourName,
				);
			}),
	);
}

function weeksTable(part, caption, columns) {
	return table(
		[
			{ title: 'Week', text: true, cell: (n) => formatWeek(part.weeks[n]) },
			...columns.map(([title, values, format]) => ({ title, cell: (n) => format(values[n]) })),
		],
		part.weeks.map((_, n) => n),
		{ caption },
	);
}

function trendCard(part, view) {
	const clicks = overAllWeeks(part, view.series, 'clicks');
	const ctr = overAllWeeks(part, view.series, 'ctr');
	const pale = part.weeks.map((_, n) => !part.complete[n]);
	const incomplete = pale.some((is, n) => is && known(clicks[n]));
	return card(
		'trend',
		`${part.clicksTitle} and CTR, week by week`,
		'Bars: clicks. Line: clicks per 100 impressions.' +
			(incomplete ? ' Weeks in grey have less than seven days of data.' : ''),
		chart(
			'tall',
			`${part.clicksTitle} and CTR by week`,
			(width) =>
				trendConfig(width, {
					weeks: part.weeks,
					clicks,
					ctr,
					marked: part.week,
					pale,
					clicksName: part.clicksTitle,
				}),
			() =>
				weeksTable(part, `${part.clicksTitle} and CTR by week`, [
					[part.clicksTitle, clicks, formatCount],
					['CTR', ctr, formatPercent],
				]),
		),
	);
}

function typesCard(part, view) {
	const kinds = Object.keys(view.series.types ?? {})
		.map((name) => {
			const clicks = overAllWeeks(part, { ...view.series, clicks: view.series.types[name] }, 'clicks');
			return {
				key: name,
				name: formatType(name),
				colour: TYPE_COLOURS[name] ?? 'type-11',
				clicks,
				total: clicks.reduce((sum, n) => sum + (n ?? 0), 0),
			};
		})
		.filter((type) => type.total !== 0)
		.sort((a, b) => b.total - a.total);
	const title = 'What do people click on?';
	if (kinds.length < 2)
		return card(
			'types',
			title,
			undefined,
			element('p', { class: 'none' }, 'The source does not tell the types of clicks apart.'),
		);
	const sums = part.weeks.map((_, n) => kinds.reduce((sum, type) => sum + (type.clicks[n] ?? 0), 0));
	const total = kinds.reduce((sum, type) => sum + type.total, 0);
	for (const type of kinds)
		type.shares = type.clicks.map((clicks, n) => (sums[n] > 0 ? (100 * (clicks ?? 0)) / sums[n] : null));
	return card(
		'types',
		title,
		'Clicks (All) by type, share of each week',
		chart(
			'medium',
			'Share of each type of click by week',
			(width) => sharesConfig(width, { weeks: part.weeks, types: kinds }),
			() =>
				weeksTable(
					part,
					'Clicks by type and week',
					kinds.map((type) => [type.name, type.clicks, formatCount]),
				),
		),
		element(
			'ul',
			{ class: 'legend' },
			kinds.map((type) => {
				const swatch = element('span', { class: `swatch ${type.colour}` });
				return element(
					'li',
					{},
					swatch,
					`${type.name} ${formatPercent((100 * type.total) / total, 0)}`,
				);
			}),
		),
	);
}

function cpcCard(part, view) {
	const values = overAllWeeks(part, view.series, 'cpc');
	if (!part.hasSpend)
		return card(
			'cost',
			'What does a click cost?',
			undefined,
			element('p', { class: 'none' }, 'The source does not report what was spent.'),
		);
	return card(
		'cost',
		'What does a click cost?',
		`CPC by week: spend divided by ${part.clicksTitle}`,
		chart(
			'medium',
			'CPC by week',
			(width) =>
				lineConfig(width, {
					weeks: part.weeks,
					values,
					name: 'CPC',
					format: (value) => part.money.cpc(value),
					formatMark: (value) => part.money.axis(value),
				}),
			() => weeksTable(part, 'CPC by week', [['CPC', values, (value) => part.money.cpc(value)]]),
		),
	);
}
