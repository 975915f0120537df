// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The scupgrade authors
//
// node powershell.js FOLDER FILE...: reads scripts with the grammar that FOLDER/node_modules has, and tries the
// script's own quoting of arguments. Prints what is wrong; the exit status is the number of files with a fault.
'use strict';

const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [folder, ...files] = process.argv.slice(2);
const installed = createRequire(path.join(path.resolve(folder), 'package.json'));
const { Parser, Language } = installed('web-tree-sitter');

function showFaults(node, file) {
	if (node.isError || node.isMissing) {
		const start = node.startPosition;
		console.log(`${file}:${start.row + 1}:${start.column + 1}: ${JSON.stringify(node.text.slice(0, 60))}`);
	} else if (node.hasError) {
		node.children.forEach((child) => showFaults(child, file));
	}
}

// What the C runtime makes of one quoted word.
function decodeArgument(text) {
	let out = '', inside = false, slashes = 0;
	for (const c of text) {
		if (c === '\\') {
			slashes++;
			continue;
		}
		out += '\\'.repeat(c === '"' ? Math.floor(slashes / 2) : slashes);
		if (c === '"' && slashes % 2 === 0) inside = !inside;
		else out += c;
		slashes = 0;
	}
	return inside ? null : out + '\\'.repeat(slashes);
}

// The two replacements as they stand in the script; .NET and this language read these patterns alike.
function quoteLike(source) {
	const line = source.split(/\r?\n/).find((one) => one.includes('-replace') && one.includes("'$1$1\\\"'"));
	const pairs = [...(line || '').matchAll(/-replace '([^']*)', '([^']*)'/g)];
	if (pairs.length !== 2) return null;
	return (value) => `"${pairs.reduce((text, one) => text.replace(new RegExp(one[1], 'g'), one[2]), value)}"`;
}

function tryQuoting(source, file) {
	const quote = quoteLike(source);
	if (!quote) {
		console.log(`${file}: the quoting of arguments was not found`);
		return false;
	}
	const pieces = ['\\', '"', ' ', 'a', '\t', '$1', '%', '\u201c', '\\\\', '"a'];
	let seed = 1;
	for (let i = 0; i < 20000; i++) {
		let value = '';
		for (let left = i % 9; left > 0; left--) {
			seed = (seed * 1103515245 + 12345) % 2147483648;
			value += pieces[(seed >> 8) % pieces.length];
		}
		if (decodeArgument(quote(value)) !== value) {
			console.log(`${file}: ${JSON.stringify(value)} became ${JSON.stringify(quote(value))}`);
			return false;
		}
	}
	return true;
}

async function main() {
	await Parser.init();
	const grammar = path.join(folder, 'node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm');
	const parser = new Parser();
	parser.setLanguage(await Language.load(grammar));
	let bad = 0;
	for (const file of files) {
		const source = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
		const root = parser.parse(source).rootNode;
		if (root.hasError) showFaults(root, file);
		if (root.hasError || !tryQuoting(source, file)) bad++;
	}
	process.exit(bad);
}

main().catch((error) => {
	console.log(String(error));
	process.exit(99);
});
