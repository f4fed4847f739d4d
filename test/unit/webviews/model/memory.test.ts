import assert from 'node:assert/strict';
import { clipped } from '../../../../webviews/model/clipped.ts';
import { backupWords, whatGoes } from '../../../../webviews/model/forgetting.ts';
import { answerWords, withoutRecords, withRecord } from '../../../../webviews/model/memory-answer.ts';
import {
  DEFAULT_MEMORY_FILTER,
  memoryFilter,
  memoryQuery,
  sinceTime,
} from '../../../../webviews/model/memory-filter.ts';
import { sourceWords, targetsOfSource } from '../../../../webviews/model/memory-source.ts';
import { marksOf, meansOf } from '../../../../webviews/model/memory-words.ts';
import { percent, reasonsOf } from '../../../../webviews/model/why.ts';
import { NOW, sampleMemory, sampleParts } from '../../../fixtures/samples.ts';

const DAY = 24 * 3_600_000;

describe('why a record was found', () => {
  it('is told in words, the weightiest first; the two readings of meaning are one', () => {
    const reasons = reasonsOf(sampleParts({ words: 5, meaning: 2, tokens: 2, neighbours: 1 }));
    assert.deepEqual(
      reasons.map(({ word, share }) => [word, percent(share)]),
      [
        ['your words', '50 %'],
        ['meaning', '40 %'],
        ['said around it', '10 %'],
      ],
    );
  });

  it('names what moved it down last, and leaves out what tells nothing', () => {
    const reasons = reasonsOf(sampleParts({ words: 10, freshness: 0.1, salience: -5, repeated: -1 }));
    assert.deepEqual(
      reasons.map(({ word }) => word),
      ['your words', 'repeated', 'past'],
    );
    assert.match(reasons[2]?.text ?? '', /archived, or holds no more/);
  });

  it('is nothing where nothing speaks for it', () => {
    assert.deepEqual(reasonsOf(sampleParts({ salience: -1 })), []);
  });
});

describe('what sets a record apart', () => {
  const marks = (change: Parameters<typeof sampleMemory>[0]) =>
    marksOf(sampleMemory(change), NOW, 'UTC').map(({ text }) => text);

  it('is told in words', () => {
    assert.deepEqual(marks({}), []);
    assert.deepEqual(marks({ pinned: true, private: true, archivedAt: NOW, writtenBy: 'agent', merged: 2 }), [
      'pinned',
      'archived',
      'private',
      'written by an agent',
      'said 3 times',
    ]);
  });

  it('says until when a fact held: the month of what is long ago, the day of what is near', () => {
    assert.deepEqual(marks({ validTo: NOW - 190 * DAY }), ['held until May 2025']);
    assert.deepEqual(marks({ validTo: NOW - 10 * DAY }), ['held until 14 Nov']);
    assert.deepEqual(marks({ validTo: NOW + DAY }), [], 'it still holds');
  });
});

describe('by what means it was found', () => {
  it('is said only where something is missing', () => {
    assert.equal(meansOf({ meaning: true, covered: 1, note: null }), null);
    assert.deepEqual(meansOf({ meaning: false, covered: 0, note: null }), {
      tone: 'info',
      text: 'Found by words alone: there is no sentence model.',
      model: true,
    });
    assert.match(
      meansOf({ meaning: false, covered: 0, note: 'model.onnx is not there.' })?.text ?? '',
      /^Found by words alone\. model\.onnx is not there\.$/,
    );
    assert.match(meansOf({ meaning: true, covered: 0.999, note: null })?.text ?? '', /^99 % of memory/);
  });
});

describe('the filter of memory', () => {
  it('survives an address', () => {
    const filter = { text: 'why & how?', kind: 'decision', since: 'week', everywhere: true } as const;
    assert.deepEqual(memoryFilter(memoryQuery(filter)), filter);
    assert.deepEqual(memoryQuery(DEFAULT_MEMORY_FILTER), {});
  });

  it('takes what it does not know for the default', () => {
    assert.deepEqual(
      memoryFilter({ kind: 'toString', since: '__proto__', everywhere: 'yes' }),
      DEFAULT_MEMORY_FILTER,
    );
    assert.equal(memoryFilter({ text: 'a'.repeat(20_000) }).text.length, 10_000);
  });

  it('names a moment on the minute', () => {
    assert.equal(sinceTime('any', NOW), null);
    assert.equal(sinceTime('week', NOW + 12_345), NOW - 7 * DAY);
  });
});

