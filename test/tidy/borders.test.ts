import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Who may import whom. A room may import by value what is listed; from any sibling room it may import types,
 * from its `index.ts` only. `*` is everything.
 */
const BASE = ['kernel', 'protocol'];
const ROOMS: Readonly<Record<string, readonly string[] | '*'>> = {
  kernel: [],
  protocol: [],
  client: BASE,
  store: BASE,
  git: BASE,
  anchors: BASE,
  jobs: [...BASE, 'store'],
  sensors: [...BASE, 'store'],
  loops: [...BASE, 'store'],
  embedding: BASE,
  memory: [...BASE, 'store'],
  imports: BASE,
  clusters: [...BASE, 'store'],
  timeline: [...BASE, 'store'],
  hypotheses: [...BASE, 'store'],
  patterns: [...BASE, 'store'],
  convergence: [...BASE, 'store'],
  setup: BASE,
  dream: [...BASE, 'store'],
  prompts: [],
  patches: ['kernel'],
  globe: BASE,
  demo: BASE,
  language: BASE,
  mind: [...BASE, 'store', 'prompts'],
  council: [...BASE, 'store', 'prompts'],
  drift: [...BASE, 'store'],
  narration: [...BASE, 'store', 'prompts'],
  // It keeps what it keeps in a bare repository of its own.
  snapshots: [...BASE, 'git'],
  agency: [...BASE, 'store', 'patches'],
  audit: [...BASE, 'store'],
  processes: BASE,
  'scoped-files': BASE,
  // Its hands make branches and commits.
  recipes: [...BASE, 'git', 'patches'],
  workspaces: [...BASE, 'store'],
  interruption: [...BASE, 'store'],
  replay: BASE,
  limbic: [...BASE, 'store'],
  heritage: [...BASE, 'store'],
  'working-files': [...BASE, 'store'],
  mcp: BASE,
  monitoring: BASE,
  gateway: [...BASE, 'client'],
  cli: '*',
};
/** Files directly under companion/ compose the rooms and know all of them. */
const COMPOSITION = new Set([
  'actor-rooms.ts',
  'agent-runs.ts',
  'agent-side.ts',
  'agents.ts',
  'answering.ts',
  'attention.ts',
  'brief-of.ts',
  'brief-seen.ts',
  'clean-working-files.ts',
  'companion.ts',
  'consolidating.ts',
  'council-evidence.ts',
  'council-facts.ts',
  'council-side.ts',
  'demo-living.ts',
  'demo-marker.ts',
  'demo-mind.ts',
  'demo-minding.ts',
  'demo-place.ts',
  'demo-repositories.ts',
  'demo-rooms.ts',
  'demo-scans.ts',
  'demo-taps.ts',
  'demo-themes.ts',
  'doubts.ts',
  'delegating.ts',
  'draw-themes.ts',
  'dream-report.ts',
  'dream-stages.ts',
  'doctor.ts',
  'drift-taps.ts',
  'dreaming.ts',
  'fate-comment.ts',
  'fate-gathering.ts',
  'fate-history.ts',
  'forgetting.ts',
  'front.ts',
  'globe-rows.ts',
  'globe-side.ts',
  'kept-files.ts',
  'language-side.ts',
  'leave-side.ts',
  'knowledge-of.ts',
  'lifetime.ts',
  'loop-scopes.ts',
  'main.ts',
  'models.ts',
  'remembering.ts',
  'renaming.ts',
  'replaying.ts',
  'saved-files.ts',
  'review.ts',
  'review-tap.ts',
  'pattern-taps.ts',
  'private-notes.ts',
  'nightly.ts',
  'onboarding.ts',
  'overview.ts',
  'planning.ts',
  'planning-ask.ts',
  'planning-places.ts',
  'router.ts',
  'router-council.ts',
  'router-globe.ts',
  'router-mind.ts',
  'router-overview.ts',
  'router-story.ts',
  'router-wheel.ts',
  'scrub-set-aside.ts',
  'self.ts',
  'sensing.ts',
  'serve.ts',
  'service-status.ts',
  'settings-store.ts',
  'snapshot-side.ts',
  'spontaneity.ts',
  'story-facts.ts',
  'story-words.ts',
  'storytelling.ts',
  'theme-subjects.ts',
  'themes-worker.ts',
  'themes.ts',
  'version.ts',
  'watch-snapshots.ts',
  'watched-work.ts',
  'wheel-side.ts',
  'wheel-snapshots.ts',
  'work-timeline.ts',
  'working-sets.ts',
]);
/** Outside packages that only some may touch. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['companion/store'],
  '@parcel/watcher': ['companion/sensors'],
  systeminformation: ['companion/sensors'],
  graphology: ['companion/clusters'],
  'graphology-communities-louvain': ['companion/clusters'],
  vscode: ['extension'],
  preact: ['webviews'],
  '@vscode-elements/elements': ['webviews'],
  pino: ['companion/monitoring'],
  '@modelcontextprotocol/sdk': ['companion/mcp'],
  'onnxruntime-web': ['companion/embedding'],
  '@huggingface/tokenizers': ['companion/embedding'],
  ollama: ['companion/language'],
  'chrono-node': ['companion/memory'],
  three: ['webviews/routes/globe'],
  uplot: ['webviews/parts/chart'],
  '@clack/prompts': ['companion/cli'],
  diff: ['companion/cli', 'companion/heritage', 'companion/patches', 'webviews/model'],
  '@orpc/server': ['companion/gateway', 'companion/router.ts'],
  '@orpc/openapi': ['companion/gateway'],
};

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');
}

function importsOf(file: string): Import[] {
  const text = withoutComments(readFileSync(file, 'utf8'));
  const found: Import[] = [];
  for (const match of text.matchAll(/^(import|export)\s+(type\s+)?([^'"]*?)from\s+['"]([^'"]+)['"]/gms)) {
    const names = match[3] as string;
    const inner = /\{([^}]*)\}/.exec(names)?.[1] ?? 'everything';
    const allTypes = inner.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
    found.push({ file, target: match[4] as string, typeOnly: match[2] !== undefined || allTypes });
  }
  for (const match of text.matchAll(/(?<!typeof )import\(\s*['"]([^'"]+)['"]\s*\)/g))
    found.push({ file, target: match[1] as string, typeOnly: false });
  for (const match of text.matchAll(/^import\s+['"]([^'"]+)['"]/gm))
    found.push({ file, target: match[1] as string, typeOnly: false });
  return found;
}

const files = globSync('{companion,extension,webviews}/**/*.{ts,tsx}').map((file) =>
  file.split(path.sep).join('/'),
);
const imports = files.flatMap(importsOf);
const resolved = imports
  .filter(({ target }) => target.startsWith('.'))
  .map((found) => ({ ...found, to: path.posix.join(path.posix.dirname(found.file), found.target) }));
