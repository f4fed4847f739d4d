import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { IGNORED_AFTER_MS, TapDesk } from '../../../extension/taps/tap-desk.ts';
import { NOW } from './samples.ts';

const tap = {
  id: 'tap_1',
  text: 'Tests are green and parser.ts is committed.',
  why: 'docs/grammar.md is untouched for 6 days.',
  actions: [
    { id: 'open', label: 'Open' },
    { id: 'later', label: 'Later' },
  ],
};

function setup(focused = true) {
  const clock = new VirtualClock(NOW);
  const shown: { text: string; labels: readonly string[]; press: (label?: string) => void }[] = [];
  const acted: string[] = [];
  const explained: { press: (label?: string) => void }[] = [];
  const desk = new TapDesk(
    {
      focused,
      show: (text, labels) => new Promise((press) => shown.push({ text, labels, press })),
      explain: () => new Promise((press) => explained.push({ press })),
      act: async (action) => void acted.push(action),
    },
    clock,
  );
  return { clock, desk, shown, acted, explained };
}

describe('a tap', () => {
  it('is shown with its reason, and the pressed action is done and told', async () => {
    const { desk, shown, acted } = setup();
    const answer = desk.show(tap);
    assert.equal(shown[0]?.text, `${tap.text} ${tap.why}`);
    assert.deepEqual(shown[0]?.labels, ['Open', 'Later', 'Why now?']);
    assert.equal(desk.waiting, 1);
    shown[0]?.press('Open');
    assert.deepEqual(await answer, { outcome: 'engaged', action: 'open' });
    assert.deepEqual(acted, ['open']);
    assert.equal(desk.waiting, 0);
  });

  it('tells why when it is asked, and can still be taken up; asking alone is no answer', async () => {
    const { desk, shown, acted, explained } = setup();
    const [first, second] = [desk.show(tap), desk.show(tap)];
    for (const { press } of shown) press('Why now?');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(acted, []);
    explained[0]?.press('Later');
    explained[1]?.press();
    assert.deepEqual(await first, { outcome: 'engaged', action: 'later' });
    assert.deepEqual(await second, { outcome: 'ignored', action: 'why' });
    assert.deepEqual(acted, ['later']);
  });

  it('that was closed is dismissed', async () => {
    const { desk, shown, acted } = setup();
    const answer = desk.show(tap);
    shown[0]?.press();
    assert.deepEqual(await answer, { outcome: 'dismissed', action: null });
    assert.deepEqual(acted, []);
  });

  it('that nobody answers is ignored, and still works when it is found later', async () => {
    const { clock, desk, shown, acted } = setup();
    const answer = desk.show(tap);
    clock.advance(IGNORED_AFTER_MS);
    assert.deepEqual(await answer, { outcome: 'ignored', action: null });
    assert.equal(desk.waiting, 0);
    shown[0]?.press('Open');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(acted, ['open']);
    assert.equal(desk.waiting, 0);
  });

  it('is declined by a window that does not have the focus', async () => {
    const { desk, shown } = setup(false);
    await assert.rejects(desk.show(tap), /focus/);
    assert.equal(shown.length, 0);
  });
});
