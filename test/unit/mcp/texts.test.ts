import assert from 'node:assert/strict';
import fc from 'fast-check';
import { agentName } from '../../../companion/mcp/index.ts';
import { SHOWN_CONTENT, type ShownRecord } from '../../../companion/mcp/schemas.ts';
import {
  loopsText,
  NOTICE,
  quoted,
  recordsText,
  shownLoop,
  shownRecord,
} from '../../../companion/mcp/texts.ts';
import { NOW, sampleLoop, sampleMemory } from '../../fixtures/samples.ts';

const record = sampleMemory({
  id: 'memory_1',
  content: 'The tiller is borrowed',
  author: 'Bo',
  source: { file: 'a.ts', line: 4 },
  session: 'secret-session',
  position: 0,
  happenedAt: NOW,
  recordedAt: NOW,
  tags: ['boat'],
  tone: 'tense',
});

describe('[M8] what an agent reads', () => {
  it('is quoted line by line: no text can pass for ours', () => {
    const ends = ['\n', '\r', '\r\n', '\u2028', '\u2029', '\v', '\f', '\u0085'];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...ends))), (parts) => {
        const content = `${parts.join('')}x`;
        const text = recordsText(
          [shownRecord({ ...record, content, author: content, tags: [content] })],
          'Head.',
        );
        const ours = ['Head.', '', NOTICE, '', '1. memory_1'];
        const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
        assert.deepEqual(lines.slice(0, 5), ours);
        assert.ok(
          lines.slice(5).every((line) => line.startsWith('> ')),
          JSON.stringify(text),
        );
      }),
    );
  });

  it('says where it comes from, when, and by whom', () => {
    const shown = shownRecord(record);
    assert.deepEqual(
      [shown.file, shown.line, shown.happenedAt, shown.heldUntil],
      ['a.ts', 4, '2025-11-24T09:12:00.000Z', null],
    );
    const text = recordsText([shown, { ...shown, writtenBy: 'agent', heldUntil: shown.happenedAt }], 'Two.');
    assert.match(
      text,
      /> observation · 2025-11-24T09:12:00.000Z · Bo · a\.ts:4 · #boat\n> The tiller is borrowed/,
    );
    assert.match(text, /held until 2025.* · written by an agent/);
  });

  it('holds nothing but what is declared', () => {
    assert.doesNotMatch(JSON.stringify(shownRecord(record)), /secret-session|tense/);
  });

  it('is cut where it is too long, and says so', () => {
    const shown: ShownRecord = shownRecord({
      ...record,
      content: `${'x'.repeat(SHOWN_CONTENT - 1)}😀 and more`,
    });
    assert.deepEqual([shown.truncated, shown.content.length], [true, SHOWN_CONTENT - 1]);
    assert.match(recordsText([shown], ''), /x …$/);
  });

  it('tells of a thread what is open about it, and where', () => {
    const loop = shownLoop(
      sampleLoop({
        title: 'fix\nthe clock',
        summary: '2 files uncommitted',
        anchors: [
          { kind: 'branch', branch: 'fix/clock' },
          { kind: 'file', file: 'b.ts' },
          { kind: 'line', file: 'a.ts', line: 3, text: 'secret text', lost: true },
          { kind: 'commit', commit: 'a41c9e2' },
          { kind: 'link', url: 'https://example.org' },
        ],
      }),
    );
    assert.deepEqual(loop.places, ['fix/clock', 'b.ts', 'a.ts:3 (lost)', 'a41c9e2', 'https://example.org']);
    assert.match(
      loopsText([loop], 9),
      /^9 threads open, the nearest 1\.\n[\s\S]*\n> fix the clock\n> 2 files/,
    );
    assert.equal(loopsText([], 0), 'Nothing is open here.');
  });

  it('quotes an empty line as well', () => assert.equal(quoted('a\n\nb'), '> a\n> \n> b'));
});

describe('[M8] what an agent calls itself', () => {
  it('is fit for a tag, whatever it says', () => {
    assert.equal(agentName('claude-code'), 'claude-code');
    assert.equal(agentName('  Visual Studio\nCode [evil](x) '), 'Visual Studio Code evil x');
    for (const nothing of [undefined, '', ' ', '<>', '\u0000']) assert.equal(agentName(nothing), 'unknown');
    assert.equal(agentName('x'.repeat(500)).length, 60);
  });
});
