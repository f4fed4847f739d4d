import { z } from 'zod';
import { clineApiTexts } from './cline-api.ts';
import { parseJson, timeOf } from './json-value.ts';
import { type Draft, type ImportedRecord, recordsOf } from './record.ts';
import { notOfFormat, type Skip, type SourceFile, wholeText } from './source-file.ts';

/** An entry of `ui_messages.json`: what stands in Cline's view. `ts` in ms. */
const uiEntry = z.object({
  ts: z.number(),
  type: z.enum(['say', 'ask']),
  say: z.string().nullish(),
  ask: z.string().nullish(),
  text: z.string().nullish(),
  partial: z.boolean().nullish(),
});
type UiEntry = z.infer<typeof uiEntry>;

/** An entry of `api_conversation_history.json`: what went to and came from the model; times only in new versions. */
const apiEntry = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))]),
  ts: z.number().nullish(),
});

const history = z.array(z.looseObject({ id: z.string(), cwdOnTaskInitialization: z.string().nullish() }));

const UI = 'ui_messages.json';
const API = 'api_conversation_history.json';

/** Whether a file holds a task: the history of the model counts where there is no other. */
export function isClineFile(name: string): boolean {
  return name.endsWith(`/${UI}`) || name === UI || name.endsWith(`/${API}`) || name === API;
}

/** Whether the beginning of a file is that of either. Pure. */
export function isCline(head: string, name: string): boolean {
  return isClineFile(name) && /^\s*\[/.test(head);
}

/**
 * What was said in a task of Cline (`tasks/<id>/`): the task, the person's feedback, and Cline's words, questions
 * and results; no tools, environment or reasoning. `ui_messages.json` is read where it stands; else, or where
 * nothing is in it, `api_conversation_history.json`. Throws `bad_input` for a file that holds no list of messages.
 */
export async function* readCline(file: SourceFile, skip: Skip): AsyncGenerator<ImportedRecord> {
  const ui = file.name.endsWith(UI) ? file : await file.beside(UI);
  if (file.name.endsWith(API) && ui && (await draftsOf(ui, () => {}).catch(() => [])).length > 0) return;
  const drafts = await draftsOf(file, skip);
  const workspace = drafts.length > 0 ? await folderOf(file) : null;
  for (const draft of drafts) yield* recordsOf({ ...draft, workspace });
}

async function draftsOf(file: SourceFile, skip: Skip): Promise<Draft[]> {
  const text = await wholeText(file);
  if (text.trim() === '') return [];
  const list = z.array(z.unknown()).safeParse(parseJson(text));
  if (!list.success) {
    // A task that was running when the machine went down: one broken file among many.
    throw notOfFormat(file, `${UI} or ${API} of a Cline task (a list of messages)`, 'something else');
  }
  const isApi = file.name.endsWith(API);
  if (list.data.length > 0 && !list.data.some((each) => (isApi ? apiEntry : uiEntry).safeParse(each).success))
    throw notOfFormat(
      file,
      `${UI} or ${API} of a Cline task (a list of messages)`,
      'a list of something else',
    );
  return isApi ? fromApi(list.data, file, skip) : fromUi(list.data, file, skip);
}

function fromUi(list: readonly unknown[], file: SourceFile, skip: Skip): Draft[] {
  const task = taskOf(file);
  const seen = new Map<string, number>();
  return list.flatMap((value, i) => {
    const { data } = uiEntry.safeParse(value);
    if (!data) {
      skip('a message of an unknown shape');
      return [];
    }
    const said = saidIn(data, i);
    if (!said) return [];
    const key = `cline:${task}:${data.ts}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return [draft(file, task, { ...said, origin: times === 1 ? key : `${key}.${times}`, at: data.ts })];
  });
}

/** Who said what; null for what nobody said. In old versions the task is the first `text`. */
function saidIn(entry: UiEntry, i: number): { content: string; byCline: boolean } | null {
  const text = entry.text ?? '';
  if (entry.partial || text.trim() === '') return null;
  if (entry.type === 'say') {
    if (entry.say === 'task' || entry.say === 'user_feedback' || (entry.say === 'text' && i === 0))
      return { content: text, byCline: false };
    return entry.say === 'text' || entry.say === 'completion_result'
      ? { content: text, byCline: true }
      : null;
  }
  if (entry.ask === 'followup' || entry.ask === 'plan_mode_respond')
    return { content: questionIn(text), byCline: true };
  return null;
}

const question = z.object({
  question: z.string().optional(),
  response: z.string().optional(),
  options: z.array(z.string()).optional(),
});

/** A question is plain text in old versions, `{question, options}` in newer ones. */
function questionIn(text: string): string {
  const { data } = question.safeParse(parseJson(text));
  if (!data) return text;
  const options = (data.options ?? []).map((option) => `- ${option}`).join('\n');
  return [data.question ?? data.response ?? '', options].filter((each) => each !== '').join('\n\n');
}

function fromApi(list: readonly unknown[], file: SourceFile, skip: Skip): Draft[] {
  const task = taskOf(file);
  let at = timeOf(Number(task)) ?? file.modifiedAt;
  return list.flatMap((value, i) => {
    const { data } = apiEntry.safeParse(value);
    if (!data) {
      skip('a message of an unknown shape');
      return [];
    }
    at = timeOf(data.ts) ?? at;
    const byCline = data.role === 'assistant';
    const content = clineApiTexts(data.content, data.role, i === 0).join('\n\n');
    return [draft(file, task, { content, byCline, origin: `cline:${task}:api:${i}`, at })];
  });
}

function draft(
  file: SourceFile,
  task: string,
  said: { content: string; byCline: boolean; origin: string; at: number },
): Draft {
  return {
    origin: said.origin,
    content: said.content,
    author: said.byCline ? 'Cline' : null,
    session: `cline:${task}`,
    happenedAt: said.at,
    source: { uri: file.uri, message: said.origin.slice(`cline:${task}:`.length) },
    tags: ['cline'],
  };
}

/** The folder that holds the file has the id of the task as its name: the ms at which it began. */
function taskOf(file: SourceFile): string {
  return decodeURIComponent(file.uri.split('/').at(-2) ?? '').slice(0, 200);
}

/** `taskHistory.json` tells in which folder a task began; it stands beside `tasks` or in `state`. */
async function folderOf(file: SourceFile): Promise<string | null> {
  const id = taskOf(file);
  for (const place of ['../../taskHistory.json', '../../state/taskHistory.json']) {
    const told = await file.beside(place);
    const { data } = history.safeParse(told ? parseJson(await wholeText(told)) : undefined);
    const task = data?.find((each) => each.id === id);
    if (task?.cwdOnTaskInitialization) return task.cwdOnTaskInitialization;
  }
  return null;
}
