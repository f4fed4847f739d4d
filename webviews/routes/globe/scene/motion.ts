import type { GlobeView } from '../../../model/globe/globe-scene.ts';
import { bounded } from './camera.ts';
import { wrapped } from './sphere.ts';

/** How the view moves. Angles in radians, times in milliseconds. */
export interface Motion {
  readonly view: GlobeView;
  /** Under way to here; null: nowhere. */
  readonly flight: { readonly from: GlobeView; readonly to: GlobeView; readonly at: number } | null;
  /** After letting go: radians a millisecond. */
  readonly spin: { readonly longitude: number; readonly latitude: number } | null;
  /** Until the first touch. */
  readonly drifts: boolean;
}

/** A flight explains where one is now, and no more. */
export const FLIGHT_MS = 200;
/** Once around in seven minutes. */
const DRIFT = (2 * Math.PI) / (7 * 60_000);
/** Where frames are further apart than this, the drift all but stands, instead of jumping. */
const DRIFT_STEP_MS = 100;
/** After so long a spin is at a third of its speed. */
const SPIN_LASTS = 260;
const SPIN_ENDS = 0.00002;

/** The motion `ms` later. */
export function moved(motion: Motion, ms: number): Motion {
  const { view, flight, spin, drifts } = motion;
  if (flight) {
    const at = Math.min(FLIGHT_MS, flight.at + ms);
    const done = 1 - (1 - at / FLIGHT_MS) ** 3;
    const along = (from: number, to: number) => from + (to - from) * done;
    const now = {
      longitude: flight.from.longitude + wrapped(flight.to.longitude - flight.from.longitude) * done,
      latitude: along(flight.from.latitude, flight.to.latitude),
      distance: along(flight.from.distance, flight.to.distance),
    };
    return { ...motion, view: bounded(now), flight: at >= FLIGHT_MS ? null : { ...flight, at } };
  }
  if (spin) {
    const slower = Math.exp(-ms / SPIN_LASTS);
    // The way of a speed that falls exponentially, whatever the frames' lengths.
    const way = SPIN_LASTS * (1 - slower);
    const longitude = view.longitude + spin.longitude * way;
    const latitude = view.latitude + spin.latitude * way;
    const left = { longitude: spin.longitude * slower, latitude: spin.latitude * slower };
    const goesOn = Math.hypot(left.longitude, left.latitude) > SPIN_ENDS;
    return { ...motion, view: bounded({ ...view, longitude, latitude }), spin: goesOn ? left : null };
  }
  if (!drifts) return motion;
  const longitude = view.longitude + DRIFT * Math.min(ms, DRIFT_STEP_MS);
  return { ...motion, view: bounded({ ...view, longitude }) };
}

/** Starts towards another view; `atOnce` is there already. */
export function towards(motion: Motion, to: GlobeView, atOnce: boolean): Motion {
  const end = bounded(to);
  const rest = { ...motion, spin: null, drifts: false };
  if (atOnce) return { ...rest, view: end, flight: null };
  return { ...rest, flight: { from: motion.view, to: end, at: 0 } };
}

/** Where it will have come to rest, not counting a spin. */
export function destination(motion: Motion): GlobeView {
  return motion.flight?.to ?? motion.view;
}
