import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONTRACTS } from '../../../companion/agency/contracts.ts';
import { whyNot } from '../../../companion/agency/grants.ts';
import { authorityOf, Grants, type Leave, type StepContext } from '../../../companion/agency/index.ts';
import { isLive } from '../../../companion/agency/live-grant.ts';
import { AuditLog } from '../../../companion/audit/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import {
  type Grant,
  ProgenyError,
  TIERS,
  type Tier,
  type WheelCapability,
  type WheelStep,
} from '../../../companion/protocol/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { commandRisk, DAY, NOW, STEPS } from './sources.ts';

const FOLDERS = ['/a/b', '/a/bc', '/a/b/c', '/a'] as const;
const CAPABILITIES: readonly WheelCapability[] = [
  'draft',
  'edit',
  'command',
  'git',
  'delete_branch',
  'network',
];
const ARGVS = [
  ['npm', 'run', 'lint'],
  ['npm', 'run', 'lint-all'],
  ['npm', 'run', 'lint', '--script-shell=x'],
  ['npm', 'run', 'lint', 'src'],
  ['git', 'push'],
  ['sh', '-c', 'x'],
] as const;
const PATHS = ['src/a.ts', 'src2/a.ts', '../x', '.env', 'docs/a.md'] as const;

/** Mostly one, so that what is given is often about what is asked. */
const folder = fc.constantFrom('/a/b' as const, '/a/b' as const, '/a/b' as const, ...FOLDERS);
const run = fc.constantFrom('run_1', 'run_2');
const digest = fc.constantFrom('d1', 'd1', 'd2', 'd1 ');
const step: fc.Arbitrary<WheelStep> = fc.oneof(
  fc.constantFrom(...STEPS),
  fc.constantFrom(...PATHS).map((path) => ({ tool: 'write', path, text: '' }) satisfies WheelStep),
  fc
    .constantFrom(...ARGVS)
    .map((argv) => ({ tool: 'command', argv: [...argv], folder: '', purpose: '' }) satisfies WheelStep),
);

const of = <const K extends string>(kind: K) => fc.constant(kind);
/** What may happen in any order: the person, the agent, the clock, trust. */
const happening = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: of('tier'), tier: fc.constantFrom('T3' as const, 'T3' as const, ...TIERS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: of('trust'), folder, trusted: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: of('clock'), ms: fc.integer({ min: -2 * DAY, max: 2 * DAY }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: of('restore') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: of('give'),
      folder,
      capability: fc.constantFrom('edit' as const, 'command' as const, ...CAPABILITIES),
      silence: fc.constantFrom(true, true, false),
      paths: fc.constantFrom<string[]>([], [], ['src'], ['docs/a.md']),
      argv: fc.constantFrom<readonly string[] | null>(
        null,
        null,
        ['npm', 'run', 'lint'],
        ['npm'],
        ['git', 'push'],
      ),
      days: fc.constantFrom(0.01, 1, 30, 30),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: of('give'),
      folder,
      capability: fc.constant('command' as const),
      silence: fc.boolean(),
      paths: fc.constant<string[]>([]),
      argv: fc.constantFrom<readonly string[]>(['npm', 'run', 'lint'], ['sh', '-c'], ['git', 'push']),
      days: fc.constantFrom(1, 30, 30),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: of('revoke'), which: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: of('preview'), run, digest }) },
  /** `of`: of which run the preview was that was said yes to. */
  { weight: 3, arbitrary: fc.record({ kind: of('click'), run, of: run, digest }) },
  { weight: 3, arbitrary: fc.record({ kind: of('silence'), run }) },
  {
    weight: 20,
    arbitrary: fc.record({
      kind: of('step'),
      run,
      folder,
      step,
      real: fc.boolean(),
      changed: fc.boolean(),
      by: fc.constantFrom('person' as const, 'agent' as const, 'mind' as const),
    }),
  },
);

/** What is so in the world, kept apart from the product. */
interface Model {
  tier: Tier;
  trusted: Map<string, boolean>;
  /** Leave that was given, and may hold. */
  given: { grant: Grant; revoked: boolean }[];
  restoredAt: number;
  /** The latest time at which the product was asked about anything. */
  latest: number;
  previews: Map<string, string>;
  clicks: Map<string, string>;
  silent: Set<string>;
}

const begins = (argv: readonly string[], prefix: readonly string[]) =>
  prefix.every((part, i) => part === argv[i]) &&
  argv.slice(prefix.length).every((each) => !each.startsWith('-'));

