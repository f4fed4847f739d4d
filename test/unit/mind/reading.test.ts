import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tidyCitations } from '../../../companion/mind/citations.ts';
import { isClaim } from '../../../companion/mind/claims.ts';
import { matching } from '../../../companion/mind/match.ts';
import { inventedNames } from '../../../companion/mind/names.ts';
import { perceive } from '../../../companion/mind/perceive.ts';
import { plain } from '../../../companion/mind/plain.ts';
import { quote } from '../../../companion/mind/quote.ts';
import { Sentences, sentencesOf } from '../../../companion/mind/sentences.ts';
import type { Source } from '../../../companion/mind/source.ts';
import { tellingWords } from '../../../companion/mind/words.ts';
import { inPieces } from '../../support/scripted-language.ts';

describe('reading a question', () => {
  for (const [intent, questions] of Object.entries({
    resume: [
      'where was I?',
      'What was I working on before lunch?',
      'catch me up',
      'Wo war ich?',
      'was habe ich gestern gemacht',
      'wie ist der Stand?',
      'what should I do next?',
    ],
    why: [
      'why did we choose SQLite?',
      'what was the reason for the queue?',
      'Warum haben wir Redis verworfen?',
      'what did we decide about caching?',
    ],
    open: [
      'what is open in this file?',
      'which TODOs are left?',
      'anything unfinished in src/?',
      'Was ist in dieser Datei noch offen?',
      'Wie steht es um die offenen Sachen?',
      'is there anything uncommitted?',
    ],
    find: [
      'where is the parser?',
      'who changed src/a.ts?',
      'what do we know about the flaky test?',
      'wer hat das geschrieben',
      'notes on caching',
    ],
    decide: [
      'should we go back to Redis?',
      'which is better, a queue or a cron job? pros and cons',
      'sollten wir das löschen?',
    ],
    act: ['delete src/a.ts', 'please run the tests', 'bitte lösche den Zweig'],
    other: ['hello', 'and then', 'SQLite'],
  }))
    it(`${intent}: ${questions[0]} …`, () => {
      for (const question of questions) assert.equal(perceive(question).perception.intent, intent, question);
    });

  it('tone, urgency, load and stakes', () => {
    const of = (question: string) => perceive(question).perception;
    assert.equal(of('ugh, this is broken again!! production is down').tone, 'tense');
    assert.ok(of('ugh, this is broken again!! production is down').urgency > 0.6);
    assert.equal(of('bin müde, wo war ich?').tone, 'weary');
    assert.ok(of('too much at once, I lost track').load > 0.5);
    assert.deepEqual(
      [of('where was I?').tone, of('where was I?').urgency, of('where was I?').load],
      ['calm', 0, 0],
    );
    assert.equal(perceive('should we drop the production table?').stakes, true);
    assert.equal(perceive('where was I?').stakes, false);
  });

  it('the names that it holds', () => {
    const named = perceive(
      'who changed parseLine in src/parser.ts:41 on "fix/clock" since c0ffee1, the WAL of SQLite?',
    ).perception.entities;
    for (const name of ['src/parser.ts', 'c0ffee1', 'fix/clock', 'parseLine', 'WAL', 'SQLite'])
      assert.ok(named.includes(name), `${name} in ${named}`);
    assert.deepEqual(perceive('where was I?').perception.entities, []);
  });
});

