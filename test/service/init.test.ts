import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Convergence } from '../../companion/protocol/index.ts';
import { progenyScript, type TestCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { KEYS, Terminal } from '../support/terminal.ts';

const PROGENY = [process.execPath, progenyScript] as const;
/** What stands on the screen while each question of the short form waits for its answer. */
const ASKED = {
  flow: 'I am in flow when',
  killers: 'What breaks it (with',
  hardLines: /Never \(with ; between\)/,
  overwhelm: /When it is too much: space[\s\S]*navigate/,
  standard: /Done, or perfect\?[\s\S]*navigate/,
  values: 'What counts, the most first',
  peakHours: 'From and until (',
  neverTouch: 'Hands off (',
  rememberedBy: 'In your words',
} as const;

describe('progeny init, in a terminal', function () {
  this.timeout(120_000);
  let t: TestCompanion;
  let folder: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    folder = temporaryFolder();
    t = await testCompanion();
  });
  afterEach(async () => {
    await t[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const init = (...args: string[]) =>
    new Terminal([...PROGENY, 'init', ...args], {
      folder: folder.path,
      cwd: folder.path,
      env: { PROGENY_DATA_DIR: t.data },
    });
  /** Without a terminal: what it prints, and the code it ends with. */
  const piped = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = { ...process.env, PROGENY_DATA_DIR: t.data };
      const [node, ...rest] = [...PROGENY, 'init', ...args];
      execFile(node as string, rest, { env, cwd: folder.path }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });
  const say = async (terminal: Terminal, question: keyof typeof ASKED, keys: string) => {
    await terminal.see(ASKED[question]);
    terminal.type(`${keys}${KEYS.enter}`);
  };
  const menu = (terminal: Terminal) => terminal.see(/Skip all of it[\s\S]*navigate/);
  /** Heritage, as it was written. */
  const versions = () =>
    t.api.events
      .list({ limit: 1000 })
      .then(({ events }) => events.filter(({ type }) => type === 'heritage.changed').length);
  const state = (): Promise<Convergence> => t.api.convergence.get({});

  it('[S8] answers all, corrects a line of the mirror, and keeps it', async () => {
    await using terminal = init();
    const shown = await menu(terminal);
    assert.match(shown, /On this machine/);
    assert.match(shown, /✓ git +git 2\./);
    terminal.type(KEYS.enter);
    await say(terminal, 'flow', 'a quiet morning');
    await say(terminal, 'killers', 'meetings, chat');
    await say(terminal, 'hardLines', 'no force-push; no cloud');
    await say(terminal, 'overwhelm', KEYS.up);
    await say(terminal, 'standard', KEYS.up + KEYS.up);
    await say(terminal, 'values', 'kind, fast');
    await say(terminal, 'peakHours', '9-12');
    await say(terminal, 'neverTouch', '/Infra/**');
    await say(terminal, 'rememberedBy', 'I finish things');
    const mirror = await terminal.see(/What I understood[\s\S]*Is that right\?[\s\S]*navigate/);
    for (const line of [
      'You are in flow with: a quiet morning',
      'What breaks it: meetings; chat',
      'Never, whatever the hurry: no force-push; no cloud',
      'When it is too much, you want: Action: one small next step',
      'When both cannot be had: Done first, better later',
      'In a conflict this counts, the first most: kind; fast',
      'Your best hours are: 09:00-12:00',
      'Hands off: /Infra/**',
      'To remember you by: I finish things',
    ])
      assert.ok(mirror.includes(line), `${line} in ${mirror}`);
    assert.equal(await versions(), 0);
    terminal.type(KEYS.down + KEYS.enter);
    await terminal.see(/Which line\?[\s\S]*navigate/);
    terminal.type(KEYS.enter);
    await say(terminal, 'flow', `${KEYS.clear}an empty office`);
    await terminal.see(/You are in flow with: an empty office[\s\S]*Is that right\?[\s\S]*navigate/);
    terminal.type(KEYS.enter);
    await terminal.see('Kept in core and preferences');
    assert.equal(await terminal.ended(), 0);
    const { stage, mirror: lines } = await state();
    assert.deepEqual([stage, lines[0]?.text, await versions()], ['finished', 'an empty office', 2]);

    await using again = init();
    await again.see('changes one answer');
    assert.equal(await again.ended(), 0);
    assert.match(again.text, /What I understood[\s\S]*an empty office/);
    assert.doesNotMatch(again.text, /1 of 8/);
  });

  it('[S8] skips everything in one choice, and never asks again', async () => {
    await using terminal = init();
    await menu(terminal);
    terminal.type(KEYS.up + KEYS.enter);
    await terminal.see('Skipped: nothing is assumed');
    assert.equal(await terminal.ended(), 0);
    assert.equal((await state()).stage, 'skipped');
    await using again = init();
    assert.equal(await again.ended(), 0);
    assert.match(again.text, /Skipped: nothing is assumed/);
    assert.doesNotMatch(again.text, /\?/);
    assert.equal(await versions(), 0);
  });

  it('[S8] skips every question with Enter; asks once more when told to', async () => {
    await using terminal = init();
    await menu(terminal);
    terminal.type(KEYS.enter);
    for (const question of Object.keys(ASKED) as (keyof typeof ASKED)[]) await say(terminal, question, '');
    await terminal.see('Nothing was answered, so nothing is assumed');
    assert.equal(await terminal.ended(), 0);
    assert.equal(await versions(), 0);
    await using again = init('--again');
    await say(again, 'flow', 'after all');
    await say(again, 'killers', '');
    await say(again, 'hardLines', '/skip all');
    await again.see('Skipped');
    assert.equal(await again.ended(), 0);
    assert.equal((await state()).questions[0]?.answer.flow, 'after all');
  });

  it('[S8] Ctrl-C half-way keeps what was answered and says how to go on; it goes on there', async () => {
    await using terminal = init();
    await menu(terminal);
    terminal.type(KEYS.enter);
    await say(terminal, 'flow', 'silence');
    await say(terminal, 'killers', '');
    await say(terminal, 'hardLines', 'no cloud');
    await terminal.see(ASKED.overwhelm);
    terminal.type(KEYS.interrupt);
    await terminal.see('2 of 8 answered and kept. `progeny init` goes on here.');
    assert.equal(await terminal.ended(), 130);
    assert.equal((await state()).next, 'overwhelm');
    await using again = init();
    await again.see('Going on: 2 of 8 answered');
    await again.see(ASKED.overwhelm);
    assert.doesNotMatch(again.text, /In flow when|On this machine/);
    again.type(KEYS.interrupt);
    assert.equal(await again.ended(), 130);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`[S8] ${signal} half-way: what was answered is kept, and it goes on there`, async () => {
      await using terminal = init('--long');
      await terminal.see('1 of 14');
      await terminal.see('Ana');
      terminal.type(`Dana${KEYS.enter}`);
      await terminal.see(ASKED.flow);
      terminal.type('half a sent');
      terminal.kill(signal);
      const code = await terminal.ended();
      if (signal === 'SIGKILL') assert.notEqual(code, 0);
      else assert.equal(code, 130);
      await using again = init();
      await again.see('Going on: 1 of 14 answered');
      await again.see(ASKED.flow);
      assert.deepEqual((await state()).questions[0]?.answer, { name: 'Dana' });
      again.type(KEYS.interrupt);
      assert.equal(await again.ended(), 130);
    });
  }

  it('[S8] a wrong answer is refused in words, kept for mending, and asked again', async () => {
    await using terminal = init('--redo', 'peakHours');
    await say(terminal, 'peakHours', 'mornings');
    await terminal.see('received "mornings"; expected stretches such as "09:00-12:00, 14:00-16:30"');
    await terminal.see(ASKED.peakHours);
    await terminal.see('mornings');
    terminal.type(`${KEYS.clear}25-26${KEYS.enter}`);
    await terminal.see('received "25-26"');
    await terminal.see(ASKED.peakHours);
    assert.deepEqual((await state()).mirror, []);
    terminal.type(`${KEYS.clear}22-1${KEYS.enter}`);
    await terminal.see(/Your best hours are: 22:00-01:00[\s\S]*navigate/);
    terminal.type(KEYS.enter);
    await terminal.see('Kept in preferences');
    assert.equal(await terminal.ended(), 0);
  });

  it('[S8] goes back to a question, and shows what was said to it', async () => {
    await using terminal = init('--again');
    await menu(terminal);
    terminal.type(KEYS.enter);
    await say(terminal, 'flow', 'silence');
    await say(terminal, 'killers', '');
    await say(terminal, 'hardLines', '/back');
    await terminal.see(ASKED.flow);
    await terminal.see('silence');
    terminal.type(`, and tea${KEYS.enter}`);
    await say(terminal, 'killers', '/skip all');
    await terminal.ended();
    assert.deepEqual((await state()).questions[0]?.answer, { flow: 'silence' });
  });

  it('[S8] applies each template, and a second time leaves all as it was', async () => {
    const names = (await t.api.setup.templates({})).map(({ name }) => name);
    await using list = init('--list-templates');
    assert.equal(await list.ended(), 0);
    for (const name of names) assert.match(list.text, new RegExp(`^${name} +\\S`, 'm'));
    for (const name of names) {
      await using fresh = await testCompanion();
      const here = path.join(folder.path, name);
      mkdirSync(here);
      const run = () =>
        new Terminal([...PROGENY, 'init', '--template', name], {
          folder: folder.path,
          cwd: here,
          env: { PROGENY_DATA_DIR: fresh.data },
        });
      await using first = run();
      assert.equal(await first.ended(), 0, first.text);
      assert.match(first.text, new RegExp(`Applied from "${name}":\n {2}\\S`));
      assert.doesNotMatch(first.text, /Left as it was/);
      if (name !== 'quiet' && name !== 'desk') continue;
      await using second = run();
      assert.equal(await second.ended(), 0);
      assert.match(second.text, /Nothing was changed\.\nLeft as it was:\n {2}\S/);
    }
  });

  it('[S8] without a terminal it prints what it would ask and how to answer, takes answers, and ends with a code', async () => {
    const view = await piped();
    assert.equal(view.code, 4);
    assert.match(view.stdout, /○ When are you in flow.*\n {4}--answer flow="a free morning/);
    assert.match(view.stdout, /--answer overwhelm="space or action"/);
    assert.match(view.stdout, /`progeny init --finish`/);
    const some = await piped('--answer', 'flow.killers=calls; chat', '--answer', 'overwhelm=space');
    assert.equal(some.code, 4);
    assert.match(some.stdout, /2 of 8 answered/);
    const finished = await piped('--finish');
    assert.equal(finished.code, 0);
    assert.match(finished.stdout, /What I understood:\n {2}What breaks it: calls; chat\n/);
    const json = await piped('--json');
    assert.equal(json.code, 0);
    const { convergence, setup } = JSON.parse(json.stdout);
    assert.deepEqual([convergence.stage, setup.length], ['finished', 5]);
    assert.equal((await piped('--skip')).code, 0);
    const after = await piped();
    assert.deepEqual([after.code, after.stdout.includes('Skipped')], [0, true]);
  });

  for (const [args, code, message] of [
    [['--answer', 'flow'], 2, /expected QUESTION=TEXT or QUESTION\.PART=TEXT; received "flow"/],
    [['--answer', 'shoes=9'], 1, /There is no question "shoes"\. There are name, flow/],
    [['--answer', 'flow.loud=9'], 1, /"flow" has no part "loud"; expected flow and killers/],
    [['--answer', 'standard=both'], 1, /received "both"; expected done or perfect/],
    [['--redo', 'flow'], 2, /asks in a terminal, and there is none; say --answer flow=TEXT/],
    [['--template', 'stormy'], 1, /There is no template "stormy"\. There are desk/],
    [['--never'], 2, /Unknown option '--never'/],
    [['please'], 2, /expected options alone; received "please"/],
  ] as const) {
    it(`[S8] refuses ${args.join(' ')}`, async () => {
      const refused = await piped(...args);
      assert.equal(refused.code, code);
      assert.match(refused.stderr, message);
    });
  }

  it('[S8] refuses to redo what is no question', async () => {
    await using terminal = init('--redo', 'shoes');
    assert.equal(await terminal.ended(), 2);
    assert.match(terminal.text, /--redo: expected one of name, flow.*received "shoes"/s);
  });
});
