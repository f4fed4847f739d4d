import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import type { WheelRun } from '../../../companion/protocol/index.ts';
import { RunDesk, WAITING_SHOWN_MS } from '../../../extension/wheel/run-desk.ts';
import { SEEN_MS, Sight } from '../../../extension/wheel/sight.ts';
import { NOW } from './samples.ts';
import { aRun } from './wheel-samples.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function setup(known = new Set<string>()) {
  const clock = new VirtualClock(NOW);
  const live: { text: string; open: boolean; cancel: () => void }[] = [];
  const said: { text: string; buttons: readonly string[]; open: boolean; press: (label?: string) => void }[] =
    [];
  const acted: string[] = [];
  const onPage = new Set<string>();
  const desk = new RunDesk(
    {
      progress(cancel) {
        const one = { text: '', open: true, cancel };
        live.push(one);
        return {
          report: (text) => {
            one.text = text;
          },
          close: () => {
            one.open = false;
          },
        };
      },
      message: (_level, text, buttons) =>
        new Promise((resolve) => {
          const one = {
            text,
            buttons,
            open: true,
            press: (label?: string) => {
              one.open = false;
              resolve(label);
            },
          };
          said.push(one);
        }),
      act: (button, { status }) => void acted.push(`${button} ${status}`),
      cancel: ({ status }) => void acted.push(`cancel ${status}`),
      onPage: ({ id }) => onPage.has(id),
      besides: async () => '',
    },
    clock,
    known,
  );
  const open = () => live.filter((one) => one.open).length + said.filter((one) => one.open).length;
  return { clock, desk, live, said, acted, open, known, onPage };
}

const counting = (endsAt: number): Partial<WheelRun> => ({
  status: 'counting',
  countdown: { consent: 'click', remainingMs: 5000, endsAt },
});

describe('notifications of runs', () => {
  it('[A5] are one for each run, that goes with it and counts down by itself', async () => {
    const { desk, clock, live, said, open } = setup();
    for (const status of ['planning', 'previewed'] as const) {
      desk.show([aRun({ status })]);
      assert.equal(open(), 1);
    }
    desk.show([aRun(counting(NOW + 5000))]);
    assert.match(live[0]?.text ?? '', /^Starts in 5 s/);
    clock.advance(3000);
    assert.match(live[0]?.text ?? '', /^Starts in 2 s/);
    for (const status of ['acting', 'verifying'] as const) desk.show([aRun({ status })]);
    assert.equal(live.length, 1);
    desk.show([aRun({ status: 'done' })]);
    await settle();
    assert.deepEqual([live[0]?.open, said.length, open()], [false, 1, 1]);
  });

  it('[A8] do not lie over the page of a run that waits, and come when one leaves it', () => {
    const { desk, clock, live, onPage, open } = setup();
    desk.show([aRun({ status: 'planning' })]);
    onPage.add('run_1');
    desk.show([aRun()]);
    assert.equal(open(), 0);
    clock.advance(2 * WAITING_SHOWN_MS);
    onPage.delete('run_1');
    desk.show([aRun()]);
    assert.match(live.at(-1)?.text ?? '', /^Waits for your yes/);
    assert.equal(open(), 1);
    // The countdown is mirrored wherever one looks.
    onPage.add('run_1');
    desk.show([aRun(counting(clock.now() + 5000))]);
    assert.equal(open(), 1);
  });

  it('[A5] give their Cancel to the run as it stands, once', () => {
    const { desk, live, acted } = setup();
    desk.show([aRun(counting(NOW + 5000))]);
    live[0]?.cancel();
    assert.deepEqual(acted, ['cancel counting']);
    desk.show([aRun({ status: 'vetoed' })]);
    live[0]?.cancel();
    assert.deepEqual(acted, ['cancel counting']);
  });

  it('[A8] say each end once, also after a reload of the window', async () => {
    const known = new Set<string>();
    const first = setup(known);
    first.desk.show([aRun({ status: 'done' })]);
    await settle();
    // Left alone, it is said again after a reload: nobody has answered it.
    const second = setup(known);
    second.desk.show([aRun({ status: 'done' })]);
    await settle();
    assert.equal(second.said.length, 1);
    second.said[0]?.press('Keep');
    await settle();
    assert.deepEqual(second.acted, ['Keep done']);
    const third = setup(known);
    third.desk.show([aRun({ status: 'done' })]);
    await settle();
    assert.equal(third.said.length, 0);
  });

  it('[A8] put no second one beside one that is open, and say what came meanwhile once it is closed', async () => {
    const { desk, said, open } = setup();
    desk.show([aRun({ status: 'done' })]);
    await settle();
    desk.show([aRun({ status: 'undone', conflicts: [{ path: 'a', why: 'yours' }] })]);
    await settle();
    assert.equal(open(), 1);
    said[0]?.press(undefined);
    await settle();
    assert.match(said[1]?.text ?? '', /^Undone\. 1 file was left/);
  });

  it('leave a preview that waits to the pulse after half a minute', () => {
    const { desk, clock, live, open } = setup();
    desk.show([aRun({ status: 'previewed' })]);
    clock.advance(WAITING_SHOWN_MS - 1000);
    assert.equal(open(), 1);
    clock.advance(2000);
    assert.equal(open(), 0);
    desk.show([aRun(counting(clock.now() + 5000))]);
    assert.deepEqual([open(), live.length], [1, 2]);
  });

  it('say nothing of what ended long ago, and let go of runs that nobody can tell of any more', async () => {
    const { desk, live, said, open } = setup();
    desk.show([aRun({ status: 'rolled_back', changedAt: NOW - 3_600_000 })]);
    await settle();
    assert.equal(said.length, 0);
    desk.show([aRun(counting(NOW + 5000))]);
    desk.show([]);
    assert.deepEqual([open(), live[0]?.open], [0, false]);
  });
});

