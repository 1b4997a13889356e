/* The week in plain English. */

function strong(text) {
	return element('strong', {}, text);
}

function upOrDown(percent) {
	if (percent === 0) return 'unchanged';
	const size = Math.abs(percent);
	return `${percent > 0 ? 'up' : 'down'} ${formatPercent(size, size < 10 ? 1 : 0)}`;
}

/* ", down 23 % on the week before", or nothing where there is nothing to compare */
function onTheWeekBefore(now, before) {
	const percent = changeInPercent(now, before);
	return known(percent) ? `, ${upOrDown(percent)} on the week before` : '';
}

function whatIsLogged({ logged, clicks }) {
	return `the log tells who made ${formatCount(logged)} of ${formatCount(clicks)} clicks`;
}

function peopleAndClicks(view) {
	const { now, before } = view;
	const clicks = `${formatCount(now.clicks)}`;
	const compared = onTheWeekBefore(now.clicks, before.clicks);
	if (known(now.people) && logFallsShort(now))
		return [
			strong(clicks),
			` ${view.clicksWord}${compared}, by `,
			strong(`at least ${formatCount(now.people)}`),
			` people: ${whatIsLogged(now)}. `,
		];
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
		known(cpc) && cpc !== 0 && view.longChange?.cpc_verdict === 'within noise'
			? ', which is within noise'
			: '',
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

function verdicts(change) {
	const rates = [
		['CTR', change?.verdict],
		['CPC', change?.cpc_verdict],
	];
	const noise = rates.filter(([, verdict]) => verdict === 'within noise').map(([rate]) => rate);
	return [
		...rates
			.filter(([, verdict]) => verdict === 'up' || verdict === 'down')
			.map(
				([rate, verdict]) =>
					`The ${verdict === 'up' ? 'rise' : 'fall'} in ${rate} is larger than days differ anyway. `,
			),
		noise.length && `The change in ${noise.join(' and ')} is no larger than days differ anyway. `,
	].filter(Boolean);
}

/* What campaigns did to a rate by themselves, and what came of which of them ran: of the CTR against the
 * weeks before, and wherever a tile says so */
function rateAndMix(view) {
	const { now, money } = view;
	const cost = (value) => `${value > 0 ? '+' : ''}${money.cpc(value)}`;
	const compared = [
		['on the week before', view.before, view.change],
		['on the four weeks before', view.four, view.longChange],
	].filter(([, , change]) => known(change?.by_rate) && change.by_mix !== 0);
	const sentence = (title, key, prefix, format, unit) =>
		compared.map(([against, past, change], i) => {
			const points = known(now[key]) && known(past[key]) ? now[key] - past[key] : null;
			const [byRate, byMix] = [change[`${prefix}by_rate`], change[`${prefix}by_mix`]];
			const isTold =
				(key === 'ctr' && i === compared.length - 1) ||
				(isReal(change[`${prefix}verdict`]) && isByMix(points, byRate));
			return (
				isTold &&
				known(points) &&
				known(byRate) &&
				`${title} ${format(points)}${unit} ${against}: ${format(byRate)} by the campaigns ` +
					`themselves, ${format(byMix)} by which of them ran. `
			);
		});
	return [
		...sentence('CTR', 'ctr', '', formatPoints, ' points'),
		...sentence('CPC', 'cpc', 'cpc_', cost, ''),
	];
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
		element('span', { class: 'why' }, reasons(view), verdicts(view.change), rateAndMix(view)),
	);
}
