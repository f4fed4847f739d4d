import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator } from 'playwright-core';
import type { Api } from '../../companion/client/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import { connectBridge } from './harness/bridge.ts';
import { answerInput, quickInput, reloadWorkbench, statusItem, toast } from './harness/workbench.ts';
import { appShowing, wear } from './support/app.ts';
import { addSignedScript, everyByteOf, git, makeLintedProject } from './support/linted-project.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';

const PULSE = 'progeny-dev.progeny.pulse';

describe('delegated work in a real VS Code, with a real companion', () => {
  let stage: Stage;
  let api: Api;

  before(async function () {
    this.timeout(240_000);
    stage = await openStage({
      project: makeLintedProject,
      settings: {
        'workbench.colorTheme': 'Default Dark Modern',
        'files.autoSave': 'off',
        'progeny.interruption.quietFrom': '00:00',
        'progeny.interruption.quietUntil': '23:59',
        // Whatever runs on the machine of a developer takes no part.
        'progeny.language.use': 'none',
      },
    });
    api = await stage.client.connected(60_000);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await stage?.picture('wheel-whole-failed');
  });

  const text = (file: string) => readFileSync(path.join(stage.repository, file), 'utf8');
  const row = (words: string) =>
    stage.page.locator('.quick-input-list .monaco-list-row', { hasText: words }).first();
  const command = (id: string, ...args: unknown[]) =>
    stage.bridge.run((vscode, name, given) => void vscode.commands.executeCommand(name, ...given), id, args);
  const newest = async (): Promise<WheelRun> => {
    const [run] = await api.wheel.list({ workspace: stage.repository });
    assert.ok(run, 'there is a run');
    return run;
  };
  const stands = (status: WheelRun['status']) =>
    eventually(`the run is ${status}`, async () => {
      const run = await newest();
      return run.status === status && run;
    });
  const tab = (words: string) => stage.page.locator('.tabs-container .tab', { hasText: words }).first();
  const page = (heading: RegExp): Promise<FrameLocator> => appShowing(stage, heading);
  const clear = async () => {
    await command('notifications.clearAll');
    await command('workbench.action.closeAllEditors');
  };
  /** Both themes, each with a picture. */
  const pictures = async (name: string) => {
    if (!process.env.PROGENY_SCREENSHOTS) return;
    await stage.page.mouse.move(640, 560);
    await stage.picture(`wheel-${name}`);
    await wear(stage, 'Default Light Modern');
    await delay(400);
    await stage.picture(`wheel-${name}-light`);
    await wear(stage, 'Default Dark Modern');
    await delay(200);
  };
  const takeTheWheel = async (recipe: string) => {
    await runCommand(stage.page, 'Progeny: Take the Wheel…');
    await row(recipe).click();
  };

  it('[A8] the first lint fix from a fresh install, by preview and click: verified by the tests, undone to the byte', async () => {
    const before = everyByteOf(stage.repository);
    await runCommand(stage.page, 'Progeny: Take the Wheel…');
    await row('Fix lint').waitFor();
    await pictures('recipes');
    await row('Fix lint').click();
    const run = await stands('previewed');
    assert.deepEqual(everyByteOf(stage.repository), before, 'a preview changes nothing');
    const frame = await page(/^Fix what Biome can fix/);
    await pictures('page');
    await runCommand(stage.page, 'Progeny: Show the Files of a Run');
    await tab('Preview').waitFor();
    await stage.page.locator('.multiDiffEntry').first().waitFor();
    await pictures('diff');
    await tab('Delegated work').click();
    assert.ok(frame && run);
    const again = await page(/^Fix what Biome can fix/);
    await again.getByRole('button', { name: 'Do it', exact: true }).click();
    await stands('counting');
    await pictures('countdown');
    await stands('done');
    await pictures('done');
    console.log(JSON.stringify(await newest(), null, 1));
  });
});