/** The law, said another way than the product does it. */
function lawful(
  model: Model,
  now: number,
  asked: { step: WheelStep; context: StepContext },
  leave: Leave,
): string | null {
  if (!leave.allowed) return null;
  const { step: what, context } = asked;
  if (!model.trusted.get(context.workspace)) return 'in an untrusted folder';
  if ('path' in what && (what.path === '../x' || what.path === '.env')) return 'out of its folder';
  if (what.tool === 'command' && what.argv[0] === 'sh') return 'a shell';
  const preview = model.previews.get(context.run);
  const clicked = preview !== undefined && model.clicks.get(context.run) === preview;
  if (leave.by === 'click') return clicked ? null : 'by a click that nobody made';
  const holds = (silence: boolean) =>
    model.given.some(
      ({ grant, revoked }) =>
        !revoked &&
        grant.id === leave.grant &&
        grant.createdAt > model.restoredAt &&
        grant.createdAt <= now &&
        Math.max(now, model.latest) < grant.expiresAt &&
        grant.workspace === context.workspace &&
        grant.capability === CONTRACTS[what.tool].capability &&
        (!silence || grant.silence) &&
        (grant.paths.length === 0 ||
          ('path' in what && grant.paths.some((top) => `${what.path}/`.startsWith(`${top}/`))) ||
          what.tool !== 'write') &&
        (what.tool !== 'command' || (grant.argv !== null && begins(what.argv, grant.argv))),
    );
  const hard = what.tool === 'command' && what.argv[1] === 'push';
  if (hard) return 'a hard stop without a click';
  if (context.real) {
    if (leave.by !== 'silence' || !context.silence) return 'for real without a click and without silence';
    if (model.tier !== 'T3') return `by silence at ${model.tier}`;
    if (context.origin.by !== 'person') return 'by silence for somebody else';
    return holds(true) ? null : 'by silence without leave that holds';
  }
  if (what.tool !== 'command' || context.origin.by === 'person') return null;
  if (context.changed !== false) return 'what it wrote itself';
  if (model.tier === 'T0' || model.tier === 'T1') return `a command at ${model.tier}`;
  return holds(false) ? null : 'a command without leave that holds';
}

/** Where leave is kept: the product's own store of it, or one that is as quick as memory. */
interface Leaves extends Pick<Grants, 'live' | 'used'> {
  give: Grants['give'];
  revoke(id: string): void;
}

function inMemory(now: () => number, endedAt: () => number): Leaves {
  const all: Grant[] = [];
  let latest = 0;
  return {
    used: () => {},
    give: ({ days, ...about }) => {
      const wrong = whyNot({ days, ...about });
      if (wrong !== null) throw new ProgenyError('bad_input', wrong);
      const given = { id: `grant_${all.length}`, createdAt: now(), expiresAt: now() + days * DAY };
      all.push({ ...about, ...given, revokedAt: null, uses: 0 });
      return { ...(all.at(-1) as Grant) };
    },
    revoke: (id) => {
      const at = all.findIndex((each) => each.id === id);
      all[at] = { ...(all[at] as Grant), revokedAt: now() };
    },
    live: () => {
      latest = Math.max(latest, now());
      return all.filter((each) => isLive(each, now(), endedAt()) && isLive(each, latest, endedAt()));
    },
  };
}

interface Played {
  readonly leaves: Leaves;
  readonly now: () => number;
  setClock(byMs: number): void;
  restore(): number;
}

