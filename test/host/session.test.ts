import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { toast } from './harness/workbench.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';
import { ageThread } from './support/time-away.ts';

const TAP = 'scheduler.ts is committed.';

describe('a session of work in a real VS Code', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(240_000);
    stage = await openStage({
      settings: {
        'workbench.colorTheme': 'Default Dark Modern',
        // Only what the commit brings up is worth telling.
        'progeny.loops.uncommittedRiskHours': 720,
        'progeny.loops.staleDays': 365,
        'progeny.interruption.spontaneous': false,
      },
    });
    const api = await stage.client.connected(60_000);
    await eventually('the folder is open', async () => (await api.workspaces.list({}))[0]?.scannedAt);
    const { id } = await api.loops.open({
      workspace: stage.repository,
      title: 'Steps are never negative',
      anchors: [
        { kind: 'file', file: 'src/scheduler.ts' },
        { kind: 'file', file: 'docs/grammar.md' },
      ],
    });
    await runCommand(stage.page, 'Progeny: Stop Everything');
    await eventually('it has stopped', async () => (await stage.companion()) === null);
    ageThread(stage.dataDirectory, id, 6 * 24 * 3_600_000);
    await runCommand(stage.page, 'Progeny: Start the Companion');
    await eventually('it is back', async () => (await stage.companion()) !== null);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const api = () => stage.client.connected(20_000);
  const decisions = async () => (await api()).interruptions.list({ limit: 200 });
  const shown = async () => (await decisions()).filter(({ gate }) => gate === null);
  const write = async (file: string, text: string, save: boolean) => {
    await stage.bridge.run(
      async (vscode, place) => void (await vscode.window.showTextDocument(vscode.Uri.file(place))),
      `${stage.repository}/${file}`,
    );
    await stage.page.locator('.monaco-editor.focused').waitFor();
    await stage.page.keyboard.press('Control+End');
    await stage.page.keyboard.type(text);
    if (save) await stage.page.keyboard.press('Control+s');
  };
  const runTests = (command: string) =>
    stage.bridge.run(async (vscode, program) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      if (!folder) throw new Error('no folder');
      const run = new vscode.ShellExecution(program);
      const task = new vscode.Task({ type: 'shell' }, folder, 'unit', 'test', run);
      task.group = vscode.TaskGroup.Test;
      const ended = new Promise<void>((resolve) => {
        const listening = vscode.tasks.onDidEndTaskProcess(() => {
          listening.dispose();
          resolve();
        });
      });
      await vscode.tasks.executeTask(task);
      await ended;
    }, command);

  it('[S9] typing, saving, red and green tests bring no tap: there is nothing to tell yet', async () => {
    await write('src/scheduler.ts', '\n// never negative\n', true);
    await runTests('false');
    await write('src/scheduler.ts', 'export const floor = 0;\n', true);
    await runTests('true');
    assert.deepEqual(await shown(), []);
  });

  it('[S9] the commit brings one up; it waits for the hands to rest, and comes once', async () => {
    await write('docs/grammar.md', 'A line that is still being written', false);
    // Keys are told in batches; these are to arrive before the commit.
    await delay(3_500);
    execFileSync('git', ['commit', '-qm', 'Never go back in time', 'src/scheduler.ts'], {
      cwd: stage.repository,
    });
    const tap = toast(stage.page, TAP);
    await tap.waitFor({ timeout: 60_000 });
    assert.match(
      await tap.innerText(),
      /other half of "Steps are never negative" \(docs\/grammar.md\) is not.*Open for 6 days; commit [0-9a-f]{7}/s,
    );
    await stage.picture('tap-after-commit');
    const [only, ...others] = await shown();
    assert.deepEqual([only?.moment, others], ['commit', []]);
    const before = (await decisions()).filter(({ candidate, gate }) => candidate === only?.candidate && gate);
    assert.ok(
      before.some(({ gate }) => gate === 'typing'),
      `kept back by ${before.map(({ gate }) => gate)}`,
    );
  });

  it('[S9] "Why now?" tells what kept it back and what let it through', async () => {
    await toast(stage.page, TAP).getByRole('button', { name: 'Why now?' }).click();
    const rows = stage.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'right after a commit' }).waitFor();
    const text = await stage.page.locator('.quick-input-widget').innerText();
    assert.match(text, /you had just been typing/);
    assert.match(text, /1 tap of at most 3 that day; the next comes 4 h later at the soonest/);
    await stage.picture('why-now');
    await rows.filter({ hasText: 'Show' }).click();
    const [row] = await eventually('the answer is noted', async () => {
      const rows = await shown();
      return rows[0]?.outcome != null && rows;
    });
    assert.equal(row?.outcome, 'engaged');
  });
});
