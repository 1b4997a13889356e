//
// case_checks.js
//	What is particular about each case.

'use strict';

const cases = {};

module.exports = { cases };
