/**
 * What the product must show, one entry a requirement. A test cites an entry by putting `[F1]` into its title;
 * `test/tidy/requirements.test.ts` fails on an entry that no test cites, and on a citation without an entry.
 */
export const requirements: Readonly<Record<string, string>> = {
  F1: 'From a clean clone with only Node 20 and git, `npm start -- --workspace REPO --once --json` prints a brief as JSON: last activity, loops with anchors and evidence, next steps. Each item of evidence is {commit}, {file, line} or {branch} and exists; a repository with history has at least five.',
  F2: 'From a clean clone, `npm test` passes and ends with `N passed, N failed`; line coverage of companion/ and extension/ is at least 80 %, enforced.',
  F3: 'In a real VS Code host: activation, pulse text, Loops rows equal to the companion’s, whisper at cursor from a keybinding to a row and to open_loops.json, brief command, shoulder tap once and not again within the refractory period, companion killed -> pulse shows it -> restarts -> tree intact.',
  F4: 'One hundred `kill -9` at random moments under a write load of 10,000 events: every acknowledged event is there afterwards, in order, once; the store passes its integrity check; what a user wrote is synced before it is acknowledged; work across hub.db and a mind completes or never happened.',
  F5: 'Bad input and bad days end in a typed error or a degraded state in words, never in a crash, a hang or a loss: malformed frames, wrong token, foreign Origin, oversize body, unknown procedure, wrong types, vanished workspace, repository without commits, detached HEAD, submodules, a 2 GB file, odd names, non-UTF-8 content, read-only data directory, full disk. The contract holds under random input.',
  F6: 'Benchmarks activation, ready, brief, storm, sensing and events meet their bars; docs/BENCHMARKS.md gives figures and commands.',
  F7: 'After 200 random edits, renames and moves, at least 95 % of line anchors point at their text and the rest say that they lost it.',
  F8: '`progeny loops` proposes at most 20 threads of a repository, ranked so that the first ones are those a maintainer would name.',
  F9: '`npm run package` makes one .vsix of at most 40 MB that installs into the host and works there without node_modules of the project, with native parts for Linux, macOS and Windows (x64 and arm64).',
  F10: 'Tidy: import directions, generated manifest, error codes equal docs/ERRORS.md, every procedure has handler, permission and test. Looking at a hostile repository runs nothing of it.',
  M7: 'Clusters on a labelled public text set of at least 2,000 items: adjusted mutual information with the labels within .05 of HDBSCAN or Louvain on the same vectors run in one batch; ids stable for >= 95 % of items over 50 incremental rounds with 5 % churn; one insertion costs < 5 ms at 5,000 subjects.',
  M9: 'Import of each format from a fixture that follows the real export’s shape, killed half-way and resumed: same result as uninterrupted. Export, import into an empty mind, recall: the same answers.',
  M10: 'In the real host, from the installed .vsix, with embeddings on: search, source click opens file and line or commit, forget preview, restore. Screenshots.',
};
