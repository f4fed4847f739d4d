import type { Clock } from '../kernel/index.ts';
import type { Language, LanguageTrouble, Message, Written } from '../language/index.ts';
import type { AnsweredBy } from '../protocol/index.ts';
import { bounded } from './bounded.ts';

/** Whom to ask, and how far the text may go. */
export interface Asking {
  readonly language: Language;
  readonly clock: Clock;
  readonly workspace: string | null;
  readonly onlyLocal: boolean;
  readonly signal: AbortSignal;
}

export interface Request {
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  readonly timeoutMs: number;
  readonly schema?: Readonly<Record<string, unknown>>;
}

/** Pieces of text as a model writes them. Throws `LanguageError`, `TooLongError`, or the signal's reason. */
export function writeWith(
  { language, clock, workspace, onlyLocal, signal }: Asking,
  { messages, maxTokens, timeoutMs, schema }: Request,
): AsyncGenerator<string, Written, void> {
  return bounded(
    (inner) =>
      language.generate({
        messages,
        maxTokens,
        temperature: schema ? 0 : 0.3,
        ...(schema && { schema }),
        workspace,
        onlyLocal,
        timeoutMs,
        signal: inner,
      }),
    { clock, ms: timeoutMs, signal },
  );
}

/** All that a model writes to one request; null where it fails, which nobody has to know. Throws the signal's reason. */
export async function wholeReply(
  asking: Asking,
  request: Request,
): Promise<{ text: string; answeredBy: AnsweredBy } | null> {
  try {
    const writing = writeWith(asking, request);
    let text = '';
    for (;;) {
      const next = await writing.next();
      if (next.done) return { text: next.value.text || text, answeredBy: next.value.answeredBy };
      text += next.value;
    }
  } catch {
    asking.signal.throwIfAborted();
    return null;
  }
}

/** What kind of trouble a `LanguageError` tells of; null for any other error. Pure. */
export function languageTrouble(error: unknown): LanguageTrouble | null {
  if (!(error instanceof Error) || error.name !== 'LanguageError' || !('trouble' in error)) return null;
  return error.trouble as LanguageTrouble;
}
