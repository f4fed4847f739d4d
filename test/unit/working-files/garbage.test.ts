import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KINDS } from '../../../companion/working-files/kinds.ts';
import { SYNCED, type SyncedFile } from '../../../companion/working-files/names.ts';
import type { SyncReport } from '../../../companion/working-files/sync-report.ts';
import { MemoryDisk } from '../../support/memory-disk.ts';
import { planInput } from './samples.ts';
import { World } from './world.ts';

/** One world for many edits: after each, files and store are in step again. */
class Bench {
  readonly disk = new MemoryDisk();
  readonly world: World;
  readonly files;

  constructor(world: World) {
    this.world = world;
    this.files = world.start({ disk: this.disk });
  }

  async prepare(): Promise<this> {
    for (const title of ['One', 'Two "quoted" <!-- x -->', 'Drei: ü🜚'])
      this.world.open(title, { context: 'a\nb' });
    this.world.decide('Which store?', 'SQLite');
    await this.files.ensureFolder();
    await this.files.sync();
    return this;
  }

  /** Puts bytes in the place of a file, syncs, and checks what must hold whatever they are. */
  async survive(name: SyncedFile, bytes: Buffer): Promise<SyncReport> {
    const file = this.world.file(name);
    for (const known of [...this.disk.files.keys()])
      if (known.includes('.rejected')) this.disk.files.delete(known);
    const before = this.world.stored;
    const was = this.disk.files.get(file);
    this.disk.files.set(file, bytes);
    const report = await this.files.sync();
    const kept = [...this.disk.files].some(
      ([known, text]) => known.startsWith(`${file}.rejected`) && text.equals(bytes),
    );
    const refused = report.rejected.length > 0;
    if (refused) {
      assert.ok(kept, 'a refused edit is kept');
      assert.match(
        report.rejected[0]?.message ?? '',
        /^`[\w.]+`(?: line \d+(?:, column \d+)?)?: .+\. Your edit is kept in `.+`/s,
      );
    }
    if (refused && report.applied.length === 0)
      assert.deepEqual(this.world.stored, before, 'a refused edit changes nothing');
    if (report.applied.length === 0) assert.deepEqual(this.world.stored, before);
    assert.deepEqual([report.waiting, report.failed], [[], []]);
    // In step again: the file is a rendering of the store.
    const again = await this.files.sync();
    assert.deepEqual([again.applied, again.rejected, again.written], [[], [], []]);
    if (refused && report.applied.length === 0) assert.ok(this.disk.files.get(file)?.equals(was as Buffer));
    return report;
  }
}

describe('working-files/garbage', function () {
  this.timeout(120_000);

  for (const { name, plan } of KINDS) {
    it(`[F5] ${name} cut at every byte is refused, or asks for something that makes sense`, async () => {
      await using world = await World.make();
      const bench = await new Bench(world).prepare();
      const whole = bench.disk.text(world.file(name)) as string;
      const { loops, decisions } = world.contents;
      let refused = 0;
      for (let length = 1; length < whole.length; length++) {
        const texts = { disk: whole.slice(0, length), base: whole };
        const { findings, changes, doubtful } = plan(planInput(texts, { loops, decisions }));
        if (findings.length > 0) refused++;
        // In `now.md`, what lies behind the heading of the notes is the user's own.
        else assert.ok(doubtful || changes.length === 0, whole.slice(0, length));
      }
      if (name !== 'now.md')
        assert.equal(refused, whole.length - 2, 'only the last line break can be spared');
    });

    it(`[F5] ${name} cut short is refused and kept, or applied`, async () => {
      await using world = await World.make();
      const bench = await new Bench(world).prepare();
      for (let cut = 0; ; cut += 13) {
        const now = bench.disk.files.get(world.file(name)) as Buffer;
        if (cut >= now.length) break;
        await bench.survive(name, now.subarray(0, cut));
      }
    });
  }

  it('[F5] random damage to any file is refused and kept, or applied', async () => {
    await using world = await World.make();
    const bench = await new Bench(world).prepare();
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(30),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 10 }).map((bytes) => Buffer.from(bytes)),
        fc.string({ maxLength: 20 }).map((text) => Buffer.from(text)),
        fc
          .constantFrom(
            '{',
            '}',
            '[',
            ']',
            ',',
            '"',
            ':',
            'null',
            '"id": "loop_1",',
            '\n- [x] ',
            '\n1. ',
            '<!-- loop_',
            '\n## To close\n',
          )
          .map((text) => Buffer.from(text)),
      ),
    });
    const refused = { yes: 0, no: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SYNCED),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async (name, all) => {
          let bytes = bench.disk.files.get(world.file(name)) as Buffer;
          for (const { at, remove, insert } of all) {
            const start = Math.floor(at * bytes.length);
            bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
          }
          const report = await bench.survive(name, bytes);
          refused[report.rejected.length > 0 ? 'yes' : 'no']++;
        },
      ),
      { numRuns: 200, endOnFailure: true },
    );
    assert.ok(refused.yes > 30 && refused.no > 10, JSON.stringify(refused));
  });

  it('[F5] random JSON in place of a file is refused and kept, or applied', async () => {
    await using world = await World.make();
    const bench = await new Bench(world).prepare();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SYNCED), fc.jsonValue(), async (name, value) => {
        await bench.survive(name, Buffer.from(JSON.stringify(value)));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});
