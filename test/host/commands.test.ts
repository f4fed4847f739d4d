import assert from 'node:assert/strict';
import type { Loop } from '../../companion/protocol/index.ts';
import { answerInput, pick, pickFromMenu, statusItem, toast, treeView } from './harness/workbench.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';

describe('commands in a real VS Code', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(180_000);
    const quiet = { 'progeny.interruption.quietFrom': '00:00', 'progeny.interruption.quietUntil': '23:59' };
    stage = await openStage({ settings: quiet });
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.extension.progeny'));
    await row('Stash: try the other lexer').waitFor();
    await row('TODO').waitFor();
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const row = (text: string) =>
    treeView(stage.page, 'Open Threads').locator('.monaco-list-row', { hasText: text }).first();
  const gone = (text: string) => eventually(`no row "${text}"`, async () => (await row(text).count()) === 0);
  const loops = async (status?: Loop['status'][]): Promise<Loop[]> => {
    const api = await stage.client.connected(20_000);
    return api.loops.list({ workspace: stage.repository, ...(status && { status }) });
  };
  const tab = (text: string) => stage.page.locator('.tabs-container .tab', { hasText: text });

  it('opens a thread by hand', async () => {
    await runCommand(stage.page, 'Progeny: Open a Thread…');
    await answerInput(stage.page, 'Write the grammar');
    await row('Write the grammar').waitFor();
  });

  it('marks a thread as done, and takes that back', async () => {
    await runCommand(stage.page, 'Progeny: Mark Thread as Done');
    await pick(stage.page, 'Write the grammar');
    await gone('Write the grammar');
    assert.deepEqual(
      (await loops(['blessed'])).map(({ title }) => title),
      ['Write the grammar'],
    );
    const said = toast(stage.page, 'Done: Write the grammar');
    await said.getByRole('button', { name: 'Undo' }).click();
    await row('Write the grammar').waitFor();
  });

  it('drops a thread from its row', async () => {
    await row('Write the grammar').click({ button: 'right' });
    await pickFromMenu(stage.page, 'Drop Thread');
    await gone('Write the grammar');
    assert.deepEqual(
      (await loops(['dropped'])).map(({ title }) => title),
      ['Write the grammar'],
    );
  });

  it('sets a thread aside until a morning', async () => {
    await runCommand(stage.page, 'Progeny: Set Thread Aside Until…');
    await pick(stage.page, 'Stash: try the other lexer');
    await pick(stage.page, 'tomorrow');
    await gone('Stash: try the other lexer');
    const [aside] = await loops(['deferred']);
    assert.equal(new Date(aside?.deferUntil ?? 0).getHours(), 9);
  });

  it("shows a commit's changes from its row", async () => {
    await row('fix/clock').locator('.monaco-tl-twistie').click();
    const commit = await eventually('the commit has a row', async () => {
      const texts = await treeView(stage.page, 'Open Threads').locator('.monaco-list-row').allInnerTexts();
      return texts.map((text) => /([0-9a-f]{7})\s*commit/.exec(text)?.[1]).find(Boolean);
    });
    await row(commit).click();
    await tab(`${commit} Freeze time`).waitFor();
  });

  it('shows the last commits of a branch, and checks nothing out', async () => {
    await row('branch').click();
    await pick(stage.page, 'Add the scheduler');
    await tab('Add the scheduler').waitFor();
    const head = await stage.bridge.run(async (vscode, folder) => {
      const git = vscode.extensions.getExtension('vscode.git')?.exports.getAPI(1);
      return git.getRepository(vscode.Uri.file(folder)).state.HEAD.name;
    }, stage.repository);
    assert.equal(head, 'fix/clock');
  });

  it('reads the repository again', async () => {
    const scannedAt = () => stage.client.status?.workspaces[0]?.scannedAt ?? 0;
    const before = scannedAt();
    await runCommand(stage.page, 'Progeny: Read the Repository Again');
    await eventually('it was read', async () => scannedAt() > before);
  });

  it('offers what can be done at a click on the pulse, and tells its state', async () => {
    await statusItem(stage.page, 'progeny-dev.progeny.pulse').click();
    await pick(stage.page, 'Show Status');
    const list = stage.page.locator('.quick-input-list');
    await list.getByText('Connected.').waitFor();
    const words = await list.innerText();
    assert.match(words, /Companion.*process \d+/s);
    assert.match(words, /atlas.*fix\/clock/s);
    await stage.page.keyboard.press('Escape');
  });

  it('opens the web view in a browser, with a code that works once', async () => {
    const opened = stage.page.context().waitForEvent('page', { timeout: 60_000 });
    await runCommand(stage.page, 'Progeny: Open in Browser');
    const page = await opened;
    await eventually(
      'the address has a code',
      async () => /code=/.test(decodeURIComponent(page.url())) || /#\/brief/.test(page.url()),
    );
    await page.close();
  });
});
