import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { Violations } from '../../../companion/monitoring/index.ts';

const inline = { directive: 'script-src-elem', blocked: 'inline', source: 'main.js', line: 1, times: 1 };

function made() {
  const clock = new VirtualClock(1000);
  const lines: Record<string, unknown>[] = [];
  const warn = (fields: Record<string, unknown>) => void lines.push(fields);
  const nothing = () => {};
  const logger = { debug: nothing, info: nothing, warn, error: nothing } as never;
  return { clock, lines, violations: new Violations({ clock, logger }) };
}

describe('what pages were kept from', () => {
  it('[W6] nothing blocked is no warning', () => {
    const { violations } = made();
    assert.deepEqual([violations.count, violations.health()], [0, []]);
    assert.equal(violations.check().result, 'ok');
  });

  it('[W6] counts, and tells the last until the end, in words that hide nothing', () => {
    const { violations } = made();
    violations.note(inline);
    violations.note({
      directive: 'img-src',
      blocked: 'https://a.example\u202e',
      source: null,
      line: null,
      times: 4,
    });
    assert.equal(violations.count, 5);
    const [note, ...more] = violations.health();
    assert.deepEqual([note?.subject, note?.level, note?.at, more], ['page', 'warning', 1000, []]);
    assert.match(note?.message ?? '', /5 times.*Last: https:\/\/a\.example‹U\+202E› against img-src\. Close/);
    assert.deepEqual(violations.check(), { name: 'page', result: 'warning', message: note?.message });
  });

  it('[W6] a flood is counted to the last and logged in ten lines a minute, with how many were left out', () => {
    const { clock, lines, violations } = made();
    for (let i = 0; i < 1000; i++) violations.note({ ...inline, times: 3 });
    assert.deepEqual([violations.count, lines.length], [3000, 10]);
    clock.advance(60_000);
    violations.note(inline);
    assert.equal(lines.length, 11);
    assert.deepEqual([lines[10]?.unlogged, lines[10]?.count], [2970, 3001]);
    violations.note(inline);
    assert.ok(!('unlogged' in (lines[11] ?? {})));
  });
});
