import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator } from 'playwright-core';
import { VIEWS } from '../../webviews/model/views.ts';
import { collectProblems } from '../browser/harness/page.ts';
import { connectBridge } from './harness/bridge.ts';
import { keptWithEditors, reloadWorkbench } from './harness/workbench.ts';
import { wear } from './support/app.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

const DARK = 'Default Dark Modern';
const LIGHT = 'Default Light Modern';
/** What is of the workbench itself. */
const WORKBENCH = /\/static\/(out\/vs\/|node_modules\/)|workbench/;

describe('the whole app in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };
  let problems: readonly string[];
  const blocked: string[] = [];

  before(async function () {
    this.timeout(180_000);
    stage = await openStageWithFake({ settings: { 'workbench.colorTheme': DARK } });
    problems = collectProblems(stage.page, WORKBENCH);
    await stage.page.exposeFunction('cspBlocked', (what: string) => blocked.push(what));
    await stage.page.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
      window.cspBlocked?.(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile));`);
    await eventually('the folder is open', async () => stage.fake.opened.length > 0, 60_000);
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.closeSidebar'));
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  /** The page of the app's editor, once it shows that view. */
  const app = (view: string, limitMs = 20_000): Promise<FrameLocator> =>
    eventually(
      `the app shows ${view}`,
      async () => {
        for (const outer of await stage.page.locator('iframe.webview').all()) {
          const frame = outer.contentFrame().locator('iframe#active-frame').contentFrame();
          // The side bar's views are narrow, and have no rail.
          const rail = frame.locator('.views-rail');
          if (!(await rail.isVisible().catch(() => false))) continue;
          const title = VIEWS.find(({ id }) => id === view)?.title ?? '';
          const current = await rail.locator('[aria-current]').getAttribute('title', { timeout: 500 });
          if (current === title) return frame;
        }
        return null;
      },
      limitMs,
    );
  const open = (view: string | null) =>
    stage.bridge.run(
      (vscode, to) => vscode.commands.executeCommand('progeny.openApp', to ?? undefined),
      view,
    );
  const tab = () => stage.page.locator('.tabs-container .tab', { hasText: 'Progeny' });
  /** Another editor comes to lie over the app. */
  const cover = () =>
    stage.bridge.run(async (vscode) => {
      const [file] = await vscode.workspace.findFiles('src/*.ts', null, 1);
      if (!file) throw new Error('there is no file');
      await vscode.window.showTextDocument(file, { preview: false });
    });
  /** The nth page of the app since it was opened: a page that was taken down loses it. */
  const marked = (frame: FrameLocator) => frame.locator('html[data-marked]').count();
  const mark = (frame: FrameLocator) =>
    frame.locator('html').evaluate((html) => html.setAttribute('data-marked', ''));

  it('[W2] one command opens it, and the tab says where it is', async function () {
    this.timeout(60_000);
    await runCommand(stage.page, 'Progeny: Open Progeny');
    const frame = await app('brief');
    await frame.locator('.flight').first().waitFor();
    await tab().filter({ hasText: 'Where you are · Progeny' }).waitFor();
  });

  for (const { id, title } of VIEWS)
    it(`[W2] ${id} opens in it, with what the companion says, and nothing goes wrong`, async function () {
      this.timeout(30_000);
      const [earlier, before] = [problems.length, blocked.length];
      await open(id);
      const frame = await app(id);
      await frame.locator('main h1').first().waitFor();
      await eventually(`${id} has been answered`, async () => {
        const main = frame.locator('main');
        return (await main.locator('.skeleton').count()) === 0 && (await main.innerText()).trim() !== '';
      });
      assert.doesNotMatch(await frame.locator('body').innerText(), /not connected|could not be loaded/i);
      await tab()
        .filter({ hasText: `${title} · Progeny` })
        .waitFor();
      assert.equal(await tab().count(), 1, 'there is one editor of it');
      await stage.picture(`app-${id}`);
      assert.deepEqual(problems.slice(earlier), []);
      assert.deepEqual(blocked.slice(before), []);
    });

  it('[W2] hidden and shown again it is where it was: view, filter, place on the page, words not sent', async function () {
    this.timeout(60_000);
    await open('chat');
    let frame = await app('chat');
    await frame.locator('textarea').first().fill('why did we pick');
    await open('loops');
    frame = await app('loops');
    await frame.getByLabel('Status').selectOption('later');
    await mark(frame);
    await cover();
    await eventually(
      'the page is gone',
      async () => (await stage.page.locator('iframe.webview').count()) === 0,
    );
    await open(null);
    frame = await app('loops');
    assert.equal(await marked(frame), 0, 'its page was taken down');
    assert.equal(await frame.getByLabel('Status').inputValue(), 'later');
    await frame.locator('.views-rail').getByRole('link', { name: /^Ask/ }).click();
    frame = await app('chat');
    assert.equal(await frame.locator('textarea').first().inputValue(), 'why did we pick');
  });

  it('[W2] comes back to where the reader had scrolled', async function () {
    this.timeout(60_000);
    await open('brief');
    let frame = await app('brief');
    await stage.page.setViewportSize({ width: 1280, height: 560 });
    await frame.locator('.flight').first().waitFor();
    const scrolled = (): Promise<number> => frame.locator('html').evaluate('Math.round(scrollY)');
    await eventually('it can be scrolled', async () => {
      await frame.locator('html').evaluate('scrollTo(0, 150)');
      return (await scrolled()) > 60;
    });
    const at = await scrolled();
    await delay(600);
    await cover();
    await eventually(
      'the page is gone',
      async () => (await stage.page.locator('iframe.webview').count()) === 0,
    );
    await open(null);
    frame = await app('brief');
    await frame.locator('.flight').first().waitFor();
    await eventually('it is where it was', async () => Math.abs((await scrolled()) - at) <= 2, 10_000);
    await stage.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('[W2] wears another theme at once, without being loaded again', async function () {
    this.timeout(60_000);
    await open('memory');
    const frame = await app('memory');
    await mark(frame);
    const colour = (): Promise<string> =>
      frame.locator('body').evaluate('getComputedStyle(document.body).color');
    const dark = await colour();
    await wear(stage, LIGHT);
    await eventually('its colours changed', async () => (await colour()) !== dark);
    assert.equal(await marked(frame), 1);
    await stage.picture('app-light');
    await wear(stage, DARK);
    await eventually('they changed back', async () => (await colour()) === dark);
  });

  it('[W2] moved to a second column it goes on, connected', async function () {
    this.timeout(60_000);
    await cover();
    await open('loops');
    await app('loops');
    await stage.bridge.run((vscode) =>
      vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup'),
    );
    const moved = await eventually('it is beside', () => narrow('Open threads'));
    const [loop] = stage.fake.loops.values();
    assert.ok(loop);
    await moved.getByText(loop.title).first().waitFor();
    await stage.picture('app-columns');
    stage.fake.loops.set(loop.id, { ...loop, title: 'renamed elsewhere' });
    stage.fake.happen('loop.updated', [loop.id], 1);
    await moved.getByText('renamed elsewhere').first().waitFor();
    await stage.bridge.run((vscode) =>
      vscode.commands.executeCommand('workbench.action.moveEditorToPreviousGroup'),
    );
    const back = await app('loops');
    await back.getByText('renamed elsewhere').first().waitFor();
  });

  /** The page of the app with that heading, wide or not. */
  const narrow = async (heading: string) => {
    for (const outer of await stage.page.locator('iframe.webview').all()) {
      const frame = outer.contentFrame().locator('iframe#active-frame').contentFrame();
      const text = await frame
        .locator('main h1')
        .first()
        .innerText({ timeout: 500 })
        .catch(() => '');
      if (text.startsWith(heading)) return frame;
    }
    return null;
  };

  it('[W2] a window that is loaded again has it where it was', async function () {
    this.timeout(240_000);
    await open('heritage');
    await app('heritage');
    await eventually(
      'the editor has kept it',
      async () => {
        await delay(1000); // who asks without rest keeps it from being idle
        return keptWithEditors(stage.page, '"route":"heritage"');
      },
      90_000,
    );
    await reloadWorkbench(stage.page, stage.host);
    const frame = await app('heritage', 60_000);
    await frame.locator('main h1').first().waitFor();
    await tab().filter({ hasText: 'What it knows · Progeny' }).waitFor();
    await using bridge = await connectBridge(stage.host, { limitMs: 90_000 });
    await bridge.run((vscode) => vscode.commands.executeCommand('progeny.openApp', 'globe'));
    await app('globe');
    assert.equal(await tab().count(), 1, 'commands find the editor that came back');
  });

  it('[W2] a view can be chosen by name', async function () {
    this.timeout(90_000);
    await runCommand(stage.page, 'Progeny: Go to a View…');
    const rows = stage.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Background work' }).waitFor();
    await stage.picture('app-views');
    await stage.page.locator('.quick-input-widget input').first().fill('jobs');
    await rows.filter({ hasText: 'Background work' }).click();
    await app('jobs');
  });
});
