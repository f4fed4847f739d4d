import assert from 'node:assert/strict';
import { visibleLine, visibleText } from '../../../../companion/protocol/visible-text.ts';
import { wheelOriginWords, wheelPhase, wheelSizeWords } from '../../../../companion/protocol/wheel-words.ts';
import { parseArgv } from '../../../../webviews/model/argv.ts';
import {
  grantStanding,
  nextTier,
  scopeWords,
  TIER_FROM,
  usesWords,
} from '../../../../webviews/model/grant-words.ts';
import { countdownWords, remainingOf, secondsOf } from '../../../../webviews/model/wheel-countdown.ts';
import { compare, ownPart, pairsOf } from '../../../../webviews/model/wheel-diff.ts';
import {
  approveWords,
  groupsOf,
  hasPreview,
  programWords,
  shortDigest,
} from '../../../../webviews/model/wheel-view.ts';
import { earlierRuns, lintRun } from '../../../browser/fake/wheel.ts';
import { NOW } from '../../../fixtures/samples.ts';

describe('text that others wrote', () => {
  it('shows what would hide, turn or overwrite, and leaves the rest', () => {
    assert.equal(visibleText('a\tb\nc é 漢字 🙂 “q”'), 'a\tb\nc é 漢字 🙂 “q”');
    assert.equal(visibleText('if (x) {/*\u202e } \u2066*/'), 'if (x) {/*‹U+202E› } ‹U+2066›*/');
    assert.equal(visibleText('\u001b[2J\u0007\u0000\r'), '‹U+001B›[2J‹U+0007›‹U+0000›‹U+000D›');
    assert.equal(
      visibleText('a\u200bb\ufeffc\u00add\u2028e\u{e0041}\u3164'),
      'a‹U+200B›b‹U+FEFF›c‹U+00AD›d‹U+2028›e‹U+E0041›‹U+3164›',
    );
    assert.equal(visibleText('❤️'), '❤️');
    assert.equal(visibleLine('one\r\ntwo\tthree\nfour'), 'one two three four');
  });
});

describe('a run in words', () => {
  const { run } = lintRun('/w', NOW);

  it('says whose turn it is', () => {
    assert.deepEqual(
      (
        ['previewed', 'counting', 'interrupted', 'planning', 'acting', 'done', 'kept', 'refused'] as const
      ).map(wheelPhase),
      ['waiting', 'waiting', 'waiting', 'running', 'running', 'done', 'settled', 'settled'],
    );
    const groups = groupsOf([...earlierRuns('/w', NOW), run]);
    assert.deepEqual(
      groups.map(({ phase, runs }) => [phase, runs.length]),
      [
        ['waiting', 1],
        ['running', 1],
        ['done', 1],
        ['settled', 2],
      ],
    );
  });

  it('says how large it is, who asked, and what a yes is to', () => {
    assert.equal(wheelSizeWords({ files: 1, additions: 2, deletions: 0 }), '1 file, +2 −0');
    assert.equal(wheelSizeWords({ files: 0, additions: 0, deletions: 0 }), 'no files');
    assert.equal(wheelOriginWords({ by: 'agent', name: 'claude-code' }), 'claude-code (an agent)');
    assert.equal(wheelOriginWords({ by: 'person', name: 'cli' }), 'you');
    assert.equal(wheelOriginWords({ by: 'mind', name: '' }), 'you (a model planned it)');
    assert.equal(approveWords(6, 6), 'Do it');
    assert.equal(approveWords(6, 4), 'Do it in 4 of 6 files');
    assert.equal(shortDigest('sha256:3f9a2c1be07744'), '3f9a2c1b');
    assert.equal(programWords(['sh', '-c', 'rm -rf "$HOME"', '']), 'sh -c "rm -rf \\"$HOME\\"" ""');
  });

  it('has a preview from when it waits until nothing more can come of it', () => {
    assert.equal(hasPreview({ status: 'previewed', digest: 'd' }), true);
    assert.equal(hasPreview({ status: 'previewed', digest: null }), false);
    assert.equal(hasPreview({ status: 'planning', digest: 'd' }), false);
    assert.equal(hasPreview({ status: 'vetoed', digest: 'd' }), false);
  });
});

describe('[A5] a countdown', () => {
  it('goes by the time since it was told, never by the clock of another; standing still it stays', () => {
    const click = { consent: 'click', remainingMs: 5000, endsAt: 999 } as const;
    assert.equal(remainingOf(click, 1000, 1000), 5000);
    assert.equal(remainingOf(click, 1000, 4200), 1800);
    assert.equal(remainingOf(click, 1000, 99_000), 0);
    assert.equal(remainingOf(click, 1000, 500), 5000, 'a clock that goes back gives no time');
    assert.equal(remainingOf({ ...click, endsAt: null }, 1000, 99_000), 5000);
    assert.deepEqual([5000, 4001, 1, 0].map(secondsOf), [5, 5, 1, 0]);
  });

  it('says what it means', () => {
    const still = { consent: 'silence', remainingMs: 1, endsAt: null } as const;
    assert.match(countdownWords(still), /only while you see it here, in the window that has the focus/);
    assert.match(countdownWords({ ...still, endsAt: 5 }), /silence is consent/);
    assert.match(countdownWords({ ...still, consent: 'click' }), /^You said yes/);
  });
});

