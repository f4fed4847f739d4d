/** Words that say how a repository is laid out, or what kind of work a branch is, and not what anything is about. */
const LAYOUT = new Set(
  `src lib libs app apps application package packages module modules plugin plugins server client web api rest rpc ui
  backend frontend core common shared util utils helper helpers internal pkg cmd bin main index init test tests testing
  spec specs unit integration e2e fixture fixtures mock mocks doc docs documentation example examples script scripts
  tool tools config configs setting settings asset assets static public style styles css sass image images icon icons
  component components page pages view views route routes router model models service services controller controllers
  handler handlers hook hooks store stores reducer action type types interface interfaces schema schemas entity
  entities migration migrations resource resources java kotlin python typescript javascript com org net
  feature features feat fix bugfix hotfix chore refactor spike work wip task issue branch dev release the and for`
    .split(/\s+/)
    .filter(Boolean),
);

/** Shorter ones are anybody's. */
const SHORTEST = 3;

/** The words of a name that say what it is about: lower case, without a plural's s; none that only says where things lie. */
export function wordsOf(name: string): string[] {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= SHORTEST && !LAYOUT.has(word))
    .map((word) =>
      word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word,
    );
  return [...new Set(words)];
}

/** Those of a path; its extension says nothing. */
export function pathWords(file: string): string[] {
  return wordsOf(file.replace(/(\.\w{1,5})+$/, ''));
}

/** The folder of a file; '' at the top. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}
