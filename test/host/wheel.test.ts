import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EditorRenameAnswer } from '../../companion/protocol/index.ts';
import { connectBridge } from './harness/bridge.ts';
import { answerInput, quickInput, reloadWorkbench, statusItem, toast } from './harness/workbench.ts';
import { wear } from './support/app.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

const PULSE = 'progeny-dev.progeny.pulse';
const LINT = 'Fix 14 lint errors in 6 files';

describe('delegated work in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };
  before(async function () {
    this.timeout(240_000);
    stage = await openStageWithFake({
      settings: { 'workbench.colorTheme': 'Default Dark Modern', 'files.autoSave': 'off' },
    });
    await eventually('the folder is open', async () => stage.fake.opened.length > 0, 60_000);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await stage?.picture(`failed-${this.currentTest.title.slice(0, 20)}`);
  });
  const wheel = () => stage.fake.wheel;
  const newest = () => wheel().list(undefined, 1)[0]!;
  const text = (file: string) => readFileSync(path.join(stage.repository, file), 'utf8');
  const row = (words: string) =>
    stage.page.locator('.quick-input-list .monaco-list-row', { hasText: words }).first();
  const pulseSays = (words: string) => statusItem(stage.page, PULSE).getByText(words).waitFor();
  const command = (id: string, ...args: unknown[]) =>
    stage.bridge.run((vscode, name, given) => void vscode.commands.executeCommand(name, ...given), id, args);
  const stands = (status: string) =>
    eventually(`the run is ${status}`, async () => newest().status === status && newest());
  /** Both themes, each with a picture. */
  const pictures = async (name: string) => {
    if (!process.env.PROGENY_SCREENSHOTS) return;
    await stage.page.mouse.move(640, 500);
    await stage.picture(name);
    await wear(stage, 'Default Light Modern');
    await delay(300);
    await stage.picture(`${name}-light`);
    await wear(stage, 'Default Dark Modern');
  };
  const closeEditors = () => command('workbench.action.closeAllEditors');
  const clearToasts = () => command('notifications.clearAll');
  const propose = async () => {
    await runCommand(stage.page, 'Progeny: Take the Wheel…');
    await row('Fix lint errors').click();
    await stands('previewed');
  };

  const reload = async () => {
    await reloadWorkbench(stage.page, stage.host);
    const bridge = await connectBridge(stage.host, { limitMs: 90_000 });
    Object.assign(stage, { bridge });
    await statusItem(stage.page, PULSE).waitFor();
  };

  /** Each begins with nothing that waits, runs or is open. */
  const begin = async () => {
    wheel().clear();
    wheel().vetoMs = 1000;
    stage.fake.testsFail = false;
    const git = (...args: string[]) => execFileSync('git', args, { cwd: stage.repository });
    git('checkout', '-q', '--', '.');
    git('clean', '-qfd');
    await stage.bridge.run(async (vscode) => {
      for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
      }
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    });
  };

  it('[A8] offers what can be delegated here, and says why something cannot', async () => {
    await runCommand(stage.page, 'Progeny: Take the Wheel…');
    await row('Fix lint errors').waitFor();
    assert.match(await row('Add a changelog line').innerText(), /not here/);
    assert.match(await row('Add a changelog line').innerText(), /There is no CHANGELOG\.md/);
    await pictures('wheel-recipes');
    await row('Fix lint errors').click();
    const run = await stands('previewed');
    await pulseSays('waits for your yes');
    await stage.page.locator('.tab', { hasText: 'Delegated work' }).waitFor();
    // The page says all of it, and nothing lies over it.
    await eventually('no notification is left', async () => (await toast(stage.page).count()) === 0);
    await closeEditors();
    const asked = toast(stage.page, 'Waits for your yes');
    await asked.waitFor();
    assert.match(await asked.innerText(), /Fix 14 lint errors in 6 files.*6 files, \+\d+ −\d+/s);
    assert.equal(await toast(stage.page).count(), 1);
    assert.equal(wheel().get(run.id).status, 'previewed');
  });

  it('[A8] shows every file of the preview side by side, and names what it cannot show', async () => {
    await closeEditors();
    await toast(stage.page, 'Waits for your yes').getByText('Look').waitFor();
    await runCommand(stage.page, 'Progeny: Show the Files of a Run');
    await stage.page.locator('.tab', { hasText: 'Preview' }).waitFor();
    const diff = stage.page.locator('.multiDiffEntry');
    await diff.first().waitFor();
    // Both can be answered from where they are shown.
    await stage.page
      .locator('.editor-actions')
      .getByRole('button', { name: /^Answer a Run/ })
      .waitFor();
    await pictures('wheel-diff');
    await stage.page.locator('.multiDiffEntry').first().hover();
    const unseen = stage.page.getByText('docs/map.png: binary, 47 KB').first();
    await eventually('the end of the diff is in sight', async () => {
      await stage.page.mouse.wheel(0, 600);
      return await unseen.isVisible();
    });
    await stage.page.getByText('docs/atlas.csv: +1 −1, 3.1 MB: too large to show').first().waitFor();
  });

  it('[A8] asks for a yes with all that no diff shows, and takes one for some of the files', async () => {
    await runCommand(stage.page, 'Progeny: Answer a Run…');
    await row('Yes, all of it').waitFor();
    await row('npm test').waitFor();
    await row('node_modules/.cache').waitFor();
    await pictures('wheel-answer');
    wheel().vetoMs = 60_000;
    await row('Choose Files…').click();
    await row('src/parser.ts').waitFor();
    await pictures('wheel-choose');
    await row('docs/map.png').click();
    await row('.editorconfig').click();
    await stage.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await stands('counting');
    const [approval] = wheel().approvals;
    assert.equal(approval?.digest, newest().digest);
    assert.deepEqual(approval?.files, [
      'src/scheduler.ts',
      'src/parser.ts',
      'src/clock.test.ts',
      'docs/atlas.csv',
    ]);
  });

  it('[A5] mirrors the countdown, and Cancel in it leaves nothing', async () => {
    const before = text('src/scheduler.ts');
    const counting = toast(stage.page, 'Starts in');
    await counting.waitFor();
    await pulseSays('about to start');
    assert.equal(await toast(stage.page, LINT).count(), 1);
    await pictures('wheel-countdown');
    await counting.getByRole('button', { name: 'Cancel' }).click();
    await stands('vetoed');
    await counting.waitFor({ state: 'detached' });
    assert.equal(text('src/scheduler.ts'), before);
  });

  it('[A8] runs after the countdown, verifies, and reports in four parts; Undo puts all of it back', async () => {
    await begin();
    const before = text('src/scheduler.ts');
    wheel().held.add('verifying');
    await propose();
    await runCommand(stage.page, 'Progeny: Answer a Run…');
    await row('Yes, all of it').click();
    await stands('verifying');
    const running = toast(stage.page, 'Running · verify');
    await running.waitFor();
    await pulseSays('verifying');
    await pictures('wheel-verify');
    assert.notEqual(text('src/scheduler.ts'), before);
    wheel().goOn('verifying');
    const report = toast(stage.page, 'Fixed 14 lint errors');
    await report.waitFor();
    await running.waitFor({ state: 'detached' });
    assert.match(
      await report.innerText(),
      /Fixed 14.*Where: fix\/clock, not committed.*Verified: npm test: 212 passed in 31 s.*2 places to look at/s,
    );
    assert.equal(await toast(stage.page).count(), 1);
    await closeEditors();
    await pictures('wheel-report');
    await report.getByRole('button', { name: 'Undo' }).click();
    await stands('undone');
    await stage.page.locator('.statusbar', { hasText: 'Undone: 6 files as before' }).waitFor();
    assert.equal(text('src/scheduler.ts'), before);
    assert.equal(await toast(stage.page).count(), 0);
  });

  it('[A8] takes back by itself a run whose tests fail, and says why', async () => {
    await begin();
    const before = text('src/scheduler.ts');
    stage.fake.testsFail = true;
    await propose();
    await command('progeny.wheelApprove');
    await row('Yes, all of it').click();
    const said = toast(stage.page, 'Taken back');
    await said.waitFor();
    stage.fake.testsFail = false;
    assert.match(await said.innerText(), /npm test failed after 3 s.*Your files are as before/s);
    assert.equal(text('src/scheduler.ts'), before);
    await closeEditors();
    await pictures('wheel-rolled-back');
    await said.getByRole('button', { name: 'Show Report' }).click();
    await stage.page.locator('.tab', { hasText: 'Report' }).waitFor();
    await clearToasts();
    const link = stage.page.locator('.view-line .detected-link', { hasText: 'src/scheduler.ts:10' });
    await link.waitFor();
    await pictures('wheel-report-page');
    await link.click({ modifiers: ['Control'] });
    await eventually('the line is open', () =>
      stage.bridge.run((vscode) => {
        const editor = vscode.window.activeTextEditor;
        return editor?.document.uri.path.endsWith('scheduler.ts') && editor.selection.active.line === 9;
      }),
    );
  });

  it('[A5] stops a run that is under way, and says that it was taken back', async () => {
    await begin();
    const before = text('src/scheduler.ts');
    wheel().held.add('verifying');
    await propose();
    await command('progeny.wheelApprove');
    await row('Yes, all of it').click();
    await stands('verifying');
    const running = toast(stage.page, 'Running · verify');
    await running.getByText('Stop', { exact: true }).click();
    await stands('rolled_back');
    wheel().held.clear();
    await toast(stage.page, 'You stopped it').waitFor();
    assert.equal(text('src/scheduler.ts'), before);
    await clearToasts();
  });

  it('[A8] shows what an undo left as a diff, with why, and touches no editor with unsaved changes', async () => {
    await begin();
    await propose();
    await command('progeny.wheelApprove');
    await row('Yes, all of it').click();
    const run = await stands('done');
    const edited = `${text('src/parser.ts')}// mine\n`;
    writeFileSync(path.join(stage.repository, 'src/parser.ts'), edited);
    await stage.bridge.run(
      async (vscode, file) => {
        const editor = await vscode.window.showTextDocument(vscode.Uri.file(file));
        await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// not saved\n'));
      },
      path.join(stage.repository, 'src/scheduler.ts'),
    );
    await toast(stage.page, 'Fixed 14').getByRole('button', { name: 'Undo' }).click();
    await stands('undone');
    const said = toast(stage.page, '1 file was left as it is');
    await said.waitFor();
    assert.match(
      await said.innerText(),
      /src\/scheduler\.ts has unsaved changes in the editor.*not touched/s,
    );
    assert.equal(text('src/parser.ts'), edited);
    const unsaved = await stage.bridge.run((vscode) =>
      vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty).map((one) => one.lineAt(0).text),
    );
    assert.deepEqual(unsaved, ['// not saved']);
    await said.getByRole('button', { name: 'Show What Was Left' }).click();
    await stage.page.locator('.tab', { hasText: 'Left as yours' }).waitFor();
    await stage.page.getByText('You changed it after the run').waitFor();
    await pictures('wheel-left');
    assert.equal(wheel().get(run.id).conflicts.length, 1);
    await stage.bridge.run(
      async (vscode, file) => {
        await vscode.window.showTextDocument(vscode.Uri.file(file));
        await vscode.commands.executeCommand('workbench.action.files.revert');
      },
      path.join(stage.repository, 'src/scheduler.ts'),
    );
  });

  it('[A8] picks up a run that ended while the window was gone, and says no end twice', async () => {
    await begin();
    await propose();
    wheel().held.add('verifying');
    await command('progeny.wheelApprove');
    await row('Yes, all of it').click();
    await stands('verifying');
    await reload();
    wheel().goOn('verifying');
    const report = toast(stage.page, 'Fixed 14 lint errors');
    await report.waitFor();
    await reload();
    await toast(stage.page, 'Fixed 14 lint errors').waitFor();
    assert.equal(await toast(stage.page).count(), 1);
    await toast(stage.page, 'Fixed 14').getByRole('button', { name: 'Keep' }).click();
    await stands('kept');
    await reload();
    await pulseSays('open');
    await delay(1500);
    assert.equal(await toast(stage.page).count(), 0);
  });

  it('[A5] vouches for a silent countdown only while its preview is the active editor', async () => {
    await begin();
    wheel().silence = true;
    await runCommand(stage.page, 'Progeny: Take the Wheel…');
    await row('Fix lint errors').click();
    const run = await stands('counting');
    wheel().silence = false;
    const told = () => wheel().seenCalls.filter(({ id }) => id === run.id);
    // Its page vouches as soon as it is drawn; once it is closed, nothing does.
    await stage.page.locator('.tab', { hasText: 'Delegated work' }).waitFor();
    await closeEditors();
    await toast(stage.page, 'because the preview is out of sight').waitFor();
    await delay(1000);
    const closed = told().length;
    await delay(1500);
    assert.equal(told().length, closed, 'nothing is told while nothing is shown');
    await command('progeny.wheelFiles', run.id);
    await toast(stage.page, 'unless you say no').waitFor();
    await eventually('it is told once a second', async () => told().length >= closed + 3);
    assert.ok(
      told()
        .slice(closed)
        .every(({ visible }) => visible),
    );
    await pictures('wheel-silence');
    await stage.bridge.run(
      async (vscode, file) => {
        await vscode.window.showTextDocument(vscode.Uri.file(file));
      },
      path.join(stage.repository, 'README.md'),
    );
    await toast(stage.page, 'Stands still at').waitFor();
    const end = told().length;
    assert.equal(told().at(-1)?.visible, false);
    const left = wheel().get(run.id).countdown?.remainingMs ?? 0;
    await delay(2200);
    assert.equal(told().length, end, 'nothing is told while it is hidden');
    assert.deepEqual(wheel().get(run.id).countdown, { consent: 'silence', remainingMs: left, endsAt: null });
    await toast(stage.page, 'Stands still at').getByRole('button', { name: 'Cancel' }).click();
    await stands('vetoed');
  });

  it('[A8] says who asks where an agent does, and opens nothing by itself', async () => {
    await begin();
    const origin = { by: 'agent' as const, name: 'claude-code' };
    wheel().propose({ workspace: stage.repository, recipe: 'fix-lint', options: {} }, origin);
    await toast(stage.page, 'claude-code (an agent) asks for your yes').waitFor();
    assert.equal(await stage.page.locator('.tab', { hasText: 'Delegated work' }).count(), 0);
    await statusItem(stage.page, PULSE).hover();
    const hover = stage.page.locator('.workbench-hover', { hasText: 'Waits for your yes' });
    await hover.waitFor();
    await pictures('wheel-pulse');
    await statusItem(stage.page, PULSE).hover();
    await hover.getByText('No, don’t').click();
    await stands('vetoed');
    await stage.page.mouse.move(640, 300);
  });

  it('[A8] delegates what fits the line of the cursor, with what the place tells filled in', async () => {
    await begin();
    await stage.bridge.run(
      async (vscode, file) => {
        await vscode.window.showTextDocument(vscode.Uri.file(file), {
          selection: new vscode.Range(8, 18, 8, 18),
        });
      },
      path.join(stage.repository, 'src/scheduler.ts'),
    );
    await stage.page.locator('.monaco-editor.focused').waitFor();
    await runCommand(stage.page, 'Progeny: Take the Wheel Here…');
    await row('Rename a symbol: advance').click();
    await quickInput(stage.page).waitFor();
    await answerInput(stage.page, 'moveOn');
    const run = await stands('previewed');
    assert.equal(run.sentence, 'Rename advance to moveOn in 2 files');
    assert.deepEqual(wheel().asked.at(-1)?.options, {
      file: 'src/scheduler.ts',
      line: '9',
      column: '19',
      to: 'moveOn',
    });
    await command('progeny.wheelStop', run.id);
    await stands('vetoed');
  });

  it('[A8] tells what TypeScript would rename, and writes nothing', async () => {
    await begin();
    const ask = (id: string, step: object) =>
      stage.fake.ask('rename', id, { root: stage.repository, step }) as Promise<EditorRenameAnswer>;
    const before = [text('src/scheduler.ts'), text('src/clock.test.ts')];
    const symbol = await ask('ask_1', {
      tool: 'rename',
      path: 'src/scheduler.ts',
      line: 9,
      column: 17,
      to: 'moveOn',
    });
    assert.deepEqual(Object.keys(symbol.texts).sort(), ['src/clock.test.ts', 'src/scheduler.ts']);
    assert.equal(symbol.texts['src/scheduler.ts'], before[0]?.replace('advance(', 'moveOn('));
    // As the user's preference has it, under the new name or as an alias of it.
    assert.match(symbol.texts['src/clock.test.ts'] ?? '', /import \{ moveOn(?: as advance)? \}/);
    const move = await ask('ask_2', { tool: 'move_file', from: 'src/scheduler.ts', to: 'src/time/steps.ts' });
    assert.deepEqual(move.moves, [{ from: 'src/scheduler.ts', to: 'src/time/steps.ts' }]);
    assert.match(move.texts['src/clock.test.ts'] ?? '', /from '\.\/time\/steps\.ts'/);
    assert.deepEqual([text('src/scheduler.ts'), text('src/clock.test.ts')], before);
    await assert.rejects(
      ask('ask_3', { tool: 'rename', path: 'src/scheduler.ts', line: 3, column: 6, to: 'x' }),
      /nothing to rename at src\/scheduler\.ts:3:6|cannot rename/i,
    );
    await stage.bridge.run(
      async (vscode, file) => {
        const editor = await vscode.window.showTextDocument(vscode.Uri.file(file));
        await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// not saved\n'));
      },
      path.join(stage.repository, 'src/clock.test.ts'),
    );
    await assert.rejects(
      ask('ask_4', { tool: 'rename', path: 'src/scheduler.ts', line: 9, column: 17, to: 'moveOn' }),
      /src\/clock\.test\.ts has unsaved changes/,
    );
  });
});
