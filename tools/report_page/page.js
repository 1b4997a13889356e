/* The page: the parts one after the other, and what happens when people choose. */

function renderPart(part) {
	const state = { campaign: -1, weeks: part.windows.includes(4) ? 4 : part.longest, slice: null,
		sort: { key: 'clicks', descending: true }, allCampaigns: false, allSlices: false, search: '' };
	const upper = element('div', { class: 'upper' });
	const sliceBody = element('div');
	const campaignBody = element('div');
	const slices = objects(part.slices);
	const totals = objects(part.totals).map((row) => ({ ...row, name: part.campaigns[row.campaign] ?? 'not known' }));
	const slicesThere = Object.keys(SLICES).filter((slice) => slices.some((row) => row.slice === slice));
	const chooser = dropDown('Campaign', [[-1, 'All campaigns'],
		...part.campaigns.map((_, campaign) => [campaign, part.nameOf(campaign)])], -1, choose);
	state.slice = slicesThere[0];

	function choose(campaign) {
		state.campaign = campaign;
		chooser.querySelector('select').selectedIndex = campaign + 1;
		showUpper();
		showSlices();
	}

	function showUpper() {
		const view = makeView(part, state.campaign);
		upper.replaceChildren(headline(view), tiles(part, view), trendCard(part, view),
			element('div', { class: 'pair' }, typesCard(part, view), cpcCard(part, view)));
		drawCharts();
	}

	function showSlices() {
		const rows = slices.filter((row) => row.weeks === state.weeks && row.campaign === state.campaign
			&& row.slice === state.slice);
		replaceKeepingFocus(sliceBody, rows.length
			? sliceTable(rows, state.slice, makeView(part, state.campaign), state.allSlices, () => {
				state.allSlices = !state.allSlices;
				showSlices();
			})
			: element('p', { class: 'none' }, slicesThere.length ? 'Nothing was delivered in these weeks.'
				: 'The source does not tell where, and to whom, ads were shown.'));
	}

	function showCampaigns() {
		replaceKeepingFocus(campaignBody, campaignsTable(part, totals.filter((row) => row.weeks === state.weeks),
			makeView(part, -1), state, {
				choose: (campaign) => {
					choose(campaign);
					section.scrollIntoView();
					chooser.querySelector('select').focus();
				},
				sort: (column) => {
					state.sort = { key: column.key,
						descending: state.sort.key === column.key ? !state.sort.descending : !column.text };
					showCampaigns();
				},
				showAll: () => {
					state.allCampaigns = !state.allCampaigns;
					showCampaigns();
				},
			}));
	}

	function search(text) {
		state.search = text;
		showCampaigns();
	}

	const section = element('section', { class: 'part', id: part.id },
		element('header', {},
			element('div', {}, element('h2', {}, part.title), element('p', { class: 'subtitle' }, part.period)),
			part.campaigns.length > 1 && chooser),
		upper,
		element('div', { class: 'bar-of-choices' }, element('h3', {}, 'Where and who'),
			part.windows.length > 1 && choice('Weeks of placements and campaigns',
				part.windows.map((weeks) => [weeks, windowName(part, weeks)]), state.weeks, (weeks) => {
					state.weeks = weeks;
					showSlices();
					showCampaigns();
				})),
		element('div', { class: 'pair' },
			card('slices', 'Where ads were shown, and to whom',
				'CTR with its 95 % interval: where bars overlap, do not bet on the difference',
				slicesThere.length > 1 && choice('What to compare', slicesThere.map((slice) => [slice, SLICES[slice].many]),
					state.slice, (slice) => {
						state.slice = slice;
						state.allSlices = false;
						showSlices();
					}),
				sliceBody),
			changesCard(part)),
		element('div', { class: 'pair' },
			card('campaigns', 'Campaigns', part.people ? 'Unique clicks do not add up: the total counts everybody once' : undefined,
				part.campaigns.length > MOST_ROWS && searchField('Find a campaign', search),
				campaignBody),
			peopleCard(part)));
	showUpper();
	showSlices();
	showCampaigns();
	return section;
}

