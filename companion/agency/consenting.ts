import type { Disposable } from '../kernel/index.ts';
import { ProgenyError, WHEEL_STATUS_IS, type WheelPreview } from '../protocol/index.ts';
import { type Countdown, count, looksAt, see, startCountdown } from './countdown.ts';
import type { WheelOptions } from './parts.ts';
import type { KeptRun, RunFiles } from './run-files.ts';
import { isWaiting } from './run-machine.ts';
import type { StoredRun } from './run-row.ts';
import type { Runs } from './runs.ts';

/** Who speaks, where it is a socket: nothing else is ever shown a preview in a way that a yes can rest on. */
export type Speaker = string | null;

export interface ConsentingOptions {
  readonly wheel: WheelOptions;
  readonly runs: Runs;
  readonly files: RunFiles;
  /** Whether another run is at work, or about to be, in the folder of this one. */
  isBusy(run: StoredRun): boolean;
  /** Programs may be run on a copy now. */
  rehearse(run: string, kept: KeptRun): void;
  /** A countdown has come to its end. */
  begin(run: string, consent: 'click' | 'silence', connection: string): void;
}

interface Counting {
  countdown: Countdown;
  /** Who clicked; null for silence. */
  clickedBy: string | null;
  timer: Disposable | null;
}

const MOST_SHOWN = 1000;
const SECOND = 1000;

/** From a preview to a yes: who was shown what, the click, the countdown. It holds nothing that outlives the process. */
export class Consenting {
  readonly #options: ConsentingOptions;
  /** Which digest of which run a connection was shown. */
  readonly #shown = new Map<string, string>();
  readonly #counting = new Map<string, Counting>();

  constructor(options: ConsentingOptions) {
    this.#options = options;
  }

  countdownOf(run: string): Countdown | null {
    return this.#counting.get(run)?.countdown ?? null;
  }

  /** A preview as it was shown to somebody. Throws `conflict` where there is none (any more). */
  async show(id: string, speaker: Speaker): Promise<WheelPreview> {
    const { runs, files } = this.#options;
    const run = runs.get(id);
    const kept = run.digest === null ? null : await files.load(id);
    if (!kept)
      throw new ProgenyError('conflict', `There is no preview: the run is ${WHEEL_STATUS_IS[run.status]}.`);
    if (speaker !== null && isWaiting(run.status)) {
      if (this.#shown.size >= MOST_SHOWN) this.#shown.delete(this.#shown.keys().next().value!);
      this.#shown.set(key(speaker, id), kept.preview.digest);
    }
    return kept.preview;
  }

  /** A person's yes. Throws `forbidden` and `conflict`, with a row in the audit log. */
  async approve(
    { id, digest, files }: { id: string; digest: string; files?: readonly string[] | undefined },
    speaker: Speaker,
  ): Promise<void> {
    const { runs, wheel, isBusy } = this.#options;
    const run = this.#mayAnswer(id, digest, speaker, 'approve');
    const kept = await this.#options.files.load(id);
    if (kept?.first) return this.#rehearse(id, kept, speaker!);
    const accepted = files === undefined ? null : await this.#accepted(id, files);
    if (isBusy(run))
      throw new ProgenyError('conflict', 'Another run is at work in this folder. Say yes when it is done.');
    this.#end(id);
    const connection = speaker!;
    const told = {
      act: 'approved',
      actor: 'person',
      result: 'click',
      data: { digest, files: accepted?.length ?? run.files },
    };
    runs.move(id, 'consented', told, {
      change: { consent: { by: 'click', connection }, accepted, reason: null },
    });
    const ms = wheel.settings().vetoSeconds * SECOND;
    this.#start(id, startCountdown('click', ms, wheel.clock.now()), connection);
  }

  /** Nothing of the folder is at stake yet, so there is no countdown. */
  #rehearse(id: string, kept: KeptRun, connection: string): void {
    const { runs, rehearse } = this.#options;
    const told = {
      act: 'approved',
      actor: 'person',
      result: 'rehearsal',
      data: { digest: kept.preview.digest },
    };
    runs.move(id, 'rehearse', told, { change: { consent: { by: 'click', connection }, reason: null } });
    this.end(id);
    rehearse(id, kept);
  }

  /** A countdown whose silence is consent begins, standing still. */
  countSilence(id: string): void {
    const { runs, wheel } = this.#options;
    runs.move(id, 'consented', { act: 'countdown', result: 'silence' });
    const ms = wheel.settings().silenceSeconds * SECOND;
    this.#start(id, startCountdown('silence', ms, wheel.clock.now()), null);
  }

