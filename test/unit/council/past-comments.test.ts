import assert from 'node:assert/strict';
import { keyOf, parseComments } from '../../bench/support/council/comments.ts';
import { fatesOf } from '../../bench/support/council/fates.ts';
import { type Observation, readObservations } from '../../bench/support/council/observations.ts';
import { ratesOf } from '../../bench/support/council/past-fates.ts';
import { BO, makeRepository } from '../../fixtures/repository.ts';

const DAY = 24 * 60 * 60 * 1000;
/** The head; snapshots are taken 365 days apart before it. */
const HEAD = Date.UTC(2026, 0, 5, 9);
const daysBefore = (days: number) => ({ at: HEAD - days * DAY });

const filler = (n: number, word = 'line') =>
  Array.from({ length: n }, (_, i) => `const ${word}${i} = ${i};`).join('\n');
const file = (...comments: string[]) => `${comments.map((text) => `// ${text}\n${filler(4)}`).join('\n')}\n`;

describe('bench council/comments of the past', () => {
  let observations: Observation[];
  const at = (days: number, text: string) => {
    const found = observations.filter((one) => one.at === HEAD - days * DAY && one.text.includes(text));
    assert.equal(found.length, 1, `${text}, ${days} days before: ${found.length}`);
    return found[0]!;
  };

  before(async () => {
    await using repository = await makeRepository();
    const first = file(
      'TODO: stays for ever',
      'TODO: goes in the second year',
      'FIXME: goes in the last year',
    );
    repository.commit(
      { 'src/a.js': first, 'src/gone.js': `// TODO: dies with its file\n${filler(6, 'lost')}\n` },
      daysBefore(900),
    );
    repository.commit(
      { 'src/b.js': file('TODO: change the words of this') },
      { ...daysBefore(880), author: BO },
    );
    repository.commit(
      { 'src/c.js': `${filler(40, 'kept')}\n// TODO: travels with its file\n` },
      daysBefore(870),
    );
    repository.commit({ 'src/d.js': file('TODO: walks over to another file') }, daysBefore(860));
    repository.commit({ 'node_modules/x/x.js': file('TODO: of somebody else') }, daysBefore(855));
    // One year and a half before: between the snapshots of 730 and 365 days.
    const second = file('TODO: stays for ever', 'FIXME: goes in the last year', 'TODO: born in between');
    repository.commit({ 'src/a.js': second }, daysBefore(500));
    repository.run('rm', '-q', 'src/gone.js');
    repository.run('mv', 'src/c.js', 'src/renamed.js');
    repository.commit(
      { 'src/b.js': file('TODO: change the words of that') },
      { ...daysBefore(450), author: BO },
    );
    repository.commit(
      { 'src/d.js': filler(4), 'src/e.js': file('TODO: walks over to another file') },
      daysBefore(430),
    );
    // Written before the snapshot of 365 days, merged after it: not known then.
    repository.branch('side');
    repository.commit({ 'src/a.js': `${second}// side\n` }, daysBefore(400));
    repository.checkout('main');
    repository.commit({ 'README.md': 'x' }, daysBefore(380));
    repository.run('merge', '-q', '--no-ff', 'side', '-m', 'merge');
    repository.commit({ 'src/z.js': filler(3, 'zed') }, daysBefore(370));
    repository.run('reset', '-q', '--hard', 'HEAD');
    repository.commit({ 'src/a.js': file('TODO: stays for ever') }, daysBefore(100));
    repository.commit({ 'README.md': 'y' }, daysBefore(0));
    observations = await readObservations(repository.root);
  });

  it('[C5] knows what became of each within a year', () => {
    assert.equal(at(730, 'stays for ever').fate, 'open');
    assert.equal(at(365, 'stays for ever').fate, 'open');
    assert.equal(at(730, 'goes in the second year').fate, 'done');
    assert.equal(at(730, 'goes in the last year').fate, 'open');
    assert.equal(at(365, 'goes in the last year').fate, 'done');
    assert.equal(at(365, 'born in between').fate, 'done');
    assert.equal(at(730, 'travels with its file').fate, 'open');
    assert.equal(at(730, 'change the words of this').fate, 'reworded');
    assert.equal(at(730, 'walks over').fate, 'moved');
  });

  it('[C5] leaves out what died with its file and what is not the project’s own', () => {
    assert.deepEqual(
      observations.filter(({ text }) => /dies with|somebody else/.test(text)),
      [],
    );
  });

  it('follows one comment through its snapshots, renames and rewordings', () => {
    assert.equal(at(730, 'stays for ever').comment, at(365, 'stays for ever').comment);
    assert.equal(at(730, 'travels with').comment, at(365, 'travels with').comment);
    assert.match(at(365, 'travels with').where, /^src\/renamed\.js:/);
    assert.equal(at(730, 'change the words of this').comment, at(365, 'change the words of that').comment);
    assert.notEqual(at(365, 'born in between').comment, at(365, 'stays for ever').comment);
  });

  it('[C5] measures what was known at the date and nothing later', () => {
    const early = at(730, 'stays for ever').measures;
    assert.equal(Math.round(early.ageDays!), 170);
    assert.equal(Math.round(early.idleDays!), 170);
    assert.equal(early.changes365, 1);
    assert.equal(early.changesSince, 0);
    assert.equal(early.siblings, 2);
    assert.equal(early.bornWith, 3);
    assert.equal(early.doneHere, null);
    // Ana's newest commit by then was made 855 days before the head.
    assert.equal(Math.round(early.authorIdleDays!), 125);
    const late = at(365, 'stays for ever').measures;
    assert.equal(Math.round(late.ageDays!), 535);
    assert.equal(late.broken, 0);
    assert.equal(at(365, 'goes in the last year').measures.broken, 1);
    assert.equal(at(365, 'change the words of that').measures.changes365, 1);
    assert.equal(at(365, 'change the words of that').measures.hands365, 1);
  });

  it('counts a change under the name that the file had then', () => {
    assert.equal(Math.round(at(365, 'travels with').measures.fileAgeDays!), 505);
  });
});

