import type {
  Convergence,
  ConvergencePart,
  ConvergenceQuestion,
  MirrorLine,
  SetupApplied,
  SetupFinding,
  SetupTemplate,
} from '../protocol/index.ts';

/** What is said to whoever wants no questions. */
export const SKIPPED =
  'Skipped: nothing is assumed, and nothing asks again. `progeny init --again` if you change your mind.';

const MARKS = { ready: '✓', partly: '~', missing: '·', unknown: '?' } as const;

/** What was found of each thing; of what is missing, what it would add and how to get it. */
export function findingsText(findings: readonly SetupFinding[], columns = 100): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .map(({ state, name, detail, adds, get }) => {
      const line = `${MARKS[state]} ${name.padEnd(width)}  ${detail}`;
      const more = state === 'ready' ? [] : [adds, get];
      const indent = ' '.repeat(width + 4);
      return [line, ...more.flatMap((text) => wrapped(text, columns - indent.length))].join(`\n${indent}`);
    })
    .join('\n');
}

/** The text in lines of at most `width`, broken between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function templatesText(templates: readonly SetupTemplate[]): string {
  const width = Math.max(...templates.map(({ name }) => name.length));
  const lines = templates.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`);
  return `${lines.join('\n')}\n\n\`progeny init --template NAME\` applies one; what exists already is left as it is.`;
}

export function appliedText({ template, applied, left }: SetupApplied): string {
  const lines = [
    ...(applied.length > 0 ? [`Applied from "${template}":`, ...applied.map((each) => `  ${each}`)] : []),
    ...(left.length > 0 ? ['Left as it was:', ...left.map((each) => `  ${each}`)] : []),
  ];
  return applied.length > 0 ? lines.join('\n') : ['Nothing was changed.', ...lines].join('\n');
}

/** How far it has come: "3 of 8 answered". */
export function progressText({ questions }: Convergence): string {
  const answered = questions.filter(({ status }) => status === 'answered').length;
  return `${answered} of ${questions.length} answered`;
}

/** Each question with how to answer it, for a script or a pipe. */
export function questionsText(convergence: Convergence): string {
  const { stage, questions } = convergence;
  if (stage === 'finished') return mirrorText(convergence);
  const lines = questions.flatMap((question) => [
    `${question.status === 'open' ? '○' : question.status === 'answered' ? '●' : '–'} ${question.question}`,
    ...question.parts.map((part) => `    ${howTo(question, part)}`),
  ]);
  const how = [
    '`progeny init` in a terminal asks one by one. Without one, answer with the lines above, then',
    '`progeny init --finish` keeps what was understood; `progeny init --skip` skips all of it.',
  ];
  return [`How you work: ${progressText(convergence)}.`, '', ...lines, '', ...how].join('\n');
}

function howTo({ id, answer }: ConvergenceQuestion, part: ConvergencePart): string {
  const name = part.id === id ? id : `${id}.${part.id}`;
  const said = answer[part.id]?.replaceAll('\n', '; ');
  const values = part.options.map(({ value }) => value).join(' or ');
  return `--answer ${name}="${said ?? (part.kind === 'choice' ? values : part.example)}"`;
}

export function lineText({ lead, text }: MirrorLine): string {
  return `${lead}: ${text}`;
}

export function mirrorText({ mirror }: Convergence): string {
  if (mirror.length === 0) return 'Nothing was answered, so nothing is assumed.';
  return ['What I understood:', ...mirror.map((line) => `  ${lineText(line)}`)].join('\n');
}
