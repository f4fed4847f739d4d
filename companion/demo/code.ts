import type { Thread } from './life-types.ts';

/** What a commit adds at the end of a file. */
export interface Contribution {
  readonly file: string;
  readonly text: string;
}

/** Notes that somebody left in the code, by the branch that brought them. They wait still. */
const TODOS: Readonly<Record<string, string>> = {
  'feature/dialect-sniffing': 'TODO take the file name as a hint, too (.tsv)',
  'fix/lone-quote': 'TODO warn once per column, not once per row',
  'feature/encoding-report': 'FIXME offsets are wrong behind a byte order mark',
  'feature/stream-backpressure': 'TODO let the caller choose how many rows may wait',
  'perf/field-slices': 'TODO measure with fields longer than a chunk',
  'feature/waiting-list': 'TODO tell the second in line why they did not get it',
  'feature/ical-feed': 'TODO leave out bookings older than a year',
  'feature/retry-policy': 'FIXME a job that throws a string has no stack',
  'feature/online-migrations': 'TODO show how many batches are left',
  'feature/passkeys': 'TODO let members name their passkeys',
  'feature/undo-journal': 'TODO tidy journals of folders that are gone',
  'perf/parallel-walk': 'TODO adapt again when the disk is busy',
  'feature/dedupe': 'HACK hard links are compared byte by byte',
  'feature/rule-conditions': 'TODO explain why no rule fits',
  'docs/search-index': 'TODO rank titles above text',
  'perf/build-cache': 'TODO forget pages that were deleted',
};

/** What commit `i` of a thread adds to a file. Pure. */
export function contribution(thread: Thread, i: number, file: string): Contribution {
  const subject = thread.commits[i]!;
  return { file, text: `\n${textOf(thread, i, file, subject)}\n` };
}

function textOf(thread: Thread, i: number, file: string, subject: string): string {
  const name = camel(subject);
  if (file.endsWith('.md')) return `## ${subject}\n\n${i % 2 === 0 ? thread.fix : thread.lesson}`;
  if (file.endsWith('.css'))
    return `/* ${subject}. */\n.${name.toLowerCase()} {\n  color: var(--text);\n  background: var(--page);\n}`;
  if (file.startsWith('test/'))
    return `// ${thread.symptom}\ntest('${subject.toLowerCase().replaceAll("'", '’')}', async () => {\n  const found = await ${name}(sample('${thread.branch}'));\n  assert.deepEqual(found, expected('${thread.branch}'));\n});`;
  const todo = i === 0 && file === thread.files[0] ? TODOS[thread.branch] : undefined;
  return `/** ${subject}. ${i === 0 ? thread.cause : thread.fix} */\nexport function ${name}(input${file.endsWith('.ts') ? ': Input' : ''})${file.endsWith('.ts') ? ': Output' : ''} {\n${todo ? `  // ${todo}\n` : ''}${BODIES[(subject.length + i) % BODIES.length]}\n}`;
}

const BODIES = [
  '  const kept = input.parts.filter((part) => part.length > 0);\n  return { ...input, parts: kept };',
  '  for (const part of input.parts) if (!part.isWhole) return refuse(input, part);\n  return accept(input);',
  '  const [first, ...rest] = input.parts;\n  return first === undefined ? empty : rest.reduce(join, first);',
  '  if (input.at === null) return input;\n  return { ...input, at: input.at + input.length };',
  '  const counted = new Map();\n  for (const part of input.parts) counted.set(part, (counted.get(part) ?? 0) + 1);\n  return { ...input, counted };',
] as const;

/** "Keep line ends inside quoted fields" becomes keepLineEndsInside. */
function camel(subject: string): string {
  const words = (subject.toLowerCase().match(/[a-z]+/g) ?? []).slice(0, 4);
  return words.map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
}
