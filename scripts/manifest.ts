// node scripts/manifest.ts [--check]: writes the generated part of package.json, or compares it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { manifest } from '../extension/manifest/manifest.ts';

const { values: flags } = parseArgs({ options: { check: { type: 'boolean' } } });
const file = path.join(import.meta.dirname, '..', 'package.json');
const text = readFileSync(file, 'utf8');
const present = JSON.parse(text) as Record<string, unknown>;
const wanted = JSON.parse(JSON.stringify(manifest())) as Record<string, unknown>;
const stale = Object.keys(wanted).filter((key) => !isDeepStrictEqual(present[key], wanted[key]));

if (stale.length === 0) {
  console.log('package.json equals the tables of extension/manifest.');
} else if (flags.check) {
  console.error(
    `package.json differs from extension/manifest in: ${stale.join(', ')}. Run \`npm run manifest\`.`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(file, `${JSON.stringify({ ...present, ...wanted }, null, 2)}\n`);
  console.log(`package.json: wrote ${stale.join(', ')}.`);
}
