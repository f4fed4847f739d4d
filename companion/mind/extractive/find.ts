import { ago } from '../../kernel/index.ts';
import { matching } from '../match.ts';
import { quote, words } from '../quote.ts';
import type { Source } from '../source.ts';
import type { Extract, Statement } from '../statement.ts';
import { type Asked, isWithin, pathNamed } from '../what-is-asked.ts';
import { tellOf, unknown } from './telling.ts';

const SHOWN = 5;
const NEAR_BEST = 0.5;
const CHANGED =
  /(?<!\p{L})(?:who|when|last|changed?|touched|wrote|history|wer|wann|zuletzt|geändert|geschrieben)(?!\p{L})/iu;

/** The best of what is known, each in its own words. `history`: commits of the file that is meant, newest first. */
export function find(asked: Asked, sources: readonly Source[], history: readonly Source[]): Extract {
  const changes = history.length > 0 && CHANGED.test(asked.question) ? history.slice(0, 3) : [];
  const found = matching(sources, asked.words, {
    names: asked.perception.entities,
    now: asked.now,
    prefer: { decision: 1.15, whisper: 1.1 },
  });
  const best = Math.max(0, ...found.map(({ covers }) => covers));
  const file = pathNamed(asked.question) ?? asked.place.file;
  const near = found
    .filter(
      ({ covers, source }) =>
        covers >= best * NEAR_BEST ||
        (source.file !== undefined && file !== undefined && isWithin(source.file, file)),
    )
    .map(({ source }) => source)
    .filter((source) => !changes.some(({ commit }) => commit === source.commit && source.kind === 'commit'));
  const statements = [
    ...changes.map((source, i) => changed(source, i, asked.now, file ?? null)),
    ...near.slice(0, SHOWN - changes.length).map((source) => tellOf(source, asked.now)),
  ];
  return statements.length > 0 ? { statements, known: true } : unknown(asked);
}

function changed(source: Source, i: number, now: number, file: string | null): Statement {
  const author = words(source.text.split('\n')[1] ?? '', 60);
  const what = i === 0 && file !== null ? `${file} was last changed` : 'Before that';
  const when = source.at === null ? '' : ` ${ago(source.at, now)}`;
  return {
    text: `${what} by ${author}${when} in ${source.commit?.slice(0, 7)}: ${quote(source.excerpt, 140)}`,
    sources: [source],
  };
}
