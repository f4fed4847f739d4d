import { z } from 'zod';
import { jsonIn } from './json-in.ts';
import { tellingWords } from './words.ts';

/** One way to go. */
export interface Option {
  readonly name: string;
  readonly text: string;
  /** Numbers of sources that there are. */
  readonly sources: readonly number[];
}

export interface Verdict {
  /** From 1. */
  readonly option: number;
  readonly verdict: 'accept' | 'conditional' | 'reject';
  readonly reason: string;
}

const sources = z.array(z.number().int()).default([]).catch([]);
const proposed = z.object({
  options: z.array(z.object({ name: z.string().trim().min(1), text: z.string().trim().min(1), sources })),
});
const judged = z.object({
  verdicts: z.array(
    z.object({
      option: z.number().int(),
      verdict: z.enum(['accept', 'conditional', 'reject']),
      reason: z.string().trim().min(1),
    }),
  ),
});

const numbers = { type: 'array', items: { type: 'integer' } } as const;
const object = <P extends object>(properties: P) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});
const string = { type: 'string' } as const;
export const PROPOSAL_SCHEMA = object({
  options: {
    type: 'array',
    minItems: 3,
    maxItems: 5,
    items: object({ name: string, text: string, sources: numbers }),
  },
});
export const VERDICT_SCHEMA = object({
  verdicts: {
    type: 'array',
    items: object({
      option: { type: 'integer' },
      verdict: { enum: ['accept', 'conditional', 'reject'] },
      reason: string,
      sources: numbers,
    }),
  },
});

const [FEWEST, MOST] = [3, 5];
/** Two options that share so many of their words are one. */
const SAME = 0.7;

/** Three to five options that differ; null where a model wrote fewer. Numbers of sources that are not there go. Pure. */
export function readOptions(text: string, known: number): Option[] | null {
  const parsed = proposed.safeParse(jsonIn(text));
  if (!parsed.success) return null;
  const distinct: Option[] = [];
  for (const { name, text, sources } of parsed.data.options) {
    const option = { name, text, sources: sources.filter((n) => n >= 1 && n <= known) };
    if (!distinct.some((other) => alike(other, option) >= SAME)) distinct.push(option);
  }
  return distinct.length < FEWEST ? null : distinct.slice(0, MOST);
}

/** A verdict for each option: none counts as one that nobody examined, on condition. Pure. */
export function readVerdicts(text: string, options: readonly Option[]): Verdict[] {
  const parsed = judged.safeParse(jsonIn(text));
  const found = parsed.success ? parsed.data.verdicts : [];
  return options.map((_, i) => {
    const given = found.find(({ option }) => option === i + 1);
    return given ?? { option: i + 1, verdict: 'conditional', reason: 'It was not examined.' };
  });
}

/** Options as a model reads them, with what is said against each. Pure. */
export function optionsAsData(options: readonly Option[], verdicts: readonly Verdict[] = []): string {
  return options
    .map(({ name, text, sources }, i) => {
      const cited = sources.map((n) => `[${n}]`).join('');
      const verdict = verdicts[i];
      return `${i + 1}. ${name}: ${text} ${cited}${verdict ? `\n   ${verdict.verdict}: ${verdict.reason}` : ''}`;
    })
    .join('\n');
}

function alike(a: Option, b: Option): number {
  const [one, other] = [a, b].map(({ name, text }) => new Set(tellingWords(`${name} ${text}`))) as [
    Set<string>,
    Set<string>,
  ];
  const both = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - both;
  return all === 0 ? 1 : both / all;
}
