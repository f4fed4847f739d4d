import assert from 'node:assert/strict';
import { editorStep, noEditor } from '../../../companion/sensors/editor-activity.ts';
import type { AdmittedSignal, RowDraft } from '../../../companion/sensors/records.ts';
import type { Heartbeat } from '../../../companion/sensors/spans.ts';
import { NOON } from './support.ts';

const GAP = 60_000;

/** `DistributiveOmit`, so that each kind keeps its own fields. */
type Untimed<S> = S extends { at: number } ? Omit<S, 'at'> : never;

function run(...signals: [seconds: number, signal: Untimed<AdmittedSignal>][]) {
  let state = noEditor;
  const beats: Heartbeat[] = [];
  const rows: RowDraft[] = [];
  for (const [seconds, signal] of signals) {
    const timed = { ...signal, at: NOON + seconds * 1000 } as AdmittedSignal;
    const result = editorStep(state, timed, 'main', GAP);
    state = result.state;
    beats.push(...result.beats);
    rows.push(...result.rows);
  }
  const seconds = (at: number) => (at - NOON) / 1000;
  return {
    state,
    beats: beats.map((b) => [b.file, seconds(b.at), b.edits, b.saves]),
    rows: rows.map((row) => [row.kind, row.file, row.n, seconds(row.at)]),
  };
}

const active = (file: string | null) => ({ kind: 'active', file }) as const;
const focus = (focused: boolean) => ({ kind: 'focus', focused }) as const;

describe('sensors: editor signals', () => {
  it('give each file the time that it was active', () => {
    const { beats, rows } = run([0, active('a')], [20, active('b')], [25, active('a')]);
    assert.deepEqual(rows, [
      ['switch', 'a', 20_000, 20],
      ['switch', 'b', 5_000, 25],
    ]);
    assert.deepEqual(beats.slice(0, 3), [
      ['a', 0, 0, 0],
      ['a', 20, 0, 0],
      ['b', 20, 0, 0],
    ]);
  });

  it('count a file as left one gap after its last sign of life', () => {
    const { rows } = run([0, active('a')], [30, { kind: 'save', file: 'a' }], [3600, active('b')]);
    assert.deepEqual(rows, [['switch', 'a', 90_000, 3600]]);
  });

  it('end the dwell where the window loses the focus, and begin another when it is back', () => {
    const { beats, rows } = run(
      [0, active('a')],
      [10, focus(false)],
      [3600, focus(true)],
      [3605, active('b')],
    );
    assert.deepEqual(beats, [
      ['a', 0, 0, 0],
      ['a', 10, 0, 0],
      ['a', 3600, 0, 0],
      ['a', 3605, 0, 0],
      ['b', 3605, 0, 0],
    ]);
    assert.deepEqual(rows, [
      ['focus', null, 0, 10],
      ['focus', null, 1, 3600],
      ['switch', 'a', 5_000, 3605],
    ]);
  });

  it('count typing and saves', () => {
    const { beats } = run(
      [0, active('a')],
      [1, { kind: 'typing', file: 'a', edits: 12 }],
      [2, { kind: 'save', file: 'a' }],
    );
    assert.deepEqual(beats.slice(1), [
      ['a', 1, 12, 0],
      ['a', 2, 0, 1],
    ]);
  });

  it('go elsewhere where the active file may not be recorded', () => {
    const { state, rows } = run([0, active('a')], [5, active(null)], [90, active('b')]);
    assert.deepEqual(rows, [['switch', 'a', 5_000, 5]]);
    assert.equal(state.active?.file, 'b');
  });

  it('record diagnostics, focus and debugging when they change only', () => {
    const two = { kind: 'diagnostics', errors: 2, warnings: 0 } as const;
    const { rows } = run(
      [0, two],
      [1, two],
      [2, { ...two, errors: 0 }],
      [3, focus(true)],
      [4, focus(true)],
      [5, { kind: 'debug', active: true }],
      [6, { kind: 'debug', active: true }],
      [7, { kind: 'debug', active: false }],
      [8, { kind: 'test', passed: false, name: 'secret feature' }],
      [9, { kind: 'prompt', open: true }],
    );
    assert.deepEqual(rows, [
      ['errors', null, 2, 0],
      ['warnings', null, 0, 0],
      ['errors', null, 0, 2],
      ['focus', null, 1, 3],
      ['debug', null, 1, 5],
      ['debug', null, 0, 7],
      ['test_failed', null, 1, 8],
    ]);
  });
});
