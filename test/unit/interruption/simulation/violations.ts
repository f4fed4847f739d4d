import type { PolicyEvent } from '../../../../companion/interruption/transition.ts';
import { DAY, MINUTE, SECOND } from './events.ts';
import type { ShownTap } from './policy-run.ts';
import type { Stream } from './streams.ts';

type Signal = Extract<PolicyEvent, { kind: 'signal' }>['signal'];

/**
 * What the taps of a stream break, in the words of the requirement: it looks back from each tap at the events alone
 * and knows nothing of how the policy works. What happens in the same millisecond may have come before or after.
 */
export function violations(stream: Stream, shows: readonly ShownTap[]): string[] {
  const [without, including] = [false, true].map((inclusive) => found(stream, shows, inclusive));
  return without!.filter((one) => including!.includes(one)).map((one) => one.slice(one.indexOf(' ') + 1));
}

function found(
  { rules, script, reactions }: Stream,
  shows: readonly ShownTap[],
  inclusive: boolean,
): string[] {
  const { interruption: s, loops } = rules.settings;
  const endings = shows.map((_, n) => reactions[n]!.event);
  const reached = shows.filter((_, n) => endings[n]!.kind !== 'undelivered');
  const day = (at: number) => {
    const { day, minute } = rules.local(at);
    return minute < loops.dayStartsAt * 60 ? day - 1 : day;
  };
  return shows.flatMap((tap, n) => {
    const found: string[] = [];
    const before = script.filter(({ at }) => at < tap.at || (inclusive && at === tap.at)).reverse();
    const lastSignal = (kind: Signal['kind'], window?: string): Signal | undefined => {
      for (const { event } of before) {
        if (event.kind === 'left' && event.window === window) return undefined;
        if (event.kind !== 'signal' || event.signal.kind !== kind) continue;
        if (window === undefined || event.window === window) return event.signal;
      }
      return undefined;
    };

    const typed = before.find(({ event }) => event.kind === 'signal' && event.signal.kind === 'typing');
    if (typed && tap.at - typed.at < s.typingGraceSeconds * SECOND) found.push('typing');
    const debugging = lastSignal('debug', tap.window);
    if (debugging?.kind === 'debug' && debugging.active) found.push('debugging');
    const prompt = lastSignal('prompt', tap.window);
    if (prompt?.kind === 'prompt' && prompt.open) found.push('prompt');
    const own = lastSignal('focus', tap.window);
    if (own?.kind !== 'focus' || !own.focused) found.push('unfocused');
    const gained = before.find(
      ({ event }) => event.kind === 'signal' && event.signal.kind === 'focus' && event.signal.focused,
    );
    if (gained?.event.kind !== 'signal' || gained.event.window !== tap.window) found.push('unfocused');
    const pause = before.find(({ event }) => event.kind === 'pause')?.event;
    if (pause?.kind === 'pause' && tap.at < pause.until) found.push('paused');
    const { minute } = rules.local(tap.at);
    const [from, until] = [s.quietFrom, s.quietUntil].map((time) => {
      const [hour, past] = time.split(':').map(Number);
      return (hour ?? 0) * 60 + (past ?? 0);
    }) as [number, number];
    if (s.quietFrom !== '' && (minute - from + 1440) % 1440 < (until - from + 1440) % 1440)
      found.push('quiet');

    const earlier = reached.filter(({ at }) => at < tap.at);
    const kind = tap.candidate.split(':', 1)[0];
    const bypass = kind === 'work_at_risk' && !earlier.some(({ candidate }) => candidate === tap.candidate);
    if (bypass) {
      const subject = tap.candidate.split(':')[1];
      const same = earlier.filter(({ candidate }) => candidate.startsWith(`${kind}:${subject}:`));
      if (same.some(({ at }) => tap.at - at < 7 * DAY)) found.push('weekly');
      return found.map((one) => `${n} ${one}`);
    }
    if (earlier.filter(({ at }) => day(at) === day(tap.at)).length >= s.perDay) found.push('day');
    const outcomes = endings
      .slice(0, n)
      .flatMap((ending) => (ending.kind === 'answered' ? ending.outcome : []));
    const row = outcomes.slice(outcomes.lastIndexOf('engaged') + 1);
    const dismissals = row.filter((outcome) => outcome === 'dismissed').length;
    const doubled = s.refractoryMinutes * 2 ** Math.floor(dismissals / s.dismissalsToDouble);
    const most = Math.max(s.refractoryMinutes, s.maxRefractoryMinutes);
    if (earlier.some(({ at }) => tap.at - at < Math.min(doubled, most) * MINUTE)) found.push('refractory');
    return found.map((one) => `${n} ${one}`);
  });
}
