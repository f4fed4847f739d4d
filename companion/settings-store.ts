import { Listeners } from './kernel/index.ts';
import { defaultSettings, type Settings, type SettingsPatch, settings } from './protocol/index.ts';
import type { Hub } from './store/index.ts';

const KEY = 'settings';
const SECTIONS = Object.keys(defaultSettings) as (keyof Settings)[];

/** The settings in force. Only what differs from the defaults is kept, so that better defaults reach everyone. */
export class SettingsStore {
  readonly changed = new Listeners<Settings>();
  #hub: Hub | null = null;
  #patch: SettingsPatch = {};
  #settings: Settings = defaultSettings;

  get current(): Settings {
    return this.#settings;
  }

  /** Reads what was kept. Until then, and where it cannot be understood, the defaults hold. */
  attach(hub: Hub): void {
    this.#hub = hub;
    const patch = JSON.parse(hub.getMeta(KEY) ?? '{}') as SettingsPatch;
    const kept = settings.safeParse(patch);
    if (kept.success) this.#apply(patch, kept.data);
  }

  /** Throws `read_only`; then nothing has changed. */
  update(patch: SettingsPatch): Settings {
    const merged = Object.fromEntries(
      SECTIONS.map((section) => [section, { ...this.#patch[section], ...patch[section] }]),
    );
    const next = settings.parse(merged);
    this.#hub?.setMeta(KEY, JSON.stringify(merged));
    this.#apply(merged, next);
    return next;
  }

  #apply(patch: SettingsPatch, next: Settings): void {
    this.#patch = patch;
    this.#settings = next;
    this.changed.tell(next);
  }
}
