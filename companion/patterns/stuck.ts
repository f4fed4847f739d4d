import { churnedFiles, edit, type Versions } from './edit-churn.ts';
import type { Detector } from './pattern.ts';
import { unworked, type WorkClock, worked } from './signs.ts';
import { countErrors, noErrors, type StandingErrors, stuckErrors } from './stuck-errors.ts';
import { type RedTests, runTest, stuckTests } from './stuck-test.ts';

interface State {
  readonly clock: WorkClock;
  readonly tests: RedTests;
  readonly errors: StandingErrors;
  readonly versions: Versions;
}

/** Getting nowhere: a test that stays red, errors that stay, edits that are taken back. About a test or a file. */
export const stuck: Detector<State> = {
  kind: 'stuck',
  empty: { clock: unworked, tests: {}, errors: noErrors, versions: {} },
  step(state, event, _now, context) {
    if (event === null) return state;
    const clock = worked(state.clock, event);
    const tests = runTest(state.tests, event, clock);
    const errors = countErrors(state.errors, event, clock, context);
    const versions = edit(state.versions, event);
    return { clock, tests, errors, versions };
  },
  look({ clock, tests, errors, versions }, now, context) {
    return [
      ...stuckTests(tests, clock, now, context),
      ...stuckErrors(errors, clock, now, context),
      ...churnedFiles(versions, now),
    ];
  },
};
