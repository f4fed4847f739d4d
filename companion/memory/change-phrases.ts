/** What a sentence says was put in the place of what; null where it does not say. */
export interface Change {
  readonly from: string | null;
  readonly to: string | null;
}

const THING = '([^,.;:!?\\n]{1,60}?)';
const END = '(?=$|[,.;:!?\\n]|\\s(?:because|since|in|on|for|as|after|when|due|last|this|and)\\b)';

/** In their order: what names both sides first. */
const CHANGES: readonly (readonly [pattern: RegExp, from: number | null, to: number | null])[] = [
  [phrase(`(?:moved|switched|migrated|changed|went)\\s+from\\s+${THING}\\s+to\\s+${THING}${END}`), 1, 2],
  [phrase(`(?:moved|switched|migrated|changed|went)\\s+to\\s+${THING}\\s+from\\s+${THING}${END}`), 2, 1],
  [phrase(`replaced\\s+${THING}\\s+(?:with|by)\\s+${THING}${END}`), 1, 2],
  [phrase(`(?:dropped|abandoned|left)\\s+${THING}\\s+(?:for|in favou?r of)\\s+${THING}${END}`), 1, 2],
  [phrase(`(?:use|uses|using|chose|picked)\\s+${THING}\\s+instead\\s+of\\s+${THING}${END}`), 2, 1],
  [phrase(`(?:no longer|not any ?more|stopped)\\s+(?:use|uses|using)\\s+${THING}${END}`), 1, null],
  [phrase(`do(?:es)?\\s*(?:n['’]t|\\s+not)\\s+use\\s+${THING}\\s+any ?more`), 1, null],
  [phrase(`(?:moved|switched|migrated|changed)\\s+(?:over\\s+)?to\\s+${THING}${END}`), null, 1],
  [phrase(`now\\s+(?:use|uses|using)\\s+${THING}${END}`), null, 1],
];

const USAGE = phrase(
  `(?:use|uses|using|run on|runs on|rely on|relies on|store (?:it|data|everything) in|chose|picked|settled on)\\s+${THING}${END}`,
);

/** Reads "we moved from Redis to SQLite", "replaced X with Y", "we no longer use X". English. Pure. */
export function changeIn(sentence: string): Change | null {
  for (const [pattern, from, to] of CHANGES) {
    const match = pattern.exec(sentence);
    if (!match) continue;
    return {
      from: from === null ? null : match[from]!.trim(),
      to: to === null ? null : match[to]!.trim(),
    };
  }
  return null;
}

/** What a sentence says is in use: "we use Redis" gives "Redis"; null where it says no such thing. Pure. */
export function usageIn(sentence: string): string | null {
  const change = changeIn(sentence);
  if (change) return change.to;
  return USAGE.exec(sentence)?.[1]?.trim() ?? null;
}

function phrase(source: string): RegExp {
  return new RegExp(`\\b${source}`, 'iu');
}
