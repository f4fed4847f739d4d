import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { type Bridge, connectBridge } from './bridge.ts';
import { startHost } from './server.ts';
import { openWorkbench, reloadWorkbench } from './workbench.ts';

/** What VS Code itself measured when it activated an extension, in whole milliseconds. */
export interface Activation {
  readonly loadMs: number;
  readonly callMs: number;
  /** Until the promise of `activate` was fulfilled. */
  readonly finishMs: number;
  readonly event: string;
}

/** An extension that does nothing: the floor. */
const floor = 'progeny-test.empty';
const floorFolder = path.join(import.meta.dirname, 'empty-extension');

export interface ActivationRun {
  /** `publisher.name` of the extension in the .vsix. */
  readonly id: string;
  readonly vsix: string;
  readonly folder: string;
  readonly runs: number;
}

/**
 * Activates an extension and an empty one, one after the other in the same quiet extension host, in changing order;
 * a fresh extension host for each run. During start-up each would wait for the other and for VS Code's own
 * extensions, so the installed extension's activation events are taken away first.
 */
export async function* measureActivation(
  browser: Browser,
  { id, vsix, folder, runs }: ActivationRun,
): AsyncGenerator<{ readonly own: Activation; readonly empty: Activation }> {
  const linked = { [`${floor}-0.0.1`]: floorFolder };
  const beforeStart = (extensions: string) => activateOnlyWhenAsked(extensions, id);
  await using host = await startHost({ vsix: [vsix], linked, beforeStart });
  await using workbench = await openWorkbench(browser, host, folder);
  for (let run = 0; run < runs; run += 1) {
    if (run > 0) await reloadWorkbench(workbench.page, host);
    await using bridge = await connectBridge(host);
    await delay(quietMs);
    for (const each of run % 2 === 0 ? [floor, id] : [id, floor]) await bridge.run(activateNow, each);
    const times = await activations(bridge, [id, floor]);
    yield { own: times[id]!, empty: times[floor]! };
  }
}

/** What VS Code needs to come to rest after its own start. */
const quietMs = 3000;

function activateOnlyWhenAsked(extensions: string, id: string): void {
  const folder = readdirSync(extensions).find((name) => name.startsWith(`${id}-`));
  if (!folder) throw new Error(`${id} is not installed in ${extensions}`);
  const file = path.join(extensions, folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, activationEvents: ['onCommand:progeny-test.never'] }));
}

async function activateNow(vscode: typeof import('vscode'), id: string): Promise<void> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`extension ${id} is not installed`);
  if (extension.isActive) throw new Error(`extension ${id} was active before it was asked`);
  await extension.activate();
}

/**
 * Reads the activation table of `Developer: Startup Performance` once all of `ids` are active. Timing
 * `extension.activate()` from outside would count the traffic with the busy workbench instead.
 */
export async function activations<Id extends string>(
  bridge: Bridge,
  ids: readonly Id[],
): Promise<Readonly<Record<Id, Activation>>> {
  await bridge.run(async (vscode, wanted) => {
    for (const id of wanted) {
      const extension = vscode.extensions.getExtension(id);
      if (!extension) throw new Error(`extension ${id} is not installed`);
      while (!extension.isActive) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }, ids);
  const table = parseTable(await startupPerformance(bridge));
  const rows = ids.map((id) => {
    const row = table.get(id.toLowerCase());
    if (!row)
      throw new Error(
        `VS Code's activation table has no row for ${id}; it has ${[...table.keys()].join(', ')}`,
      );
    return [id, row] as const;
  });
  return Object.fromEntries(rows) as Record<Id, Activation>;
}

async function startupPerformance(bridge: Bridge): Promise<string> {
  await bridge.run((vscode) => vscode.commands.executeCommand('perfview.show'));
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await delay(100)) {
    const text = await bridge.run((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
    if (text.includes('## Extension Activation Stats')) {
      await bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.closeActiveEditor'));
      return text;
    }
  }
  throw new Error('`Developer: Startup Performance` showed no activation table within 20 s');
}

function parseTable(text: string): ReadonlyMap<string, Activation> {
  const section = text.split('## Extension Activation Stats')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(
    rows
      .filter((cells) => /^\d+$/.test(cells[3] ?? ''))
      .map(([, id = '', , load, call, finish, event = '']) => [
        id.toLowerCase(),
        { loadMs: Number(load), callMs: Number(call), finishMs: Number(finish), event },
      ]),
  );
}