function sightSetup() {
  const clock = new VirtualClock(NOW);
  const told: (readonly [number, string, boolean])[] = [];
  let seen: { run: string; digest: string } | null = null;
  const sight = new Sight({
    clock,
    inSight: () => seen,
    tell: (run, digest, visible) => told.push([clock.now() - NOW, `${run} ${digest}`, visible]),
  });
  const see = (one: typeof seen) => {
    seen = one;
    sight.look();
  };
  return { clock, told, sight, see, hide: () => (seen = null) };
}
const silent = aRun({
  status: 'counting',
  countdown: { consent: 'silence', remainingMs: 30_000, endsAt: null },
});
const here = { run: 'run_1', digest: 'digest_1' };

describe('sight of a countdown', () => {
  it('[A5] is vouched for at once and every second, and ended at once when it is hidden', () => {
    const { clock, told, sight, see } = sightSetup();
    sight.show([silent]);
    assert.deepEqual(told, []);
    see(here);
    clock.advance(2 * SEEN_MS + 400);
    see(null);
    clock.advance(10_000);
    const words = 'run_1 digest_1';
    assert.deepEqual(told, [
      [0, words, true],
      [1000, words, true],
      [2000, words, true],
      [2400, words, false],
    ]);
  });

  it('[A5] ends with the next second even where nothing told that it is hidden', () => {
    const { clock, told, sight, see, hide } = sightSetup();
    sight.show([silent]);
    see(here);
    hide();
    clock.advance(5000);
    assert.deepEqual(
      told.map(([at, , visible]) => [at, visible]),
      [
        [0, true],
        [1000, false],
      ],
    );
  });

  it('[A5] is vouched for only where silence is consent, for that run and that preview', () => {
    const { told, sight, see } = sightSetup();
    for (const run of [
      aRun(counting(NOW + 5000)),
      aRun({ status: 'previewed' }),
      { ...silent, digest: 'digest_2' },
      { ...silent, id: 'run_2' },
      { ...silent, status: 'acting' as const },
    ]) {
      sight.show([run]);
      see(here);
      see(null);
    }
    assert.deepEqual(told, []);
  });

  it('[A5] ends when the window is closed', () => {
    const { told, sight, see } = sightSetup();
    sight.show([silent]);
    see(here);
    sight.dispose();
    assert.deepEqual(told.at(-1), [0, 'run_1 digest_1', false]);
  });
});
