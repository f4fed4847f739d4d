import path from 'node:path';
import { vsixPath } from '../../scripts/tiers/host.ts';
import { runOwnScript } from '../../scripts/tiers/prepare.ts';
import { launchChromium } from '../browser/harness/chromium.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { measureActivation } from '../host/harness/activation.ts';
import { ensureHost } from '../host/harness/setup.ts';
import { median } from './support/statistics.ts';

const RUNS = 20;

/**
 * What activating the extension costs above an empty one, in the same real extension host, one after the other
 * in changing order; as VS Code itself measures it, from loading the code to the end of `activate`.
 */
export default async function activation(args: readonly string[]): Promise<Record<string, number>[]> {
  const runs = Number(args[0] ?? RUNS);
  await ensureHost((line) => console.error(line));
  await runOwnScript('scripts/package.ts');
  await using repository = await makeRepository();
  repository.commit({ 'src/a.ts': 'export {};\n' });
  const browser = await launchChromium();
  const own: number[] = [];
  const empty: number[] = [];
  try {
    const total = ({ loadMs, callMs, finishMs }: { loadMs: number; callMs: number; finishMs: number }) =>
      loadMs + callMs + finishMs;
    for await (const run of measureActivation(browser, {
      id: 'progeny-dev.progeny',
      vsix: path.resolve(vsixPath),
      folder: repository.root,
      runs,
    })) {
      own.push(total(run.own));
      empty.push(total(run.empty));
    }
  } finally {
    await browser.close();
  }
  return [{ ms: median(own), emptyMs: median(empty), overMs: median(own) - median(empty), runs: own.length }];
}