  /** Whether somebody sees the countdown now. Throws as `approve` does; a click's countdown needs no eyes. */
  seen({ id, digest, visible }: { id: string; digest: string; visible: boolean }, speaker: Speaker): void {
    const { wheel, runs } = this.#options;
    this.#mayAnswer(id, digest, speaker, 'seen');
    const counting = this.#counting.get(id);
    if (counting?.countdown.consent !== 'silence') return;
    const now = wheel.clock.now();
    const stood = looksAt(counting.countdown, now) === null;
    counting.countdown = see(counting.countdown, speaker!, visible, now);
    this.#schedule(id, counting);
    if (stood !== (looksAt(counting.countdown, now) === null)) runs.changed.tell(id);
  }

  /** It counts no more: stopped, expired, or begun. */
  end(id: string): void {
    this.#end(id);
    for (const shown of [...this.#shown.keys()]) if (shown.endsWith(` ${id}`)) this.#shown.delete(shown);
  }

  dispose(): void {
    for (const id of [...this.#counting.keys()]) this.#end(id);
  }

  #start(id: string, countdown: Countdown, clickedBy: string | null): void {
    const counting: Counting = { countdown, clickedBy, timer: null };
    this.#counting.set(id, counting);
    this.#options.runs.changed.tell(id);
    this.#schedule(id, counting);
  }

  #schedule(id: string, counting: Counting): void {
    counting.timer?.dispose();
    counting.timer = null;
    const { clock } = this.#options.wheel;
    const at = looksAt(counting.countdown, clock.now());
    if (at === null) return;
    if (at <= clock.now()) this.#look(id);
    else counting.timer = clock.after(Math.max(0, at - clock.now()), () => this.#look(id));
  }

  /** At its end, or where it went out of sight. */
  #look(id: string): void {
    const counting = this.#counting.get(id);
    if (!counting) return;
    const { begin, runs, wheel } = this.#options;
    const now = wheel.clock.now();
    const seenBy = counting.countdown.seenBy;
    counting.countdown = count(counting.countdown, now);
    if (counting.countdown.remainingMs > 0) {
      this.#schedule(id, counting);
      runs.changed.tell(id);
      return;
    }
    const { consent } = counting.countdown;
    this.end(id);
    begin(id, consent, consent === 'click' ? counting.clickedBy! : (seenBy ?? ''));
  }

  #end(id: string): void {
    this.#counting.get(id)?.timer?.dispose();
    this.#counting.delete(id);
  }

  /** Only who was shown exactly this preview, over the socket that is still the same. */
  #mayAnswer(id: string, digest: string, speaker: Speaker, act: string): StoredRun {
    const { runs } = this.#options;
    const run = runs.get(id);
    const refuse = (code: 'forbidden' | 'conflict', why: string): never => {
      runs.note(
        id,
        { act, actor: speaker === null ? 'unknown' : 'person', result: 'refused', data: { code } },
        {},
      );
      throw new ProgenyError(code, why);
    };
    if (speaker === null)
      return refuse(
        'forbidden',
        'Only who was shown the preview can answer for it. Open it in the editor or in the browser.',
      );
    if (!isWaiting(run.status)) return refuse('conflict', `The run is ${WHEEL_STATUS_IS[run.status]}.`);
    if (run.digest !== digest)
      return refuse(
        'conflict',
        'This is the yes to another preview than the one that there is. Look at it again.',
      );
    if (this.#shown.get(key(speaker, id)) !== digest)
      return refuse(
        'conflict',
        'This connection was not shown the preview (`wheel.preview`). Look at it first.',
      );
    return run;
  }

  async #accepted(id: string, files: readonly string[]): Promise<readonly string[] | null> {
    const kept = await this.#options.files.load(id);
    const shown = kept?.preview.files ?? [];
    const known = new Set(shown.map(({ path }) => path));
    const unknown = files.find((file) => !known.has(file));
    if (unknown !== undefined)
      throw new ProgenyError('conflict', `"${unknown}" is no file of this preview. Look at it again.`);
    const chosen = new Set(files);
    if (chosen.size === 0 && known.size > 0)
      throw new ProgenyError('conflict', 'None of its files is accepted. Stop the run instead.');
    if (chosen.size === known.size) return null;
    // A file that moves goes with where it was.
    return shown.flatMap(({ path, from }) => (chosen.has(path) ? [path, from ?? []].flat() : []));
  }
}

function key(connection: string, run: string): string {
  return `${connection} ${run}`;
}
