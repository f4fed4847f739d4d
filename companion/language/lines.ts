import { ProviderError } from './provider.ts';

/** No event of a stream is longer: what is, is no answer of a model. */
const MOST_CHARACTERS = 1_000_000;

/** The lines of a body as they come, without their ends; the last one needs none. */
export async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop()!;
    if (rest.length > MOST_CHARACTERS)
      throw new ProviderError('bad_reply', `A line of more than ${MOST_CHARACTERS} characters came.`);
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The data of server-sent events (WHATWG HTML 9.2.6); an event that no blank line ends does not count. */
export async function* eventsOf(lines: AsyncIterable<string>): AsyncGenerator<string, void> {
  let data: string[] = [];
  for await (const line of lines) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n');
      data = [];
    } else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
  }
}

/** A line that is to be a JSON object. Throws `bad_reply`. */
export function objectIn(who: string, line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // No JSON: told below.
  }
  // What it holds may be what somebody wrote: it is not quoted.
  throw new ProviderError('bad_reply', `${who} sent ${line.length} characters that are no JSON object.`);
}
