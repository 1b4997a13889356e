/* The lower half of a part: slices with their intervals, campaigns that changed,
 * all campaigns, people counted once. */

const MOST_ROWS = 12;
const MOST_CHANGES = 6;
const MOST_EXACT = 768; // people that a set counts exactly

/* Rows of objects from { columns, rows } */
function objects(list) {
	return (list?.rows ?? []).map((row) =>
		Object.fromEntries(list.columns.map((column, i) => [column, row[i]])),
	);
}

const SLICES = {
	placement: { one: 'Placement', many: 'Placements' },
	device: { one: 'Device', many: 'Devices' },
	country: { one: 'Country', many: 'Countries' },
	audience: { one: 'Audience', many: 'Audiences' },
	format: { one: 'Format', many: 'Formats' },
	objective: { one: 'Objective', many: 'Objectives' },
};

/* The rate as a bar, the interval as a darker one on it */
function rateCell(row, highest) {
	const scale = (value) => (100 * value) / highest;
	const track = element(
		'span',
		{ class: 'track', 'aria-hidden': 'true' },
		bar(scale(row.ctr ?? 0), 'rate'),
	);
	if (known(row.low)) {
		const interval = bar(scale(Math.min(row.high, highest) - Math.max(row.low, 0)), 'interval');
		interval.style.left = `${scale(Math.max(row.low, 0))}%`;
		track.append(interval);
	}
	const interval = known(row.low)
		? `${formatPercent(row.low)} to ${formatPercent(row.high)}`
		: 'too few days to tell';
	return element(
		'span',
		{ class: 'rate-cell', title: `95 % interval: ${interval}` },
		track,
		element('span', {}, formatPercent(row.ctr)),
		element('span', { class: 'unseen' }, `, 95 % interval ${interval}`),
	);
}

function sliceTable(rows, slice, view, all, onAll) {
	const highest = Math.max(
		...rows.map((row) => Math.min(row.high ?? 0, 1.5 * (row.ctr ?? 0))),
		...rows.map((row) => row.ctr ?? 0),
		1e-9,
	);
	const columns = [
		{ title: SLICES[slice].one, text: true, cell: (row) => formatName(row.value) },
		{ title: view.clicksTitle, key: 'clicks', format: formatCount },
		{ title: 'CTR', text: true, cell: (row) => rateCell(row, highest) },
		view.hasPeople && { title: 'Unique', key: 'people', cell: formatPeople },
		view.hasSpend && { title: 'CPC', key: 'cpc', format: (value) => view.money.cpc(value) },
	].filter(Boolean);
	return [
		table(columns, all ? rows : rows.slice(0, MOST_ROWS), { caption: `${SLICES[slice].many} with CTR` }),
		showAll(rows.length, all, onAll),
	];
}

/* How many rows are shown of all, which may be more than were found; and the button that shows more */
function showAll(found, all, onAll, count = found) {
	const shown = all ? found : Math.min(found, MOST_ROWS);
	const button =
		found > MOST_ROWS &&
		element(
			'button',
			{ type: 'button', 'data-key': 'show-all', onclick: onAll },
			all ? `Show the first ${MOST_ROWS}` : `Show all ${formatCount(found)}`,
		);
	return (
		(button || shown < count) &&
		element(
			'p',
			{ class: 'more' },
			shown < count && `${formatCount(shown)} of ${formatCount(count)} shown. `,
			button,
		)
	);
}

const COMPARISONS = { [WEEK_BEFORE]: 'the week before', [FOUR_WEEKS]: 'the four weeks before' };
const JUDGED = ['up', 'down', 'within noise'];

/* Campaigns by how much their CTR changed: first those whose days do not differ
 * as much anyway, then the others, which say so */
