import assert from 'node:assert/strict';
import { seededRandom, VirtualClock } from '../../../companion/kernel/index.ts';
import { Masks } from '../../../companion/memory/index.ts';
import { shiftBetween } from '../../../companion/memory/tones.ts';
import { maskNoteInput, recallInput, rememberInput, tone } from '../../../companion/protocol/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function masks() {
  const folder = temporaryFolder();
  const clock = new VirtualClock(1_000_000);
  const store = await openStore(folder.path, { clock });
  const memory = openMemory(store, clock);
  const all = new Masks({ mind: store.mind, clock, random: seededRandom(1) });
  return {
    memory,
    all,
    note: (input: object) => {
      clock.advance(1000);
      return all.note(maskNoteInput.parse({ mask: 'cal', ...input }));
    },
    recall: async (query: string, mask?: string) =>
      (await memory.recall(recallInput.parse({ query, mask }))).found.map(({ record }) => record.content),
    async [Symbol.asyncDispose]() {
      await memory.dispose();
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('memory/masks', () => {
  it('each has a memory of its own, which no other recall looks into', async () => {
    await using t = await masks();
    await t.note({ content: 'I argued for SQLite' });
    await t.note({ mask: 'arty', content: 'SQLite is dull' });
    await t.memory.remember(rememberInput.parse({ content: 'We use SQLite' }));
    assert.deepEqual(await t.recall('sqlite', 'cal'), ['I argued for SQLite']);
    assert.deepEqual(await t.recall('sqlite', 'arty'), ['SQLite is dull']);
    assert.deepEqual(await t.recall('sqlite'), ['We use SQLite']);
    assert.deepEqual(
      t.memory.recent({ limit: 10 }).map(({ content }) => content),
      ['We use SQLite'],
    );
  });

  it('keeps its tones and roles with their causes, newest first', async () => {
    await using t = await masks();
    await t.note({ tone: 'calm', role: 'keeper' });
    await t.note({ tone: 'focused', cause: 'the release' });
    const { tones, roles, prompts } = await t.note({ role: 'critic', cause: 'asked to' });
    assert.deepEqual(
      tones.map(({ tone: name, cause }) => [name, cause]),
      [
        ['focused', 'the release'],
        ['calm', ''],
      ],
    );
    assert.deepEqual(
      roles.map(({ role }) => role),
      ['critic', 'keeper'],
    );
    assert.deepEqual(prompts, ['What does critic ask of it that keeper did not?']);
  });

  it('reflects after a hundred memories, and when its tone moves far', async () => {
    await using t = await masks();
    for (let i = 0; i < 99; i++) await t.note({ content: `the parser broke on line ${i}` });
    assert.deepEqual(t.all.trace('cal').reflections, []);
    const { reflections, counts } = await t.note({ content: 'the parser holds', kind: 'fact' });
    assert.equal(reflections.length, 1);
    assert.match(reflections[0]!.content, /^100 memories: 99 observation, 1 fact\. Most about .*\bparser\b/);
    assert.deepEqual(counts, [
      { kind: 'observation', count: 100 },
      { kind: 'fact', count: 1 },
    ]);
    await t.note({ tone: 'calm' });
    await t.note({ content: 'the parser broke again' });
    const after = await t.note({ tone: 'tense', cause: 'it broke' });
    assert.equal(after.reflections.length, 2);
    assert.equal(after.reflections[0]?.content, '1 memories: 1 observation. From calm to tense.');
    assert.ok(after.prompts.includes('What turned calm into tense?'));
    assert.equal((await t.note({ tone: 'weary' })).reflections.length, 3);
    assert.equal((await t.note({ tone: 'calm' })).reflections.length, 3);
  });

  it('tones differ by how pleasant and how awake they are', () => {
    for (const one of tone.options) {
      assert.equal(shiftBetween(one, one), 0);
      for (const other of tone.options) assert.ok(shiftBetween(one, other) <= 1);
    }
    assert.ok(shiftBetween('calm', 'tense') >= 0.7 && shiftBetween('curious', 'focused') < 0.2);
  });

  it('refuses a note of nothing, and names that could be paths', () => {
    for (const input of [
      { mask: 'cal' },
      { mask: '../x', content: 'y' },
      { mask: 'cal', tone: 'angry' },
      { mask: 'cal', content: ' ' },
    ])
      assert.equal(maskNoteInput.safeParse(input).success, false, JSON.stringify(input));
  });
});
