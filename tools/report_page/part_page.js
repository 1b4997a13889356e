/* One part of the page, and what happens when people choose in it. */

class PartPage {
	constructor(part) {
		this.part = part;
		this.campaign = -1;
		this.weeks = part.windows.includes(4) ? 4 : part.longest;
		this.sort = { key: 'clicks', descending: true };
		this.search = '';
		this.allCampaigns = false;
		this.allSlices = false;
		this.slices = objects(part.slices);
		this.totals = objects(part.totals).map((row) => ({
			...row,
			name: part.campaigns[row.campaign] ?? 'not known',
		}));
		this.known = Object.keys(SLICES).filter((slice) => this.slices.some((row) => row.slice === slice));
		this.slice = this.known[0];

		this.upper = element('div', { class: 'upper' });
		this.chosen = element('span');
		this.sliceWindow = element('span');
		this.campaignWindow = element('span');
		this.sliceBody = element('div');
		this.campaignBody = element('div');
		this.chooser = dropDown(
			'Campaign',
			[
				[-1, 'All campaigns'],
				...part.campaigns.map((_, campaign) => [campaign, part.nameOf(campaign)]),
			],
			-1,
			(campaign) => this.choose(campaign),
		);
		this.section = element(
			'section',
			{ class: 'part', id: part.id },
			this.header(),
			this.upper,
			this.choiceOfWeeks(),
			element('div', { class: 'pair' }, this.sliceCard(), changesCard(part)),
			element('div', { class: 'pair' }, this.campaignCard(), peopleCard(part)),
		);
		this.showUpper();
		this.showSlices();
		this.showCampaigns();
	}

	header() {
		const { title, period, campaigns } = this.part;
		return element(
			'header',
			{},
			element(
				'div',
				{},
				element('h2', {}, title),
				element('p', { class: 'subtitle' }, period, this.chosen),
			),
			campaigns.length > 1 && this.chooser,
		);
	}

	choiceOfWeeks() {
		const { part } = this;
		return element(
			'div',
			{ class: 'bar-of-choices' },
			element('h3', {}, 'Where and who'),
			part.windows.length > 1 &&
				choice(
					'Weeks of placements and campaigns',
					part.windows.map((weeks) => [weeks, windowName(part, weeks)]),
					this.weeks,
					(weeks) => {
						this.weeks = weeks;
						this.showSlices();
						this.showCampaigns();
					},
				),
		);
	}

	sliceCard() {
		return card(
			'slices',
			'Where ads were shown, and to whom',
			[
				this.sliceWindow,
				'CTR with its 95 % interval: where bars overlap, do not bet on the difference',
			],
			this.known.length > 1 &&
				choice(
					'What to compare',
					this.known.map((slice) => [slice, SLICES[slice].many]),
					this.slice,
					(slice) => {
						this.slice = slice;
						this.allSlices = false;
						this.showSlices();
					},
				),
			this.sliceBody,
		);
	}

	campaignCard() {
		const { part } = this;
		return card(
			'campaigns',
			'Campaigns',
			[
				this.campaignWindow,
				part.people && 'Unique clicks do not add up: the total counts everybody once',
			],
			part.campaigns.length > MOST_ROWS &&
				searchField('Find a campaign', (text) => {
					this.search = text;
					this.showCampaigns();
				}),
			this.campaignBody,
		);
	}

	choose(campaign) {
		this.campaign = campaign;
		this.chosen.textContent = campaign < 0 ? '' : `. Only campaign ${this.part.nameOf(campaign)}`;
		this.chooser.querySelector('select').selectedIndex = campaign + 1;
		this.showUpper();
		this.showSlices();
	}

	showUpper() {
		const { part } = this;
		const view = makeView(part, this.campaign);
		this.upper.replaceChildren(
			headline(view),
			tiles(part, view),
			trendCard(part, view),
			element('div', { class: 'pair' }, typesCard(part, view), cpcCard(part, view)),
		);
		drawCharts();
	}

	showSlices() {
		const of = this.campaign < 0 ? '' : `, ${this.part.nameOf(this.campaign)}`;
		this.sliceWindow.textContent = `${windowTitle(this.part, this.weeks)}${of}. `;
		const rows = this.slices.filter(
			(row) => row.weeks === this.weeks && row.campaign === this.campaign && row.slice === this.slice,
		);
		const nothing = this.known.length
			? 'Nothing was delivered in these weeks.'
			: 'The source does not tell where, and to whom, ads were shown.';
		replaceKeepingFocus(
			this.sliceBody,
			rows.length
				? sliceTable(rows, this.slice, makeView(this.part, this.campaign), this.allSlices, () => {
						this.allSlices = !this.allSlices;
						this.showSlices();
					})
				: element('p', { class: 'none' }, nothing),
		);
	}

	showCampaigns() {
		this.campaignWindow.textContent = `${windowTitle(this.part, this.weeks)}. `;
		const rows = this.totals.filter((row) => row.weeks === this.weeks);
		replaceKeepingFocus(
			this.campaignBody,
			campaignsTable(this.part, rows, makeView(this.part, -1), this, {
				choose: (campaign) => {
					this.choose(campaign);
					this.section.scrollIntoView();
					this.chooser.querySelector('select').focus();
				},
				sort: ({ key, text }) => {
					this.sort = { key, descending: this.sort.key === key ? !this.sort.descending : !text };
					this.showCampaigns();
				},
				showAll: () => {
					this.allCampaigns = !this.allCampaigns;
					this.showCampaigns();
				},
			}),
		);
	}
}

function searchField(label, onSearch) {
	return element(
		'label',
		{ class: 'search' },
		element('span', { class: 'unseen' }, label),
		element('input', {
			type: 'search',
			placeholder: label,
			oninput: (event) => onSearch(event.target.value),
		}),
	);
}
