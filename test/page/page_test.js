#!/usr/bin/env node
//
// page_test.js DIRECTORY
//	Opens each CASE.html of the directory in a browser, as a person would, and
//	holds what it shows against CASE.json, which expected.sql printed.  With
//	PICTURES set, keeps the screenshots of the case "year" in that directory.
//
// Prints a line "ok" or "not ok" for each check.

'use strict';

const { chromium } = require('playwright-core');
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { checkPart } = require('./part_checks.js');
const { cases } = require('./case_checks.js');

const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

let failed = 0;

function makeCheck(name) {
	return (what, problems) => {
		const found = [problems].flat().filter((problem) => problem !== true);
		console.log(`${found.length ? 'not ok' : 'ok'} - ${name}: ${what}`);
		for (const problem of found.slice(0, 5))
			console.log(`#   ${problem === false ? 'is not so' : problem}`);
		failed += found.length > 0;
	};
}

// Canvases on which nothing is drawn, when the browser had its time to draw
async function blankCharts(page) {
	let blank;

	for (let tries = 0; tries < 20; tries += 1) {
		blank = await page.evaluate(() =>
			[...document.querySelectorAll('canvas')]
				.filter((canvas) => {
					const { width, height } = canvas;
					return (
						width === 0 ||
						!canvas
							.getContext('2d')
							.getImageData(0, 0, width, height)
							.data.some((byte, i) => i % 4 === 3 && byte > 128)
					);
				})
				.map((canvas) => `blank: ${canvas.getAttribute('aria-label')}`),
		);
		if (blank.length === 0) break;
		await page.waitForTimeout(250);
	}
	return blank;
}

// What a screen reader would miss
function unnamedElements(page) {
	return page.evaluate(() => {
		const named = (element) =>
			element.getAttribute('aria-label') ||
			element.textContent.trim() ||
			element.closest('label')?.textContent.trim();
		const problems = [...document.querySelectorAll('canvas, button, input, select')]
			.filter((element) => !named(element))
			.map((element) => `no name: ${element.outerHTML.slice(0, 80)}`);
		for (const table of document.querySelectorAll('table'))
			if (!table.caption?.textContent || !table.querySelector('th[scope=row], tfoot th, tbody:empty'))
				problems.push(`no caption or row headings: ${table.textContent.slice(0, 60)}`);
		const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
		if (new Set(ids).size < ids.length) problems.push('two elements with one id');
		return problems;
	});
}

async function sidewaysScroll(page, width) {
	await page.setViewportSize({ width, height: 900 });
	const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
	return scrolled <= width || `${width} px wide, the page has ${scrolled}`;
}

async function testCase(browser, directory, name) {
	const check = makeCheck(name);
	// there is no table to compare the page of an exported file with
	const truth = path.join(directory, `${name}.json`);
	const expected = existsSync(truth) && JSON.parse(readFileSync(truth, 'utf8'));
	const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
	const started = Date.now();
	const trouble = [];
	const requests = [];

	// the one message is about how this test looks at charts
	page.on(
		'console',
		(message) =>
			message.text().includes('willReadFrequently') ||
			trouble.push(`${message.type()}: ${message.text()}`),
	);
	page.setDefaultTimeout(10000);
	page.on('pageerror', (error) => trouble.push(error.message));
	page.on('request', (request) => requests.push(request.url()));
	await page.goto(`file://${path.join(directory, `${name}.html`)}`);

	const parts = await page.locator('section.part:not(.periods)').all();
	if (expected) {
		check('one part for each account and currency', parts.length === (expected.parts?.length ?? 0));
		for (const part of parts) await checkPart(check, page, part, expected);
	}
	await cases[name]?.(check, page, expected);
	check('every chart drew', await blankCharts(page));
	check('everything has a name', await unnamedElements(page));
	check('no sideways scrolling', [
		await sidewaysScroll(page, 1180),
		await sidewaysScroll(page, 390),
		await sidewaysScroll(page, 320),
	]);
	check('every chart drew again when narrow', await blankCharts(page));
	check('no errors, and nothing on the console', trouble);
	check('no request left the file', requests.length === 1 || requests);
	console.log(`# ${name} took ${Date.now() - started} ms`);
	await page.close();
}

async function takePictures(browser, directory, pictures) {
	const shots = [
		['report_page', 1180, 'light', true],
		['report_page_top', 1180, 'light', false],
		['report_page_dark', 1180, 'dark', true],
		['report_page_narrow', 390, 'light', true],
	];

	for (const [name, width, colorScheme, fullPage] of shots) {
		const page = await browser.newPage({ viewport: { width, height: 890 }, colorScheme });
		await page.goto(`file://${path.join(directory, 'year.html')}`);
		await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage });
		await page.close();
	}
}

async function main(directory) {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: FLAGS,
	});

	for (const file of readdirSync(directory)
		.filter((file) => file.endsWith('.html'))
		.sort())
		await testCase(browser, directory, path.basename(file, '.html'));
	if (process.env.PICTURES) await takePictures(browser, directory, process.env.PICTURES);
	await browser.close();
	process.exit(failed ? 1 : 0);
}

main(path.resolve(process.argv[2]));