describe('a source', () => {
  it('leads to the line, the commit and the page', () => {
    assert.deepEqual(
      targetsOfSource({ file: 'src/a.ts', line: 3, commit: 'c0ffee1', uri: 'https://a.example/1' }),
      [
        { kind: 'file', file: 'src/a.ts', line: 3 },
        { kind: 'commit', commit: 'c0ffee1' },
        { kind: 'link', url: 'https://a.example/1' },
      ],
    );
    assert.deepEqual(targetsOfSource({ uri: 'javascript:alert(1)' }), []);
  });

  it('that nothing can open is named', () => {
    assert.equal(sourceWords({ uri: 'file:///home/a/chats/x.jsonl', message: 'm' }), 'from x.jsonl');
    assert.equal(sourceWords({ uri: 'C:\\chats\\x.json' }), 'from x.json');
    assert.equal(sourceWords({ message: 'm' }), 'from a message');
    assert.equal(sourceWords({ file: 'a.ts' }), null);
    assert.equal(sourceWords({ uri: 'https://a.example' }), null);
    assert.equal(sourceWords({}), null);
  });
});

describe('what forgetting takes with it', () => {
  it('is counted, each sort by its name', () => {
    const none = { memories: 1, whispers: 0, decisions: 0, derived: 0 };
    assert.equal(whatGoes(none), '1 memory');
    assert.equal(whatGoes({ ...none, whispers: 1 }), '1 memory, and with it 1 note');
    assert.equal(
      whatGoes({ memories: 3, whispers: 2, decisions: 1, derived: 2 }),
      '3 memories, and with them 2 notes, 1 decision and 2 summaries',
    );
  });

  it('is in backups for a while yet', () => {
    assert.equal(backupWords([], NOW), null);
    assert.equal(
      backupWords([{ id: 'b', until: NOW + 26 * DAY }], NOW, 'UTC'),
      '1 backup still holds it, until 20 Dec at most. Restoring one forgets it again.',
    );
    assert.match(
      backupWords(
        [
          { id: 'a', until: NOW + DAY },
          { id: 'b', until: null },
        ],
        NOW,
      ) ?? '',
      /^2 backups still hold it, until you remove them\./,
    );
  });
});

describe('an answer', () => {
  const shown = ['mem_a', 'mem_b'].map((id) => ({ record: sampleMemory({ id }), parts: null }));
  const answer = { asked: true, shown, successors: new Map(), means: null };

  it('says how much it is', () => {
    assert.equal(answerWords(answer), '2 memories found');
    assert.equal(answerWords({ ...answer, asked: false }), 'The newest 2 memories');
    assert.equal(answerWords({ ...answer, asked: false, shown: shown.slice(1) }), 'The newest memory');
    assert.equal(answerWords({ ...answer, shown: [] }), 'Nothing found');
    assert.equal(answerWords({ ...answer, asked: false, shown: [] }), 'Nothing remembered yet');
  });

  it('takes in what changed and leaves out what was forgotten', () => {
    const pinned = withRecord(answer, sampleMemory({ id: 'mem_b', pinned: true }));
    assert.deepEqual(
      pinned.shown.map(({ record }) => record.pinned),
      [false, true],
    );
    assert.deepEqual(
      withoutRecords(answer, ['mem_a']).shown.map(({ record }) => record.id),
      ['mem_b'],
    );
  });
});

describe('a clipped text', () => {
  it('ends at a word and says that it was cut', () => {
    assert.deepEqual(clipped('one two three four', 11), { text: 'one two…', cut: true });
    assert.deepEqual(clipped('a'.repeat(30), 10), { text: `${'a'.repeat(10)}…`, cut: true });
  });

  it('is whole where little is left', () => {
    assert.deepEqual(clipped('  one\t two \n\n three ', 12), { text: 'one two\nthree', cut: false });
  });

  it('keeps the first lines of many short ones', () => {
    assert.deepEqual(clipped('1\n2\n3\n4\n5\n6', 100), { text: '1\n2\n3\n4 …', cut: true });
    assert.equal(clipped('1\n2\n3\n4\n5', 100).cut, false);
  });
});
