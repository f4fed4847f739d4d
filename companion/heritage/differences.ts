import { isDeepStrictEqual } from 'node:util';
import { diffLines } from 'diff';
import { quote } from '../kernel/node.ts';
import type { HeritageContents, HeritageDiff, HeritageFile, HeritageLearned } from '../protocol/index.ts';
import { render } from './document.ts';

/** What differs between two contents of a file, line by line of its text. Pure. */
export function inLines<F extends HeritageFile>(
  file: F,
  before: HeritageContents[F],
  after: HeritageContents[F],
): HeritageDiff['lines'] {
  return diffLines(render(file, before), render(file, after)).flatMap(({ value, added, removed }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ kind, text }) as const);
  });
}

/** The same in sentences, one a change. Pure. */
export function inSentences<F extends HeritageFile>(
  file: F,
  before: HeritageContents[F],
  after: HeritageContents[F],
): string[] {
  if (file === 'learned') return beliefsInSentences(before as HeritageLearned, after as HeritageLearned);
  const [old, now] = [before, after] as unknown as Record<string, unknown>[];
  return Object.keys({ ...old, ...now }).flatMap((field) => ofField(field, old?.[field], now?.[field]));
}

function ofField(field: string, before: unknown, after: unknown): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return ofList(field, before, after);
  if (isRecord(before) && isRecord(after)) {
    return Object.keys({ ...before, ...after }).flatMap((key) =>
      ofField(`${field}.${key}`, before[key], after[key]),
    );
  }
  if (before === undefined || before === '') return [`\`${field}\` is now ${quote(after)}.`];
  if (after === undefined || after === '') return [`\`${field}\` is empty now; it was ${quote(before)}.`];
  return [`\`${field}\` is now ${quote(after)}; it was ${quote(before)}.`];
}

function ofList(field: string, before: readonly unknown[], after: readonly unknown[]): string[] {
  const without = (list: readonly unknown[], others: readonly unknown[]) =>
    list.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)));
  const sentences = [
    ...without(after, before).map((one) => `\`${field}\` has ${quote(one)} now.`),
    ...without(before, after).map((one) => `\`${field}\` no longer has ${quote(one)}.`),
  ];
  return sentences.length > 0 ? sentences : [`\`${field}\` stands in another order.`];
}

function beliefsInSentences(
  { beliefs: before }: HeritageLearned,
  { beliefs: after }: HeritageLearned,
): string[] {
  const old = new Map(before.map((belief) => [belief.hypothesis, belief]));
  const now = new Set(after.map(({ hypothesis }) => hypothesis));
  return [
    ...after.flatMap(({ hypothesis, text, except }) => {
      const known = old.get(hypothesis);
      if (!known) return [`Learned: ${quote(text)}.`];
      if (known.text !== text) return [`Reworded: ${quote(known.text)} is ${quote(text)} now.`];
      if (known.except === except) return [];
      return [
        except === null
          ? `Without exception now: ${quote(text)}.`
          : `Except ${quote(except)}: ${quote(text)}.`,
      ];
    }),
    ...before
      .filter(({ hypothesis }) => !now.has(hypothesis))
      .map(({ text }) => `No longer held: ${quote(text)}.`),
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
