import type { Settings, SettingsPatch } from '../../companion/protocol/index.ts';

type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The settings of `wanted` that differ from `present`, as a change for the companion; null where none does. */
export function changes(present: Settings, wanted: Values): SettingsPatch | null {
  const patch: Record<string, Record<string, unknown>> = {};
  for (const [room, values] of Object.entries(present as Values)) {
    for (const [name, value] of Object.entries(values)) {
      const want = wanted[room]?.[name];
      if (want === undefined || JSON.stringify(want) === JSON.stringify(value)) continue;
      patch[room] = { ...patch[room], [name]: want };
    }
  }
  return Object.keys(patch).length > 0 ? (patch as SettingsPatch) : null;
}

/** The keys of every setting, `room.name`, from a complete set. */
export function settingKeys(all: Settings): string[] {
  return Object.entries(all).flatMap(([room, values]) =>
    Object.keys(values).map((name) => `${room}.${name}`),
  );
}
