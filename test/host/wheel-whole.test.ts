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

const FIX = /^Fix what Biome can fix/;
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
  const clear = () =>
    stage.bridge.run(async (vscode) => {
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
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

  const reload = async () => {
    await reloadWorkbench(stage.page, stage.host);
    Object.assign(stage, { bridge: await connectBridge(stage.host, { limitMs: 90_000 }) });
    await statusItem(stage.page, PULSE).waitFor();
  };
  /** By the button of the run's page; nothing but a person says yes. */
  const sayYes = async (heading: RegExp) => {
    const frame = await page(heading);
    const yes = frame.getByRole('button', { name: 'Do it', exact: true });
    await eventually(
      'the yes can be given',
      async () => (await yes.getAttribute('aria-disabled')) !== 'true',
    );
    await yes.click();
  };

  it('[A8] the first lint fix from a fresh install, by preview and click: countdown, tests, report, and undone to the byte', async () => {
    const before = everyByteOf(stage.repository);
    await runCommand(stage.page, 'Progeny: Take the Wheel…');
    await row('Fix lint').waitFor();
    await pictures('recipes');
    await row('Fix lint').click();
    const { id } = await stands('previewed');
    // Without a question more, and without a word that lies over the page.
    const frame = await page(FIX);
    await frame.getByText('src/route.js').waitFor();
    await eventually('nothing lies over the page', async () => (await toast(stage.page).count()) === 0);
    assert.match(await frame.locator('main').innerText(), /npm run test[\s\S]*bubblewrap|not contained/);
    await pictures('page');
    await runCommand(stage.page, 'Progeny: Show the Files of a Run');
    await tab('Preview').waitFor();
    await stage.page.locator('.multiDiffEntry', { hasText: 'legend.js' }).waitFor();
    await stage.page.locator('.multiDiffEntry', { hasText: "'water'" }).waitFor();
    await toast(stage.page, 'Waits for your yes').waitFor();
    await pictures('diff');
    assert.deepEqual(everyByteOf(stage.repository), before, 'a preview changes nothing');

    await tab('Delegated work').click();
    await sayYes(FIX);
    await stands('counting');
    await toast(stage.page, 'Starts in').waitFor();
    await statusItem(stage.page, PULSE).getByText('about to start').waitFor();
    await pictures('countdown');
    const done = await stands('done');
    assert.equal(done.id, id);
    const report = toast(stage.page, 'Fixed 10 problems in 4 files (1 remains, listed)');
    await report.waitFor();
    assert.match(
      await report.innerText(),
      /Where: in your working tree, not committed.*Verified: npm run test: 3 passed in .* s.*1 place to look at/s,
    );
    assert.match(text('src/parser.js'), /const source = String\(text\);/);
    assert.deepEqual(git(stage.repository, 'diff', '--name-only').split('\n'), [
      'src/legend.js',
      'src/parser.js',
      'src/route.js',
      'src/scheduler.js',
    ]);
    // What was done stays to be seen, and can be undone in part.
    const after = await page(FIX);
    await after.getByRole('checkbox', { name: 'Undo src/route.js' }).waitFor();
    await pictures('done');
    await command('progeny.wheelReport', id);
    await tab('Report').waitFor();
    await stage.page.locator('.view-line .detected-link', { hasText: 'src/parser.js:4' }).waitFor();
    await pictures('report');
    await report.getByRole('button', { name: 'Undo' }).click();
    await stands('undone');
    assert.deepEqual(everyByteOf(stage.repository), before, 'undone to the byte, .git and ignored files too');
    assert.equal(git(stage.repository, 'status', '--porcelain'), '');
  });

  it('[A8] a window that is reloaded shows the run that waits again, and takes the yes', async () => {
    await clear();
    await takeTheWheel('Fix lint');
    await stands('previewed');
    await page(FIX);
    // In a browser the editor keeps what is open every 5 s; an unload keeps nothing.
    await delay(7000);
    await reload();
    await tab('Delegated work').waitFor();
    await sayYes(FIX);
    await stands('counting');
    await reload();
    const { id } = await stands('done');
    const report = toast(stage.page, 'Fixed 10 problems in 4 files');
    await report.waitFor();
    await report.getByRole('button', { name: 'Undo' }).click();
    await stands('undone');
    assert.equal((await api.wheel.get({ id })).conflicts.length, 0);
  });

  it('[A8] a fix that breaks the tests is rolled back by itself, and says so', async () => {
    await clear();
    addSignedScript(stage.repository);
    const before = everyByteOf(stage.repository);
    await takeTheWheel('Fix lint');
    await stands('previewed');
    await sayYes(FIX);
    const run = await stands('rolled_back');
    const said = toast(stage.page, 'Taken back');
    await said.waitFor();
    assert.match(await said.innerText(), /Your files are as before/);
    const why = /verification failed: npm run test failed .* in 1 test: the page names the digest/;
    assert.match(run.reason ?? '', why);
    assert.match(await said.innerText(), /the page names the digest/);
    await pictures('rolled-back');
    assert.deepEqual(everyByteOf(stage.repository), before);
    await said.getByRole('button', { name: 'Show Report' }).click();
    await tab('Report').waitFor();
    await pictures('rolled-back-report');
  });

  it("[A8] a symbol is renamed by the editor's own TypeScript, with what refers to it, and verified", async () => {
    await clear();
    const before = everyByteOf(stage.repository);
    await stage.bridge.run(
      async (vscode, file) => {
        await vscode.window.showTextDocument(vscode.Uri.file(file), {
          selection: new vscode.Range(8, 18, 8, 18),
        });
      },
      path.join(stage.repository, 'src/scheduler.js'),
    );
    await stage.page.locator('.monaco-editor.focused').waitFor();
    await runCommand(stage.page, 'Progeny: Take the Wheel Here…');
    await row('Rename a symbol: advance').waitFor();
    await pictures('here');
    await row('Rename a symbol: advance').click();
    await quickInput(stage.page).waitFor();
    await answerInput(stage.page, 'moveOn');
    await stands('previewed');
    await page(/^Rename advance to moveOn/);
    await pictures('rename');
    await sayYes(/^Rename advance to moveOn/);
    const { id, report } = await stands('done');
    assert.match(report?.verified ?? '', /npm run test: 4 passed/);
    assert.match(text('src/scheduler.js'), /export function moveOn\(steps\)/);
    for (const file of ['src/route.js', 'test/atlas.test.js'])
      assert.match(text(file), /import \{ (?:advance as )?moveOn(?: as advance)? \} from/);
    await command('progeny.wheelUndo', id);
    await stands('undone');
    assert.deepEqual(everyByteOf(stage.repository), before);
  });

  it('[A8] the leave that one gave stands on a page of its own', async () => {
    await clear();
    await command('progeny.wheelShow', (await newest()).id);
    const frame = await page(/^Rename advance/);
    await frame.getByRole('link', { name: 'All runs' }).click();
    await page(/^Delegated work/);
    await pictures('runs');
    await (await page(/^Delegated work/)).getByRole('link', { name: 'Leave you gave', exact: true }).click();
    const grants = await page(/leave|Leave/);
    await grants.locator('main').waitFor();
    await pictures('grants');
  });
});
