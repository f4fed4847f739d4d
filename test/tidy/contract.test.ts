import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { contract, type ProcedureMeta } from '../../companion/protocol/index.ts';

interface Declared {
  name: string;
  meta: ProcedureMeta;
  route: { method: string; path: string; summary: string };
}

/** Every procedure of the contract, by its dotted name. */
function procedures(node: object, trail: string[] = []): Declared[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const found = (value as { '~orpc'?: Omit<Declared, 'name'> })['~orpc'];
    return found
      ? [{ name: [...trail, key].join('.'), meta: found.meta, route: found.route }]
      : procedures(value, [...trail, key]);
  });
}

const declared = procedures(contract);
const router = [...globSync('companion/router*.ts'), 'companion/gateway/handlers.ts']
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const tests = globSync('test/{unit,service}/**/*.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

describe('contract', () => {
  it('[F10] every procedure has a permission, a rate class, a summary and a route of its own', () => {
    const routes = declared.map(({ route }) => `${route.method} ${route.path}`);
    assert.equal(new Set(routes).size, routes.length);
    for (const { name, meta, route } of declared) {
      assert.ok(['public', 'read', 'write', 'sense', 'admin'].includes(meta.permission), name);
      assert.ok(['auth', 'read', 'write', 'sense', 'heavy'].includes(meta.rate), name);
      assert.ok(route.summary.length > 10 && route.path.startsWith('/v1/'), name);
    }
  });

  for (const { name } of declared) {
    it(`[F10] ${name} has a handler and a test`, () => {
      assert.ok(router.includes(`os.${name}.handler(`), `no handler os.${name}.handler(`);
      assert.match(
        tests,
        new RegExp(`\\b(api|client)\\.${name.replace('.', '\\.')}\\(`),
        `no test calls api.${name}(`,
      );
    });
  }
});