describe('a comparison', () => {
  const lines = (text: string | null, other: string | null) =>
    compare(text, other).hunks.flatMap((hunk) =>
      hunk.lines.map(({ kind, before, after, text: line }) => [kind, before, after, line]),
    );

  it('numbers each side, with what stands around it, and says what it leaves out', () => {
    const before = Array.from({ length: 30 }, (_, i) => `l${i + 1}`);
    const after = before.with(9, 'ten').toSpliced(19, 1);
    const { hunks } = compare(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
    assert.deepEqual(
      hunks.map(({ skipped }) => skipped),
      [6, 3],
    );
    assert.deepEqual(
      hunks[0]?.lines
        .filter(({ kind }) => kind !== 'same')
        .map(({ before: b, after: a, text }) => [b, a, text]),
      [
        [10, null, 'l10'],
        [null, 10, 'ten'],
      ],
    );
    assert.deepEqual(hunks[1]?.lines.at(-1), { kind: 'same', before: 23, after: 22, text: 'l23' });
  });

  it('of a new file, a deleted one, an empty one, one without a line feed at its end', () => {
    assert.deepEqual(lines(null, 'a\nb\n'), [
      ['added', null, 1, 'a'],
      ['added', null, 2, 'b'],
    ]);
    assert.deepEqual(lines('a\n', null), [['removed', 1, null, 'a']]);
    assert.deepEqual(lines(null, ''), []);
    const [old, fresh] = compare('a', 'a\n').hunks[0]!.lines;
    assert.deepEqual([old?.last, fresh?.last], [true, undefined]);
  });

  it('says how lines end only where that changes', () => {
    assert.deepEqual(lines('a\r\nb\r\n', 'a\r\nc\r\n'), [
      ['same', 1, 1, 'a'],
      ['removed', 2, null, 'b'],
      ['added', null, 2, 'c'],
    ]);
    assert.deepEqual(lines('a\r\n', 'a\n'), [
      ['removed', 1, null, 'a\r'],
      ['added', null, 1, 'a'],
    ]);
  });

  it('puts both sides beside each other', () => {
    const hunk = compare('a\nb\nc\nd\n', 'a\nB\nd\n').hunks[0]!;
    assert.deepEqual(
      pairsOf(hunk.lines).map(({ before, after }) => [before?.text ?? null, after?.text ?? null]),
      [
        ['a', 'a'],
        ['b', 'B'],
        ['c', null],
        ['d', 'd'],
      ],
    );
  });

  it('marks what is a line’s own, in whole words; not where nearly all is', () => {
    const own = (text: string, other: string) => {
      const part = ownPart(text, other);
      return part && text.slice(...part);
    };
    assert.equal(own('  let task = next();', '  const task = next();'), 'let');
    assert.equal(own('  if (a == b) return null;', '  if (a === b) return null;'), '');
    assert.equal(own('  return task', '  await this.clock.now();'), null);
    assert.equal(own('say("🙂 well then") // yes', 'say("🙃 well then") // yes'), '🙂');
  });

  it('gives up in time on what is too different, and shows both whole', function () {
    this.timeout(20_000);
    const noise = (seed: number) =>
      Array.from({ length: 60_000 }, (_, i) => `${(i * seed) % 99_991}`).join('\n');
    const { whole, hunks } = compare(noise(7919), noise(6007));
    assert.equal(whole, true);
    assert.equal(hunks[0]?.lines.length, 120_000);
  });
});

describe('[A6] leave in words', () => {
  it('counts until its time is over or it is taken back', () => {
    const grant = { revokedAt: null, expiresAt: NOW };
    assert.equal(grantStanding(grant, NOW - 1), 'live');
    assert.equal(grantStanding(grant, NOW), 'expired');
    assert.equal(grantStanding({ ...grant, revokedAt: 1 }, NOW - 1), 'revoked');
  });

  it('says what it is confined to and how often it was used', () => {
    assert.equal(scopeWords({ paths: [], argv: null }), 'the whole folder');
    assert.equal(
      scopeWords({ paths: ['src', 'docs'], argv: ['npm', 'run', 'a b'] }),
      'only below src, docs, only `npm run "a b" …`',
    );
    assert.deepEqual([0, 1, 7].map(usesWords), ['never used', 'used 1 time', 'used 7 times']);
  });

  it('says what the next tier takes', () => {
    assert.deepEqual(nextTier('T1', 0.7), { tier: 'T2', missing: TIER_FROM.T2 - 0.7 });
    assert.equal(nextTier('T3', 0.95), null);
  });

  it('reads a program as typed, with quotes and nothing else of a shell', () => {
    assert.deepEqual(parseArgv('  npm run "lint all" \'$HOME\' a\\ b "" *.ts'), [
      'npm',
      'run',
      'lint all',
      '$HOME',
      'a b',
      '',
      '*.ts',
    ]);
    assert.deepEqual(parseArgv('a"b c"d'), ['ab cd']);
    assert.deepEqual(parseArgv('say "a \\" b"'), ['say', 'a " b']);
    assert.deepEqual(parseArgv(''), []);
    assert.equal(parseArgv('npm "run'), null);
  });
});
