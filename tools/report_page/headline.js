/* The week in plain English. */

function strong(text) {
	return element('strong', {}, text);
}

function upOrDown(percent) {
	if (Math.abs(percent) < 0.05) return 'unchanged';
	return `${percent > 0 ? 'up' : 'down'} ${Math.abs(percent).toFixed(percent > -10 && percent < 10 ? 1 : 0)}\u00a0%`;
}

/* ", down 23 % on the week before", or nothing where there is nothing to compare */
function onTheWeekBefore(now, before) {
	const percent = changeInPercent(now, before);
	return known(percent) ? `, ${upOrDown(percent)} on the week before` : '';
}

function peopleAndClicks(view) {
	const { now, before } = view;
	const clicks = `${formatCount(now.clicks)}`;
	const compared = onTheWeekBefore(now.clicks, before.clicks);
	if (known(now.people))
		return [strong(formatCount(now.people)), ' people clicked ', strong(clicks), ` times${compared}. `];
	if (known(view.peopleAtMost))
		return [
			strong(clicks),
			` ${view.clicksWord}${compared}, of between `,
			strong(formatCount(view.peopleAtLeast)),
			' and ',
			strong(formatCount(view.peopleAtMost)),
			' people. ',
		];
	return [strong(clicks), ` ${view.clicksWord}${compared}. `];
}

function rateAndCost(view) {
	const { now, before, money } = view;
	const parts = [];
	if (known(now.ctr)) {
		parts.push(strong(formatPercent(now.ctr)), ' of impressions were clicked');
		if (known(before.ctr)) parts.push(` (${formatPoints(now.ctr - before.ctr)} points)`);
	}
	if (known(now.cpc)) {
		const percent = changeInPercent(now.cpc, before.cpc);
		parts.push(
			parts.length ? ', and a click cost ' : 'A click cost ',
			strong(money.cpc(now.cpc)),
			known(percent) ? `, ${upOrDown(percent)}` : '',
		);
	}
	return parts.length ? [...parts, '. '] : [];
}

function againstFourWeeks(view) {
	const clicks = changeInPercent(view.now.clicks, view.four.clicks);
	const cpc = changeInPercent(view.now.cpc, view.four.cpc);
	if (!known(clicks)) return [];
	return [
		'Against the average of the four weeks before: clicks ',
		upOrDown(clicks),
		known(cpc) ? `, CPC ${upOrDown(cpc)}` : '',
		'. ',
	];
}

/* Why clicks changed, as weekly_change takes the change apart, and whether the
 * change of the rate is one */
function reasons(view) {
	const { change } = view;
	if (!change || !known(change.by_spend) || !known(change.by_ctr)) return [];
	const effects = [
		['spend', change.by_spend],
		['the price of impressions', change.by_cpm],
		['the CTR', change.by_ctr],
	]
		.map(([name, clicks]) => [name, Math.round(clicks)])
		.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
		.map(([name, clicks]) => `${clicks > 0 ? '+' : ''}${formatCount(clicks)} by ${name}`);
	return [`Of the change in clicks: ${effects.join(', ')}. `];
}

function verdictOfRate(change) {
	return {
		'within noise': 'The change in CTR is no larger than days differ anyway. ',
		up: 'The rise in CTR is larger than days differ anyway. ',
		down: 'The fall in CTR is larger than days differ anyway. ',
	}[change?.verdict];
}

function headline(view) {
	if (!known(view.now.clicks))
		return element(
			'p',
			{ class: 'headline', 'aria-live': 'polite' },
			'No clicks were reported for this week. The newest with any is that of ',
			strong(view.newest ? formatWeek(view.newest) : NOTHING),
			'.',
		);
	return element(
		'p',
		{ class: 'headline', 'aria-live': 'polite' },
		peopleAndClicks(view),
		rateAndCost(view),
		againstFourWeeks(view),
		element('span', { class: 'why' }, reasons(view), verdictOfRate(view.change)),
	);
}