function changesTable(part, against) {
	const rows = part.changeRows.filter((row) => row.campaign >= 0 && row.compared_with === against);
	const changes = rows
		.filter((row) => JUDGED.includes(row.verdict))
		.map((row) => {
			const percent = changeInPercent(row.ctr, row.ctr_before);
			return {
				...row,
				percent,
				size: Math.abs(percent ?? 0),
				real: row.verdict === 'within noise' ? 0 : 1,
			};
		});
	const reason = part.changeRows.find((row) => row.campaign < 0 && row.compared_with === against)?.reason;
	const ordered = sortRows(sortRows(changes, { key: 'size', descending: true }), {
		key: 'real',
		descending: true,
	});
	const real = changes.filter((row) => row.real).length;
	const shown = ordered.slice(0, Math.max(MOST_CHANGES, real));
	const columns = [
		{ title: 'Campaign', text: true, cell: (row) => part.nameOf(row.campaign) },
		{ title: 'Before', key: 'ctr_before', format: formatPercent },
		{ title: 'Now', key: 'ctr', format: formatPercent },
		{
			title: 'Change',
			cell: (row) =>
				[
					element(
						'span',
						{ class: `pill ${row.real ? row.verdict : 'noise'}` },
						formatChange(row.percent),
					),
					!row.real && element('span', { class: 'unseen' }, ' within noise'),
				].filter(Boolean),
		},
	];
	const rest = [
		[changes.length - shown.length, 'more within noise'],
		['too few days', 'with too few days to tell'],
		['new', 'new'],
		['gone', 'gone'],
	]
		.map(([what, text]) => [
			typeof what === 'number' ? what : rows.filter((row) => row.verdict === what).length,
			text,
		])
		.filter(([count]) => count > 0)
		.map(([count, text]) => `${formatCount(count)} ${text}`);
	return [
		changes.length === 0 &&
			element(
				'p',
				{ class: 'none' },
				`There is nothing complete to compare with${reason ? `: ${reason}` : ''}.`,
			),
		changes.length > 0 &&
			element(
				'p',
				{},
				real
					? `Against ${COMPARISONS[against]}, ${formatCount(real)} of ${formatCount(rows.length)} changed.`
					: `Against ${COMPARISONS[against]}, no campaign changed by more than its days differ anyway.`,
			),
		shown.length > 0 && table(columns, shown, { caption: `CTR of campaigns against the ${against}` }),
		rest.length > 0 &&
			element('p', { class: 'note' }, `${shown.length ? 'And ' : ''}${rest.join(', ')}.`),
	];
}

function changesCard(part) {
	const body = element('div');
	const show = (against) => body.replaceChildren(...changesTable(part, against).filter(Boolean));
	// the longer comparison, if there is one; else the one in which campaigns were judged
	const first =
		[FOUR_WEEKS, WEEK_BEFORE].find((against) =>
			part.changeRows.some(
				(row) => row.campaign >= 0 && row.compared_with === against && JUDGED.includes(row.verdict),
			),
		) ?? FOUR_WEEKS;
	show(first);
	return card(
		'changes',
		'Which campaigns changed?',
		'CTR of the week. In colour: by more than days differ anyway. In grey: within noise',
		choice(
			'Compare with',
			[
				[WEEK_BEFORE, 'week before'],
				[FOUR_WEEKS, 'four weeks before'],
			],
			first,
			show,
		),
		body,
	);
}

function campaignsTable(part, totals, view, state, actions) {
	const rows = totals.filter((row) => row.campaign >= 0);
	const total = totals.find((row) => row.campaign < 0);
	const columns = [
		{
			title: 'Campaign',
			key: 'name',
			text: true,
			cell: (row) =>
				row.campaign < 0
					? row.name
					: element(
							'button',
							{
								type: 'button',
								class: 'name',
								title: 'Show this campaign only',
								onclick: () => actions.choose(row.campaign),
							},
							part.nameOf(row.campaign),
						),
		},
		{ title: view.clicksTitle, key: 'clicks', format: formatCount },
		view.hasPeople && { title: 'Unique', key: 'people', cell: formatPeople },
		{ title: 'CTR', key: 'ctr', format: formatPercent },
		view.hasSpend && {
			title: 'Spend',
			key: 'spend',
			wide: true,
			format: (value) => view.money.amount(value),
		},
		view.hasSpend && { title: 'CPC', key: 'cpc', format: (value) => view.money.cpc(value) },
	].filter(Boolean);
	const wanted = state.search.toLocaleLowerCase();
	const found = sortRows(
		rows.filter((row) => row.name.toLocaleLowerCase().includes(wanted)),
		state.sort,
	);
	return [
		table(columns, state.allCampaigns ? found : found.slice(0, MOST_ROWS), {
			caption: 'Campaigns; the buttons in the first row sort',
			sort: state.sort,
			onSort: actions.sort,
			total: {
				...total,
				campaign: -1,
				name: rows.length === 1 ? 'in total' : `all ${formatCount(rows.length)} campaigns`,
			},
		}),
		showAll(found.length, state.allCampaigns, actions.showAll, rows.length),
	];
}