function searchField(label, onSearch) {
	return element('label', { class: 'search' }, element('span', { class: 'unseen' }, label),
		element('input', { type: 'search', placeholder: label, oninput: (event) => onSearch(event.target.value) }));
}

/* An account of which the source tells no days: a card for each of its newest periods */
function renderPeriods({ account, currency, clicks_are: clicksAre, periods }, number) {
	const money = new Money(currency, periods[0].totals.cpc);
	const clicksTitle = clicksAre === 'all' ? 'Clicks (All)' : 'Link clicks';
	const kinds = [[clicksTitle, 'clicks', formatCount], ['CTR', 'ctr', formatPercent],
		['CPC', 'cpc', (value) => money.cpc(value)], ['Spend', 'spend', (value) => money.amount(value)],
		['Impressions', 'impressions', formatCount]];
	return element('section', { class: 'part periods', id: `periods-${number}` },
		element('header', {}, element('div', {},
			element('h2', {}, [known(account) ? formatName(account) : 'Account not known', currency].filter(known).join(', ')),
			element('p', { class: 'subtitle' }, 'Periods as a whole: without days there are no weeks to compare, no intervals, '
				+ 'and nobody can be counted once. Export by day to have them.'))),
		periods.slice(0, MOST_ROWS).map((period) => card('period', formatPeriod(period.first, period.last), undefined,
			element('div', { class: 'tiles' }, kinds.map(([title, key, format]) => element('div', { class: 'tile' },
				element('h4', {}, title), element('p', { class: 'value' }, format(period.totals[key]))))),
			table([{ title: 'Campaign', text: true, cell: (row) => formatName(row.name) },
				...kinds.map(([title, key, format]) => ({ title, key, format }))], objects(period.campaigns),
			{ caption: `Campaigns, ${formatPeriod(period.first, period.last)}` }))));
}

/* Where there are several parts: what each is about, with a way to it */
function contents(parts) {
	return element('nav', { class: 'card contents', 'aria-label': 'Accounts' }, table([
		{ title: 'Account', text: true, cell: (part) => element('a', { href: `#${part.id}` }, part.title) },
		{ title: 'Week', text: true, cell: (part) => formatWeek(part.weeks[part.week]) },
		{ title: 'Clicks', cell: (part) => formatCount(makeView(part, -1).now.clicks) },
		{ title: 'CTR', cell: (part) => formatPercent(makeView(part, -1).now.ctr) },
		{ title: 'CPC', cell: (part) => part.money.cpc(makeView(part, -1).now.cpc) },
		{ title: 'Spend', cell: (part) => part.money.amount(makeView(part, -1).now.spend) },
	], parts, { caption: 'Accounts. Currencies are never added up.' }));
}

function footer(parts, madeAt) {
	const notes = ['CTR is percent of impressions, CPC is spend per click; both are divided after adding up, never averaged.',
		parts.some((part) => part.people) && 'Unique clicks of more than 768 people are estimates, 95 of 100 within 1.7 %.',
		parts.some((part) => part.clicks_are !== 'all')
			&& 'Where a source reports no more than link clicks, they are shown as link clicks, not as Clicks (All).',
		`Made by PostgreSQL with clicks_all on ${formatDay(new Date(madeAt), true)}; this file asks nothing of the network.`];
	return element('footer', {}, notes.filter(Boolean).join(' '));
}

function renderReport({ parts, periods, made_at: madeAt }) {
	const main = document.getElementById('report');
	const title = element('h1', {}, 'Weekly Clicks (All) report');
	parts.forEach(preparePart);
	main.replaceChildren(title, ...[parts.length > 1 ? contents(parts) : []].flat());
	if (parts.length + periods.length === 0)
		main.append(element('p', { class: 'headline' }, 'There are no weeks in this database yet.'));
	main.append(...parts.map(renderPart), ...periods.map(renderPeriods));
	main.append(footer(parts, madeAt));
	drawCharts();
}

renderReport(JSON.parse(document.getElementById('data').textContent));
