import { count, listing } from '../kernel/index.ts';
import type { Results } from './stage.ts';

/** What a dream did, a sentence a line: counts only, and no word that anybody wrote. Pure. */
export function linesOf(results: Results, titles: ReadonlyMap<string, string> = new Map()): string[] {
  const of = (stage: string, name: string) => results[stage]?.counts[name] ?? 0;
  const lines: string[] = [];
  const say = (line: string | null) => {
    if (line !== null) lines.push(line);
  };
  say(
    sentence([
      counted(of('consolidate', 'written'), 'summary written', 'summaries written'),
      counted(of('consolidate', 'renewed'), 'renewed', 'renewed'),
      counted(of('consolidate', 'dropped'), 'taken away with its theme', 'taken away with their themes'),
    ]),
  );
  const merged = of('merge', 'merged');
  say(merged === 0 ? null : `${count(merged, 'record')} merged with another that says the same.`);
  say(
    sentence([
      counted(of('cluster', 'formed'), 'theme formed', 'themes formed'),
      counted(of('cluster', 'grew'), 'grew', 'grew'),
      counted(of('cluster', 'dissolved'), 'dissolved', 'dissolved'),
    ]),
  );
  say(
    sentence([
      counted(
        of('hypotheses', 'formed'),
        'belief about how you work formed',
        'beliefs about how you work formed',
      ),
      counted(of('hypotheses', 'withdrawn'), 'withdrawn', 'withdrawn'),
      counted(of('promotion', 'learned'), 'confirmed one learned', 'confirmed ones learned'),
    ]),
  );
  const archived = of('decay', 'archived');
  say(
    archived === 0
      ? null
      : `${count(archived, 'faded record')} archived: found behind others from now on, not deleted.`,
  );
  const review = Object.values(results).flatMap((result) => result.review ?? []);
  say(
    review.length === 0
      ? null
      : `${count(review.length, 'finding')} for you to look at; nothing about ${review.length === 1 ? 'it' : 'them'} was changed.`,
  );
  say(of('hygiene', 'damaged') > 0 ? 'The store is damaged: `progeny doctor` says what to do.' : null);
  const failed = Object.keys(results).filter((stage) => of(stage, 'failed') > 0);
  const names = failed.map((stage) => (titles.get(stage) ?? stage).toLowerCase());
  say(failed.length === 0 ? null : `Not done, the log says why: ${listing(names, 3)}.`);
  return lines.length > 0 ? lines : ['Nothing had to be changed.'];
}

function counted(n: number, one: string, many: string): string | null {
  return n === 0 ? null : count(n, one, many);
}

function sentence(parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : `${said.join(', ')}.`;
}
