import assert from 'node:assert/strict';
import { stepWords } from '../../../companion/agency/step-words.ts';
import { failedIn, passedIn, verifiedWords } from '../../../companion/agency/verified-words.ts';
import { argvWords } from '../../../companion/protocol/wheel-words.ts';

describe('words of a run', () => {
  it('how many tests passed is read from what runners say', () => {
    const said: [string, number | null][] = [
      ['  212 passing (31s)\n  1 pending', 212],
      ['Tests:       3 skipped, 40 passed, 43 total', 40],
      ['\x1b[32m      Tests  12 passed (12)\x1b[39m', 12],
      ['==== 7 passed, 1 warning in 0.12s ====', 7],
      ['# tests 9\n# pass 8\n# fail 1', 8],
      ['ℹ pass 5', 5],
      ['test result: ok. 3 passed; 0 failed\n\ntest result: ok. 4 passed; 0 failed', 7],
      ['everything is fine', null],
    ];
    for (const [output, passed] of said) assert.equal(passedIn(output), passed, output);
  });

  it('a verification that failed shows its last lines, one that was ended says why', () => {
    const program = { argv: ['npm', 'test'], folder: '' };
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n');
    const failed = verifiedWords(program, { code: 2, ended: 'exit', output: lines, ms: 31_400, killed: 0 });
    assert.match(failed, /^npm test failed with code 2 after 31 s:\nline 25\n/);
    assert.match(failed, /line 39$/);
    const tap = ['TAP version 13', 'ok 1 - parses', 'not ok 2 - names the digest', '  ---'];
    const trace = [
      "  location: 'test/a.js:6:1'",
      "  error: 'another digest'",
      '    Test.run (node:internal/test_runner/test:5:1)',
      '1..2',
      '# fail 1',
    ];
    const named = verifiedWords(program, {
      ...{ code: 1, ended: 'exit', ms: 900, killed: 0 },
      output: [...tap, ...trace].join('\n'),
    });
    assert.equal(
      named,
      "npm test failed with code 1 after 0.9 s in 1 test: names the digest:\nnot ok 2 - names the digest\n  location: 'test/a.js:6:1'\n  error: 'another digest'",
    );
    const ended = verifiedWords(program, {
      code: null,
      ended: 'timeout',
      output: '',
      ms: 900_000,
      killed: 3,
    });
    assert.match(ended, /^npm test took too long and was ended \(`wheel\.commandMinutes`\) after 900 s$/);
  });

  it('which tests failed is read from what runners say', () => {
    const said: [string, string[]][] = [
      ['not ok 1 - a\nnot ok 2 - b # TODO later\nok 3 - c', ['a']],
      ['✖ a (1.2ms)\n✔ b (1ms)\n✖ failing tests:\n\n✖ a (1.2ms)', ['a']],
      ['  1 passing\n  1 failing\n\n  1) a\n       b:', ['a']],
      ['  ● a › b\n', ['a › b']],
      ['FAILED tests/test_a.py::test_b - assert 1', ['tests/test_a.py::test_b']],
      ['--- FAIL: TestA (0.00s)', ['TestA']],
      ['test a::b ... FAILED', ['a::b']],
      ['everything is fine', []],
    ];
    for (const [output, names] of said) assert.deepEqual(failedIn(output), names, output);
  });

  it('steps and commands in words; an odd argument is quoted, a long one clipped', () => {
    assert.equal(argvWords(['eslint', '--fix', 'a b']), 'eslint --fix "a b"');
    const step = { tool: 'command', argv: ['eslint', '--fix'], folder: 'src', purpose: '' } as const;
    assert.equal(stepWords({ ...step, argv: [...step.argv] }), 'Runs eslint --fix in src');
    assert.equal(
      stepWords({ ...step, argv: ['x'.repeat(500)] }).length,
      'Runs '.length + 120 + ' in src'.length,
    );
  });
});
