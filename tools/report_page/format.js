/* Numbers, dates and names as people read them.  A value that is null was not
 * reported, and is shown as a dash. */

const NOTHING = '–';
const MINUS = '−';

function known(value) {
	return value !== null && value !== undefined;
}

function withMinus(text) {
	return text.replace('-', MINUS);
}

function formatCount(value) {
	return known(value) ? withMinus(Math.round(value).toLocaleString('en')) : NOTHING;
}

/* With so many decimals; of what is small, two digits that count, so that it is not shown as 0 */
function formatDecimals(value, decimals) {
	return withMinus(
		value.toLocaleString(
			'en',
			value !== 0 && Math.abs(value) < 0.1
				? { maximumSignificantDigits: 2 }
				: { minimumFractionDigits: decimals, maximumFractionDigits: decimals },
		),
	);
}

/* 1.36 % */
function formatPercent(value, decimals = 2) {
	return known(value) ? `${formatDecimals(value, decimals)}\u00a0%` : NOTHING;
}

/* Has the log of clicks, from which people are counted, clearly less than all clicks? */
function logFallsShort({ logged, clicks }) {
	return known(logged) && known(clicks) && logged < 0.9 * clicks;
}

/* People who clicked, of a row with clicks and logged; in a log that falls short they are at least so many */
function formatPeople(row) {
	return `${known(row.people) && logFallsShort(row) ? '≥\u00a0' : ''}${formatCount(row.people)}`;
}

/* Money of one currency: its own number of decimals for amounts; for the cost
 * of a click, as many more as tell clicks of its usual cost apart. */
class Money {
	constructor(currency, usualCpc) {
		this.options = {};
		this.suffix = known(currency) ? ` ${currency}` : '';
		if (/^[A-Z]{3}$/.test(currency ?? '')) {
			this.options = { style: 'currency', currency };
			this.suffix = '';
		}
		this.digits =
			known(currency) && !this.suffix
				? new Intl.NumberFormat('en', this.options).resolvedOptions().maximumFractionDigits
				: 2;
		this.cpcDigits = this.digits;
		if (known(usualCpc) && usualCpc > 0)
			this.cpcDigits = Math.min(8, Math.max(this.digits, 2 - Math.floor(Math.log10(usualCpc))));
	}

	format(value, digits) {
		if (!known(value)) return NOTHING;
		return (
			withMinus(
				value.toLocaleString('en', {
					...this.options,
					minimumFractionDigits: digits,
					maximumFractionDigits: digits,
				}),
			) + this.suffix
		);
	}

	amount(value) {
		return this.format(value, this.digits);
	}

	/* For the marks of an axis, which are round */
	axis(value) {
		return this.format(value, Math.max(this.digits, this.cpcDigits - 1));
	}

	cpc(value) {
		return this.format(value, this.cpcDigits);
	}
}

/* The change from before to now in percent, or null where there is none to tell */
function changeInPercent(now, before) {
	return known(now) && known(before) && before > 0 ? (100 * (now - before)) / before : null;
}

function formatChange(percent) {
	if (!known(percent)) return NOTHING;
	return `${percent > 0 ? '+' : ''}${formatPercent(percent, 1)}`;
}

function formatPoints(points) {
	return `${points > 0 ? '+' : ''}${formatDecimals(points, 2)}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateOf(day, add = 0) {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() + add);
	return date;
}

function formatDay(date, withYear = false) {
	const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
	return withYear ? `${day} ${date.getUTCFullYear()}` : day;
}

/* 22 to 28 Dec 2025, of the Monday it starts with */
function formatWeek(monday, weeks = 1) {
	const first = dateOf(monday);
	const last = dateOf(monday, 7 * weeks - 1);
	return `${formatDay(first, first.getUTCFullYear() !== last.getUTCFullYear())} to ${formatDay(last, true)}`;
}

function formatPeriod(first, last) {
	return first === last
		? formatDay(dateOf(first), true)
		: `${formatDay(dateOf(first), true)} to ${formatDay(dateOf(last), true)}`;
}

/* A name as one text that cannot turn the text around it: names may be written
 * from right to left. */
function formatName(name, otherwise = 'not known') {
	return known(name) ? `\u2068${name}\u2069` : otherwise;
}

function formatType(type) {
	return type.replace(/_/g, ' ');
}