const roomOf = (file: string) => /^companion\/([^/]+)\//.exec(file)?.[1] ?? null;

describe('borders between rooms', () => {
  it('[F10] every file has an owner room that the table knows', () => {
    const strays = files.filter((file) => {
      if (!file.startsWith('companion/')) return false;
      const room = roomOf(file);
      return room === null ? !COMPOSITION.has(path.posix.basename(file)) : !(room in ROOMS);
    });
    assert.deepEqual(strays, []);
  });

  it('[F10] a room imports only what its row lists, and of siblings only types, through their index', () => {
    const wrong = resolved.filter(({ file, to, typeOnly }) => {
      const from = roomOf(file);
      const target = roomOf(to);
      if (from === null || from === target) return false;
      if (!to.startsWith('companion/')) return true;
      if (target === null) return from !== 'cli';
      const allowed = ROOMS[from] as readonly string[] | '*';
      const door = to === `companion/${target}/index.ts` || to === `companion/${target}/node.ts`;
      return !door || !(typeOnly || allowed === '*' || allowed.includes(target));
    });
    assert.deepEqual(
      wrong.map(({ file, to }) => `${file} -> ${to}`),
      [],
    );
  });

  it('[F10] the extension and the webviews know of the companion only the contract, its client and the kernel', () => {
    const wrong = resolved.filter(({ file, to }) => {
      const outside = file.startsWith('extension/') || file.startsWith('webviews/');
      if (!outside || !to.startsWith('companion/')) return false;
      return !['protocol', 'client', 'kernel'].includes(roomOf(to) ?? '');
    });
    assert.deepEqual(
      wrong.map(({ file, to }) => `${file} -> ${to}`),
      [],
    );
  });

  it('[F10] the extension takes from the web app only what knows no page, and the web app nothing of the extension', () => {
    const shared = /^webviews\/(?:page|assets|host\/messages|model\/[\w-]+)\.ts$/;
    const wrong = resolved.filter(
      ({ file, to }) =>
        (file.startsWith('extension/') && to.startsWith('webviews/') && !shared.test(to)) ||
        (file.startsWith('webviews/') && to.startsWith('extension/')),
    );
    assert.deepEqual(
      wrong.map(({ file, to }) => `${file} -> ${to}`),
      [],
    );
  });

  it('[F10] drivers and frameworks stay where they belong', () => {
    const wrong = imports.filter(({ file, target }) => {
      const owners = Object.entries(PACKAGES).find(
        ([name]) => target === name || target.startsWith(`${name}/`),
      )?.[1];
      return owners !== undefined && !owners.some((owner) => file === owner || file.startsWith(`${owner}/`));
    });
    // Routers of the rooms are typed by the server package; the handlers of the contract are made with it.
    assert.deepEqual(
      wrong.map(({ file, target }) => `${file} -> ${target}`),
      [],
    );
  });

  it('[F10] what runs in a browser imports nothing of Node', () => {
    const seen = new Set<string>();
    const queue = ['webviews/main.tsx'];
    const wrong: string[] = [];
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const { target, typeOnly } of importsOf(file)) {
        if (typeOnly) continue;
        if (target.startsWith('node:')) wrong.push(`${file} -> ${target}`);
        if (target.startsWith('.')) {
          const to = path.posix.join(path.posix.dirname(file), target);
          if (/\.tsx?$/.test(to) && existsSync(to)) queue.push(to);
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(seen.size > 10, 'the walk did not reach the app');
  });

  it('[F10] there are no cycles between files', () => {
    const graph = Map.groupBy(
      resolved.filter(({ typeOnly }) => !typeOnly),
      ({ file }) => file,
    );
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open')
        return void cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      state.set(file, 'open');
      for (const { to } of graph.get(file) ?? []) visit(to, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of graph.keys()) visit(file, []);
    assert.deepEqual(cycles, []);
  });

  it('[F10] time, timers and chance come from the kernel', () => {
    // The client waits for processes and sockets of the real world; the terminal is such a world too.
    const exempt = /^companion\/(kernel|cli|client)\//;
    const wrong = files.filter((file) => {
      if (!file.startsWith('companion/') || exempt.test(file) || file === 'companion/serve.ts') return false;
      const code = withoutComments(readFileSync(file, 'utf8'));
      return /\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)|\bset(Timeout|Interval)\(/.test(code);
    });
    assert.deepEqual(wrong, []);
  });
});
