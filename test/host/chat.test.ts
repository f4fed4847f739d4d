import assert from 'node:assert/strict';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { statusItem } from './harness/workbench.ts';
import { appShowing, makeRoom, wear } from './support/app.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

const PULSE = 'progeny-dev.progeny.pulse';

describe('chat in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };
  before(async function () {
    this.timeout(240_000);
    stage = await openStageWithFake({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await eventually('the folder is open', async () => stage.fake.opened.length > 0, 60_000);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const chat = () => appShowing(stage, /^Ask/);
  const field = (frame: FrameLocator) => frame.getByLabel('Your question');
  const ask = async (frame: FrameLocator, question: string) => {
    await field(frame).fill(question);
    await field(frame).press('Enter');
  };
  const lastTurn = (frame: FrameLocator) => frame.locator('.turn').last();
  const openFile = (file: string, line: number, from = 0, to = 0) =>
    stage.bridge.run(
      async (vscode, absolute, at, start, end) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.file(absolute));
        const selection = new vscode.Range(at - 1, start, at - 1, end);
        await vscode.window.showTextDocument(document, { selection });
      },
      path.join(stage.repository, file),
      line,
      from,
      to,
    );
  const activePlace = () =>
    stage.bridge.run((vscode) => {
      const editor = vscode.window.activeTextEditor;
      return editor && { file: editor.document.uri.fsPath, line: editor.selection.active.line + 1 };
    });

  it('[C8] the command opens it, ready for a question; the answer streams and ends with sources', async () => {
    await runCommand(stage.page, 'Progeny: Ask…');
    await chat();
    await makeRoom(stage);
    const frame = await chat();
    stage.fake.mind.holdAfter = 12;
    await ask(frame, 'Where was I?');
    await frame.locator('.answer-text', { hasText: 'the scheduler tests run' }).waitFor();
    assert.equal(await frame.locator('.sources').count(), 0);
    stage.fake.mind.goOn();
    await frame.locator('.sources').waitFor();
    assert.match(await lastTurn(frame).innerText(), /without a model/);
    await frame.getByText('No language model is running: answers come from memory and threads').waitFor();
  });

  it('[C8] opens the file at the line of a source', async () => {
    const frame = await chat();
    await lastTurn(frame)
      .getByRole('button', { name: /^Source 3/ })
      .click();
    const place = await eventually('the line is open', async () => {
      const at = await activePlace();
      return at?.line === 4 && at;
    });
    assert.equal(place.file, path.join(stage.repository, 'src', 'scheduler.ts'));
  });

  it('[C8] asks about the file that is open, without being told which', async () => {
    await openFile('src/parser.ts', 7);
    const frame = await chat();
    await frame.locator('.place-chip', { hasText: 'parser.ts:7' }).waitFor();
    await ask(frame, 'What is open in this file?');
    await lastTurn(frame).locator('.sources').waitFor();
    assert.match(await lastTurn(frame).innerText(), /Two threads touch src\/parser\.ts/);
    assert.deepEqual(stage.fake.mind.asked.at(-1)?.place, { file: 'src/parser.ts', line: 7 });
    await stage.page.mouse.move(900, 600);
    await frame.locator('body').evaluate('document.fonts.ready.then(() => true)');
    await stage.picture('chat-fake');
    await wear(stage, 'Default Light Modern');
    await stage.picture('chat-fake-light');
    await wear(stage, 'Default Dark Modern');
  });

  it('[C8] stops with Escape; what was written stays', async () => {
    const frame = await chat();
    stage.fake.mind.holdAfter = 12;
    await ask(frame, 'Where was I?');
    await lastTurn(frame).locator('.answer-text', { hasText: 'the scheduler tests run' }).waitFor();
    await field(frame).press('Escape');
    await lastTurn(frame).getByText('Stopped. What was written so far stays.').waitFor();
    assert.equal(stage.fake.mind.cancelled.length, 1);
    stage.fake.mind.holdAfter = null;
  });

  it('[C8] asks about a selection', async () => {
    await openFile('src/scheduler.ts', 4, 0, 12);
    await stage.page.locator('.monaco-editor.focused').waitFor();
    await runCommand(stage.page, 'Progeny: Ask About This');
    const frame = await chat();
    await frame.locator('.place-chip', { hasText: 'scheduler.ts:4, 1 line selected' }).waitFor();
    await ask(frame, 'Why is this so?');
    await lastTurn(frame).locator('.sources').waitFor();
    const { place } = stage.fake.mind.asked.at(-1)!;
    assert.equal(place.file, 'src/scheduler.ts');
    assert.equal(place.selection?.length, 12);
  });

  it('[C8] finds a draft and the conversation again when the view was hidden', async () => {
    const frame = await chat();
    await field(frame).fill('and what of the par');
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.explorer'));
    await stage.page.locator('.explorer-folders-view').waitFor();
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.extension.progeny'));
    const again = await chat();
    await again.locator('.turn').waitFor();
    assert.equal(await field(again).inputValue(), 'and what of the par');
  });

  it('[C8] opens a door after saying what follows, and the pulse marks it', async () => {
    const pulse = statusItem(stage.page, PULSE);
    assert.equal(await pulse.locator('.codicon-plug').count(), 0);
    await runCommand(stage.page, 'Progeny: Open Doors…');
    const row = stage.page.locator('.quick-input-list .monaco-list-row', {
      hasText: '@progeny and its tools',
    });
    await row.waitFor();
    assert.match(await row.innerText(), /Answers and their sources enter it; its model reads them/);
    await stage.picture('doors');
    await row.click();
    await stage.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await pulse.locator('.codicon-plug').waitFor();
    const doors = stage.fake.status.workspaces[0]?.doors;
    assert.deepEqual([doors?.chat, doors?.editorModel, doors?.remote], [true, false, false]);
    assert.match(
      (await pulse.locator('a').first().getAttribute('aria-label')) ?? '',
      /open to the editor’s chat/,
    );
  });

  it('[C8] says in the pulse that no model answers, and again when one does', async () => {
    const pulse = statusItem(stage.page, PULSE);
    stage.fake.change({ state: 'OFFLINE' });
    await pulse.getByText('no model').waitFor();
    stage.fake.change({ state: 'FULL', answeredBy: { provider: 'ollama', model: 'qwen3:4b' } });
    await pulse.getByText('no model').waitFor({ state: 'detached' });
    const frame = await chat();
    await frame.getByText('Answers are written by qwen3:4b (Ollama, on this machine)').waitFor();
  });

  it('[C8] is known to the editor’s chat, and answers its models’ tools through the open door', async () => {
    const { tools, problems } = await stage.bridge.run(async (vscode) => {
      const { contributes } = vscode.extensions.getExtension('progeny-dev.progeny')?.packageJSON ?? {};
      return {
        tools: vscode.lm.tools.map(({ name }) => name),
        problems: [contributes?.chatParticipants?.[0]?.name, contributes?.languageModelTools?.length],
      };
    });
    assert.deepEqual(problems, ['progeny', 2]);
    assert.ok(tools.includes('progeny_recall') && tools.includes('progeny_open_loops'), tools.join());
    const text = await stage.bridge.run(async (vscode) => {
      const result = await vscode.lm.invokeTool('progeny_recall', {
        input: { question: 'Where was I?' },
        toolInvocationToken: undefined,
      });
      return result.content
        .map((part) => ('value' in (part as object) ? (part as { value: string }).value : ''))
        .join('');
    });
    assert.match(text, /You stopped on Friday.*\[3\] src\/scheduler\.ts, line 4/s);
  });
});
