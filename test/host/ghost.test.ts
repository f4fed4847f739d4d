import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Loop } from '../../companion/protocol/index.ts';
import { answerInput, statusItem, toast, treeView, webview } from './harness/workbench.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';

const LOOPS = 'Open Threads';
const dark = { 'workbench.colorTheme': 'Default Dark Modern' };
const PULSE = 'progeny-dev.progeny.pulse';

describe('the ghost in a real VS Code', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(180_000);
    // All day quiet: a tap would lie over what these tests click on. Taps have tests of their own.
    const quiet = { 'progeny.interruption.quietFrom': '00:00', 'progeny.interruption.quietUntil': '23:59' };
    stage = await openStage({ settings: { ...dark, ...quiet } });
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const pulse = () => statusItem(stage.page, PULSE);
  const pulseText = async () => (await pulse().innerText()).trim();
  const openLoops = async (): Promise<Loop[]> => {
    const api = await stage.client.connected(20_000);
    return await api.loops.list({ workspace: stage.repository, limit: 200 });
  };
  /** The rows of one level of the tree, in words. */
  const rowsOf = async (level: number): Promise<string[]> => {
    const found = treeView(stage.page, LOOPS).locator(`.monaco-list-row[aria-level="${level}"]`);
    return (await found.allInnerTexts()).map((text) => text.replace(/\s+/g, ''));
  };
  /** Only rows that are on the screen are in the page: what is open below one can push the others out. */
  const collapse = () =>
    stage.bridge.run(async (vscode) => {
      await vscode.commands.executeCommand('progeny.loops.focus');
      await vscode.commands.executeCommand('list.collapseAll');
    });
  /** The rows of the tree, once they hold what the companion lists. */
  const rowsEqualLoops = () =>
    eventually('the rows of the tree equal the companion', async () => {
      const loops = await openLoops();
      const wanted = loops.map(({ title, summary }) => `${title}${summary}`.replace(/\s+/g, ''));
      const rows = await rowsOf(1);
      if (rows.length < wanted.length) await collapse();
      assert.deepEqual(rows, wanted);
      return loops.length > 0 && loops;
    });

  /** So that whole sentences fit. */
  const widenSideBar = async () => {
    const box = await stage.page.locator('.part.sidebar').boundingBox();
    assert.ok(box);
    const edge = box.x + box.width;
    await stage.page.mouse.move(edge, 300);
    await stage.page.mouse.down();
    await stage.page.mouse.move(edge + 120, 300, { steps: 5 });
    await stage.page.mouse.up();
  };
  const sideBarBrief = () =>
    eventually('the side bar shows the brief', async () =>
      /fix\/clock/.test(await webview(stage.page).locator('body').innerText({ timeout: 2000 })),
    );

  it('[F3] activates, and the pulse says how much is open and what is nearest', async () => {
    await pulse().waitFor();
    await eventually('the pulse counts what the companion lists', async () => {
      const { length } = await openLoops();
      return length >= 3 && (await pulseText()).startsWith(`${length} open · fix/clock`);
    });
    const spoken = (await pulse().locator('a').getAttribute('aria-label')) ?? '';
    assert.match(spoken, /^Progeny: \d+ open · fix\/clock/);
  });

  it('[F3] says in the tooltip of the pulse what is next, with links', async () => {
    await pulse().hover();
    const hover = stage.page.locator('.workbench-hover', { hasText: 'Progeny' });
    await hover.waitFor();
    const words = /Connected\..*open threads.*Nearest: fix\/clock.*Next: .*Where you are/s;
    assert.match(await hover.innerText(), words);
    await stage.picture('pulse', { x: 0, y: 520, width: 900, height: 280 });
    await stage.page.mouse.move(640, 300);
  });

  it("[F3] shows rows that equal the companion's loops, places below them, and goes there", async () => {
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.extension.progeny'));
    await widenSideBar();
    const loops = await rowsEqualLoops();
    const todo = loops.find(({ source }) => source === 'todo');
    assert.ok(todo, 'the TODO is a loop');
    await stage.page.locator('.monaco-list-row', { hasText: 'CRLF' }).first().click();
    const place = await eventually('the TODO is open at its line', () =>
      stage.bridge.run((vscode) => {
        const editor = vscode.window.activeTextEditor;
        return editor && { file: editor.document.uri.fsPath, line: editor.selection.active.line + 1 };
      }),
    );
    assert.deepEqual(place, { file: path.join(stage.repository, 'src', 'parser.ts'), line: 3 });
    await stage.page
      .locator('.monaco-list-row', { hasText: 'fix/clock' })
      .first()
      .locator('.monaco-tl-twistie')
      .click();
    await eventually('places are below the loop', async () => (await rowsOf(2)).length > 1);
    await sideBarBrief();
    await stage.picture('loops');
  });

  it('[F3] takes a whisper from the keyboard to a row and to open_loops.json', async () => {
    const text = 'CRLF breaks the offsets below; fix before the release';
    await stage.bridge.run(async (vscode, folder) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(`${folder}/src/parser.ts`));
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(6, 0, 6, 0) });
    }, stage.repository);
    await stage.page.locator('.monaco-editor.focused').waitFor();
    await stage.page.keyboard.press('Control+Alt+n');
    await stage.page.locator('.quick-input-title', { hasText: 'Note on parser.ts:7' }).waitFor();
    await stage.page.keyboard.type(text);
    await stage.picture('whisper');
    await stage.page.keyboard.press('Enter');
    await stage.page.locator('.statusbar', { hasText: 'Noted on parser.ts:7' }).waitFor();
    await eventually('the note is a row', async () =>
      (await rowsOf(2)).some((row) => row.startsWith(text.replaceAll(' ', ''))),
    );
    await collapse();
    await rowsEqualLoops();
    const file = path.join(stage.repository, '.progeny', 'open_loops.json');
    // It joined the loop of the branch, whose entry names the line that it lies on.
    await eventually('open_loops.json has it', async () =>
      readFileSync(file, 'utf8').includes('src/parser.ts:7'),
    );
    assert.equal(await stage.page.locator('.monaco-dialog-box').count(), 0);
  });

  it('[F3] shows the brief by command, with the same loops', async () => {
    await runCommand(stage.page, 'Progeny: Show Where You Are');
    // The one in the side bar goes, so that what is read is the editor's.
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.closeSidebar'));
    const frame = webview(stage.page);
    const brief = await eventually('the brief is in an editor', async () => {
      const text = await frame.locator('main').innerText({ timeout: 2000 });
      return /Next[\s\S]*Commit/.test(text) && text;
    });
    for (const { title } of await openLoops()) assert.ok(brief.includes(title), title);
    await frame.locator('body').evaluate('document.fonts.ready.then(() => true)');
    await stage.picture('brief');
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.extension.progeny'));
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.closeActiveEditor'));
  });

  it('[F3] shows that the companion was killed, starts it again, and has its tree intact', async () => {
    await sideBarBrief();
    const before = await openLoops();
    const killed = await stage.companion();
    assert.ok(killed);
    const said = stage.page.locator('.statusbar-item', { hasText: 'companion lost' });
    process.kill(killed, 'SIGKILL');
    await said.waitFor({ timeout: 10_000 });
    // For the picture: the view says so a moment later, if the companion is not back by then.
    await stage.page
      .getByText('Reconnecting to the companion')
      .waitFor({ timeout: 1000 })
      .catch(() => {});
    await stage.picture('companion-down');
    await eventually('another companion runs', async () => {
      const pid = await stage.companion();
      return pid !== null && pid !== killed;
    });
    await eventually('the pulse is back', async () =>
      (await pulseText()).startsWith(`${before.length} open`),
    );
    const after = await rowsEqualLoops();
    assert.deepEqual(
      after.map(({ id }) => id),
      before.map(({ id }) => id),
    );
    await stage.picture('companion-back');
  });

  it('says that everything is stopped, lets no command fail silently, and starts again from there', async () => {
    await runCommand(stage.page, 'Progeny: Stop Everything');
    await stage.page.locator('.statusbar-item', { hasText: 'Progeny stopped' }).waitFor();
    assert.equal(await stage.companion(), null);
    await runCommand(stage.page, 'Progeny: Record a Decision…');
    const offer = toast(stage.page, 'needs the companion');
    await offer.waitFor();
    await offer.getByRole('button', { name: 'Start the companion' }).click();
    await rowsEqualLoops();
  });

  it('records a decision in three steps', async () => {
    await runCommand(stage.page, 'Progeny: Record a Decision…');
    const lines = ['Which clock do the tests use?', 'A frozen one', 'Flaky mornings'];
    for (const [index, line] of lines.entries()) {
      await stage.page.locator('.quick-input-title', { hasText: `(${index + 1}/3)` }).waitFor();
      await answerInput(stage.page, line);
    }
    const api = await stage.client.connected(20_000);
    const [decision] = await eventually('the decision is stored', async () => {
      const found = await api.decisions.list({ workspace: stage.repository });
      return found.length > 0 && found;
    });
    assert.deepEqual(
      [decision?.question, decision?.why],
      ['Which clock do the tests use?', 'Flaky mornings'],
    );
  });
});
