import assert from 'node:assert/strict';
import { VirtualClock } from '../../../../companion/kernel/index.ts';
import type { Violation } from '../../../../companion/protocol/index.ts';
import { violation } from '../../../../companion/protocol/index.ts';
import { ViolationReporter } from '../../../../webviews/data/violation-reporter.ts';
import { type Blocked, violationOf } from '../../../../webviews/model/violation.ts';

const blocked = (change: Partial<Blocked> = {}): Blocked => ({
  effectiveDirective: 'script-src-elem',
  blockedURI: 'inline',
  sourceFile: 'http://127.0.0.1:4000/ui/main.js?x=1',
  lineNumber: 3,
  ...change,
});

describe('what is told of a violation', () => {
  it('[W6] the origin or the scheme, never a path; the name of the file, never its address', () => {
    const of = (blockedURI: string) => violationOf(blocked({ blockedURI }))?.blocked;
    assert.equal(of('https://a.example:8443/stolen?what=secret#x'), 'https://a.example:8443');
    assert.equal(of('data:text/html,secret'), 'data:');
    assert.equal(of('data'), 'data');
    assert.equal(of('eval'), 'eval');
    assert.equal(of('blob:http://127.0.0.1/0c1'), 'http://127.0.0.1');
    assert.equal(violationOf(blocked())?.source, 'main.js');
    assert.equal(violationOf(blocked({ sourceFile: '' }))?.source, null);
    assert.equal(violationOf(blocked({ lineNumber: 0 }))?.line, null);
  });

  it('[W6] what a browser extension tries is none of ours', () => {
    assert.equal(violationOf(blocked({ sourceFile: 'chrome-extension://abc/x.js' })), null);
    assert.equal(violationOf(blocked({ blockedURI: 'moz-extension' })), null);
  });

  it('[W6] whatever the platform says, it fits the contract', () => {
    for (const text of ['', 'x'.repeat(5000), 'https://', '\u0000\u202e', 'http://[', 'a:b:c', '///'])
      for (const lineNumber of [-1, 0, 1.5, Number.NaN, 1e12, 7]) {
        const told = violationOf({
          effectiveDirective: text,
          blockedURI: text,
          sourceFile: text,
          lineNumber,
        });
        assert.ok(told && violation.safeParse({ ...told, times: 1 }).success, JSON.stringify(told));
      }
  });
});

describe('telling of violations', () => {
  const made = (up = true) => {
    const clock = new VirtualClock(0);
    const told: Violation[] = [];
    const state = { up };
    const reporter = new ViolationReporter({
      clock,
      tell(one) {
        if (!state.up) return Promise.reject(new Error('away'));
        told.push(one);
        return Promise.resolve();
      },
    });
    const pass = async (ms: number) => {
      for (let gone = 0; gone < ms; gone += 1000) {
        await new Promise(setImmediate);
        clock.advance(1000);
        await new Promise(setImmediate);
      }
    };
    return { told, state, reporter, pass };
  };
  const sum = (told: readonly Violation[]) => told.reduce((total, { times }) => total + times, 0);

  it('[W6] a flood is one call a second, and none of it is lost', async () => {
    const { told, reporter, pass } = made();
    for (let i = 0; i < 5000; i++) reporter.note(blocked());
    assert.deepEqual([told.length, sum(told)], [1, 1]);
    await pass(3000);
    assert.deepEqual([told.length, sum(told)], [2, 5000]);
  });

  it('[W6] what differs is told apart, thirty sorts at most; the sum stays true', async () => {
    const { told, reporter, pass } = made();
    for (let i = 1; i <= 100; i++) reporter.note(blocked({ lineNumber: i }));
    await pass(120_000);
    assert.deepEqual([told.length, sum(told)], [31, 100]);
  });

  it('[W6] what cannot be told waits for the connection', async () => {
    const { told, state, reporter, pass } = made(false);
    reporter.note(blocked());
    reporter.note(blocked());
    await pass(5000);
    assert.deepEqual(told, []);
    state.up = true;
    reporter.flush();
    await pass(2000);
    assert.equal(sum(told), 2);
  });
});
