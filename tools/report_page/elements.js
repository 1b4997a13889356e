/* Elements of the page.  Every text goes in as text, never as markup. */

let elementNumber = 0;

/* A new element; attributes that are undefined or false are left out. */
function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [attribute, value] of Object.entries(attributes)) {
		if (attribute.startsWith('on')) made.addEventListener(attribute.slice(2), value);
		else if (value !== undefined && value !== false)
			made.setAttribute(attribute, value === true ? '' : value);
	}
	made.append(...children.flat().filter((child) => known(child) && child !== false));
	return made;
}

function newId() {
	elementNumber += 1;
	return `e${elementNumber}`;
}

/* A bar of so many percent of the cell's width */
function bar(percent, kind) {
	const made = element('span', { class: `bar ${kind}` });
	made.style.width = `${Math.max(0, Math.min(100, percent))}%`;
	return made;
}

/* A section with a heading; the subtitle is a text, or pieces of one */
function card(kind, title, subtitle, ...children) {
	const id = newId();
	return element(
		'section',
		{ class: `card ${kind}`, 'aria-labelledby': id },
		element('h3', { id }, title),
		known(subtitle) && element('p', { class: 'subtitle' }, subtitle),
		...children,
	);
}

/* A choice among few, as radio buttons: options are [value, label] */
function choice(legend, options, chosen, onChoice) {
	const name = newId();
	return element(
		'fieldset',
		{ class: 'choice' },
		element('legend', { class: 'unseen' }, legend),
		options.map(([value, label]) =>
			element(
				'label',
				{},
				element('input', {
					type: 'radio',
					name,
					value,
					checked: value === chosen,
					onchange: () => onChoice(value),
				}),
				element('span', {}, label),
			),
		),
	);
}

/* A choice among many */
function dropDown(label, options, chosen, onChoice) {
	return element(
		'label',
		{ class: 'drop-down' },
		element('span', { class: 'unseen' }, label),
		element(
			'select',
			{ onchange: (event) => onChoice(options[event.target.selectedIndex][0]) },
			options.map(([value, text]) => element('option', { selected: value === chosen }, text)),
		),
	);
}

function classOf({ text, wide }) {
	return `${text ? 'text' : 'number'}${wide ? ' wide' : ''}`;
}

/* A table: columns are { title, key, format, text, cell, wide }, rows are objects; a wide
 * column is not shown on telephones.
 * options: caption, sort ({ key, descending }), onSort, total (a row). */
function table(columns, rows, options = {}) {
	const cells = (row, name) =>
		columns.map((column, i) => {
			const content = column.cell ? column.cell(row) : (column.format ?? String)(row[column.key]);
			return element(
				i === 0 ? 'th' : name,
				{ scope: i === 0 && 'row', class: classOf(column) },
				content,
			);
		});
	return element(
		'div',
		{ class: 'scroller' },
		element(
			'table',
			{},
			element('caption', { class: 'unseen' }, options.caption),
			element(
				'thead',
				{},
				element(
					'tr',
					{},
					columns.map((column) => heading(column, options)),
				),
			),
			element(
				'tbody',
				{},
				rows.map((row) => element('tr', {}, cells(row, 'td'))),
			),
			options.total && element('tfoot', {}, element('tr', {}, cells(options.total, 'td'))),
		),
	);
}

function heading(column, { sort, onSort }) {
	const sorted = sort && sort.key === column.key && (sort.descending ? 'descending' : 'ascending');
	return element(
		'th',
		{ scope: 'col', class: classOf(column), 'aria-sort': sorted || undefined },
		onSort && column.key
			? element(
					'button',
					{ type: 'button', 'data-key': column.key, onclick: () => onSort(column) },
					column.title,
					element(
						'span',
						{ class: 'arrow', 'aria-hidden': 'true' },
						sorted ? (sort.descending ? '↓' : '↑') : '',
					),
				)
			: column.title,
	);
}

/* The rows in order; what was not reported is last in either direction. */
function sortRows(rows, { key, descending }) {
	const sign = descending ? -1 : 1;
	return rows.slice().sort((a, b) => {
		if (!known(a[key]) || !known(b[key])) return known(b[key]) - known(a[key]);
		return sign * (typeof a[key] === 'string' ? a[key].localeCompare(b[key], 'en') : a[key] - b[key]);
	});
}

/* New content in place of the old.  Who had the focus on a button keeps it, on
 * the button that took its place. */
function replaceKeepingFocus(container, content) {
	const focused = container.contains(document.activeElement) && document.activeElement.dataset.key;
	container.replaceChildren(...[content].flat().filter(Boolean));
	if (focused) container.querySelector(`[data-key="${focused}"]`)?.focus();
}
