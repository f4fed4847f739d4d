// What a build of the app is called: written by the build, read by whoever serves the page. Runs in Node.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The first files of the app, by their names in the folder of the build; all others are named within these. */
export interface Assets {
  readonly script: string;
  readonly styles: readonly string[];
}

const FILE = 'assets.json';
const NAME = /^[\w.-]+$/;

/** The first files of the build in this folder; null where there is none, or none that is whole. */
export function readAssets(directory: string): Assets | null {
  try {
    const read = JSON.parse(readFileSync(path.join(directory, FILE), 'utf8')) as Partial<Assets>;
    const { script, styles } = read;
    const whole = isName(script) && Array.isArray(styles) && styles.every(isName);
    return whole ? { script, styles } : null;
  } catch {
    return null;
  }
}

/** Replaces the names at once: who reads meanwhile reads those of one build or of the other. */
export function writeAssets(directory: string, assets: Assets): void {
  const file = path.join(directory, FILE);
  writeFileSync(`${file}.new`, `${JSON.stringify(assets)}\n`);
  renameSync(`${file}.new`, file);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}
