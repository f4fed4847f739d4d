import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Permission, ProgenyError, type RateClass } from '../protocol/index.ts';
import type { Caller } from './caller.ts';

/** A door under a path of its own. What reaches it has passed Host, Origin, token and rate limit. */
export interface Mount {
  readonly path: `/${string}`;
  readonly methods: readonly string[];
  readonly permission: Permission;
  readonly rate: RateClass;
  /** `body` is the JSON of a POST. What it throws leaves as every error does. */
  answer(request: IncomingMessage, response: ServerResponse, body: unknown, caller: Caller): Promise<void>;
}

/** The JSON of a request. Throws `too_large` beyond `maxBytes`, `bad_input` for what is no JSON. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const body = await readBody(request, maxBytes);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ProgenyError('bad_input', 'The body is no JSON.');
  }
}

function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) return void chunks.push(chunk);
      // What still comes is let pass unread: a connection that is cut off would not deliver the refusal.
      chunks = [];
      reject(
        new ProgenyError('too_large', `The body is larger than the limit of ${maxBytes} bytes.`, {
          limit: maxBytes,
        }),
      );
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}
