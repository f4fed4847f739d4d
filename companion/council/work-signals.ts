import { count } from '../kernel/index.ts';
import { type Rule, rising, rule } from './signal-rule.ts';

/** What the state of the work says of a branch, of uncommitted changes, of what the user said of a loop. */
export const WORK = {
  uncommitted: rule(
    'risk',
    'uncommittedFiles',
    (n) => (n === 0 ? -0.2 : 0.6),
    (n) =>
      n === 0
        ? 'nothing of it is uncommitted'
        : `${count(n, 'file has', 'files have')} changes that exist nowhere else`,
  ),
  unpushed: rule(
    'risk',
    'unpushed',
    (n) => (n === 0 ? -0.2 : 0.6),
    (n) =>
      n === 0 ? 'all of it is pushed' : `${count(n, 'commit exists', 'commits exist')} on this machine only`,
  ),
  ahead: rule(
    'value',
    'ahead',
    (n) => (n === 0 ? -0.9 : rising(n, 1, 1.5)),
    (n) => (n === 0 ? 'it adds nothing to its base' : `it is ${count(n, 'commit')} ahead`),
  ),
  behind: rule(
    'effort',
    'behind',
    (n) => -rising(n, 30, 1.5),
    (n) => `it is ${count(n, 'commit')} behind its base`,
  ),
  clean: rule(
    'risk',
    'conflicts',
    (n) => (n === 0 ? 0.1 : -0.5),
    (n) => (n === 0 ? 'nothing is in conflict' : `${count(n, 'file is', 'files are')} in conflict`),
  ),
  current: rule(
    'focus',
    'current',
    (n) => (n ? 0.9 : -0.1),
    (n) => (n ? 'it is what is worked on now' : 'something else is worked on'),
  ),
  failing: rule(
    'risk',
    'failingTests',
    (n) => (n === 0 ? 0 : 0.6),
    (n) => (n === 0 ? 'no test fails there' : `${count(n, 'test fails', 'tests fail')} there`),
  ),
  wanted: rule(
    'value',
    'priority',
    (n) => 1.6 * (n - 0.5),
    (n) =>
      n > 0.75
        ? 'it was given a high priority'
        : n < 0.25
          ? 'it was given a low priority'
          : 'its priority is normal',
  ),
  scoped: rule(
    'focus',
    'drift',
    (n) => 0.3 - n,
    (n) => (n < 0.4 ? 'it kept to its scope' : 'it has left its own scope'),
  ),
} as const satisfies Record<string, Rule>;