/** Plays a sequence and holds each answer to the law. Counts what was allowed, by what. */
function play(
  happenings: readonly Happening[],
  { leaves, now, setClock, restore }: Played,
  allowed: Counts,
): void {
  const model: Model = {
    ...{ tier: 'T0' as Tier, given: [], restoredAt: 0, latest: 0 },
    trusted: new Map([['/a/b', true]]),
    previews: new Map(),
    clicks: new Map(),
    silent: new Set(),
  };
  const authority = authorityOf({
    tier: () => model.tier,
    trusted: (path) => model.trusted.get(path) ?? false,
    confidential: () => false,
    grants: leaves,
    commandRisk,
    maxFiles: () => 100,
  });
  for (const each of happenings) {
    switch (each.kind) {
      case 'tier':
        model.tier = each.tier;
        break;
      case 'trust':
        model.trusted.set(each.folder, each.trusted);
        break;
      case 'clock':
        setClock(each.ms);
        break;
      case 'restore':
        model.restoredAt = restore();
        break;
      case 'preview':
        model.previews.set(each.run, `${each.run} ${each.digest}`);
        model.clicks.delete(each.run);
        model.silent.delete(each.run);
        break;
      case 'click':
        model.clicks.set(each.run, `${each.of} ${each.digest}`);
        break;
      case 'silence':
        model.silent.add(each.run);
        break;
      case 'give':
        try {
          const { kind: _, folder: workspace, argv, ...asked } = each;
          const given = leaves.give({ ...asked, workspace, argv: argv && [...argv] });
          model.given.push({ grant: given, revoked: false });
        } catch (error) {
          if (!(error instanceof ProgenyError) || error.code !== 'bad_input') throw error;
        }
        break;
      case 'revoke': {
        const chosen = model.given[each.which];
        if (!chosen) break;
        leaves.revoke(chosen.grant.id);
        chosen.revoked = true;
        break;
      }
      case 'step': {
        const clicked = model.clicks.get(each.run);
        const context: StepContext = {
          ...{ run: each.run, workspace: each.folder, real: each.real, changed: each.changed },
          origin: { by: each.by, name: 'x' },
          digest: model.previews.get(each.run) ?? null,
          click: clicked === undefined ? null : { digest: clicked, connection: 'c', files: null },
          silence: model.silent.has(each.run),
        };
        const leave = authority.mayStep(each.step, context);
        const wrong = lawful(model, now(), { step: each.step, context }, leave);
        assert.equal(
          wrong,
          null,
          `${JSON.stringify(each.step)} was allowed ${wrong}: ${JSON.stringify(leave)}`,
        );
        allowed[leave.allowed ? leave.by : 'refused']++;
        // A question about leave is what the product sees the time by.
        if (leave.allowed && leave.grant !== undefined) model.latest = Math.max(model.latest, now());
      }
    }
  }
}

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;
type Counts = Record<'click' | 'silence' | 'grant' | 'tier' | 'refused', number>;
const none = (): Counts => ({ click: 0, silence: 0, grant: 0, tier: 0, refused: 0 });
const sequences = fc.array(happening, { minLength: 30, maxLength: 150 });
/** A disk takes its time. */
const short = fc.array(happening, { minLength: 20, maxLength: 40 });

describe('agency/authority, whatever happens', function () {
  this.timeout(300_000);

  it('[A6] no sequence of calls reaches a tool above its tier without leave that holds or a click on exactly that preview', () => {
    const allowed = none();
    fc.assert(
      fc.property(sequences, (happenings) => {
        let [time, restoredAt] = [NOW, 0];
        const now = () => time;
        const leaves = inMemory(now, () => restoredAt);
        play(
          happenings,
          { leaves, now, setClock: (ms) => (time += ms), restore: () => (restoredAt = time) },
          allowed,
        );
      }),
      { numRuns: 4000, seed: 20260606, endOnFailure: true },
    );
    // A law that nothing ever comes near to is none.
    for (const [by, times] of Object.entries(allowed)) assert.ok(times > 20, `${by}: ${times}`);
  });

  it('[A6] the same with leave as it is stored', async () => {
    using data = temporaryFolder();
    const clock = new VirtualClock(NOW);
    const store = await openStore(data.path, { clock });
    let [offset, restoredAt, round] = [0, 0, 0];
    // A clock that somebody sets as they like.
    const shaken = Object.assign(Object.create(clock) as VirtualClock, { now: () => clock.now() + offset });
    const audit = new AuditLog({ mind: store.mind, hub: store.hub, clock: shaken, logger: silentLogger });
    store.mind.transact((tx) => {
      for (const [i, path] of FOLDERS.entries())
        tx.run('INSERT INTO workspaces (id, path, opened_at) VALUES (?, ?, 0)', `ws_${i}`, path);
      tx.emit({ type: 'workspace.registered', subject: 'ws_0' });
    });
    const common = { mind: store.mind, clock: shaken, audit, endedAt: () => restoredAt };
    fc.assert(
      fc.property(short, fc.nat(), (happenings, seed) => {
        // Later than all that was told before. The clock itself stands: it would wake whoever waits for it.
        restoredAt = 0;
        offset = ++round * 1000 * DAY;
        play(
          happenings,
          {
            leaves: new Grants({ ...common, random: seededRandom(seed) }),
            now: () => shaken.now(),
            setClock: (ms) => (offset += ms),
            restore: () => (restoredAt = shaken.now()),
          },
          none(),
        );
      }),
      { numRuns: 10, seed: 20260609, endOnFailure: true },
    );
    audit.dispose();
    store.close();
  });
});
