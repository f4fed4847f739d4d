import type * as vscode from 'vscode';
import type { ToldMemory } from './run-desk.ts';

const KEY = 'progeny.wheel.told';
const MOST = 100;

/** What was said to its end in this workspace: ids and states, kept by the editor over a reload of the window. */
export class ToldRuns implements ToldMemory {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  has(key: string): boolean {
    return this.#keys.includes(key);
  }

  add(key: string): void {
    if (!this.has(key)) void this.#memory.update(KEY, [...this.#keys, key].slice(-MOST));
  }

  get #keys(): readonly string[] {
    const kept = this.#memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  }
}
