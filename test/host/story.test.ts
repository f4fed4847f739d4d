import assert from 'node:assert/strict';
import { sampleStoryLine } from '../fixtures/samples.ts';
import { statusItem, treeView } from './harness/workbench.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { storyTold } from './support/fake-story.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

const STORY = 'progeny-dev.progeny.story';

describe('story and drift in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };
  before(async function () {
    this.timeout(180_000);
    const quiet = { 'progeny.interruption.quietFrom': '00:00', 'progeny.interruption.quietUntil': '23:59' };
    stage = await openStageWithFake({ settings: quiet });
    await eventually('the folder is open', async () => stage.fake.opened.length > 0, 60_000);
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.extension.progeny'));
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  it('a loop that has gone beyond its scope says so in its row, with the reason in its tooltip; the others do not', async () => {
    const row = treeView(stage.page, 'Open Threads').locator('.monaco-list-row', {
      hasText: 'feature/import',
    });
    await row.waitFor();
    await eventually('the row says it', async () => /drift: volatile/.test(await row.innerText()));
    const label = (await row.getAttribute('aria-label')) ?? '';
    assert.match(label, /Scope drift: volatile\. 9 of 12 edited files lie outside of src\/import\./);
    const other = treeView(stage.page, 'Open Threads').locator('.monaco-list-row', { hasText: 'fix/clock' });
    assert.doesNotMatch(await other.innerText(), /drift/);
    await row.hover();
    const hover = stage.page.locator('.workbench-hover', { hasText: 'Scope drift' });
    await hover.waitFor();
    assert.match(await hover.innerText(), /9 of 12 edited files lie outside of src\/import/);
    await stage.picture('loops-drift', { x: 0, y: 520, width: 760, height: 260 });
    await stage.page.mouse.move(640, 500);
  });

  it('an important line shows in the status bar, is read by a screen reader in plain words, and goes; others only in the channel', async () => {
    const workspace = stage.fake.opened[0]!.path;
    await eventually('somebody listens', async () => {
      storyTold.tell(
        sampleStoryLine({ at: Date.now(), seq: 50, workspace, importance: 0.4, text: 'A quiet line.' }),
      );
      storyTold.tell(sampleStoryLine({ at: Date.now(), seq: 51, workspace }));
      return (
        (await statusItem(stage.page, STORY).count()) > 0 && (await statusItem(stage.page, STORY).isVisible())
      );
    });
    const item = statusItem(stage.page, STORY);
    assert.match(await item.innerText(), /Tests are green again in atlas\./);
    assert.equal(await item.locator('a').getAttribute('aria-label'), 'Progeny story: Tests are green again');
    await stage.picture('story-status', { x: 0, y: 600, width: 900, height: 200 });
    storyTold.tell(
      sampleStoryLine({ at: Date.now(), seq: 52, workspace: '/elsewhere', text: 'Of another folder.' }),
    );
    await eventually('it goes by itself', async () => !(await item.isVisible()), 30_000);
  });

  it('the output channel holds what was told today and since, of this folder', async () => {
    await runCommand(stage.page, 'Output: Show Output Channels...');
    const channel = stage.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Progeny Story' });
    await channel.click();
    const text = async () =>
      (await stage.page.locator('.panel .view-lines').innerText()).replace(/\u00a0/g, ' ');
    await eventually('the lines are there', async () => /Tests are green again in atlas/.test(await text()));
    const shown = await text();
    assert.match(shown, /\d\d:\d\d {2}Cal {3}Noted: "mind the leap second"/);
    assert.match(shown, /\d\d:\d\d {2}Arty {2}"feature\/import" wanders/);
    assert.ok(shown.includes('A quiet line.') && !shown.includes('Of another folder.'));
    await stage.picture('story-channel');
  });

  it('the command opens the story of the day as a document that cannot be written', async () => {
    await runCommand(stage.page, 'Progeny: Story of the Day');
    const tab = stage.page.locator('.tab', { hasText: 'Story of 2026-03-02.md' });
    await tab.waitFor();
    const text = async () =>
      (await stage.page.locator('.editor-group-container .view-lines').first().innerText()).replace(
        /\u00a0/g,
        ' ',
      );
    await eventually('it has its lines', async () => /# Monday 2 March 2026/.test(await text()));
    await stage.page.locator('.editor-group-container .view-lines').first().click();
    await stage.page.keyboard.type('x');
    assert.ok(!(await text()).includes('x# Monday'));
    await stage.picture('story-of-the-day');
  });

  it('off by its setting', async () => {
    const workspace = stage.fake.opened[0]!.path;
    await stage.bridge.run(async (vscode) => {
      await vscode.workspace.getConfiguration('progeny').update('narration.statusBar', false, true);
    });
    storyTold.tell(sampleStoryLine({ at: Date.now(), seq: 60, workspace, text: 'Not to be seen.' }));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const item = statusItem(stage.page, STORY);
    assert.ok((await item.count()) === 0 || !(await item.isVisible()));
  });
});