/* People counted once beside people added up */
function peopleCard(part) {
	const { people, pivot } = part;
	const period = part.longest === 1 ? 'this week' : `all ${part.longest} weeks`;
	if (!people)
		return card(
			'people',
			'People, counted once',
			'Who clicked on two days is one person',
			noPeople(part),
		);
	const short = logFallsShort(people);
	const bars = [
		['counted once', people.once, 'once'],
		['campaigns added up', people.campaigns, 'added'],
		['weeks added up', people.weeks, 'added'],
		['days added up', people.days, 'worst'],
		short ? ['clicks in the log', people.logged, 'clicks'] : [part.clicksTitle, people.clicks, 'clicks'],
	].filter(([, value]) => known(value));
	const most = Math.max(...bars.map(([, value]) => value));
	return card(
		'people',
		'People, counted once',
		'Why this report does not add up unique clicks',
		element(
			'p',
			{ class: 'large' },
			short ? 'At least ' : people.once > MOST_EXACT && 'About ',
			strong(formatCount(people.once)),
			` people clicked in ${period}${short ? `: ${whatIsLogged(people)}` : ''}.`,
			known(people.days) &&
				people.days > people.once && [
					' Who adds up daily unique clicks reports ',
					element('strong', { class: 'wrong' }, formatCount(people.days)),
					`, ${(people.days / people.once).toFixed(1)} times as many.`,
				],
		),
		table(
			[
				{ title: 'People', text: true, cell: (row) => row[0] },
				{
					title: '',
					text: true,
					cell: (row) =>
						element(
							'span',
							{ class: 'track', 'aria-hidden': 'true' },
							bar((100 * row[1]) / most, row[2]),
						),
				},
				{ title: 'How many', cell: (row) => formatCount(row[1]) },
			],
			bars,
			{ caption: 'People counted once, and added up' },
		),
		pivot && pivotTable(part),
	);
}

function noPeople(part) {
	const bounds = part.series['-1'];
	const week = part.week - bounds.first;
	if (bounds.people_at_most && known(bounds.people_at_most[week]))
		return element(
			'p',
			{},
			`Between ${formatCount(bounds.people_at_least[week])} and ` +
				`${formatCount(bounds.people_at_most[week])} people clicked this week: the source reports people for each ` +
				'day, and who came back cannot be told from that. With a log of single clicks (the table ad_clicks) they are counted once.',
		);
	return element(
		'p',
		{},
		'The source does not tell who clicked, so people cannot be counted. ' +
			'With a log of single clicks (the table ad_clicks) they are counted once, over any days and campaigns.',
	);
}

function pivotTable(part) {
	const { pivot, people } = part;
	const all = objects(part.totals).find((row) => row.campaign === -1 && row.weeks === part.longest);
	const rows = [
		['Sum of unique clicks', formatCount(pivot.people), formatPeople({ ...people, people: people.once })],
		known(pivot.ctr) && ['Average of CTR', formatPercent(pivot.ctr), formatPercent(all.ctr)],
		known(pivot.cpc) && ['Average of CPC', part.money.cpc(pivot.cpc), part.money.cpc(all.cpc)],
		known(pivot.cpc) &&
			pivot.campaigns > 1 && [
				'Campaigns at a wrong place by average CPC',
				`${formatCount(pivot.misplaced)} of ${formatCount(pivot.campaigns)}`,
				'0',
			],
	].filter(Boolean);
	return [
		element('h4', {}, 'What a pivot table says of the same rows'),
		table(
			[
				{ title: `All ${part.longest} weeks`, text: true, cell: (row) => row[0] },
				{
					title: 'Adds or averages rows',
					cell: (row) => element('span', { class: row[1] === row[2] ? '' : 'wrong' }, row[1]),
				},
				{ title: 'This page', cell: (row) => row[2] },
			],
			rows,
			{ caption: 'What a pivot table says, and what this page says' },
		),
	];
}
