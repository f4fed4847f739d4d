import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import type { EditorSignal } from '../../../companion/protocol/index.ts';
import { SignalReporter } from '../../../extension/sensing/signal-reporter.ts';
import { NOW } from './samples.ts';

function setup() {
  const clock = new VirtualClock(NOW);
  const sent: { at: number; workspace: string; signals: EditorSignal[] }[] = [];
  const state = { open: true };
  const reporter = new SignalReporter({
    clock,
    open: () => state.open,
    send: async (workspace, signals) => {
      sent.push({ at: clock.now() - NOW, workspace, signals });
      throw new Error('refused, which must not matter');
    },
  });
  return { clock, sent, state, reporter };
}

describe('the signal reporter', () => {
  it('reports at most once a second and workspace, with the time of each signal', () => {
    const { clock, sent, reporter } = setup();
    for (let i = 0; i < 25; i++) {
      reporter.add('/a', { kind: 'save', file: `f${i}.ts` });
      clock.advance(100);
    }
    clock.advance(1000);
    const gaps = sent.slice(1).map(({ at }, i) => at - (sent[i]?.at ?? 0));
    assert.ok(sent.length <= 4 && gaps.every((gap) => gap >= 1000), JSON.stringify(gaps));
    const signals = sent.flatMap((report) => report.signals);
    assert.equal(signals.length, 25);
    assert.deepEqual(signals[1], { kind: 'save', file: 'f1.ts', at: NOW + 100 });
  });

  it('counts edits of a file and tells them every two seconds', () => {
    const { clock, sent, reporter } = setup();
    for (let i = 0; i < 10; i++) reporter.typed('/a', 'a.ts', 2);
    reporter.typed('/a', 'b.ts', 1);
    clock.advance(1999);
    assert.equal(sent.length, 0);
    clock.advance(1001);
    assert.deepEqual(
      sent[0]?.signals.map((signal) => [
        signal.kind,
        'file' in signal && signal.file,
        'edits' in signal && signal.edits,
      ]),
      [
        ['typing', 'a.ts', 20],
        ['typing', 'b.ts', 1],
      ],
    );
  });

  it('drops, never queues, while nothing may be told', () => {
    const { clock, sent, state, reporter } = setup();
    reporter.add('/a', { kind: 'focus', focused: true });
    state.open = false;
    clock.advance(5000);
    reporter.add('/a', { kind: 'focus', focused: false });
    reporter.typed('/a', 'a.ts', 1);
    clock.advance(5000);
    state.open = true;
    clock.advance(60_000);
    assert.deepEqual(sent, []);
  });

  it('never holds more than a bounded batch', () => {
    const { clock, sent, reporter } = setup();
    for (let i = 0; i < 5000; i++) reporter.add('/a', { kind: 'save', file: 'a.ts' });
    clock.advance(1000);
    assert.equal(sent[0]?.signals.length, 200);
  });

  it('has no timer left after it was disposed', () => {
    const { clock, sent, reporter } = setup();
    reporter.add('/a', { kind: 'focus', focused: true });
    reporter.typed('/a', 'a.ts', 1);
    reporter.dispose();
    clock.advance(10_000);
    assert.deepEqual(sent, []);
  });
});
