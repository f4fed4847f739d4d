import type { ReplayedTap } from '../../../../companion/replay/index.ts';
import type { DeveloperWeeks, RawCandidate } from '../../../support/streams/developer-weeks.ts';
import { DAY, DeskAt, HOUR, MINUTE, SECOND } from './desk-at.ts';

const PER_DAY = 3;
const PAUSE = 240 * MINUTE;
const MOST = 24 * HOUR;

function isBypass(candidate: string): boolean {
  return candidate.startsWith('work_at_risk:');
}

function kindOf(candidate: string): string {
  return candidate.slice(0, candidate.indexOf(':'));
}

/** The pause that must lie before a tap, after how the ones before it were answered. */
function pauseAfter(taps: readonly ReplayedTap[], pause: number): number {
  const row = taps.slice(taps.findLastIndex(({ outcome }) => outcome === 'engaged') + 1);
  const dismissals = row.filter(({ outcome }) => outcome === 'dismissed').length;
  return dismissals < 3 ? pause : Math.min(MOST, PAUSE * 2 ** Math.floor(dismissals / 3));
}

/**
 * What the taps of a stream break, in the words of S2. `pause`: the shortest that is allowed, in ms. Of the lines of the
 * tap's own millisecond some may have come before it and some after: it is held to the point that suits it best.
 */
export function broken(weeks: DeveloperWeeks, taps: readonly ReplayedTap[], pause = PAUSE): string[] {
  const desk = new DeskAt(weeks);
  return taps.flatMap((tap, n) => {
    const look = () => brokenBy(tap, taps.slice(0, n), desk, pause);
    desk.to(tap.at - 1);
    const points = [look()];
    desk.to(tap.at, () => points.push(look()));
    return points.sort((x, y) => x.length - y.length)[0]!;
  });
}

function brokenBy(tap: ReplayedTap, before: readonly ReplayedTap[], desk: DeskAt, pause: number): string[] {
  const found: string[] = [];
  const window = desk.windows.get(tap.window);
  if (tap.at - desk.typed < 10 * SECOND) found.push('typing');
  if (window?.debugging) found.push('debugging');
  if (window?.asking) found.push('prompt');
  if (desk.focused !== tap.window) found.push('unfocused');
  if (tap.at < desk.pausedUntil) found.push('paused');
  if (desk.quiet(tap.at)) found.push('quiet');
  if (!desk.boundary(tap.at)) found.push('boundary');
  if (isBypass(tap.candidate)) return found;
  if (before.filter(({ at }) => desk.dayOf(at) === desk.dayOf(tap.at)).length >= PER_DAY) found.push('day');
  if (before.some(({ at }) => tap.at - at < pauseAfter(before, pause))) found.push('refractory');
  return found;
}

interface Life {
  readonly candidate: RawCandidate;
  readonly bornAt: number;
  opened: boolean;
}

/**
 * Of the candidates whose gates were all open at some whole second of their life, with the taps that were really
 * shown before it: how many there are, and which of them were not shown.
 */
export function openings(
  weeks: DeveloperWeeks,
  taps: readonly ReplayedTap[],
): { readonly opened: number; readonly missed: readonly string[] } {
  const desk = new DeskAt(weeks);
  const alive = new Map<string, Life>();
  const over = new Set<string>();
  const opened = new Set<string>();
  const shownAt = new Map(taps.map((tap) => [tap.candidate, tap.at]));
  for (let now = Math.ceil(weeks.from / SECOND) * SECOND; now < weeks.until; now += SECOND) {
    desk.to(now, (line) => {
      if ('withdraw' in line)
        for (const [id, { candidate }] of alive) if (candidate.subject === line.withdraw) alive.delete(id);
      if (!('candidate' in line)) return;
      const { candidate } = line;
      if (!alive.has(candidate.id) && !over.has(candidate.id))
        alive.set(candidate.id, { candidate, bornAt: line.at, opened: false });
    });
    if (alive.size === 0 || desk.focused === null) continue;
    for (const [id, { bornAt, candidate }] of alive) {
      const shown = shownAt.get(id);
      if (shown !== undefined && shown <= now) {
        opened.add(id);
        over.add(id);
        alive.delete(id);
      } else if (now - bornAt >= 24 * HOUR) {
        if (!candidate.bypass) over.add(id);
        alive.delete(id);
      }
    }
    const front = desk.front!;
    if (front.debugging || front.asking || now - desk.typed < 10 * SECOND) continue;
    if (now < desk.pausedUntil || desk.quiet(now) || !desk.boundary(now)) continue;
    const before = taps.filter(({ at }) => at <= now);
    const last = before.at(-1);
    // A tap that waits for its answer is a prompt too, and takes the whole moment.
    if (last && now < last.at + Math.max(last.responseMs ?? 10 * MINUTE, MINUTE)) continue;
    for (const [id, { candidate }] of alive) {
      if (candidate.workspace !== null && !front.folders.has(candidate.workspace)) continue;
      if (allowed(candidate, before, now, desk)) opened.add(id);
    }
  }
  return { opened: opened.size, missed: [...opened].filter((id) => !shownAt.has(id)) };
}

function allowed(
  candidate: RawCandidate,
  before: readonly ReplayedTap[],
  now: number,
  desk: DeskAt,
): boolean {
  if (!candidate.bypass)
    return (
      before.filter(({ at }) => desk.dayOf(at) === desk.dayOf(now)).length < PER_DAY &&
      before.every(({ at }) => now - at >= pauseAfter(before, PAUSE))
    );
  const alike = before.filter((tap) => kindOf(tap.candidate) === kindOf(candidate.id));
  return (
    alike.every(({ at }) => now - at >= PAUSE) &&
    alike.every(({ at, subject }) => subject !== candidate.subject || now - at >= 7 * DAY)
  );
}
