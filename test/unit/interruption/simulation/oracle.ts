import type { Rules } from '../../../../companion/interruption/rules.ts';
import type { PolicyEvent } from '../../../../companion/interruption/transition.ts';
import { DAY, HOUR, MINUTE, SECOND } from './events.ts';
import type { Reaction, ShownTap } from './policy-run.ts';

/** Everything happens on a whole second. */
export type Script = readonly { readonly at: number; readonly event: PolicyEvent }[];

interface Life {
  id: string;
  kind: string;
  subject: string;
  workspace: string | null;
  bypass: boolean;
  born: number;
}

interface Desk {
  folders: Set<string>;
  /** Nobody knows what the hands did in it before. */
  since: number;
  active: number;
  typed: number;
  saved: number | null;
  debugging: boolean;
  asking: boolean;
  event: { moment: ShownTap['moment']; at: number } | null;
  spent: number;
}

/**
 * The rules of interruption written a second time, as plainly as can be: it walks through time second by second and
 * shows whatever nothing forbids. What it shows is what must be shown, no less and no more.
 */
export class Oracle {
  readonly shows: ShownTap[] = [];
  readonly #rules: Rules;
  readonly #reactions: readonly Reaction[];
  #lives: Life[] = [];
  #desks = new Map<string, Desk>();
  #front: string | null = null;
  #typed = Number.NEGATIVE_INFINITY;
  #paused = 0;
  #taps: { id: string; kind: string; subject: string; at: number }[] = [];
  #over = new Map<string, 'shown' | 'expired'>();
  #dismissed = 0;
  #open: { life: Life; endsAt: number; reaction: Reaction; withdrawn: boolean } | null = null;

  constructor(rules: Rules, reactions: readonly Reaction[]) {
    this.#rules = rules;
    this.#reactions = reactions;
  }

  play(script: Script, start: number, end: number): ShownTap[] {
    let next = 0;
    for (let now = start; now <= end; now += SECOND) {
      this.#look(now);
      if (this.#open && this.#open.endsAt <= now) {
        this.#end(now);
        this.#look(now);
      }
      while (script[next]?.at === now) {
        this.#hear(script[next]!.event, now);
        this.#look(now);
        next++;
      }
      // Nothing can be shown before the next event: go there.
      const idle = !this.#open && (this.#front === null || this.#lives.length === 0);
      if (idle) now = Math.max(now, (script[next]?.at ?? end + SECOND) - SECOND);
    }
    return this.shows;
  }

