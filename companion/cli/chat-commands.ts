import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ago, clip, count } from '../kernel/index.ts';
import { type ChatTurn, type Citation, ProgenyError, type Thought, thought } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, parsePlace, text, UsageError, wholeNumber } from './options.ts';
import { paint } from './output.ts';
import { openAndRead, workspaceFolder } from './session.ts';

const EXCERPT = 90;
const MOST = 1000;

export const chatCommands: Readonly<Record<string, Command>> = {
  ask: {
    usage: 'ask QUESTION [--at FILE:LINE] [--debate] [--conversation ID] [--workspace DIR]',
    summary: 'Ask where you were, why something was decided, what is open; the answer cites its sources',
    options: { at: { type: 'string' }, debate: { type: 'boolean' }, conversation: { type: 'string' } },
    starts: true,
    async run(args, output, api) {
      const question = args.words.join(' ').trim();
      if (question === '') throw new UsageError('ask: expected a question; received nothing');
      const folder = workspaceFolder(text(args, 'workspace'));
      const place = placeOf(args, folder);
      const { path: workspace } = await openAndRead(api, folder, output.progress);
      const conversation = text(args, 'conversation');
      const events = await api.chat.ask({
        question,
        workspace,
        ...(conversation && { conversation }),
        ...(place && { place }),
        ...(args.values.debate === true && { debate: true }),
      });
      let shown = '';
      let turn: ChatTurn | null = null;
      for await (const event of events) {
        if (event.kind === 'step') output.progress(event.words);
        if (event.kind === 'text') {
          if (shown === '') output.progress('');
          shown += event.text;
          output.stream(event.text);
        }
        if (event.kind === 'end') turn = event.turn;
      }
      output.progress('');
      if (!turn) throw new ProgenyError('not_found', 'The question was forgotten while it was answered.');
      const whole = turn;
      output.result(whole, () => endOf(whole, shown, Date.now()));
    },
  },
  thoughts: {
    usage: 'thoughts [--turn ID] [--step STEP] [--text WORDS] [--limit N] [--export FILE]',
    summary: 'What was thought on the way to answers, the newest first',
    options: {
      turn: { type: 'string' },
      step: { type: 'string' },
      text: { type: 'string' },
      limit: { type: 'string' },
      export: { type: 'string' },
    },
    starts: true,
    async run(args, output, api) {
      const [turn, words, file] = [text(args, 'turn'), text(args, 'text'), text(args, 'export')];
      const step = stepOf(args);
      const limit = file === undefined ? wholeNumber(args, 'limit', { to: MOST, otherwise: 50 }) : MOST;
      const found = await api.thoughts.list({
        limit,
        ...(turn && { turn }),
        ...(step && { step }),
        ...(words && { text: words }),
      });
      if (file === undefined)
        return output.result(
          found,
          () => found.map((each) => thoughtText(each, Date.now())).join('\n') || NONE,
        );
      await writeFile(file, found.map((each) => `${JSON.stringify(each)}\n`).join(''), { flag: 'wx' });
      output.result({ file, thoughts: found.length }, () => `${count(found.length, 'thought')} in ${file}.`);
    },
  },
};

/** Where the question is asked from. A file that is not there is a slip of the keys. Throws `UsageError`. */
function placeOf(args: Arguments, folder: string): ReturnType<typeof parsePlace> | null {
  const given = text(args, 'at');
  if (given === undefined) return null;
  const place = parsePlace(given);
  if (existsSync(folder) && !existsSync(path.join(folder, place.file)))
    throw new UsageError(`--at: expected FILE or FILE:LINE of a file in ${folder}; received "${given}"`);
  return place;
}

const NONE = 'There are no such thoughts. `progeny ask QUESTION` makes some.';

/** What comes after the text that was streamed: the whole of it where another took its place, sources, the note. */
function endOf({ answer, citations, note, conversation }: ChatTurn, shown: string, now: number): string {
  const replaced = shown.trim() !== '' && shown !== answer;
  return [
    ...(replaced
      ? ['', paint('dim', 'That did not hold; instead:'), answer]
      : shown === ''
        ? [answer]
        : ['']),
    ...citations.map((each) => citationText(each, now)),
    ...(note === null ? [] : [paint('dim', note)]),
    paint('dim', `Go on with --conversation ${conversation}`),
  ].join('\n');
}

function citationText(citation: Citation, now: number): string {
  const { n, kind, title, excerpt, file, line, commit, branch, at, id } = citation;
  const place = file === undefined ? null : line === undefined ? file : `${file}:${line}`;
  const where = place ?? commit?.slice(0, 12) ?? branch ?? id;
  const when = at === null ? null : ago(at, now);
  const says = clip(
    (kind === 'decision' || kind === 'commit' ? title : excerpt).replace(/\s+/g, ' '),
    EXCERPT,
  );
  return `${`[${n}]`.padStart(5)}  ${[where, kind, when].filter(Boolean).join(' · ')}\n       ${paint('dim', says)}`;
}

function thoughtText({ step, text: said, answeredBy, ms, at, turn }: Thought, now: number): string {
  const who = answeredBy === null ? null : answeredBy.model;
  const head = [ago(at, now), who, ms > 0 ? `${ms} ms` : null, turn].filter(Boolean).join(' · ');
  return `${step.padEnd(11)}${said.replace(/\n/g, '\n           ')}\n           ${paint('dim', head)}`;
}

function stepOf(args: Arguments): Thought['step'] | undefined {
  const given = text(args, 'step');
  if (given === undefined) return undefined;
  const step = thought.shape.step.safeParse(given);
  if (step.success) return step.data;
  throw new UsageError(`--step: expected ${thought.shape.step.options.join(', ')}; received "${given}"`);
}
