import assert from 'node:assert/strict';
import { patternKind } from '../../../companion/protocol/index.ts';
import { contextAt, figuresOf, judge, play } from '../../bench/support/pattern-figures.ts';
import { imperfectFindings, labelledCases } from '../../support/streams/labelled-patterns.ts';

/** `npm run bench -- patterns` looks at more. */
const SEEDS = [100, 101];
const BAR = 0.9;

describe('patterns on labelled streams', () => {
  const streams = SEEDS.flatMap((seed) => labelledCases({ seed, count: 3 }));
  const found = streams.map((stream) => play(stream.events, contextAt(stream.offsetMinutes), stream));

  for (const kind of patternKind.options) {
    it(`[S3] ${kind}: precision and recall are at least ${BAR}`, () => {
      const verdicts = streams.map((stream, i) => judge(stream, found[i]!, kind));
      const { precision, recall, planted } = figuresOf(verdicts, kind);
      assert.ok(planted >= 4, `only ${planted} were planted`);
      assert.ok(precision >= BAR, `precision ${precision}`);
      assert.ok(recall >= BAR, `recall ${recall}`);
    });
  }

  it('the matcher finds the shares of misses and of wrong findings that were made', () => {
    const verdicts = streams.flatMap((stream) => {
      const made = imperfectFindings(stream, { missed: 0.3, wrong: 0.2, seed: 7 }).map((finding) => ({
        ...finding,
        since: finding.at,
        confidence: 1,
        dismissed: false,
        evidence: [],
      }));
      return patternKind.options.map((kind) => judge(stream, made, kind));
    });
    const sum = (of: (v: (typeof verdicts)[number]) => number) => verdicts.reduce((n, v) => n + of(v), 0);
    const recall = sum((v) => v.right) / sum((v) => v.planted);
    const precision = sum((v) => v.right) / sum((v) => v.right + v.wrong.length);
    assert.ok(Math.abs(recall - 0.7) < 0.12, `recall ${recall}`);
    assert.ok(Math.abs(precision - 1 / 1.2) < 0.12, `precision ${precision}`);
  });
});
