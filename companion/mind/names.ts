const EXTENSION =
  '[cm]?[jt]sx?|json[c5l]?|md|mdx|py|rs|go|java|kt|c|h|cc|cpp|hpp|cs|rb|php|swift|sh|sql|ya?ml|toml|html?|s?css|vue|svelte|txt|csv|xml|lock|gradle|proto|ipynb|tf|ini|cfg|conf|env|log';
const FILE = new RegExp(
  `(?<![\\p{L}\\p{N}_/.@+-])(?:\\.{0,2}/)?(?:[\\p{L}\\p{N}_@.+-]+/)*[\\p{L}\\p{N}_@+-][\\p{L}\\p{N}_@.+-]*\\.(?:${EXTENSION})(?![\\p{L}\\p{N}_])(?::\\d+)?`,
  'giu',
);
const FOLDER = /(?<![\p{L}\p{N}_/.:@+-])(?:[\p{L}\p{N}_@.+-]+\/)+(?:[\p{L}\p{N}_@.+-]+)?/gu;
/** Digits and letters, so that no word and no plain number is one. */
const HASH = /(?<![\p{L}\p{N}_-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}(?![\p{L}\p{N}_-])/gu;
const ID = /\b(?:memory|loop|whisper|decision|turn|conversation|belief|hypothesis)_[0-9a-z]{4,}\b/g;

/** Things of a workspace that a text names by their own names. */
export interface Names {
  readonly files: readonly string[];
  readonly hashes: readonly string[];
  readonly ids: readonly string[];
}

/** Files (without their lines), folders and branches, commits and ids in a text. Pure. */
export function namesIn(text: string): Names {
  const files = [...text.matchAll(FILE)].map(([found]) => found.replace(/:\d+$/, '').replace(/^\.\//, ''));
  const folders = [...text.matchAll(FOLDER)].map(([found]) => found.replace(/[.,]$/, ''));
  return {
    files: [
      ...new Set([...files, ...folders.filter((each) => !files.some((file) => file.startsWith(each)))]),
    ],
    hashes: [...new Set([...text.matchAll(HASH)].map(([found]) => found))],
    ids: [...new Set([...text.matchAll(ID)].map(([found]) => found))],
  };
}

/** Names that stand nowhere in the text that was given. Pure. */
export function inventedNames(sentence: string, known: string): string[] {
  const { files, hashes, ids } = namesIn(sentence);
  const text = known.toLowerCase();
  const knownHashes = namesIn(text).hashes;
  return [
    ...files.filter((file) => !text.includes(file.toLowerCase().replace(/\/$/, ''))),
    ...hashes.filter((hash) => !knownHashes.some((each) => each.startsWith(hash) || hash.startsWith(each))),
    ...ids.filter((id) => !text.includes(id)),
  ];
}