describe('bench council/fates', () => {
  const none = { renamed: new Map(), deleted: new Set<string>() };
  const comment = (path: string, line: number, text: string) => ({
    ...{ path, line, marker: 'TODO' as const, text },
    key: keyOf(text),
  });

  it('two alike in one file: one gone is one done', () => {
    const before = [comment('a.js', 1, 'TODO: same'), comment('a.js', 9, 'TODO: same')];
    const fates = fatesOf(before, [comment('a.js', 5, 'TODO: same')], none);
    assert.deepEqual(
      fates.map(({ kind }) => kind),
      ['open', 'done'],
    );
  });

  it('an owner, a case or a stop more is the same comment', () => {
    const [fate] = fatesOf(
      [comment('a.js', 1, 'TODO: Do it')],
      [comment('a.js', 1, 'TODO(ana) do it.')],
      none,
    );
    assert.equal(fate!.kind, 'open');
  });

  it('the same words elsewhere are no move where they stood there before', () => {
    const here = comment('a.js', 1, 'TODO: a sentence of many letters');
    const there = comment('b.js', 1, 'TODO: a sentence of many letters');
    assert.equal(fatesOf([here], [there], none)[0]!.kind, 'moved');
    assert.deepEqual(
      fatesOf([here, there], [there], none).map(({ kind }) => kind),
      ['done', 'open'],
    );
  });

  it('reads only comments, of the two markers', () => {
    const row = (path: string, text: string) => `abc:${path}\0${3}\0${text}\n`;
    const output = [
      row('a.js', '  // TODO: one'),
      row('a.js', 'const TODO = 1;'),
      row('a.js', '// HACK: TODO-list'),
      row('vendor/a.js', '// TODO: two'),
      row('a.py', '# FIXME three'),
    ].join('');
    assert.deepEqual(
      parseComments(output, 'abc').map(({ path, line, marker, key }) => [path, line, marker, key]),
      [
        ['a.js', 3, 'TODO', 'one'],
        ['a.py', 3, 'FIXME', 'three'],
      ],
    );
  });
});

describe('bench council/rates of the past', () => {
  const fates = (n: number, done: number, of: { path?: string; author?: string; snapshot?: number } = {}) =>
    Array.from({ length: n }, (_, i) => ({
      ...{ path: 'src/a.js', author: 'ana', ageDays: 100, snapshot: 0, done: i < done },
      ...of,
    }));

  it('says nothing where too few are known', () => {
    assert.equal(ratesOf(fates(9, 3), { path: 'src/a.js', author: 'ana', ageDays: 1 }).doneHere, null);
  });

  it('draws a part towards the whole', () => {
    const past = [...fates(10, 5), ...fates(10, 0, { author: 'bo', path: 'lib/b.js', snapshot: 1 })];
    const rates = ratesOf(past, { path: 'lib/c.js', author: 'cy', ageDays: 900 });
    assert.equal(rates.doneHere, 0.25);
    assert.equal(rates.doneByAuthor, 0.25);
    assert.equal(rates.doneAtAge, 0.25);
    assert.equal(rates.doneInFolder, 1.25 / 15);
    assert.equal(rates.doneLately, 1.25 / 15);
  });
});
