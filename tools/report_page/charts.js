/* The charts, drawn by Chart.js in the colours of the style sheet. */

const charts = new Map();

function colour(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/* A chart with its numbers as a table for those who do not see it, or want to
 * copy them.  makeConfig is asked again whenever the colours change. */
function chart(kind, label, makeConfig, makeTable) {
	const canvas = element('canvas', { role: 'img', 'aria-label': label });
	charts.set(canvas, { makeConfig, drawn: null });
	return [
		element('div', { class: `plot ${kind}` }, canvas),
		makeTable && element('details', {}, element('summary', {}, 'The numbers'), makeTable()),
	];
}

/* Draw what came onto the page, and forget what left it. */
function drawCharts(again = false) {
	for (const [canvas, state] of charts) {
		if (state.drawn && !canvas.isConnected) {
			state.drawn.destroy();
			charts.delete(canvas);
		} else if (canvas.isConnected && (again || !state.drawn)) {
			state.drawn?.destroy();
			state.drawn = new Chart(canvas, withDefaults(state.makeConfig(canvas.parentNode.clientWidth)));
		}
	}
}

function withDefaults(config) {
	Chart.defaults.color = colour('quiet');
	Chart.defaults.borderColor = colour('grid');
	Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
	Chart.defaults.font.size = 11;
	return {
		...config,
		options: {
			animation: false,
			maintainAspectRatio: false,
			normalized: true,
			// a print has more dots than most screens
			devicePixelRatio: Math.max(2, window.devicePixelRatio),
			...config.options,
		},
	};
}

window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawCharts(true));
window.matchMedia('print').addEventListener('change', () => drawCharts(true));

/* Labels of a time axis: the month, at its first week; each week where there are few.
 * As many months are left out as do not fit. */
function weekTicks(weeks, width) {
	const starts = weeks.map((week, i) => i > 0 && week.slice(0, 7) !== weeks[i - 1].slice(0, 7));
	const months = starts.filter(Boolean).length;
	const every = Math.ceil(months / Math.max(1, Math.floor(width / 42)));
	let month = -1;
	const labels = weeks.map((week, i) => {
		month += starts[i];
		const name = MONTHS[Number(week.slice(5, 7)) - 1];
		return starts[i] && month % every === 0 ? name : '';
	});
	return weeks.length <= 8 ? weeks.map((week) => formatDay(dateOf(week))) : labels;
}

function timeAxis(weeks, width) {
	const labels = weekTicks(weeks, width);
	return {
		grid: { display: false, drawBorder: false },
		ticks: { autoSkip: false, maxRotation: 0, callback: (_, i) => labels[i] },
	};
}

function valueAxis(format, options = {}) {
	return {
		beginAtZero: true,
		grid: { drawBorder: false },
		...options,
		ticks: { maxTicksLimit: 6, callback: (value) => format(value) },
	};
}

function tooltips(weeks, describe) {
	return {
		displayColors: false,
		callbacks: {
			title: (items) => `Week of ${formatWeek(weeks[items[0].dataIndex])}`,
			label: (item) => describe(item),
		},
	};
}

/* Bars of clicks, the line of their rate: marked is the week that is reported, the weeks
 * in pale are not complete. */
function trendConfig(width, { weeks, clicks, ctr, marked, pale, clicksName }) {
	const fill = (i) => (i === marked ? colour('accent') : pale[i] ? colour('incomplete') : colour('bar'));
	return {
		data: {
			labels: weeks,
			datasets: [
				{
					type: 'line',
					label: 'CTR',
					data: ctr,
					yAxisID: 'rate',
					borderColor: colour('rate'),
					backgroundColor: colour('rate'),
					borderWidth: 2.5,
					tension: 0.25,
					pointRadius: weeks.length > 8 ? 0 : 3,
					pointHitRadius: 8,
				},
				{
					type: 'bar',
					label: clicksName,
					data: clicks,
					yAxisID: 'y',
					maxBarThickness: 56,
					categoryPercentage: 0.94,
					barPercentage: 0.84,
					borderRadius: 2,
					backgroundColor: weeks.map((_, i) => fill(i)),
					hoverBackgroundColor: colour('accent'),
				},
			],
		},
		options: {
			interaction: { mode: 'index', intersect: false },
			scales: {
				x: timeAxis(weeks, width),
				y: valueAxis(formatCount, { suggestedMax: 4 }),
				rate: valueAxis((value) => formatPercent(value, 1), {
					position: 'right',
					grid: { display: false, drawBorder: false },
				}),
			},
			plugins: {
				legend: { display: false },
				tooltip: tooltips(weeks, (item) =>
					item.dataset.yAxisID === 'rate'
						? `CTR ${formatPercent(item.raw)}`
						: `${clicksName} ${formatCount(item.raw)}${pale[item.dataIndex] ? ' so far' : ''}`,
				),
			},
		},
	};
}

/* One line over the weeks, with a point where it ends */
function lineConfig(width, { weeks, values, format, formatMark, name }) {
	const last = values.findLastIndex(known);
	return {
		type: 'line',
		data: {
			labels: weeks,
			datasets: [
				{
					label: name,
					data: values,
					borderColor: colour('money'),
					backgroundColor: colour('money'),
					borderWidth: 2.5,
					tension: 0.25,
					pointHitRadius: 8,
					pointRadius: values.map((_, i) => (i === last || weeks.length <= 8 ? 4 : 0)),
				},
			],
		},
		options: {
			interaction: { mode: 'index', intersect: false },
			scales: { x: timeAxis(weeks, width), y: valueAxis(formatMark) },
			plugins: {
				legend: { display: false },
				tooltip: tooltips(weeks, (item) => `${name} ${format(item.raw)}`),
			},
		},
	};
}

/* Shares of each week: types are { name, colour, shares, clicks } */
function sharesConfig(width, { weeks, types }) {
	return {
		type: 'bar',
		data: {
			labels: weeks,
			datasets: types.map((type) => ({
				label: type.name,
				data: type.shares,
				backgroundColor: colour(type.colour),
				categoryPercentage: 1,
				barPercentage: 1,
				maxBarThickness: 56,
			})),
		},
		options: {
			interaction: { mode: 'index', intersect: false },
			scales: {
				x: { ...timeAxis(weeks, width), stacked: true },
				y: { ...valueAxis((value) => `${value} %`), stacked: true, max: 100 },
			},
			plugins: {
				legend: { display: false },
				tooltip: {
					...tooltips(
						weeks,
						(item) =>
							`${types[item.datasetIndex].name} ` +
							`${formatPercent(item.raw, 0)} (${formatCount(types[item.datasetIndex].clicks[item.dataIndex])})`,
					),
					itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
				},
			},
		},
	};
}

/* A line as small as a word */
function sparkConfig(values, colourName) {
	const last = values.findLastIndex(known);
	return {
		type: 'line',
		data: {
			labels: values.map((_, i) => i),
			datasets: [
				{
					data: values,
					borderColor: colour(colourName),
					backgroundColor: colour(colourName),
					borderWidth: 1.75,
					tension: 0.25,
					pointRadius: values.map((_, i) => (i === last ? 2.5 : 0)),
				},
			],
		},
		options: {
			events: [],
			layout: { padding: 3 },
			scales: { x: { display: false }, y: { display: false, grace: '5%' } },
			plugins: { legend: { display: false }, tooltip: { enabled: false } },
		},
	};
}
