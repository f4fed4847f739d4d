import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ChatWorld, chatWorld } from '../support/chat.ts';
import { progenyScript } from '../support/companion.ts';
import { inPieces, isSynthesis, ScriptedLanguage } from '../support/scripted-language.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('[C8] `progeny ask` and `progeny thoughts`', function () {
  this.timeout(60_000);
  let world: ChatWorld;
  const language = new ScriptedLanguage((g) =>
    isSynthesis(g) ? inPieces('SQLite is one file [1]. Redis lost data [1].') : ['{}'],
  );
  before(async () => {
    language.up = false;
    world = await chatWorld({ writer: language });
  });
  after(() => world[Symbol.asyncDispose]());

  const progeny = (...args: string[]) =>
    new Promise<{ code: number | null; out: string; complaints: string }>((resolve) => {
      const child = spawn(process.execPath, [progenyScript, ...args], {
        cwd: world.workspace,
        env: { ...process.env, PROGENY_DATA_DIR: world.t.data },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, complaints] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        complaints += text;
      });
      child.once('close', (code) => resolve({ code, out, complaints }));
    });

  it('prints the answer, its sources as a numbered list with file and line or commit, and the note', async () => {
    const { code, out } = await progeny('ask', 'why', 'did', 'we', 'choose', 'SQLite?');
    assert.equal(code, 0);
    assert.match(out, /^Decided just now: SQLite.*\[1\]\. The reason given: "One file/);
    assert.match(
      out,
      /\n {2}\[1\] {2}decision_\w+ · decision · just now\n {7}Which database do we use\? → SQLite\n/,
    );
    assert.match(out, /\n {2}\[2\] {2}[0-9a-f]{12} · commit · /);
    assert.match(out, /\n {2}\[3\] {2}src\/store\.ts:2 · whisper · just now\n/);
    assert.match(
      out,
      /\nNo language model is running, so this is a search answer\. 3 sources\.\nGo on with --conversation conversation_\w+\n$/,
    );
    const here = await progeny('ask', 'what is open in this file?', '--at', 'src/clock.ts:2', '--json');
    const turn = JSON.parse(here.out);
    assert.match(turn.answer, /open in src\/clock\.ts/);
    assert.equal(here.out.trim().split('\n').length, 1);
    const again = await progeny('ask', 'and why?', '--conversation', turn.conversation, '--json');
    assert.equal(JSON.parse(again.out).conversation, turn.conversation);
  });

  it('streams what a model writes, once', async () => {
    language.up = true;
    const { out } = await progeny('ask', 'why did we choose SQLite?');
    language.up = false;
    assert.match(out, /^SQLite is one file \[1\]\. Redis lost data \[1\]\.\n {2}\[1\] {2}decision_/);
    assert.equal(out.split('one file').length, 2);
  });

  it('lists, searches and exports thoughts', async () => {
    using folder = temporaryFolder();
    const { out } = await progeny('thoughts', '--text', 'Intent open');
    assert.match(out, /^perception Intent open/);
    assert.equal(
      (await progeny('thoughts', '--step', 'dream')).out,
      'There are no such thoughts. `progeny ask QUESTION` makes some.\n',
    );
    const file = path.join(folder.path, 'thoughts.jsonl');
    const exported = await progeny('thoughts', '--export', file);
    assert.match(exported.out, /^\d+ thoughts in /);
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.ok(lines.length >= 6 && lines.every(({ id, step }) => id && step));
    // What is there is not overwritten.
    assert.notEqual((await progeny('thoughts', '--export', file)).code, 0);
  });

  it('says what it expects', async () => {
    for (const [args, says] of [
      [['ask'], /ask: expected a question/],
      [['thoughts', '--step', 'guess'], /--step: expected perception, retrieval/],
      [['thoughts', '--limit', '0'], /--limit: expected a number from 1 to 1000/],
    ] as const) {
      const { code, complaints } = await progeny(...args);
      assert.equal(code, 2);
      assert.match(complaints, says);
    }
  });
});
