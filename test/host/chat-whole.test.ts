import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { Api } from '../../companion/client/index.ts';
import type { ChatTurn } from '../../companion/protocol/index.ts';
import { languageModel, nodeLlamaCpp } from '../support/language-model.ts';
import { appShowing, makeRoom, wear } from './support/app.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';

const WHY = 'Why did we choose to freeze time in the scheduler tests?';

describe('chat in a real VS Code, with a real companion', () => {
  let stage: Stage;
  let api: Api;

  before(async function () {
    this.timeout(240_000);
    stage = await openStage({
      settings: {
        'workbench.colorTheme': 'Default Dark Modern',
        'progeny.interruption.quietFrom': '00:00',
        'progeny.interruption.quietUntil': '23:59',
        // Whatever runs on the machine of a developer takes no part.
        'progeny.language.use': 'none',
      },
    });
    api = await stage.client.connected(60_000);
    await eventually(
      'the folder is read',
      async () => (await api.loops.list({ workspace: stage.repository })).length >= 4,
    );
    await api.decisions.add({
      workspace: stage.repository,
      question: 'How do the scheduler tests tell the time?',
      decision: 'Freeze time',
      why: 'The first run of the day was flaky: it read the real clock.',
      options: ['Read the real clock', 'Freeze time'],
      links: ['src/scheduler.ts:4'],
    });
    await api.whispers.add({
      workspace: stage.repository,
      text: 'advance() gets its steps, so that scheduler tests can freeze time',
      file: 'src/scheduler.ts',
      line: 9,
    });
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  afterEach(async function () {
    if (this.currentTest?.isFailed()) await stage?.picture('chat-whole-failed');
  });

  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: stage.repository, encoding: 'utf8' }).trim();
  const chat = () => appShowing(stage, /^Ask/);
  const field = (frame: FrameLocator) => frame.getByLabel('Your question');
  const lastTurn = (frame: FrameLocator) => frame.locator('.turn').last();
  const ask = async (frame: FrameLocator, question: string) => {
    const before = await frame.locator('.turn').count();
    await field(frame).fill(question);
    await field(frame).press('Enter');
    await frame.locator('.turn').nth(before).getByText(question).waitFor();
  };
  const answered = async (frame: FrameLocator): Promise<string> => {
    await lastTurn(frame).locator('.turn-end').waitFor();
    return lastTurn(frame).innerText();
  };
  /** All turns that are stored, the oldest first. */
  const stored = async (): Promise<ChatTurn[]> => {
    const [conversation] = await api.chat.conversations({ workspace: stage.repository });
    return conversation ? api.chat.turns({ id: conversation.id }) : [];
  };
  const openFile = (file: string, line: number) =>
    stage.bridge.run(
      async (vscode, absolute, at) => {
        const document = await vscode.workspace.openTextDocument(vscode.Uri.file(absolute));
        await vscode.window.showTextDocument(document, {
          selection: new vscode.Range(at - 1, 0, at - 1, 0),
        });
      },
      path.join(stage.repository, file),
      line,
    );
  const opens = (file: string, line: number) =>
    eventually(`${file}:${line} is open`, () =>
      stage.bridge.run(
        (vscode, absolute, at) => {
          const editor = vscode.window.activeTextEditor;
          return editor?.document.uri.fsPath === absolute && editor.selection.active.line + 1 === at;
        },
        path.join(stage.repository, file),
        line,
      ),
    );
  const opensCommit = (commit: string, subject: string) =>
    stage.page
      .locator('.tabs-container .tab', { hasText: `${commit.slice(0, 7)} ${subject}` })
      .first()
      .waitFor();
  const closeEditors = () =>
    stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  const startNew = async (): Promise<FrameLocator> => {
    const frame = await chat();
    await frame.getByRole('button', { name: 'New', exact: true }).click();
    await frame.locator('.turn').first().waitFor({ state: 'detached' });
    return frame;
  };

  it('[C8] without a model: where was I? Its sources open the file at its line, and the commit', async () => {
    await runCommand(stage.page, 'Progeny: Ask…');
    await chat();
    await makeRoom(stage, 620);
    const frame = await chat();
    await ask(frame, 'Where was I?');
    const text = await answered(frame);
    assert.match(text, /fix\/clock/);
    assert.match(text, /2 files uncommitted/);
    assert.match(text, /No language model is running, so this is a search answer/);
    const [{ citations }] = (await stored()).slice(-1) as [ChatTurn];
    const withLine = citations.find(({ file, line }) => file !== undefined && line !== undefined);
    assert.ok(withLine, 'a source has a line');
    await lastTurn(frame)
      .locator('.source')
      .getByRole('button', { name: `${path.basename(withLine.file!)}:${withLine.line}` })
      .first()
      .click();
    await opens(withLine.file!, withLine.line!);
    const commit = citations.find((each) => each.commit !== undefined);
    assert.ok(commit?.commit, 'a source is a commit');
    await lastTurn(frame)
      .locator('.source')
      .getByRole('button', { name: commit.commit.slice(0, 7) })
      .first()
      .click();
    await opensCommit(commit.commit, git('log', '-1', '--format=%s', commit.commit));
  });

  it('[C8] without a model: why did we choose this? The decision, the note and the commit, each a click away', async () => {
    await closeEditors();
    const frame = await startNew();
    await ask(frame, WHY);
    const text = await answered(frame);
    assert.match(text, /Freeze time[\s\S]*The first run of the day was flaky/);
    const sources = lastTurn(frame).locator('.source');
    await sources.getByRole('button', { name: 'scheduler.ts:9' }).first().click();
    await opens('src/scheduler.ts', 9);
    const commit = git('log', '-1', '--format=%H', 'fix/clock');
    await sources
      .getByRole('button', { name: commit.slice(0, 7) })
      .first()
      .click();
    await opensCommit(commit, 'Freeze time in the scheduler tests');
    await closeEditors();
    await sources.getByRole('button', { name: 'scheduler.ts:9' }).first().click();
    await opens('src/scheduler.ts', 9);
    await stage.page.mouse.move(1000, 600);
    await frame.locator('body').evaluate('document.fonts.ready.then(() => true)');
    // From the question on, as one reads it.
    await frame
      .locator('body')
      .evaluate("void [...document.querySelectorAll('.turn')].at(-1).scrollIntoView()");
    await stage.picture('chat');
    await wear(stage, 'Default Light Modern');
    await stage.picture('chat-light');
    await wear(stage, 'Default Dark Modern');
  });

  it('[C8] without a model: what is open in this file? The file is the one in the editor', async () => {
    await openFile('src/parser.ts', 7);
    const frame = await chat();
    await frame.locator('.place-chip', { hasText: 'parser.ts:7' }).waitFor();
    await ask(frame, 'What is open in this file?');
    assert.match(await answered(frame), /src\/parser\.ts[\s\S]*handle CRLF/);
    await lastTurn(frame)
      .locator('.source')
      .getByRole('button', { name: /parser\.ts:3/ })
      .first()
      .click();
    await opens('src/parser.ts', 3);
  });

  describe('with an embedded model', () => {
    before(async function () {
      this.timeout(240_000);
      const [file, runtime] = [await languageModel(), await nodeLlamaCpp()];
      await stage.bridge.run(
        async (vscode, values) => {
          const settings = vscode.workspace.getConfiguration('progeny.language');
          for (const [name, value] of Object.entries(values)) await settings.update(name, value, true);
        },
        {
          embeddedModel: file,
          embeddedRuntime: runtime,
          embeddedGpu: false,
          embeddedThreads: 1,
          use: 'embedded',
        },
      );
      await eventually(
        'the model is there',
        async () => (await api.system.status({})).answeredBy?.provider === 'embedded',
      );
    });

    it('[C8] the answer streams', async () => {
      const frame = await startNew();
      await frame.getByText('Answers are written by SmolLM2').waitFor();
      await frame.locator('body').evaluate(`(() => {
        window.seen = [];
        new MutationObserver(() => {
          const text = document.querySelector('.turn[aria-busy="true"] .answer-text')?.textContent ?? '';
          if (text && text !== window.seen.at(-1)) window.seen.push(text);
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
      })()`);
      // What so small a model writes seldom keeps to the sources; before the eyes it grows all the same.
      let seen: string[] = [];
      for (let n = 0; n < 3 && seen.length < 2; n++) {
        await frame.locator('body').evaluate('void (window.seen = [])');
        await ask(frame, WHY);
        await answered(frame);
        seen = (await frame.locator('body').evaluate('window.seen')) as string[];
      }
      assert.ok(seen.length >= 2, `more than one piece: ${JSON.stringify(seen)}`);
      assert.ok(seen.every((text, i) => i === 0 || text.startsWith(seen[i - 1]!)));
    });

    it('[C8] Stop ends it; the turn is there, as stopped', async () => {
      const frame = await chat();
      await ask(frame, 'Where was I?');
      await lastTurn(frame).getByText('Writing').waitFor();
      await frame.getByRole('button', { name: 'Stop' }).click();
      await lastTurn(frame).getByText('It was stopped; what was there stays.').waitFor();
      const [turn] = (await stored()).slice(-1) as [ChatTurn];
      assert.deepEqual([turn.question, turn.outcome], ['Where was I?', 'cancelled']);
      // The model is free again at once.
      await ask(frame, WHY);
      await answered(frame);
      assert.equal((await stored()).at(-1)?.outcome, 'answered');
    });
  });
});
