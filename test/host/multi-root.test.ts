import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { connectBridge } from './harness/bridge.ts';
import { treeView, workbenchReady } from './harness/workbench.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

describe('a window with several folders in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };

  before(async function () {
    this.timeout(180_000);
    stage = await openStageWithFake();
    await eventually('the folder is open', async () => stage.fake.opened.length > 0);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  /** Each window has an extension host of its own, so that each attempt begins with a new connection. */
  const addFolder = async (folder: string) => {
    await using bridge = await connectBridge(stage.host, { limitMs: 10_000 });
    await bridge.run(
      (vscode, added) => void vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.file(added) }),
      folder,
    );
  };

  it('opens each folder, and shows the threads under theirs', async () => {
    const second = path.join(path.dirname(stage.repository), 'borealis');
    mkdirSync(second);
    // The window becomes another one for that, and its extension host with it; a busy one may refuse at first.
    await eventually('the window has two folders', async () => {
      await addFolder(second).catch(() => {});
      return await stage.page.waitForURL(/[?&]workspace=/, { timeout: 15_000 }).then(
        () => true,
        () => false,
      );
    });
    await workbenchReady(stage.page);
    await eventually('both are open', async () => {
      const paths = stage.fake.opened.map(({ path }) => path);
      return paths.includes(second) && paths.lastIndexOf(stage.repository) > 0;
    });
    const icon = stage.page.locator('.activitybar .action-item', {
      has: stage.page.locator('.action-label[aria-label^="Progeny"]'),
    });
    const folders = treeView(stage.page, 'Open Threads').locator('.monaco-list-row[aria-level="1"]');
    await eventually('two folders', async () => {
      // A window that restores itself may put another view back; and a click on the one that is shown hides it.
      if (!(await icon.evaluate((item) => item.classList.contains('checked')))) await icon.click();
      const names = (await folders.allInnerTexts()).join(' ');
      assert.match(names, /atlas[\s\S]*borealis/);
      return true;
    });
  });
});