describe('reading what is written', () => {
  it('sentences are the same in whatever pieces they come', () => {
    const text =
      'One is e.g. this. Two [1]. Three? [2][3] Four!\nFive without an end\nv1.2.3 of src/a.ts is six. "Seven?" Eight... nine';
    const whole = sentencesOf(text).map((each) => each.trim());
    assert.deepEqual(whole, [
      'One is e.g. this.',
      'Two [1].',
      'Three? [2][3]',
      'Four!',
      'Five without an end',
      'v1.2.3 of src/a.ts is six.',
      '"Seven?"',
      'Eight...',
      'nine',
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (sizes) => {
        const sentences = new Sentences();
        const found = inPieces(text, (i) => sizes[i % sizes.length]!).flatMap((piece) =>
          sentences.push(piece),
        );
        assert.deepEqual(
          [...found, ...sentences.end()].map((each) => each.trim()),
          whole,
        );
      }),
    );
  });

  it('is cut the same way however it comes, also where it is far too long', () => {
    const atoms = [
      'word ',
      '. ',
      '? ',
      '[1]',
      ' [2] ',
      '\n',
      '...',
      '" ',
      'x'.repeat(90),
      'on and on '.repeat(40),
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...atoms), { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (parts, sizes) => {
          const sentences = new Sentences();
          const text = parts.join('');
          const found = inPieces(text, (i) => sizes[i % sizes.length]!).flatMap((piece) =>
            sentences.push(piece),
          );
          assert.deepEqual([...found, ...sentences.end()], sentencesOf(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('no text takes long to read, whatever it is made of', () => {
    const ways: Record<string, (text: string) => unknown> = {
      perceive,
      quote: (text) => quote(text, 300),
      sentencesOf,
      names: (text) => inventedNames('see src/a.ts', text),
    };
    for (const piece of ['@', '.', '?', '\n', '<a ', '[', '"', 'a/', 'a-', '**', '<!--', 'what open ', '_a'])
      for (const [name, way] of Object.entries(ways)) {
        const began = performance.now();
        way(piece.repeat(20_000 / piece.length));
        const ms = performance.now() - began;
        // Each took seconds, or a minute, where it grew with the square of the length.
        assert.ok(ms < 500, `${name} of ${JSON.stringify(piece)}: ${ms} ms`);
      }
  });

  it('no text is lost but space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
        const bare = (each: string) => each.replace(/\s+/g, '');
        assert.equal(bare(sentencesOf(text).join('')), bare(text));
      }),
    );
  });

  it('plain text is plain, and stays as it is when it is', () => {
    assert.equal(plain('Map<string, number> of `a_b` and **c**'), 'Map<string, number> of a_b and c');
    assert.doesNotMatch(plain('<scr<script>ipt>x</scr</script>ipt> y'), /[<>]/);
    assert.equal(plain('a < b and c > d'), 'a < b and c > d');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = plain(`<b>${text}</b><script>${text}</script>`);
        assert.doesNotMatch(once, /<script|<b>/i);
      }),
    );
  });

  it('citations in all their spellings; those that do not resolve go', () => {
    const tidy = (text: string) => tidyCitations(text, (n) => n >= 1 && n <= 3);
    assert.deepEqual(tidy('a[1] b [2, 3]. c 【9†x】 d [^1] [source 2] [4-7].'), {
      text: 'a [1] b [2][3]. c d [1][2].',
      numbers: [1, 2, 3],
      invented: 5,
    });
    assert.equal(tidy('a [citation needed] b').text, 'a b');
  });

  it('a claim is what speaks of this work; what is general, or says that nothing is known, is none', () => {
    for (const claim of [
      'Ana wrote it.',
      'We moved in spring.',
      'The tests fail.',
      'src/a.ts is old.',
      'Last week Bo left.',
      'Wir haben das entschieden.',
      'I do not know, but Ana deleted src/a.ts.',
    ])
      assert.ok(isClaim(claim), claim);
    for (const none of [
      'SQLite is an embedded database.',
      'I do not know.',
      'The sources do not say why.',
      'Das weiß ich nicht.',
      'Nothing is known about caching.',
    ])
      assert.ok(!isClaim(none), none);
  });

  it('names that stand nowhere are found', () => {
    const known = 'commit d08d813fa1 changed src/store.ts in fix/clock';
    assert.deepEqual(inventedNames('d08d813 in src/store.ts:12 of store.ts on fix/clock', known), []);
    assert.deepEqual(inventedNames('deadbee1 in src/other.ts, memory_abcd', known), [
      'src/other.ts',
      'deadbee1',
      'memory_abcd',
    ]);
  });

  it('a quote is one line that can pass for nothing of ours', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('[12]', '?', '\n', '<b>', 'https://x.y', '"', '[1, 2]'),
        (text, bad) => {
          const quoted = quote(`${text}${bad}${text}`, 200);
          assert.doesNotMatch(quoted.slice(1, -1), /\[\s*\d|[?？\n"]|https?:\/\/\S/);
        },
      ),
    );
    assert.equal(
      quote('{"name": "rm", "arguments": {}}', 100),
      '"(text that reads like a command to a program)"',
    );
  });

  it('finds by rare words, by what begins alike, and not by a name that nothing has', () => {
    const source = (id: string, text: string): Source => ({
      kind: 'memory',
      id,
      title: '',
      excerpt: text,
      workspace: null,
      at: 0,
      text,
      rests: [],
      private: false,
    });
    const sources = [
      source('a', 'The scheduler test is flaky'),
      source('b', 'Scheduling of jobs'),
      source('c', 'Tea is green'),
      source('d', 'The test of tea'),
    ];
    const ids = (question: string, names: string[] = []) =>
      matching(sources, tellingWords(question), { now: 0, names }).map((match) => match.source.id);
    assert.deepEqual(ids('flaky scheduler tests'), ['a', 'd'].slice(0, 1));
    assert.deepEqual(
      ids('schedulers'),
      ['a', 'b'].filter((id) => ids('schedulers').includes(id)),
    );
    assert.deepEqual(ids('Kubernetes tests', ['Kubernetes']), []);
    const spelling = [source('e', 'fix: capitalization of headings')];
    const found = (question: string) =>
      matching(spelling, tellingWords(question), { now: 0 }).map((match) => match.source.id);
    assert.deepEqual(found('what is the capital of france?'), []);
    assert.deepEqual(found('what about capitalization in general?'), ['e']);
    assert.deepEqual(ids(''), []);
  });
});
