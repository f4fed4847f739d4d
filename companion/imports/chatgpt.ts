import { z } from 'zod';
import { jsonItems } from './json-items.ts';
import { parseJson, timeOf } from './json-value.ts';
import { type ImportedRecord, recordsOf } from './record.ts';
import { notOfFormat, type Skip, type SourceFile } from './source-file.ts';

/** A part of a message: text, or an object for an image or a recording; of a recording, what was understood. */
const part = z.union([z.string(), z.looseObject({ text: z.string().nullish() }), z.null()]);

const message = z.object({
  id: z.string().min(1).max(200),
  author: z.object({ role: z.string() }),
  /** Seconds; often null in the first messages. */
  create_time: z.number().nullish(),
  content: z.looseObject({ content_type: z.string(), parts: z.array(part).nullish() }).nullish(),
  /** Another one than "all" is a tool. */
  recipient: z.string().nullish(),
  metadata: z.looseObject({ is_visually_hidden_from_conversation: z.boolean().nullish() }).nullish(),
});

const node = z.object({
  parent: z.string().nullish(),
  children: z.array(z.string()).nullish(),
  message: z.unknown().optional(),
});

/**
 * A conversation of the export: a tree of messages, of which `current_node` names the last that is shown. An
 * edited question or another answer makes a branch that is not shown and not kept.
 */
const conversation = z.object({
  id: z.string().max(200).nullish(),
  conversation_id: z.string().max(200).nullish(),
  title: z.string().nullish(),
  create_time: z.number().nullish(),
  current_node: z.string().nullish(),
  mapping: z.record(z.string(), node),
});
type Conversation = z.infer<typeof conversation>;

/** What is said; `code`, `execution_output`, `thoughts`, `reasoning_recap`, `tether_*` are not. */
const SAID = new Set(['text', 'multimodal_text']);

/**
 * What the person and ChatGPT said, from `conversations.json` of a data export (or its numbered pieces,
 * `conversations-000.json`): one conversation after the other, so that the size of the file does not matter.
 * Throws `bad_input` where there is no conversation in it.
 */
export async function* readChatGpt(file: SourceFile, skip: Skip): AsyncGenerator<ImportedRecord> {
  let items = 0;
  let recognised = 0;
  for await (const item of jsonItems(file.chunks())) {
    items++;
    const value = parseJson(item);
    const found = conversation.safeParse(value);
    if (found.success) {
      recognised++;
      yield* saidIn(found.data, file, skip);
    } else
      skip(value === undefined ? 'a conversation that is no JSON' : 'a conversation of an unknown shape');
  }
  if (recognised > 0 || (items === 0 && (await isEmptyArray(file)))) return;
  throw notOfFormat(
    file,
    'conversations.json of a ChatGPT export (an array of conversations with a mapping)',
    items === 0 ? 'no array' : 'an array of something else',
  );
}

/** Whether the beginning of a file is that of an export. Pure. */
export function isChatGpt(head: string): boolean {
  return /^\s*(?:\{\s*"conversations"\s*:\s*)?\[\s*\{/.test(head) && /"mapping"\s*:\s*\{/.test(head);
}

async function isEmptyArray(file: SourceFile): Promise<boolean> {
  if (file.bytes > 100) return false;
  let text = '';
  for await (const chunk of file.chunks()) text += chunk;
  return text.trim() === '' || /\[\s*\]\s*\}?\s*$/.test(text);
}

function* saidIn(found: Conversation, file: SourceFile, skip: Skip): Generator<ImportedRecord> {
  const id = found.conversation_id ?? found.id ?? null;
  if (id === null) return skip('a conversation without an id');
  let at = timeOf(found.create_time) ?? file.modifiedAt;
  for (const { message: value } of shownBranch(found)) {
    if (value === null || value === undefined) continue;
    const { data } = message.safeParse(value);
    if (!data) {
      skip('a message of an unknown shape');
      continue;
    }
    at = timeOf(data.create_time) ?? at;
    const { role } = data.author;
    if (role !== 'user' && role !== 'assistant') continue;
    if (!SAID.has(data.content?.content_type ?? '') || (data.recipient ?? 'all') !== 'all') continue;
    if (data.metadata?.is_visually_hidden_from_conversation) continue;
    const texts = (data.content?.parts ?? []).map((each) =>
      typeof each === 'string' ? each : (each?.text ?? ''),
    );
    yield* recordsOf({
      origin: `chatgpt:${id}:${data.id}`,
      content: texts.filter((text) => text.trim() !== '').join('\n\n'),
      author: role === 'assistant' ? 'ChatGPT' : null,
      session: `chatgpt:${id}`,
      happenedAt: at,
      source: { uri: `https://chatgpt.com/c/${encodeURIComponent(id)}`, message: data.id },
      tags: ['chatgpt', ...(found.title ? [found.title] : [])],
    });
  }
}

/** From the root to the current node; where that is not told, to the last leaf. Pure; ends in a ring, too. */
function shownBranch({ mapping, current_node }: Conversation): z.infer<typeof node>[] {
  const branch: z.infer<typeof node>[] = [];
  const seen = new Set<string>();
  for (let id = current_node ?? lastLeaf(mapping); id && !seen.has(id); ) {
    seen.add(id);
    const here: z.infer<typeof node> | undefined = Object.hasOwn(mapping, id) ? mapping[id] : undefined;
    if (!here) break;
    branch.push(here);
    id = here.parent ?? '';
  }
  return branch.reverse();
}

function lastLeaf(mapping: Conversation['mapping']): string | null {
  const leaves = Object.entries(mapping).filter(([, { children }]) => (children ?? []).length === 0);
  return leaves.at(-1)?.[0] ?? null;
}
