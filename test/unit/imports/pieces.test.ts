import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frontMatter } from '../../../companion/imports/front-matter.ts';
import { jsonItems } from '../../../companion/imports/json-items.ts';
import { timeOf } from '../../../companion/imports/json-value.ts';
import { nearestFolder } from '../../../companion/imports/nearest-folder.ts';
import { recordsOf } from '../../../companion/imports/record.ts';
import { splitContent } from '../../../companion/imports/split-content.ts';
import { linesOf } from '../../../companion/imports/text-lines.ts';
import { withoutWrappers } from '../../../companion/imports/tool-wrappers.ts';
import { turnsOf } from '../../../companion/imports/transcript.ts';
import { rememberInput } from '../../../companion/protocol/index.ts';

async function* chunksOf(text: string, size: number) {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('imports/pieces', () => {
  it('items of a JSON array come out whole, however the text is cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (items, size) => {
          for (const text of [
            JSON.stringify(items),
            JSON.stringify({ conversations: items, more: [1] }, null, 1),
          ])
            assert.deepEqual(
              (await collect(jsonItems(chunksOf(text, size)))).map((item) => JSON.parse(item) as unknown),
              JSON.parse(JSON.stringify(items)),
            );
        },
      ),
    ));

  it('an array that is cut off gives what is whole, and the rest as it is', async () => {
    assert.deepEqual(await collect(jsonItems(chunksOf('[{"a":1},{"b":', 4))), ['{"a":1}', '{"b":']);
    assert.deepEqual(await collect(jsonItems(chunksOf('no array', 3))), []);
  });

  it('lines end at LF and CR LF alone, and one that is too long is left out', async () => {
    const skipped: string[] = [];
    const lines = (text: string, size: number, longest = 100) =>
      collect(linesOf(chunksOf(text, size), (reason) => skipped.push(reason), { longest }));
    for (const size of [1, 2, 3, 100])
      assert.deepEqual(await lines('a\r\nb\u2028c\n\nd', size), ['a', 'b\u2028c', '', 'd'], `${size}`);
    assert.deepEqual(await lines(`x\n${'y'.repeat(300)}\nz`, 7), ['x', 'z']);
    assert.deepEqual(skipped, ['a line that is too long']);
  });

  it('more than a record holds is cut between paragraphs, into numbered parts that lose nothing', () => {
    const paragraph = `${'word '.repeat(20_000)}end.`;
    const content = Array.from({ length: 30 }, (_, i) => `${i} ${paragraph}`).join('\n\n');
    const records = recordsOf({ origin: 'o', content, happenedAt: 1 });
    assert.equal(records.length, 3);
    assert.deepEqual(
      records.map(({ origin, tags }) => [origin, ...tags]),
      [
        ['o', 'part 1 of 3'],
        ['o#2', 'part 2 of 3'],
        ['o#3', 'part 3 of 3'],
      ],
    );
    assert.equal(records.map((record) => record.content).join('\n\n'), content);
    for (const { content: part } of records) rememberInput.parse({ content: part });
    const solid = splitContent('🎉'.repeat(50), 11);
    assert.ok(solid.every((part) => part.isWellFormed() && part.length <= 11));
    assert.equal(solid.join(''), '🎉'.repeat(50));
  });

  it('a draft of anything fits the contract, or is nothing', () =>
    fc.assert(
      fc.property(
        fc.record({
          origin: fc.string({ minLength: 1 }),
          content: fc.string({ unit: 'binary', maxLength: 50 }),
          happenedAt: fc.oneof(fc.double(), fc.integer()),
          author: fc.option(fc.string({ maxLength: 300 })),
          session: fc.option(fc.string({ maxLength: 600 })),
          tags: fc.array(fc.string({ maxLength: 150 }), { maxLength: 60 }),
        }),
        (draft) => {
          for (const { origin: _, workspace: __, author, session, ...record } of recordsOf(draft)) {
            const named = { ...(author && { author }), ...(session && { session }) };
            const { content } = rememberInput.parse({ ...record, ...named });
            assert.ok(content.isWellFormed() && !/[\0\r]/.test(content));
          }
        },
      ),
    ));

  it('times of any kind', () => {
    const at = Date.UTC(2026, 1, 10, 9, 4);
    for (const value of ['2026-02-10T09:04:00.000Z', at, at / 1000]) assert.equal(timeOf(value), at);
    for (const value of [null, '', 'yesterday', Number.NaN, -1, 0, {}, 1e300])
      assert.equal(timeOf(value), null);
  });

  it('the innermost folder that holds a path', () => {
    const folders = ['/home/ana', '/home/ana/clock', '/home/ana/clock-two', 'C:\\work'];
    assert.equal(nearestFolder(folders, '/home/ana/clock/src'), '/home/ana/clock');
    assert.equal(nearestFolder(folders, '/home/ana/clock'), '/home/ana/clock');
    assert.equal(nearestFolder(folders, '/home/ana/clock-three'), '/home/ana');
    assert.equal(nearestFolder(folders, 'C:\\work\\x'), 'C:\\work');
    assert.equal(nearestFolder(folders, '/home/anabel'), null);
  });

  it('front matter: lists of both kinds, quotes, none', () => {
    const of = (text: string) => frontMatter(text.split('\n'));
    assert.deepEqual(of('---\ntags: [a, "b c"]\nTitle: x: y\n---\nz').tags, ['a', 'b c']);
    assert.equal(of('---\nTitle: x: y\n---\nz').title, 'x: y');
    assert.deepEqual(of('---\ntags:\n- a\n- b\nother:\n  - c\n---').tags, ['a', 'b']);
    assert.deepEqual([of('---\nnever closed').end, of('no').end, of('---\n---').end], [0, 0, 2]);
  });

  it('what programs put into a message goes, what quotes them stays', () => {
    assert.equal(withoutWrappers('<system-reminder>x</system-reminder>\nhello').trim(), 'hello');
    assert.equal(
      withoutWrappers('what does `<system-reminder>` mean?'),
      'what does `<system-reminder>` mean?',
    );
    assert.equal(withoutWrappers('<bash-stdout>cut off'), '');
  });

  it('a list of fields is no conversation', () => {
    for (const text of ['Name: Ana\nAge: 3', 'Intro.\n\nAna: hi\nBo: hi\nAna: ho', 'Ana: a\nAna: b\nAna: c'])
      assert.equal(turnsOf(text.split('\n')), null, text);
  });
});
