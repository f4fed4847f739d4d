import assert from 'node:assert/strict';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { ForgetSelector } from '../../companion/protocol/index.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { canary, traces } from '../support/traces.ts';

describe('forgetting', function () {
  this.timeout(120_000);
  let t: TestCompanion;
  let repository: TestRepository;
  let workspace: string;

  beforeEach(async () => {
    t = await testCompanion();
    repository = await makeRepository();
    repository.commit({ 'src/a.ts': 'one\ntwo\nthree\n' }, { message: 'feat: a' });
    workspace = (await t.api.workspaces.open({ path: repository.root })).path;
  });

  afterEach(async () => {
    await t[Symbol.asyncDispose]();
    await repository[Symbol.asyncDispose]();
  });

  /** Where anything could be left: the data directory without what backups were there before, and the workspace. */
  const nothingLeft = (words: readonly string[], old: readonly string[] = []) => {
    const inData = traces(t.data, words).filter((name) => !old.some((id) => name.includes(id)));
    assert.deepEqual([...inData, ...traces(repository.root, words)], []);
  };

  const remember = async (word: string, more: object = {}) =>
    t.api.memories.remember({ workspace, content: `the ${word} is "here"\nand there → ${word}.`, ...more });

  it('[M4] a whisper, the loop that it opened, a decision, a fact: from store, working files and rejected copies', async () => {
    const [whispered, decided, why, fact, kept] = [canary(), canary(), canary(), canary(), canary()];
    const whisper = await t.api.whispers.add({
      workspace,
      text: `look at ${whispered}`,
      file: 'src/a.ts',
      line: 2,
    });
    const decision = await t.api.decisions.add({
      workspace,
      question: `Why ${decided}?`,
      decision: 'so',
      why,
    });
    await remember(fact, { kind: 'fact' });
    await remember(kept);
    const folder = path.join(repository.root, '.progeny');
    const shows = (word: string) => traces(folder, [word]).length > 0;
    const broken = path.join(folder, 'decisions.json');
    // The word may be in a file that is still being written.
    await eventually(() => existsSync(broken) && shows(whispered) && shows(decided));
    // An edit that cannot be read is kept beside its file.
    writeFileSync(broken, `{ ${readFileSync(broken, 'utf8')}`);
    await eventually(() => globSync('*.rejected*', { cwd: folder }).length > 0, 20_000);
    mkdirSync(path.join(folder, 'archive'), { recursive: true });
    writeFileSync(
      path.join(folder, 'archive', '2026-01-01.md'),
      `# A day\n- [ ] look at ${whispered}\n- [ ] tea\n`,
    );

    const words = [whispered, decided, why, fact];
    for (const word of words) {
      const select = { query: word };
      const preview = await t.api.memories.forget({ select, dryRun: true });
      assert.equal(preview.preview.length, 1);
      assert.ok(preview.preview[0]?.excerpt.includes(word));
      assert.equal((await t.api.memories.recall({ query: word })).found.length, 1);
    }
    for (const word of words) await t.api.memories.forget({ select: { query: word } });
    nothingLeft(words);
    assert.equal(readFileSync(path.join(folder, 'archive', '2026-01-01.md'), 'utf8'), '# A day\n- [ ] tea\n');
    assert.deepEqual(await t.api.whispers.list({ workspace }), []);
    assert.deepEqual(await t.api.decisions.list({ workspace }), []);
    await assert.rejects(t.api.loops.get({ id: whisper.loopId }), { code: 'not_found' });
    assert.equal((await t.api.memories.recall({ query: kept })).found.length, 1);
    assert.ok(!JSON.stringify(await t.api.events.list({ since: 0, limit: 1000 })).includes(decided));
    assert.ok(decision.id);
  });

  it('[M4] says which file it could not look into', async () => {
    const word = canary();
    await t.api.whispers.add({ workspace, text: `look at ${word}`, file: 'src/a.ts', line: 2 });
    const folder = path.join(repository.root, '.progeny');
    await eventually(() => existsSync(folder) && traces(folder, [word]).length > 0);
    const archive = path.join(folder, 'archive');
    mkdirSync(archive, { recursive: true });
    const unreadable = path.join(archive, 'huge.md');
    writeFileSync(unreadable, '');
    // More than can be read at once; it takes no room on the disk.
    truncateSync(unreadable, 3 * 1024 ** 3);
    await assert.rejects(t.api.memories.forget({ select: { query: word } }), {
      code: 'conflict',
      message: /forgotten, but .*huge\.md cannot be read/,
    });
    rmSync(unreadable);
    assert.equal((await t.api.memories.recall({ query: word })).found.length, 0);
  });

  it('[M4] every selector forgets what fits, and nothing else', async () => {
    const selectors: readonly [ForgetSelector, object][] = [
      [{ tag: 'secret' }, { tags: ['Secret', 'x'] }],
      [{ since: 1000, until: 2000 }, { happenedAt: 1500 }],
      [{ file: 'src/a.ts' }, { source: { file: 'src/a.ts', line: 1 } }],
      [{ author: 'ana' }, { author: 'Ana' }],
    ];
    for (const [select, fields] of selectors) {
      const [gone, kept] = [canary(), canary()];
      await remember(gone, fields);
      await remember(kept, { happenedAt: 5000 });
      const { memories } = await t.api.memories.forget({ select });
      assert.equal(memories, 1, JSON.stringify(select));
      nothingLeft([gone]);
      assert.equal((await t.api.memories.recall({ query: kept })).found.length, 1);
    }
    const byId = canary();
    const { id } = await remember(byId);
    await t.api.memories.forget({ select: { ids: [id] } });
    nothingLeft([byId]);
    await assert.rejects(t.api.memories.forget({ select: { workspace } }), { code: 'bad_input' });
    await assert.rejects(t.api.memories.forget({ select: { tag: 'x', workspace: '/none' } }), {
      code: 'not_found',
    });
  });

  it('[M4] whatever is said: unusual text leaves no byte either', async () => {
    const texts = fc.array(
      fc.tuple(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.constantFrom('fact', 'conversation', 'observation'),
      ),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (said, repeated) => {
        const words = said.map(() => canary());
        for (const [i, [text, kind]] of said.entries()) {
          const content = `${text} ${words[i]} ${text}`;
          await t.api.memories.remember({ workspace, content, kind: kind as 'fact', tags: ['property'] });
          if (repeated) await t.api.memories.remember({ workspace, content: ` ${content.toUpperCase()}` });
        }
        await t.api.memories.recall({ query: words.join(' ') });
        for (const word of words) await t.api.memories.forget({ select: { query: word } });
        nothingLeft(words);
      }),
      { numRuns: 25 },
    );
  });

  it('[M4] restoring an older backup brings none back; what it set aside shows none; a later backup and export neither', async () => {
    const [word, note, kept] = [canary(), canary(), canary()];
    await remember(word);
    await t.api.whispers.add({ workspace, text: note });
    await remember(kept);
    const before = await t.api.backups.create({});
    // What a restore sets aside still has everything.
    await t.api.backups.restore({ id: before.id });
    const reply = await t.api.memories.forget({ select: { query: word } });
    await t.api.memories.forget({ select: { query: note } });
    assert.deepEqual(
      reply.backups.map(({ id }) => id),
      [before.id],
    );
    nothingLeft([word, note], [before.id]);
    await t.api.backups.restore({ id: before.id });
    assert.deepEqual((await t.api.memories.recall({ query: word })).found, []);
    assert.deepEqual(await t.api.whispers.list({ workspace }), []);
    assert.equal((await t.api.memories.recall({ query: kept })).found.length, 1);
    const after = await t.api.backups.create({});
    assert.notEqual(after.id, before.id);
    using out = temporaryFolder();
    const file = path.join(out.path, 'memory.jsonl');
    await t.api.memories.export({ path: file });
    assert.deepEqual(traces(out.path, [word, note]), []);
    nothingLeft([word, note], [before.id]);
    // An import of an export from before does not bring it back either.
    assert.ok(traces(path.join(t.data, 'backups', before.id), [word]).length > 0);
  });

  it('[M4] what was imported is not imported again; the tombstone holds no content', async () => {
    using folder = temporaryFolder();
    const word = canary();
    writeFileSync(path.join(folder.path, 'note.md'), `# Tea\n\nIt tastes of ${word}.\n`);
    const run = async () => {
      const job = await t.api.memories.import({ path: folder.path });
      await eventually(
        async () => (await t.api.jobs.list({})).find(({ id }) => id === job.id)?.status === 'done',
      );
    };
    await run();
    await t.api.memories.forget({ select: { query: word } });
    await run();
    assert.deepEqual((await t.api.memories.recall({ query: word })).found, []);
    nothingLeft([word]);
  });

  it('[M4] working files of a folder that is closed are cleaned as well', async () => {
    const word = canary();
    await t.api.whispers.add({ workspace, text: `remind me of ${word}` });
    const folder = path.join(repository.root, '.progeny');
    await eventually(() => existsSync(folder) && traces(folder, [word]).length > 0);
    await t.api.workspaces.close({ path: workspace });
    await t.api.memories.forget({ select: { query: word } });
    nothingLeft([word]);
  });

  it('[M4] a theme loses what it had from it: its name, its centre, its members', async () => {
    const [word, kept] = [canary(), canary()];
    for (let i = 0; i < 6; i++) await remember(word, { kind: 'episode', tags: ['gone'] });
    for (let i = 0; i < 6; i++)
      await t.api.memories.remember({ workspace, content: `boats and ${kept} sails ${i}`, kind: 'episode' });
    await t.api.clusters.refit({});
    const named = JSON.stringify(await t.api.clusters.list({}));
    assert.ok(named.includes(word) && named.includes(kept), named);
    await t.api.memories.forget({ select: { tag: 'gone' } });
    nothingLeft([word]);
    const left = JSON.stringify(await t.api.clusters.list({}));
    assert.ok(!left.includes(word) && left.includes(kept), left);
  });

  describe('and the council', () => {
    it('[C4] a forgotten note leaves no word in questions, votes, offers, cards or what masks remember; the votes keep their numbers', async () => {
      const [word, other] = [canary(), canary()];
      // It opens a loop that is called by it, is evidence for two questions, and offers a mask.
      const note = `too expensive: hours of upkeep for ${word}, keep it cheap`;
      const whisper = await t.api.whispers.add({ workspace, text: note });
      const [offer] = await eventually(async () => {
        const offers = await t.api.advisers.offers({});
        return offers.length > 0 ? offers : null;
      });
      const second = await t.api.whispers.add({ workspace, text: `${note} again`, loopId: whisper.loopId });
      await t.api.whispers.add({ workspace, text: `a line of ${other}`, loopId: whisper.loopId });
      await t.api.advisers.spawn({ offer: offer!.id });
      const fate = await t.api.council.fate({ loop: whisper.loopId });
      const asked = await t.api.council.ask({
        workspace,
        question: 'Which way?',
        options: ['upkeep', 'rewrite'],
      });
      await t.api.council.decide({ id: fate.id, choice: 'fork', reason: `Since ${other} matters.` });
      for (const each of [fate, asked]) assert.ok(JSON.stringify(each).includes(word), each.kind);
      assert.ok(JSON.stringify(await t.api.memories.recall({ query: word, mask: 'Cal' })).includes(word));
      const before = await t.api.backups.create({});
      await t.api.memories.forget({ select: { query: word } });
      nothingLeft([word], [before.id]);
      for (const each of [fate, asked]) {
        const after = await t.api.council.get({ id: each.id });
        assert.deepEqual([after.outcome, after.choice], [each.outcome, each.choice]);
        assert.deepEqual(
          after.rounds[0]!.ballots.map(({ choice, score, weight }) => [choice, score, weight]),
          each.rounds[0]!.ballots.map(({ choice, score, weight }) => [choice, score, weight]),
        );
      }
      assert.ok(second.id);
      assert.ok((await t.api.advisers.list({})).some(({ name }) => name === 'Thrift'));
      // What the user wrote when they decided is found and forgotten like any other word of theirs.
      await t.api.memories.forget({ select: { query: other } });
      nothingLeft([word, other], [before.id]);
      await t.api.backups.restore({ id: before.id });
      nothingLeft([word, other], [before.id]);
    });

    it('[C4] a question that was put to the council is forgotten with its options, reasons and votes', async () => {
      const [asks, option, reason] = [canary(), canary(), canary()];
      const { id } = await t.api.council.ask({
        workspace,
        question: `Why ${asks}?`,
        options: [option, 'nothing'],
      });
      const { id: decided } = await t.api.council.ask({ question: `And ${asks}?`, options: ['a', 'b'] });
      await t.api.council.decide({ id: decided, choice: 'a', reason });
      await t.api.memories.forget({ select: { query: asks } });
      nothingLeft([asks, option, reason]);
      for (const gone of [id, decided])
        await assert.rejects(t.api.council.get({ id: gone }), { code: 'not_found' });
    });

    it('[C4] with a folder go the questions that were asked in it', async () => {
      const [word, title] = [canary(), canary()];
      const loop = await t.api.loops.open({ workspace, title });
      await t.api.council.ask({ workspace, question: `Why ${word}?`, options: ['a', 'b'] });
      const { id } = await t.api.council.fate({ loop: loop.id });
      await t.api.council.decide({ id, choice: 'preserve', reason: `for ${word}` });
      await t.api.workspaces.forget({ path: workspace });
      nothingLeft([word, title]);
      assert.deepEqual(await t.api.council.list({}), []);
    });
  });

  describe('and dreams', () => {
    /** Six records of one theme with a word of their own each, and a dream that sums them up. */
    const dreamt = async () => {
      const words = Array.from({ length: 6 }, canary);
      const records = [];
      for (const [i, word] of words.entries())
        records.push(
          await t.api.memories.remember({
            workspace,
            content: `The scheduler clock is flaky again in the ${word} test.`,
            kind: 'episode',
            tags: ['dreamt'],
            happenedAt: 1_770_000_000_000 + i * 86_400_000,
          }),
        );
      // Without anything else there is nothing that they have in common.
      for (let i = 0; i < 6; i++)
        await t.api.memories.remember({
          workspace,
          content: `boats and sails of harbour${i}`,
          kind: 'episode',
        });
      await dream();
      return { words, records };
    };
    const dream = async () => {
      const { job } = await t.api.dreams.run({ force: true });
      await eventually(
        async () => (await t.api.jobs.list({})).find(({ id }) => id === job!.id)?.status === 'done',
        30_000,
      );
    };
    const summary = async () =>
      (await t.api.memories.recent({ kinds: ['dream'] })).find(
        ({ tags, content }) => tags.includes('theme') && content.includes('scheduler'),
      );

    it('[M4] a summary goes with any record that it quotes, and the next dream writes one from what is left', async () => {
      const { words, records } = await dreamt();
      const first = await summary();
      assert.ok(first, 'there is no summary');
      const quoted = first.links.filter(({ kind }) => kind === 'quotes').map(({ target }) => target);
      assert.ok(quoted.length > 0 && quoted.length < 6);
      const gone = records.findIndex(({ id }) => id === quoted[0]);
      const select = { ids: [records[gone]!.id] };
      const preview = await t.api.memories.forget({ select, dryRun: true });
      assert.deepEqual([preview.memories, preview.derived], [2, 1]);
      assert.ok(preview.preview.some(({ id }) => id === first.id));
      const before = await t.api.backups.create({});
      await t.api.memories.forget({ select });
      nothingLeft([words[gone]!], [before.id]);
      assert.equal(await summary(), undefined);
      await dream();
      const second = await summary();
      assert.ok(second && !second.content.includes(words[gone]!));
      assert.equal(second.links.filter(({ kind }) => kind === 'summary of').length, 5);
      nothingLeft([words[gone]!], [before.id]);
      // A backup from before has the summary with its words: it is forgotten again when that is restored.
      await t.api.backups.restore({ id: before.id });
      nothingLeft([words[gone]!], [before.id]);
      assert.deepEqual((await t.api.memories.recall({ query: words[gone]! })).found, []);
    });

    it('[M4] a summary stays when a record goes that it does not quote, and goes with the last of its originals', async () => {
      const { words, records } = await dreamt();
      const first = (await summary())!;
      const quoted = first.links.filter(({ kind }) => kind === 'quotes').map(({ target }) => target);
      const spared = records.findIndex(({ id }) => !quoted.includes(id));
      await t.api.memories.forget({ select: { ids: [records[spared]!.id] } });
      assert.equal((await summary())?.id, first.id);
      nothingLeft([words[spared]!]);
      await t.api.memories.forget({ select: { tag: 'dreamt' } });
      assert.equal(await summary(), undefined);
      nothingLeft(words);
      const last = await t.api.dreams.last({});
      assert.ok(!words.some((word) => JSON.stringify(last).includes(word)));
    });
  });

  it('[M4] forgetting a folder forgets what was remembered of it, in a restored backup as well', async () => {
    const [word, note, title] = [canary(), canary(), canary()];
    await remember(word);
    await t.api.whispers.add({ workspace, text: note });
    await t.api.loops.open({ workspace, title });
    const before = await t.api.backups.create({});
    await t.api.workspaces.forget({ path: workspace });
    nothingLeft([word, note, title], [before.id]);
    await t.api.backups.restore({ id: before.id });
    assert.deepEqual((await t.api.memories.recall({ query: `${word} ${note}` })).found, []);
    // A later visit begins anew.
    await t.api.workspaces.open({ path: workspace });
    assert.ok(!(await t.api.loops.list({ workspace })).some((loop) => loop.title === title));
    await remember(word);
    assert.equal((await t.api.memories.recall({ query: word })).found.length, 1);
  });

  it('a loop keeps its other notes and takes the name of the oldest', async () => {
    const [first, second] = [canary(), canary()];
    const { loopId } = await t.api.whispers.add({ workspace, text: `about ${first}` });
    await t.api.whispers.add({ workspace, loopId, text: `and ${second}` });
    await t.api.memories.forget({ select: { query: first } });
    const loop = await t.api.loops.get({ id: loopId });
    assert.equal(loop.title, `and ${second}`);
    nothingLeft([first]);
  });
});
