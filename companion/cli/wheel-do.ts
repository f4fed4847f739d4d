import { isCancel, multiselect, select } from '@clack/prompts';
import type { Api } from '../client/index.ts';
import {
  visibleLine,
  WHEEL_STATUS_WORDS,
  type WheelPreview,
  type WheelRun,
  wheelPhase,
} from '../protocol/index.ts';
import { type Output, paint } from './output.ts';
import { diffLines } from './wheel-diff.ts';
import { previewText, reportText, runText } from './wheel-text.ts';

/** A longer diff is shown whole when it is asked for. */
const SHOWN_LINES = 200;
const TICK_MS = 200;

/** How `wheel do` ends, as an exit code: done; not done (no, refused, expired); done and rolled back. */
export const ENDS = { done: 0, notDone: 5, rolledBack: 6 } as const;

/** Takes a run that was proposed to its end with the person at this terminal. Returns the exit code. */
export async function seeThrough(proposed: WheelRun, output: Output, api: Api): Promise<number> {
  const { id } = proposed;
  using veto = new Veto(() => api.wheel.stop({ id }));
  let run = await follow(id, api, output, veto, (each) => each.status !== 'planning');
  const waits = () => run.status === 'previewed' || run.countdown?.consent === 'silence';
  if (waits()) {
    const files = await asked(run, output, api);
    if (files === 'no') run = await api.wheel.stop({ id });
    else
      run = await api.wheel.approve({
        id,
        digest: files.digest,
        ...(files.paths !== null && { files: files.paths }),
      });
    if (wheelPhase(run.status) !== 'settled')
      run = await follow(
        id,
        api,
        output,
        veto,
        ({ status }) => status === 'done' || status === 'interrupted',
      );
  }
  output.result(run, () => (run.report ? `\n${headOf(run)}${reportText(run)}` : runText(run, Date.now())));
  if (run.status === 'done' || run.status === 'kept') return ENDS.done;
  return run.status === 'rolled_back' || run.status === 'undone' ? ENDS.rolledBack : ENDS.notDone;
}

function headOf({ status, reason }: WheelRun): string {
  if (status === 'done') return '';
  return `${paint('bold', WHEEL_STATUS_WORDS[status])}${reason === null ? '' : `. ${visibleLine(reason)}`}\n`;
}

/** The word of the person: which files, under which digest; or no. Shows everything that it is about first. */
async function asked(
  run: WheelRun,
  output: Output,
  api: Api,
): Promise<'no' | { digest: string; paths: string[] | null }> {
  const preview = await api.wheel.preview({ id: run.id });
  const lines = await diffLines(preview, api);
  const long = lines.length > SHOWN_LINES;
  output.stream(
    [
      runText(run, Date.now()),
      '',
      ...lines.slice(0, SHOWN_LINES),
      ...(long ? [paint('dim', `… ${lines.length - SHOWN_LINES} more lines`)] : []),
      '',
      previewText(preview),
      '',
    ].join('\n'),
  );
  for (;;) {
    const said = await select({
      message: 'Do it?',
      initialValue: 'no',
      options: [
        { value: 'no', label: 'No, don’t' },
        { value: 'yes', label: 'Yes, exactly this' },
        ...(preview.files.length > 1 ? [{ value: 'choose', label: 'Only some of the files…' }] : []),
        ...(long ? [{ value: 'all', label: `Show all ${lines.length} lines first` }] : []),
      ],
    });
    if (isCancel(said) || said === 'no') return 'no';
    if (said === 'yes') return { digest: preview.digest, paths: null };
    if (said === 'all') output.stream(`${lines.join('\n')}\n`);
    else return chosen(preview);
  }
}

async function chosen({ files, digest }: WheelPreview): Promise<'no' | { digest: string; paths: string[] }> {
  const paths = await multiselect({
    message: 'Which files? Space marks, Enter goes on.',
    options: files.map(({ path, kind }) => ({ value: path, label: visibleLine(path), hint: kind })),
    initialValues: files.map(({ path }) => path),
    required: true,
  });
  return isCancel(paths) ? 'no' : { digest, paths };
}

/** Follows a run until it is as `until` says, or settled, and tells how it goes. */
async function follow(
  id: string,
  api: Api,
  output: Output,
  veto: Veto,
  until: (run: WheelRun) => boolean,
): Promise<WheelRun> {
  let last: WheelRun | null = null;
  let heardAt = 0;
  const tell = () => {
    if (last) output.progress(veto.given ? 'Stopping, and rolling back …' : progressOf(last, heardAt));
  };
  const timer = setInterval(tell, TICK_MS);
  try {
    for await (const run of await api.wheel.watch({ id })) {
      last = run;
      heardAt = Date.now();
      tell();
      if (until(run) || wheelPhase(run.status) === 'settled') return run;
    }
    return last ?? (await api.wheel.get({ id }));
  } finally {
    clearInterval(timer);
    output.progress('');
  }
}

function progressOf({ status, countdown, steps }: WheelRun, heardAt: number): string {
  if (status === 'counting' && countdown) {
    const gone = countdown.endsAt === null ? 0 : Date.now() - heardAt;
    const seconds = Math.ceil(Math.max(0, countdown.remainingMs - gone) / 1000);
    return `Starts in ${seconds} s · Ctrl-C: no, don’t`;
  }
  const step =
    steps.find((each) => each.status === 'running') ?? steps.find((each) => each.status === 'waiting');
  const stop = status === 'planning' ? 'Ctrl-C: stop' : 'Ctrl-C: stop and roll back';
  return `${WHEEL_STATUS_WORDS[status]}${step ? `: ${visibleLine(step.words)}` : ''} · ${stop}`;
}

/** Ctrl-C as a no: the first stops the run and waits for what comes of it; a second ends the command. */
class Veto implements Disposable {
  given = false;
  readonly #listener: () => void;

  constructor(stop: () => Promise<unknown>) {
    this.#listener = () => {
      if (this.given) process.exit(130);
      this.given = true;
      // What could not be stopped is settled already; the one who follows it hears so.
      stop().catch(() => {});
    };
    process.on('SIGINT', this.#listener);
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#listener);
  }
}
