import { formatLocation, HOME, type Location, parseLocation } from '../model/location.ts';
import type { Disposable } from './host.ts';

/** Where the user is, and how to get elsewhere. */
export interface Navigation {
  readonly current: Location;
  go(location: Location, options?: { replace?: boolean }): void;
  onMove(listener: (location: Location) => void): Disposable;
}

/** The address bar's fragment: addresses that can be kept, the browser's own back and forward. */
export class HashNavigation implements Navigation {
  get current(): Location {
    return parseLocation(location.hash) ?? HOME;
  }

  go(to: Location, { replace = false } = {}): void {
    const hash = formatLocation(to);
    if (hash === location.hash) return;
    if (!replace) {
      location.hash = hash;
      return;
    }
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }

  onMove(listener: (location: Location) => void): Disposable {
    const moved = () => listener(this.current);
    addEventListener('hashchange', moved);
    return { dispose: () => removeEventListener('hashchange', moved) };
  }
}

/** For places without an address bar; `remember` keeps the location for when the view comes back. */
export class MemoryNavigation implements Navigation {
  readonly #listeners = new Set<(location: Location) => void>();
  readonly #remember: (location: Location) => void;
  #current: Location;

  constructor(start: Location, remember: (location: Location) => void) {
    this.#current = start;
    this.#remember = remember;
  }

  get current(): Location {
    return this.#current;
  }

  go(to: Location): void {
    if (formatLocation(to) === formatLocation(this.#current)) return;
    this.#current = to;
    this.#remember(to);
    for (const listener of [...this.#listeners]) listener(to);
  }

  onMove(listener: (location: Location) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
}
