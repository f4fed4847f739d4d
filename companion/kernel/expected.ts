import type { z } from 'zod';
import { alternatives } from './finding.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  array: 'a list in square brackets',
  number: 'a number',
  boolean: 'true or false',
};

/** What a schema expects where a value does not fit, in words: "one of …", "a list in square brackets". */
export function expectedOf(issue: z.core.$ZodIssue): string {
  const each = issue.path.length > 0 ? ' in each entry' : '';
  if (issue.code === 'invalid_value')
    return alternatives(issue.values.map((value) => (value === '' ? '""' : String(value))));
  if (issue.code === 'invalid_type') return `${TYPES[issue.expected] ?? issue.expected}${each}`;
  const unit = 'origin' in issue && issue.origin === 'array' ? 'entries' : 'characters';
  if (issue.code === 'too_big') return `at most ${issue.maximum} ${unit}${each}`;
  if (issue.code === 'too_small') return `at least ${issue.minimum} ${unit.replace(/s$/, '')}${each}`;
  return issue.message;
}
