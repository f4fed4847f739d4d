import type * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { Clock } from '../../companion/kernel/index.ts';
import type { EditorGenerateInput } from '../../companion/protocol/index.ts';

/** What of the editor is needed to have its models write. */
export interface EditorModels {
  select(): Thenable<readonly vscode.LanguageModelChat[]>;
  message(role: 'user' | 'assistant', content: string): vscode.LanguageModelChatMessage;
  cancellation(): { readonly token: vscode.CancellationToken; cancel(): void; dispose(): void };
}

/** How the editor's model ended: which it was, and whether the companion told it to stop. */
export interface EditorWritten {
  readonly model: string;
  readonly stopped: boolean;
}

/** A model that is silent is asked about in these steps, so that "stop" is heard while nothing comes. */
const BEAT_MS = 200;
/** The most of a text that one part carries. */
const LONGEST = 100_000;
const WHY = 'Progeny asks it to write an answer about this folder, because you opened the door to it.';

/**
 * The editor's own model writes for the companion: its pieces go out as they come, in order, and it stops as soon as
 * the companion wants no more. Rejects with words where there is no model, or it refuses.
 */
export async function generateInEditor(
  { models, api, clock }: { models: EditorModels; api(): Api | null; clock: Clock },
  { generation, messages, maxTokens }: EditorGenerateInput,
): Promise<EditorWritten> {
  const [model] = await models.select();
  if (!model) throw new Error('The editor has no language model, or has not let Progeny use one.');
  const cancellation = models.cancellation();
  /** Hands in a part; true where the companion wants more. */
  const hand = async (text: string): Promise<boolean> => {
    const connected = api();
    if (!connected) return false;
    return (await connected.language.part({ generation, text })).go;
  };
  try {
    const chat = messages.map(({ role, content }) =>
      models.message(role === 'assistant' ? 'assistant' : 'user', content),
    );
    const options = { justification: WHY, modelOptions: { max_tokens: maxTokens } };
    const response = await withBeats(model.sendRequest(chat, options, cancellation.token), hand, clock);
    if (response === STOPPED) return { model: nameOf(model), stopped: true };
    const pieces = response.text[Symbol.asyncIterator]();
    for (;;) {
      const next = await withBeats(pieces.next(), hand, clock);
      if (next === STOPPED) return { model: nameOf(model), stopped: true };
      if (next.done) return { model: nameOf(model), stopped: false };
      for (let at = 0; at < next.value.length; at += LONGEST) {
        if (!(await hand(next.value.slice(at, at + LONGEST)))) return { model: nameOf(model), stopped: true };
      }
    }
  } finally {
    // Also ends a model that still writes; one that has ended is not touched by it.
    cancellation.cancel();
    cancellation.dispose();
  }
}

const STOPPED = Symbol('stopped');

/** Waits for `wanted`, and asks with every beat whether it is still wanted. */
async function withBeats<T>(
  wanted: PromiseLike<T>,
  hand: (text: string) => Promise<boolean>,
  clock: Clock,
): Promise<T | typeof STOPPED> {
  const ended = Promise.resolve(wanted);
  // Looked at below; given up, its failure is nobody's.
  ended.catch(() => {});
  for (;;) {
    let beat: { dispose(): void } | null = null;
    const silent = new Promise<typeof STOPPED>((resolve) => {
      beat = clock.after(BEAT_MS, () => resolve(STOPPED));
    });
    const first = await Promise.race([ended, silent]);
    (beat as { dispose(): void } | null)?.dispose();
    if (first !== STOPPED) return first;
    if (!(await hand(''))) return STOPPED;
  }
}

function nameOf({ name, family }: vscode.LanguageModelChat): string {
  return name || family;
}
