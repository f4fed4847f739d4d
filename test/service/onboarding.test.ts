import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('onboarding, over a real socket', () => {
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

  const workspace = (name = 'atlas') => {
    const made = path.join(folder.path, name);
    mkdirSync(made);
    return made;
  };
  const types = async () =>
    (await t.api.events.list({})).events
      .map(({ type }) => type)
      .filter((type) => /^(convergence|heritage|limbic)\./.test(type));

  it('[S8] asks, takes answers and corrections, mirrors, and takes it into heritage', async () => {
    const first = await t.api.convergence.get({});
    assert.deepEqual(
      [first.stage, first.form, first.next, first.questions.length],
      ['new', 'short', 'flow', 8],
    );
    assert.equal((await t.api.convergence.get({ form: 'long' })).questions.length, 14);
    await t.api.convergence.answer({ question: 'peakHours', answer: { peakHours: '9-12' } });
    await assert.rejects(
      t.api.convergence.answer({ question: 'peakHours', answer: { peakHours: 'early' } }),
      {
        code: 'bad_input',
        message: /received "early"; expected stretches/,
      },
    );
    await assert.rejects(t.api.convergence.answer({ question: 'shoeSize', answer: {} }), {
      code: 'not_found',
    });
    await t.api.convergence.skip({ question: 'hardLines' });
    const corrected = await t.api.convergence.correct({
      question: 'peakHours',
      part: 'peakHours',
      text: '10-12',
    });
    assert.deepEqual(
      corrected.mirror.map(({ lead, text }) => `${lead} ${text}`),
      ['Your best hours are 10:00-12:00'],
    );
    const { convergence, wrote } = await t.api.convergence.finish({});
    assert.deepEqual([convergence.stage, wrote], ['finished', ['preferences']]);
    assert.deepEqual((await t.api.convergence.finish({})).wrote, []);
    assert.equal((await types()).filter((type) => type.startsWith('limbic.')).length, 0);
  });

  it('[S8] skips all in one call, and says no more of it', async () => {
    assert.equal((await t.api.convergence.skip({ all: true })).stage, 'skipped');
    assert.equal((await t.api.convergence.get({})).next, null);
    // @ts-expect-error neither a question nor all
    await assert.rejects(t.api.convergence.skip({ all: false }), { code: 'bad_input' });
    await assert.rejects(t.api.convergence.skip({}), { code: 'bad_input' });
  });

  it('[S8] tells what this machine offers', async () => {
    const { findings } = await t.api.setup.detect({});
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['git', 'ollama', 'gpu', 'microphone', 'python'],
    );
    assert.match(findings[0]?.detail ?? '', /^git \d+\.\d+$/);
  });

  it('[S8] applies each template once; a second time it leaves all of it as it was', async () => {
    const all = await t.api.setup.templates({});
    assert.equal(all.length, 9);
    for (const { name } of all) {
      await using fresh = await testCompanion();
      const input = { template: name, workspace: workspace(name) };
      const first = await fresh.api.setup.apply(input);
      assert.ok(first.applied.length > 0, name);
      assert.deepEqual(first.left, [], name);
      const second = await fresh.api.setup.apply(input);
      assert.deepEqual(second.applied, [], name);
      assert.equal(second.left.length, first.applied.length, name);
    }
  });

  it('[S8] a second temperament changes nothing that the first has filled in', async () => {
    await t.api.setup.apply({ template: 'quiet' });
    const { applied, left } = await t.api.setup.apply({ template: 'warm' });
    assert.deepEqual(applied, []);
    assert.ok(left.includes('preferences: temperament has been filled in'));
  });

  it('[S8] settings that somebody chose stay', async () => {
    await t.api.settings.update({ interruption: { perDay: 1 } });
    const { applied, left } = await t.api.setup.apply({ template: 'dev' });
    assert.deepEqual(left, ['setting: interruption.perDay is 1']);
    const now = await t.api.settings.get({});
    assert.deepEqual([now.interruption.perDay, now.interruption.idleSeconds], [1, 20]);
    const [file] = applied.filter((each) => each.startsWith('.env.example: '));
    const place = file?.replace('.env.example: ', '') ?? '';
    assert.equal(readFileSync(place, 'utf8'), readFileSync('templates/dev/.env.example', 'utf8'));
  });

  it('[S8] lays out working files, whose threads and decisions are in the store', async () => {
    await assert.rejects(t.api.setup.apply({ template: 'desk' }), {
      code: 'bad_input',
      message: /needs the folder/,
    });
    const here = workspace();
    const { applied } = await t.api.setup.apply({ template: 'desk', workspace: here });
    assert.deepEqual(applied, ['open_loops.json', 'decisions.json', 'now.md', 'tuning.md']);
    const at = path.join(here, '.progeny');
    const loops = await t.api.loops.list({ workspace: here });
    assert.deepEqual(loops.map(({ title }) => title).toSorted(), [
      'Answer the review of the import',
      'The flaky scheduler test',
      'Write down how to release',
    ]);
    assert.equal((await t.api.decisions.list({ workspace: here })).length, 2);
    const now = readFileSync(path.join(at, 'now.md'), 'utf8');
    assert.match(now, /Focus: one thread to its end before the next\nEnergy: even/);
    assert.match(now, /1\. Write down how to release <!-- loop_/);
    assert.equal(
      readFileSync(path.join(at, 'tuning.md'), 'utf8'),
      readFileSync('templates/desk/tuning.md', 'utf8'),
    );
  });

  it('[S8] working files that are there stay as they are', async () => {
    const here = workspace();
    await t.api.workspaces.open({ path: here });
    await t.api.decisions.add({ workspace: here, question: 'Mine?', decision: 'Mine' });
    const at = path.join(here, '.progeny');
    await eventually(() => existsSync(path.join(at, 'decisions.json')));
    writeFileSync(path.join(at, 'tuning.md'), '# Mine\n');
    const before = readFileSync(path.join(at, 'decisions.json'), 'utf8');
    const { applied, left } = await t.api.setup.apply({ template: 'desk', workspace: here });
    assert.deepEqual(applied, []);
    assert.equal(left.length, 4);
    assert.equal(readFileSync(path.join(at, 'decisions.json'), 'utf8'), before);
    assert.equal(readFileSync(path.join(at, 'tuning.md'), 'utf8'), '# Mine\n');
    assert.deepEqual(await t.api.loops.list({ workspace: here }), []);
  });

  it('[S8] a `.progeny` that somebody else made is not touched', async () => {
    const here = workspace();
    mkdirSync(path.join(here, '.progeny'));
    writeFileSync(path.join(here, '.progeny', 'tuning.md'), 'theirs\n');
    const { applied } = await t.api.setup.apply({ template: 'desk', workspace: here });
    assert.equal(applied.length, 4);
    assert.equal(readFileSync(path.join(here, '.progeny', 'tuning.md'), 'utf8'), 'theirs\n');
    assert.ok(!existsSync(path.join(here, '.progeny', 'now.md')));
  });

  it('[S8] an unknown template is refused, with those there are', async () => {
    await assert.rejects(t.api.setup.apply({ template: 'stormy' }), {
      code: 'not_found',
      message: /no template "stormy"\. There are desk, dev, .* warm/,
    });
    await assert.rejects(t.api.setup.apply({ template: '../steady' }), { code: 'bad_input' });
    await assert.rejects(t.api.setup.apply({ template: 'desk', workspace: '/does/not/exist' }), {
      code: 'workspace_gone',
    });
  });
});
