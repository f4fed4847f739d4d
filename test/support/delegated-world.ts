import { chmodSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../companion/client/index.ts';
import type { CompanionOptions } from '../../companion/companion.ts';
import type { AuditRow, WheelRun } from '../../companion/protocol/index.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { eventually, type TestCompanion, testCompanion } from './companion.ts';
import { HurryClock } from './hurry-clock.ts';
import { openStore } from './store.ts';
import { temporaryFolder } from './temporary.ts';

/** 2026-03-02, 06:00 UTC: a day with many hours left in most places. */
const MORNING = Date.UTC(2026, 2, 2, 6);
const HOUR = 60 * 60 * 1000;

/** A small project with a fixer of its own, tests that a word makes fail, a changelog and a TODO. */
const PROJECT = {
  'package.json': `${JSON.stringify({ name: 'boat', private: true, scripts: { 'lint:fix': 'node fix.js', test: 'node check.js' } }, null, 2)}\n`,
  'fix.js': `const fs = require('fs');
for (const name of fs.readdirSync('src')) {
  const text = fs.readFileSync('src/' + name, 'utf8');
  const fixed = text.replaceAll('var ', 'const ');
  if (fixed !== text) fs.writeFileSync('src/' + name, fixed);
}
`,
  'check.js': `const fs = require('fs');
for (const name of fs.readdirSync('src')) if (fs.readFileSync('src/' + name, 'utf8').includes('BROKEN')) process.exit(1);
console.log('1 passing');
`,
  'src/a.js': 'const a = 1;\n// TODO mend the tiller\n',
  'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n### Added\n\n- A boat.\n',
};

export interface DelegatedWorld extends AsyncDisposable {
  readonly t: TestCompanion;
  readonly clock: HurryClock;
  readonly repository: TestRepository;
  readonly workspace: string;
  /** Waits until a run stands so (or in one of these ways). */
  until(id: string, ...status: WheelRun['status'][]): Promise<WheelRun>;
  /** Asks for a run and waits until its planning is over. */
  propose(recipe: string, options?: Record<string, string>, api?: Api): Promise<WheelRun>;
  /** Looks at the preview and says yes to it. */
  approve(id: string, api?: Api): Promise<WheelRun>;
  /** A file to fix, with a name of its own. */
  soil(name?: string): void;
  trust(): Promise<number>;
  audit(run?: string): Promise<AuditRow[]>;
  /** Over REST, with the person's token or another. */
  rest(method: string, route: string, body?: object, token?: string): Promise<Response>;
}

export interface DelegatedOptions extends Partial<CompanionOptions> {
  /** So many verified successes are in the log before it starts. */
  readonly earned?: number;
}

/** A whole companion with its real parts, on a small project that is a git repository, and a clock that can be sent ahead. */
export async function delegatedWorld({
  earned = 0,
  ...options
}: DelegatedOptions = {}): Promise<DelegatedWorld> {
  const folder = temporaryFolder();
  const dataDirectory = path.join(folder.path, 'data');
  const clock = new HurryClock(MORNING);
  if (earned > 0) await earnTrust(dataDirectory, earned);
  const t = await testCompanion({ clock, ...options, dataDirectory });
  const { api } = t;
  const repository = await makeRepository();
  repository.commit(PROJECT, { message: 'feat: a boat' });
  chmodSync(path.join(repository.root, 'fix.js'), 0o644);
  const workspace = (await api.workspaces.open({ path: repository.root })).path;
  await api.settings.update({ wheel: { vetoSeconds: 0 }, gateway: { rateFactor: 1000 } });
  let soiled = 0;
  const until: DelegatedWorld['until'] = async (id, ...wanted) =>
    eventually(async () => {
      const run = await api.wheel.get({ id });
      return wanted.includes(run.status) ? run : null;
    }, 30_000).catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify(await api.wheel.get({ id }), null, 1)}`);
    });
  return {
    ...{ t, clock, repository, workspace, until },
    async propose(recipe, given = {}, by = api) {
      const { id } = await by.wheel.propose({ workspace, recipe, options: given });
      // Where silence may do, it is shown for a moment before it counts.
      return await eventually(async () => {
        const run = await api.wheel.get({ id });
        return run.status === 'planning' || (run.status === 'previewed' && run.reason === null) ? null : run;
      }, 30_000);
    },
    async approve(id, by = api) {
      const { digest } = await by.wheel.preview({ id });
      return await by.wheel.approve({ id, digest });
    },
    soil(name = `src/soiled-${soiled++}.js`) {
      repository.write({ [name]: `var of_${name.replace(/\W/g, '_')} = 1;\n` });
    },
    trust: async () => (await api.self.state({})).trust,
    async audit(run) {
      const rows: AuditRow[] = [];
      for (let after = 0; ; after = rows.at(-1)?.seq ?? 0) {
        const page = await api.audit.list({ after, limit: 500 });
        rows.push(...page);
        if (page.length < 500) return run === undefined ? rows : rows.filter((row) => row.run === run);
      }
    },
    rest: (method, route, body, token = t.discovery.token) =>
      fetch(`${t.companion.address}${route}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    async [Symbol.asyncDispose]() {
      await t[Symbol.asyncDispose]();
      await repository[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** What a past of so many good runs leaves in the log: three a day of each recipe count. */
async function earnTrust(dataDirectory: string, successes: number): Promise<void> {
  const first = MORNING - 60 * 24 * HOUR;
  const clock = new HurryClock(first);
  const store = await openStore(dataDirectory, { clock });
  for (let n = 0; n < successes; n++) {
    store.mind.transact((tx) =>
      tx.emit({
        type: 'wheel.settled',
        subject: `run_earned_${n}`,
        data: { recipe: 'fix-lint', outcome: 'success', verified: true, changedFiles: 1 },
      }),
    );
    clock.skip(12 * HOUR);
  }
  store.close();
}
