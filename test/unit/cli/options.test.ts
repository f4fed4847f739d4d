import assert from 'node:assert/strict';
import { readArguments, refuseStrayWords, UsageError, wholeNumber } from '../../../companion/cli/options.ts';

const typed = (...args: string[]) => readArguments(args, { limit: { type: 'string' } });
const usage = (words: RegExp) => (error: unknown) => error instanceof UsageError && words.test(error.message);

describe('cli/options', () => {
  it('a number within its bounds, or what it is where nothing was said', () => {
    assert.equal(wholeNumber(typed(), 'limit', { otherwise: 20 }), 20);
    assert.equal(wholeNumber(typed('--limit', '7'), 'limit', { otherwise: 20 }), 7);
    for (const wrong of ['0', '1001', '1.5', 'many', '', ' ', '-1'])
      assert.throws(
        () => wholeNumber(typed(`--limit=${wrong}`), 'limit', { otherwise: 20 }),
        usage(/^--limit: expected a number from 1 to 1000; received "/),
        wrong,
      );
  });

  it('refuses an option that a command has not', () => {
    assert.throws(() => typed('--port', '1'), usage(/Unknown option '--port'/));
  });

  it('refuses words where none are expected, and says what is', () => {
    for (const bare of ['jobs [--limit N] [--cancel JOB]', 'start [--once] [--demo [--fresh]]', 'status'])
      assert.throws(
        () => refuseStrayWords(bare, typed('cancel', 'it')),
        usage(/expected no words; received "cancel it". Usage: progeny /),
        bare,
      );
    for (const open of ['brief [DAY]', 'patterns [--all] | patterns dismiss ID', 'whisper TEXT [--at PLACE]'])
      refuseStrayWords(open, typed('cancel'));
    refuseStrayWords('status', typed());
  });
});
