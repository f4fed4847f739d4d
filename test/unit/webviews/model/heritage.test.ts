import assert from 'node:assert/strict';
import { heritagePreferences } from '../../../../companion/protocol/index.ts';
import { FIELDS, fieldsOf, labelOf, readField, textOf } from '../../../../webviews/model/heritage-fields.ts';
import { comparisonOf, goneWords, sentenceOf } from '../../../../webviews/model/heritage-words.ts';

const content = heritagePreferences.parse({
  version: 1,
  flow: 'quiet',
  flowKillers: ['chat', 'slow tests'],
  standard: 'done',
  peakHours: [{ from: '09:00', until: '12:00' }],
  more: { lastBigThing: 'The importer', constructor: 'by hand' },
});
const document = {
  file: 'preferences',
  path: '/p',
  version: 3,
  at: 1,
  source: 'user',
  reason: '',
  content,
} as const;

describe('heritage as lines to read and edit', () => {
  it('every field of the schemas has a line', () => {
    const named = FIELDS.preferences.map(({ id }) => id);
    const { version: _, more: __, ...rest } = content;
    assert.deepEqual(named.toSorted(), Object.keys(rest).toSorted());
  });

  it('what is read back from the text of a field is what stood there', () => {
    for (const { field } of fieldsOf(document)) {
      const read = readField(document, field, textOf(document, field));
      assert.ok(typeof read !== 'string', String(read));
      for (const [name, value] of Object.entries(read.patch))
        assert.deepEqual(value, (content as Record<string, unknown>)[name], field.label);
    }
  });

  it('shows choices, lists and hours in words, and an answer under a plain name', () => {
    const said = new Map(fieldsOf(document).map(({ field, said }) => [field.label, said]));
    assert.deepEqual(said.get('When both cannot be had'), ['Done first, better later']);
    assert.deepEqual(said.get('Your best hours'), ['09:00 to 12:00']);
    assert.deepEqual(said.get('Last big thing'), ['The importer']);
    assert.deepEqual(said.get('Progeny should be'), []);
    assert.equal(labelOf('flowKillers'), 'What breaks it');
    assert.equal(labelOf('more.lastBigThing'), 'Last big thing');
  });

  it('a sentence about a field is led by its plain name', () => {
    assert.deepEqual(sentenceOf('`name` is now "Bo"; it was "`Ana`".'), {
      about: 'Name',
      text: 'is now "Bo"; it was "`Ana`".',
    });
    assert.deepEqual(sentenceOf('Learned: "x".'), { about: null, text: 'Learned: "x".' });
  });

  it('lines in hunks: numbers of both sides, three lines around, the rest counted', () => {
    const same = (n: number) =>
      Array.from({ length: n }, (_, i) => ({ kind: 'same' as const, text: `${i}` }));
    const lines = [
      ...same(10),
      { kind: 'removed' as const, text: 'a' },
      { kind: 'added' as const, text: 'b' },
      ...same(20),
      { kind: 'added' as const, text: 'c' },
    ];
    const { hunks } = comparisonOf(lines);
    assert.deepEqual(
      hunks.map(({ skipped, lines: shown }) => [skipped, shown.length]),
      [
        [7, 8],
        [14, 4],
      ],
    );
    assert.deepEqual(hunks[0]?.lines[3], { kind: 'removed', text: 'a', before: 11, after: null });
    assert.deepEqual(hunks[0]?.lines[4], { kind: 'added', text: 'b', before: null, after: 11 });
    assert.deepEqual(hunks[1]?.lines.at(-1), { kind: 'added', text: 'c', before: null, after: 32 });
    assert.deepEqual(comparisonOf(same(5)).hunks, []);
  });

  it('says what goes; null where nothing does', () => {
    assert.equal(goneWords({ versions: 0, rejected: 0 }), null);
    assert.equal(goneWords({ versions: 1, rejected: 2 }), '1 old version and 2 refused hand edits');
  });
});