  #look(now: number): void {
    const { interruption: s, loops } = this.#rules.settings;
    this.#lives = this.#lives.filter((life) => {
      if (now - life.born < s.candidateHours * HOUR) return true;
      this.#over.set(life.id, 'expired');
      return false;
    });
    if (this.#lives.length === 0 || this.#front === null || this.#open || now < this.#paused) return;
    const desk = this.#desks.get(this.#front)!;
    if (desk.debugging || desk.asking) return;
    if (now - Math.max(this.#typed, desk.since) < s.typingGraceSeconds * SECOND) return;
    const moment = momentAt(desk, now, s.idleSeconds, s.saveQuietSeconds);
    if (!moment || this.#quiet(now)) return;

    const day = (at: number) => {
      const { day, minute } = this.#rules.local(at);
      return minute < loops.dayStartsAt * 60 ? day - 1 : day;
    };
    const base = s.refractoryMinutes * MINUTE;
    let period = base;
    for (let n = s.dismissalsToDouble; n <= this.#dismissed; n += s.dismissalsToDouble) period *= 2;
    period = Math.min(period, Math.max(base, s.maxRefractoryMinutes * MINUTE));
    const ordinary =
      this.#taps.filter((tap) => day(tap.at) === day(now)).length < s.perDay &&
      this.#taps.every((tap) => now - tap.at >= period);
    const allowed = this.#lives.filter((life) => {
      if (life.workspace !== null && !desk.folders.has(life.workspace)) return false;
      const alike = this.#taps.filter((tap) => tap.kind === life.kind);
      if (!life.bypass || alike.some((tap) => tap.id === life.id)) return ordinary;
      return (
        alike.every((tap) => now - tap.at >= base) &&
        alike.every((tap) => tap.subject !== life.subject || now - tap.at >= 7 * DAY)
      );
    });
    allowed.sort(
      (a, b) => Number(b.bypass) - Number(a.bypass) || a.born - b.born || a.id.localeCompare(b.id),
    );
    const life = allowed[0];
    if (!life) return;
    this.#lives = this.#lives.filter((one) => one !== life);
    desk.spent = now;
    const reaction = this.#reactions[this.shows.length];
    if (!reaction) throw new Error('The oracle needs a reaction to each tap.');
    this.#open = { life, endsAt: now + reaction.afterMs, reaction, withdrawn: false };
    this.#taps.push({ id: life.id, kind: life.kind, subject: life.subject, at: now });
    this.shows.push({ at: now, candidate: life.id, window: this.#front, moment });
  }

  #quiet(now: number): boolean {
    const { quietFrom, quietUntil } = this.#rules.settings.interruption;
    if (!quietFrom || !quietUntil || quietFrom === quietUntil) return false;
    const { minute } = this.#rules.local(now);
    const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    if (quietFrom < quietUntil) return quietFrom <= clock && clock < quietUntil;
    return clock >= quietFrom || clock < quietUntil;
  }

  #end(now: number): void {
    const { life, reaction, withdrawn } = this.#open!;
    this.#open = null;
    if (reaction.event.kind === 'undelivered') {
      this.#taps.pop();
      if (!withdrawn) this.#lives.push(life);
      return;
    }
    const { outcome, again } = reaction.event;
    if (outcome === 'engaged') this.#dismissed = 0;
    if (outcome === 'dismissed') this.#dismissed++;
    if (again && !withdrawn) this.#lives.push({ ...life, born: now });
    else this.#over.set(life.id, 'shown');
  }

  #hear(event: PolicyEvent, now: number): void {
    if (event.kind === 'pause') this.#paused = event.until;
    if (event.kind === 'left') {
      this.#desks.delete(event.window);
      if (this.#front === event.window) this.#front = null;
    }
    if (event.kind === 'commit') {
      for (const desk of this.#desks.values())
        if (desk.folders.has(event.workspace)) desk.event = { moment: 'commit', at: now };
    }
    if (event.kind === 'withdrawn') {
      this.#lives = this.#lives.filter((life) => life.subject !== event.subject);
      if (this.#open?.life.subject === event.subject) this.#open.withdrawn = true;
    }
    if (event.kind === 'born') {
      const { id, subject, workspace, bypass } = event.candidate;
      const known = this.#lives.find((life) => life.id === id);
      const over = this.#over.get(id);
      if (this.#open?.life.id === id) this.#open.withdrawn = false;
      else if (known) Object.assign(known, { workspace, bypass });
      else if (!over || (over === 'expired' && bypass)) {
        const kind = id.split(':')[0]!;
        this.#lives.push({ id, kind, subject, workspace, bypass, born: now });
      }
    }
    if (event.kind === 'signal') this.#signal(event, now);
  }

  #signal({ window, workspace, signal }: Extract<PolicyEvent, { kind: 'signal' }>, now: number): void {
    let desk = this.#desks.get(window);
    if (!desk) {
      desk = {
        folders: new Set(),
        since: now,
        active: now,
        typed: now,
        saved: null,
        debugging: false,
        asking: false,
        event: null,
        spent: -1,
      };
      this.#desks.set(window, desk);
    }
    desk.folders.add(workspace);
    if (signal.kind !== 'test' && signal.kind !== 'diagnostics') desk.active = now;
    if (signal.kind === 'typing') {
      this.#typed = now;
      desk.typed = now;
      desk.event = null;
      if (desk.saved !== null && now - desk.saved > 3 * SECOND) desk.saved = null;
    }
    if (signal.kind === 'save') desk.saved = now;
    if (signal.kind === 'prompt') desk.asking = signal.open;
    if (signal.kind === 'test' && signal.passed) desk.event = { moment: 'tests_green', at: now };
    if (signal.kind === 'debug') {
      if (desk.debugging && !signal.active) desk.event = { moment: 'debug_ended', at: now };
      desk.debugging = signal.active;
    }
    if (signal.kind === 'focus' && signal.focused) {
      if (this.#front !== window) desk.event = { moment: 'focus', at: now };
      this.#front = window;
    }
    if (signal.kind === 'focus' && !signal.focused && this.#front === window) this.#front = null;
  }
}

function momentAt(
  desk: Desk,
  now: number,
  idleSeconds: number,
  quietSeconds: number,
): ShownTap['moment'] | null {
  const lasts = (at: number) => now >= at && now < at + MINUTE && at > desk.spent;
  if (desk.event && lasts(desk.event.at)) return desk.event.moment;
  if (desk.saved !== null && lasts(Math.max(desk.saved, desk.typed) + quietSeconds * SECOND)) return 'save';
  return lasts(desk.active + idleSeconds * SECOND) ? 'idle' : null;
}
