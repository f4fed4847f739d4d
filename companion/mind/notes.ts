import { count } from '../kernel/index.ts';
import type { LanguageTrouble } from '../language/index.ts';

/** Why an answer comes from a search: what the user is told. `detail`: words of whoever failed. Pure. */
export function searchNote(
  why: LanguageTrouble | 'rules' | 'too long' | 'nothing',
  sources: number,
  detail = '',
): string {
  const found = sources === 0 ? 'Nothing was found' : count(sources, 'source');
  const reasons: Readonly<Record<typeof why, string>> = {
    none: 'No language model is running, so this is a search answer.',
    nothing: 'No source speaks to it, so no language model was asked.',
    expired: 'No language model was free in time, so this is a search answer.',
    interrupted: 'The language model broke off, so this is a search answer.',
    bad_reply: 'What the language model wrote could not be used, so this is a search answer.',
    rules: 'What the language model wrote did not keep to the sources, so this is a search answer.',
    'too long': 'The language model did not answer in time, so this is a search answer.',
  };
  if (why === 'nothing') return reasons.nothing;
  const more = detail === '' || why === 'none' ? '' : ` (${detail.replace(/\.$/, '')})`;
  return `${reasons[why].slice(0, -1)}${more}. ${found}.`;
}

export const CANCELLED = 'It was stopped; what was there stays.';
export const STOPPED_LONG = 'The language model was stopped after 60 s; the answer may be cut.';
