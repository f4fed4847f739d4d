import type { Settings } from '../protocol/index.ts';

const HOUR_MS = 3_600_000;

/**
 * Raw rows older than `rowsBefore` and spans that ended before `spansBefore` (ms since the epoch) are to be
 * deleted (systems.md §1: raw 48 h, spans 90 days by default). Pure.
 */
export function retentionCutoffs(
  sensors: Pick<Settings['sensors'], 'rawHours' | 'spanDays'>,
  now: number,
): { rowsBefore: number; spansBefore: number } {
  return {
    rowsBefore: now - sensors.rawHours * HOUR_MS,
    spansBefore: now - sensors.spanDays * 24 * HOUR_MS,
  };
}
