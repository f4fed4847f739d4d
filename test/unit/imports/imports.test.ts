import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ImportedRecord, Imports, type Keep } from '../../../companion/imports/index.ts';
import { Jobs } from '../../../companion/jobs/index.ts';
import { silentLogger, systemClock, systemRandom } from '../../../companion/kernel/index.ts';
import { eventually } from '../../support/companion.ts';
import { emptyMind, fixture, partsOf, type TestMind } from './world.ts';

/** A companion's import room on a mind, with a way to hold up what is stored. */
function importsOn(mind: TestMind, options: { keep?: Keep; workspaces?: string[] } = {}) {
  const jobs = new Jobs({
    hub: mind.store.hub,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
  const registered: string[] = [];
  const imports = new Imports({
    jobs,
    keep: options.keep ?? mind.keep,
    workspaces: () => [...(options.workspaces ?? []), ...registered],
    register: (folder) => void registered.push(folder),
    history: () => Promise.reject(new Error('no git here')),
  });
  const ended = (id: string) =>
    eventually(() => (['done', 'failed', 'cancelled'].includes(jobs.get(id).status) ? jobs.get(id) : null));
  return { jobs, imports, registered, ended };
}

/** A folder of notes that take several batches. */
function manyNotes(mind: TestMind, count: number): string {
  const folder = path.join(mind.folder, 'notes');
  mkdirSync(folder);
  for (let i = 0; i < count; i++) writeFileSync(path.join(folder, `${i}.md`), `Note ${i} of the many.\n`);
  return folder;
}

describe('imports/jobs', () => {
  it('[M9] stopped half-way and killed half-way, the next start takes it up and ends as if uninterrupted', async () => {
    await using whole = await emptyMind();
    const notes = manyNotes(whole, 500);
    await whole.run(await partsOf('markdown', notes), { batch: 200 });
    await using mind = await emptyMind();

    // Stopped after the first batch.
    let stored = 0;
    const stopping = Promise.withResolvers<void>();
    const first = importsOn(mind, {
      keep: async (records) => {
        if (stored > 0) await stopping.promise;
        stored += records.length;
        return mind.keep(records);
      },
    });
    const { id } = await first.imports.start({ path: notes });
    await eventually(() => stored === 200);
    const disposed = first.jobs.dispose();
    stopping.resolve();
    await disposed;
    assert.equal(first.jobs.get(id).status, 'queued');
    const between = mind.rows().length;
    assert.ok(between >= 200 && between < 500, `${between} rows`);

    // Killed when the next batch is stored: the row says that it runs, the checkpoint knows nothing of the batch.
    const second = importsOn(mind, {
      keep: async (records) => {
        await mind.keep(records);
        return new Promise(() => {});
      },
    });
    second.jobs.resume();
    await eventually(() => mind.rows().length > between);

    const third = importsOn(mind);
    third.jobs.resume();
    const job = await third.ended(id);
    assert.equal(job.status, 'done');
    assert.equal(job.attempts, 3);
    assert.deepEqual(mind.rows(), whole.rows());
    await third.jobs.dispose();
  });

  it('tells how far it is, and can be cancelled; the next import goes on with what is not there yet', async () => {
    await using mind = await emptyMind();
    const notes = manyNotes(mind, 450);
    const { jobs, imports, ended } = importsOn(mind, {
      keep: async (records) => {
        const kept = await mind.keep(records);
        if (mind.rows().length === 200) jobs.cancel(id);
        return kept;
      },
    });
    const told: string[] = [];
    jobs.changed.add(({ progress, message }) => told.push(`${progress?.toFixed(1)} ${message}`));
    const { id } = await imports.start({ path: notes });
    assert.equal((await ended(id)).status, 'cancelled');
    assert.equal(mind.rows().length, 200);
    assert.ok(
      told.some((line) => /^0\.4 \S+\.md: 200 added, 0 known$/.test(line)),
      told.join('\n'),
    );
    const again = await imports.start({ path: notes });
    assert.equal((await ended(again.id)).message, '250 records added, 200 known');
    await jobs.dispose();
  });

  it('a record belongs to the workspace that was asked for, else to the known folder that it names', async () => {
    await using mind = await emptyMind();
    const kept: ImportedRecord[] = [];
    const keep: Keep = async (records) => {
      kept.push(...records);
      return { added: records.length, known: 0 };
    };
    const { jobs, imports, ended } = importsOn(mind, { keep, workspaces: ['/home/ana/clock', '/home/ana'] });
    const place = fixture('claude-code');
    await ended((await imports.start({ path: place, workspace: '/home/ana' })).id);
    await ended((await imports.start({ path: place })).id);
    await ended((await imports.start({ path: fixture('chatgpt') })).id);
    assert.deepEqual(
      [...new Set(kept.map(({ workspace }) => workspace))],
      ['/home/ana', '/home/ana/clock', null],
    );
    await assert.rejects(imports.start({ path: place, workspace: '/elsewhere' }), { code: 'not_found' });
    await assert.rejects(imports.start({ path: 'relative' }), { code: 'bad_input' });
    await jobs.dispose();
  });

  it('a note in a known folder belongs to it, and its file is named from there', async () => {
    await using mind = await emptyMind();
    const notes = manyNotes(mind, 1);
    const kept: ImportedRecord[] = [];
    const keep: Keep = async (records) => {
      kept.push(...records);
      return { added: records.length, known: 0 };
    };
    const { jobs, imports, ended } = importsOn(mind, { keep, workspaces: [mind.folder, '/elsewhere'] });
    await ended((await imports.start({ path: notes })).id);
    await ended((await imports.start({ path: notes, workspace: '/elsewhere' })).id);
    assert.deepEqual(
      kept.map(({ workspace, source: { file, line } }) => [workspace, file, line]),
      [
        [mind.folder, 'notes/0.md', 1],
        ['/elsewhere', undefined, 1],
      ],
    );
    assert.ok(kept.every(({ source }) => source.uri?.endsWith('/notes/0.md')));
    await jobs.dispose();
  });

  it('the folders of an export are registered where they are not known', async () => {
    await using mind = await emptyMind();
    const keep: Keep = async (records) => ({ added: records.length, known: 0 });
    const { jobs, imports, ended, registered } = importsOn(mind, { keep, workspaces: ['/one'] });
    const file = path.join(mind.folder, 'mind.jsonl');
    const record = { ...(await recordOf(mind)), workspace: '/one' };
    const lines = [
      record,
      { ...record, id: 'memory_2', workspace: '/two' },
      { ...record, id: 'memory_3', workspace: null },
    ];
    writeFileSync(file, `${lines.map((line) => JSON.stringify({ ...line, later: 1 })).join('\n')}\n`);
    const job = await ended((await imports.start({ path: file })).id);
    assert.equal(job.message, '3 records added, 0 known');
    assert.deepEqual(registered, ['/two']);
    await jobs.dispose();
  });

  it('a failure is told in words', async () => {
    await using mind = await emptyMind();
    const { jobs, imports, ended } = importsOn(mind);
    mkdirSync(path.join(mind.folder, 'r', '.git'), { recursive: true });
    const job = await ended((await imports.start({ path: path.join(mind.folder, 'r') })).id);
    assert.deepEqual([job.status, job.message], ['failed', 'no git here']);
    await jobs.dispose();
  });
});

async function recordOf(mind: TestMind) {
  return mind.memory.remember({
    kind: 'fact',
    content: 'x',
    source: {},
    salience: 0.5,
    tags: [],
    links: [],
    pinned: false,
    private: false,
  });
}
