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
  M1: '`npm run bench -- recall --data FILE` takes any file in LoCoMo’s format and prints recall of turns and sessions for lexical, lexical+neighbours, hybrid and hybrid+rerank, with decay off and on, through the product’s own remember and recall.',
  M2: 'A year of daily dreams after the last session costs at most one point of turn recall@10.',
  M3: 'Recall at 1,000 to 1,000,000 records: at most 3 times the raw FTS5 query lexical and 10 times hybrid at 100,000; below 1 GB at 1,000,000; the service answers a ping within 50 ms while a scan runs.',
  M4: 'Forget: after `forget` by each selector, a byte search of database files, WAL, logs, working files and their rejected copies, set-aside files, exports and backups taken afterwards finds no trace of the content; restoring an older backup brings none back; the tombstone holds no content.',
  M5: '1,000 near-duplicate pairs (template, order, whitespace, case) merge with provenance kept, recall at least .9; of 1,000 near-miss pairs (one number, name or negation changed) none does. Turns of conversations and episodes never merge.',
  M6: '"We use Redis" in March, "we moved to SQLite" in May: recall as of April and as of June answer differently, both cited; the closed fact is marked.',
  M7: 'Clusters on a labelled public text set of at least 2,000 items: adjusted mutual information with the labels within .05 of HDBSCAN or Louvain on the same vectors run in one batch; ids stable for >= 95 % of items over 50 incremental rounds with 5 % churn; one insertion costs < 5 ms at 5,000 subjects.',
  M8: 'The official inspector or SDK client lists and calls every tool over both transports; a request without a token is refused; two actors never see each other’s records (2,000 random operations with canaries on every read path).',
  M9: 'Import of each format from a fixture that follows the real export’s shape, killed half-way and resumed: same result as uninterrupted. Export, import into an empty mind, recall: the same answers.',
  M10: 'In the real host, from the installed .vsix, with embeddings on: search, source click opens file and line or commit, forget preview, restore. Screenshots.',
  M11: 'Bad input: a record of 1 MB, an empty query, a query of stop words, operators, quotes or emoji, NUL bytes, right-to-left text, vectors of another model (read anew, with progress), a model file that is truncated or missing: AMNESIA with words.',
  S6: 'A dream missed at night runs at the first idle ten minutes. Killed at each stage boundary and at ten random instants, then rerun: same end state as an undisturbed one; a second run on the same day changes nothing; two at once: one waits with a message.',
};
