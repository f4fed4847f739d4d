import type { z } from 'zod';
import { expectedOf } from '../kernel/node.ts';
import { decisionAddInput, loopOpenInput, loopStatus } from '../protocol/index.ts';
import { EXPECTED_TIME, parseTime, type Times } from './times.ts';

/** What a field's value means, or in words what it may be. */
export type FieldReader = (value: unknown) => { value: unknown } | { expected: string };
export type FieldReaders = Readonly<Record<string, FieldReader>>;

/** The fields of a loop that may be edited, as the contract has them. */
export function loopReaders(times: Times): FieldReaders {
  const { title, context, priority } = loopOpenInput.shape;
  return {
    title: bySchema(title),
    context: bySchema(context),
    status: bySchema(loopStatus),
    priority: bySchema(priority),
    deferUntil: time(times),
  };
}

/** The fields of a decision that may be edited, as the contract has them. */
export function decisionReaders(times: Times): FieldReaders {
  const { question, options, decision, why, outcome, links } = decisionAddInput.shape;
  return {
    question: bySchema(question),
    options: bySchema(options),
    decision: bySchema(decision),
    why: bySchema(why),
    outcome: bySchema(outcome),
    reviewAt: time(times),
    links: bySchema(links),
  };
}

function time(times: Times): FieldReader {
  return (value) => {
    const at = parseTime(value, times);
    return at === undefined ? { expected: EXPECTED_TIME } : { value: at };
  };
}

function bySchema(schema: z.ZodType): FieldReader {
  return (value) => {
    const read = schema.safeParse(value);
    if (read.success) return { value: read.data };
    return { expected: expectedOf(read.error.issues[0] as z.core.$ZodIssue) };
  };
}
