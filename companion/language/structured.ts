import { z } from 'zod';
import type { Message } from './types.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The messages with the schema told in words: a model that knows it fills it better, and some know of nothing else. */
export function withSchema(messages: readonly Message[], schema: Schema): Message[] {
  const words = `Reply with one JSON value and nothing else. It must fit this JSON Schema: ${JSON.stringify(schema)}`;
  const at = messages.findIndex(({ role }) => role === 'system');
  if (at < 0) return [{ role: 'system', content: words }, ...messages];
  return messages.map((message, i) =>
    i === at ? { ...message, content: `${message.content}\n\n${words}` } : message,
  );
}

/** The messages of the second try, which show what was wrong with the first. */
export function tryAgain(messages: readonly Message[], text: string, problem: string): Message[] {
  return [
    ...messages,
    { role: 'assistant', content: text.slice(0, 2000) },
    { role: 'user', content: `That cannot be used: ${problem}. Reply with the corrected JSON alone.` },
  ];
}

export type Checked =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly problem: string };

/** The JSON in a reply, if there is one that fits the schema; else what is wrong with it. Pure. */
export function checkReply(text: string, schema: Schema): Checked {
  const json = jsonIn(text);
  if (json === null) return { ok: false, problem: 'it holds no JSON' };
  const found = z.fromJSONSchema(schema as never).safeParse(JSON.parse(json));
  if (found.success) return { ok: true, json };
  const { path, message } = found.error.issues[0]!;
  return { ok: false, problem: path.length > 0 ? `at \`${path.join('.')}\`: ${message}` : message };
}

/** Models like to wrap it: in a fence, or in a sentence. */
function jsonIn(text: string): string | null {
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(text)?.[1];
  const [open, close] = [text.search(/[[{]/), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))];
  const wrapped = open >= 0 && close > open ? text.slice(open, close + 1) : undefined;
  for (const candidate of [text.trim(), fenced?.trim(), wrapped]) {
    if (candidate === undefined || candidate === '') continue;
    try {
      JSON.parse(candidate);
      return candidate;
    } catch {
      // No JSON: the next candidate.
    }
  }
  return null;
}
