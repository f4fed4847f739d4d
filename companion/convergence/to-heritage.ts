import type { HeritageContents } from '../protocol/index.ts';
import { type Conversation, isPending } from './conversation.ts';
import { type Part, QUESTIONS } from './questions.ts';
import type { Value } from './read-answer.ts';

/** The files of heritage that answers go to. */
export type AnswerFile = 'core' | 'preferences';
export type HeritageNow = Pick<HeritageContents, AnswerFile>;
export type HeritagePatch<F extends AnswerFile> = Partial<Omit<HeritageContents[F], 'version'>>;

/** What heritage lacks of what was said since it was last told. A field that says the same already is left out. */
export function patchesOf({ rows }: Conversation, now: HeritageNow): { [F in AnswerFile]: HeritagePatch<F> } {
  const core: Record<string, unknown> = {};
  const preferences: Record<string, unknown> = {};
  const more = { ...now.preferences.more };
  for (const { id, parts } of QUESTIONS) {
    const row = rows.get(id);
    if (!row || !isPending(row)) continue;
    for (const part of parts) {
      const value = row.answer[part.id];
      const { file, field } = part.goes;
      if (field !== 'more') (file === 'core' ? core : preferences)[field] = value ?? nothing(part);
      else if (value === undefined) delete more[id];
      else more[id] = value as string;
    }
  }
  preferences.more = more;
  return { core: differing(core, now.core), preferences: differing(preferences, now.preferences) };
}

function nothing({ kind }: Part): Value {
  return kind === 'list' || kind === 'hours' ? [] : '';
}

function differing<T extends object>(patch: Record<string, unknown>, now: T): Partial<T> {
  const same = (name: string, value: unknown) =>
    JSON.stringify(value) === JSON.stringify(now[name as keyof T]);
  return Object.fromEntries(
    Object.entries(patch).filter(([name, value]) => !same(name, value)),
  ) as Partial<T>;
}
