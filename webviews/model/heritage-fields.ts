import type { ConvergencePart, HeritageDocument, HeritageFile } from '../../companion/protocol/index.ts';

/** A file that is changed here; what was learned changes by answering beliefs. */
export type Changeable = Exclude<HeritageFile, 'learned'>;
/** One field of a file, as it is read and as it is edited. `key`: which answer of `more` it is. */
export interface HeritageField extends ConvergencePart {
  readonly key?: string;
}

const NOT_SAID = { value: '', label: 'Not said' };

export const FIELDS: Readonly<Record<Changeable, readonly HeritageField[]>> = {
  core: [
    field('name', 'Name', 'text', 'Ana'),
    field('values', 'What counts in a conflict, the first most', 'list', 'correct; readable; fast'),
    field('hardLines', 'What must never happen', 'list', 'push to main without tests'),
    field('rememberedBy', 'To remember you by', 'text', 'I leave things easier to change than I found them'),
  ],
  preferences: [
    field('flow', 'What brings you into flow', 'text', 'a free morning, one problem'),
    field('flowKillers', 'What breaks it', 'list', 'meetings before noon; chat'),
    choice('overwhelm', 'When it is too much', {
      space: 'Space: show me less',
      action: 'Action: one small next step',
    }),
    choice('standard', 'When both cannot be had', {
      done: 'Done first, better later',
      perfect: 'Right first, out later',
    }),
    field('peakHours', 'Your best hours', 'hours', '09:00-12:00, 20:00-22:30'),
    field('neverTouch', 'Hands off', 'list', 'infra/**; the billing database'),
    choice('temperament', 'Progeny should be', {
      steady: 'Steady: even, with reasons',
      provocative: 'Provocative: asks whether it is needed at all',
      quiet: 'Quiet: only what cannot wait',
      warm: 'Warm: plain words, a little more of them',
    }),
  ],
};

/** The fields of a document, the answers of the long form among them, each with what stands in it. */
export function fieldsOf(
  document: Extract<HeritageDocument, { file: Changeable }>,
): { field: HeritageField; said: readonly string[] }[] {
  const content = document.content as unknown as Record<string, unknown>;
  const more = document.file === 'preferences' ? Object.keys(document.content.more) : [];
  const fields = [
    ...FIELDS[document.file],
    ...more.map((key) => ({ ...field('more', wordsOf(key), 'text', ''), key })),
  ];
  return fields.map((each) => ({ field: each, said: saidIn(each, contentOf(content, each)) }));
}

/** What stands in a field, as lines to read; none where nothing was said. */
function saidIn({ kind, options }: HeritageField, value: unknown): readonly string[] {
  if (kind === 'hours') return stretches(value).map(({ from, until }) => `${from} to ${until}`);
  if (Array.isArray(value)) return value.map(String);
  const text = String(value ?? '');
  if (text === '') return [];
  return [kind === 'choice' ? (options.find((option) => option.value === text)?.label ?? text) : text];
}

/** The same as text to edit. */
export function textOf(document: HeritageDocument, edited: HeritageField): string {
  const value = contentOf(document.content as unknown as Record<string, unknown>, edited);
  if (edited.kind === 'hours')
    return stretches(value)
      .map(({ from, until }) => `${from}-${until}`)
      .join(', ');
  return Array.isArray(value) ? value.join('\n') : String(value ?? '');
}

/** What to send for an edited text; a string tells what is wrong with it. */
export function readField(
  document: HeritageDocument,
  edited: HeritageField,
  text: string,
): { patch: Record<string, unknown> } | string {
  const { id, kind, key } = edited;
  const words = text.replaceAll('\u0000', '').trim();
  if (key !== undefined) {
    const { more } = (document as Extract<HeritageDocument, { file: 'preferences' }>).content;
    const { [key]: _, ...others } = more;
    return { patch: { more: words === '' ? others : { ...more, [key]: words } } };
  }
  if (kind === 'list') {
    const items = words
      .split('\n')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    return { patch: { [id]: [...new Set(items)] } };
  }
  if (kind !== 'hours') return { patch: { [id]: words } };
  const pieces = words.split(/[\n;,]/).flatMap((piece) => (piece.trim() === '' ? [] : [piece.trim()]));
  const read = pieces.map((piece) => STRETCH.exec(piece));
  const wrong = pieces.find((_, i) => read[i] === null);
  if (wrong !== undefined)
    return `“${wrong.slice(0, 40)}” is no stretch of time; write 09:00-12:00, 20:00-22:30.`;
  const hours = read.map((match) => ({ from: clockOf(match?.[1]), until: clockOf(match?.[2]) }));
  return { patch: { [id]: hours } };
}

const STRETCH = /^((?:[01]?\d|2[0-3]):[0-5]\d)\s*(?:-|–|to|until)\s*((?:[01]?\d|2[0-3]):[0-5]\d)$/i;

const clockOf = (text = '') => text.padStart(5, '0');

/** The plain name of a field, as `more.start` or `flowKillers` names it. */
export function labelOf(name: string): string {
  const known = Object.values(FIELDS)
    .flat()
    .find(({ id }) => id === name);
  return known?.label ?? wordsOf(name.replace(/^more\./, ''));
}

/** "lastBigThing" as "Last big thing". */
function wordsOf(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function contentOf(content: Record<string, unknown>, { id, key }: HeritageField): unknown {
  return key === undefined ? content[id] : (content[id] as Record<string, unknown>)[key];
}

function stretches(value: unknown): { from: string; until: string }[] {
  return Array.isArray(value) ? (value as { from: string; until: string }[]) : [];
}

function field(id: string, label: string, kind: ConvergencePart['kind'], example: string): HeritageField {
  return { id, label, kind, example, options: [] };
}

function choice(id: string, label: string, words: Record<string, string>): HeritageField {
  const options = Object.entries(words).map(([value, text]) => ({ value, label: text }));
  return { id, label, kind: 'choice', example: '', options: [...options, NOT_SAID] };
}
