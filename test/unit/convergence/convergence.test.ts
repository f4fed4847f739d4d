import assert from 'node:assert/strict';
import { Convergence, type HeritageNow, type HeritagePort } from '../../../companion/convergence/index.ts';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { heritageFiles } from '../../../companion/protocol/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const START = Date.UTC(2026, 4, 4, 9);

describe('onboarding, kept', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  let clock: VirtualClock;
  let heritage: HeritageNow;
  let told: { file: string; reason: string }[];
  let port: HeritagePort;
  const open = () => new Convergence({ mind: store.mind, clock, heritage: port });

  beforeEach(async () => {
    folder = temporaryFolder();
    clock = new VirtualClock(START);
    store = await openStore(folder.path, { clock });
    heritage = {
      core: heritageFiles.core.parse({ version: 1 }),
      preferences: heritageFiles.preferences.parse({ version: 1 }),
    };
    told = [];
    port = {
      get current() {
        return heritage;
      },
      change(file, patch, { reason }) {
        heritage = { ...heritage, [file]: { ...heritage[file], ...patch } };
        told.push({ file, reason });
      },
    };
  });
  afterEach(() => {
    store.close();
    folder[Symbol.dispose]();
  });

  const events = () =>
    store.mind
      .events(0, 1000)
      .map(({ type, subject, data }) => ({ type, subject, data }))
      .filter(({ type }) => !type.startsWith('store.'));

  it('[S8] goes on where it was left, in another process too', () => {
    const first = open();
    assert.deepEqual([first.get().stage, first.get().next], ['new', 'flow']);
    first.answer({ question: 'flow', answer: { flow: 'silence', killers: 'chat, calls' }, form: 'short' });
    first.skip({ question: 'hardLines' });
    const later = open().get();
    assert.deepEqual([later.stage, later.next, later.questions.length], ['asking', 'overwhelm', 8]);
    assert.deepEqual(later.questions[0]?.answer, { flow: 'silence', killers: 'chat\ncalls' });
    assert.deepEqual(later.questions[1]?.status, 'skipped');
  });

  it('[S8] shows what was understood, takes corrections, and tells heritage once', async () => {
    const room = open();
    room.answer({ question: 'values', answer: { values: 'kind, fast' } });
    room.answer({ question: 'overwhelm', answer: { overwhelm: 'space' } });
    room.answer({ question: 'worthInterrupting', answer: { worthInterrupting: 'red main' } });
    room.correct({ question: 'values', part: 'values', text: 'honest; kind; fast' });
    const { mirror } = room.get();
    assert.deepEqual(
      mirror.map(({ question, text }) => [question, text]),
      [
        ['overwhelm', 'Space: show me less'],
        ['values', 'honest; kind; fast'],
        ['worthInterrupting', 'red main'],
      ],
    );
    // A line is corrected as it stands.
    for (const line of mirror) room.correct({ question: line.question, part: line.part, text: line.text });
    assert.deepEqual(room.get().mirror, mirror);
    const { convergence, wrote } = room.finish();
    assert.deepEqual(
      [convergence.stage, convergence.finishedAt, wrote],
      ['finished', START, ['core', 'preferences']],
    );
    assert.deepEqual(heritage.core.values, ['honest', 'kind', 'fast']);
    assert.deepEqual(heritage.preferences.more, { worthInterrupting: 'red main' });
    assert.deepEqual(room.finish().wrote, []);
    assert.equal(told.length, 2);
    assert.match(told[0]?.reason ?? '', /^Onboarding: .*values/);
    assert.ok(told.every(({ reason }) => !/honest|red main/.test(reason)));
  });

  it('[S8] one action skips the rest for good, and what was answered stays', async () => {
    const room = open();
    room.answer({ question: 'standard', answer: { standard: 'done' } });
    const { stage, next, mirror } = room.skip({ all: true });
    assert.deepEqual([stage, next, mirror.length], ['skipped', null, 1]);
    assert.equal(open().get().stage, 'skipped');
    room.finish();
    assert.equal(heritage.preferences.standard, 'done');
  });

  it('[S8] each answer can be redone by itself, and only it is told anew', async () => {
    const room = open();
    room.answer({ question: 'standard', answer: { standard: 'done' } });
    room.answer({ question: 'peakHours', answer: { peakHours: '9-12' } });
    room.finish();
    clock.advance(1000);
    assert.equal(room.answer({ question: 'peakHours', answer: { peakHours: '20-22' } }).stage, 'mirror');
    heritage = { ...heritage, preferences: { ...heritage.preferences, standard: 'perfect' } };
    const { convergence } = room.finish();
    assert.deepEqual(heritage.preferences.peakHours, [{ from: '20:00', until: '22:00' }]);
    assert.equal(heritage.preferences.standard, 'perfect');
    assert.equal(convergence.finishedAt, START + 1000);
  });

  it('[S8] tells events without a word of the answers, and of nothing but onboarding: no trust comes of it', async () => {
    const room = open();
    room.answer({ question: 'rememberedBy', answer: { rememberedBy: 'a secret' } });
    room.skip({ question: 'flow' });
    room.skip({ all: true });
    room.finish();
    assert.deepEqual(events(), [
      { type: 'convergence.answered', subject: 'rememberedBy', data: {} },
      { type: 'convergence.skipped', subject: 'flow', data: {} },
      { type: 'convergence.skipped', subject: 'all', data: { questions: 6 } },
      { type: 'convergence.finished', subject: 'short', data: { answered: 1, skipped: 7, files: 1 } },
    ]);
    assert.deepEqual(
      store.mind.read((reader) => reader.all('SELECT * FROM limbic_moves')),
      [],
    );
  });

  it('[S8] refuses unknown questions and parts, and keeps what was there', () => {
    const room = open();
    assert.throws(() => room.answer({ question: 'age', answer: { age: '7' } }), { code: 'not_found' });
    assert.throws(() => room.answer({ question: 'flow', answer: { loud: 'x' } }), { code: 'not_found' });
    assert.throws(() => room.skip({ question: 'age' }), { code: 'not_found' });
    assert.throws(() => room.answer({ question: 'standard', answer: { standard: 'both' } }), {
      code: 'bad_input',
    });
    assert.equal(room.get().stage, 'new');
    assert.deepEqual(events(), []);
  });

  it('[S8] is under way while somebody answers, and not for ever where they leave', () => {
    const room = open();
    assert.equal(room.underWay, false);
    room.answer({ question: 'standard', answer: { standard: 'done' } });
    assert.equal(room.underWay, true);
    clock.advance(15 * 60_000);
    assert.equal(room.underWay, false);
    room.skip({ question: 'flow' });
    assert.equal(room.underWay, true);
    room.skip({ all: true });
    assert.equal(room.underWay, false);
  });

  it('[S8] where heritage refuses, nothing counts as told', async () => {
    const room = open();
    room.answer({ question: 'standard', answer: { standard: 'done' } });
    room.skip({ all: true });
    const telling = port.change;
    port.change = () => {
      throw new Error('the disk is full');
    };
    assert.throws(() => room.finish(), /the disk is full/);
    assert.deepEqual([room.get().stage, room.get().finishedAt], ['skipped', null]);
    port.change = telling;
    assert.deepEqual(room.finish().wrote, ['preferences']);
  });
});
