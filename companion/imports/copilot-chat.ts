import { z } from 'zod';
import { readCopilotState } from './copilot-log.ts';
import { responseText } from './copilot-response.ts';
import { parseJson, timeOf } from './json-value.ts';
import { type ImportedRecord, recordsOf } from './record.ts';
import { notOfFormat, type Skip, type SourceFile, wholeText } from './source-file.ts';

const request = z.object({
  requestId: z.string().min(1).max(200).nullish(),
  message: z.union([z.string(), z.looseObject({ text: z.string() })]),
  response: z.array(z.unknown()).nullish(),
  /** Ms. */
  timestamp: z.number().nullish(),
  isHidden: z.boolean().nullish(),
});

/** A chat session as VS Code stores it (version 3), whole or as the outcome of its log. */
const session = z.object({
  sessionId: z.string().min(1).max(200),
  requests: z.array(z.unknown()),
  creationDate: z.number().nullish(),
  customTitle: z.string().nullish(),
  requesterUsername: z.string().nullish(),
});

/**
 * What the person and Copilot said in a chat of VS Code: `workspaceStorage/<id>/chatSessions/<session>.json`, or
 * since VS Code 1.109 `.jsonl`, a log of changes. Markdown of the answers with the names of what they refer to;
 * no tools, edits, thinking or progress. Throws `bad_input` for a file that is no session.
 */
export async function* readCopilotChat(file: SourceFile, skip: Skip): AsyncGenerator<ImportedRecord> {
  const text = await wholeText(file);
  if (text.trim() === '') return;
  const found = session.safeParse(readCopilotState(text, skip));
  if (!found.success)
    throw notOfFormat(
      file,
      'a chat session of VS Code (an object with sessionId and requests, or its log)',
      'something else',
    );
  const { sessionId, requests, customTitle, requesterUsername } = found.data;
  const workspace = await folderOf(file);
  let at = timeOf(found.data.creationDate) ?? file.modifiedAt;
  for (const [i, value] of requests.entries()) {
    const { data } = request.safeParse(value);
    if (!data) {
      skip('a request of an unknown shape');
      continue;
    }
    if (data.isHidden) continue;
    at = timeOf(data.timestamp) ?? at;
    const id = data.requestId ?? `request_${i}`;
    const common = {
      session: `copilot-chat:${sessionId}`,
      happenedAt: at,
      source: { uri: file.uri, message: id },
      tags: ['copilot-chat', ...(customTitle ? [customTitle] : [])],
      workspace,
    };
    const asked = typeof data.message === 'string' ? data.message : data.message.text;
    const origin = `copilot-chat:${sessionId}:${id}`;
    yield* recordsOf({ ...common, origin, content: asked, author: requesterUsername ?? null });
    const content = responseText(data.response ?? []);
    yield* recordsOf({ ...common, origin: `${origin}:response`, content, author: 'Copilot' });
  }
}

/** Whether the beginning of a file is that of a session or of its log. Pure. */
export function isCopilotChat(head: string): boolean {
  if (/^\s*\{\s*"kind"\s*:\s*0\s*,\s*"v"\s*:\s*\{/.test(head)) return true;
  return (
    /^\s*\{/.test(head) &&
    /"requests"\s*:\s*\[/.test(head) &&
    /"(?:responderUsername|sessionId)"\s*:/.test(head)
  );
}

/** `workspace.json` of the storage folder names the folder that was open; an empty window has none. */
async function folderOf(file: SourceFile): Promise<string | null> {
  const told = await file.beside('../workspace.json');
  if (!told) return null;
  const found = z.object({ folder: z.string() }).safeParse(parseJson(await wholeText(told, 65_536)));
  const path = found.success && found.data.folder.startsWith('file:///') ? found.data.folder.slice(7) : null;
  try {
    // "/c%3A/work" on Windows.
    return path === null ? null : decodeURIComponent(path).replace(/^\/(?=[a-z]:)/i, '');
  } catch {
    return null;
  }
}
