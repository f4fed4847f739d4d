import assert from 'node:assert/strict';
import { testRunner } from '../../../extension/sensing/test-runner.ts';

const table: readonly [string, string | null][] = [
  ['npm test', 'npm test'],
  ['npm run test -- --grep "secret project"', 'npm test'],
  ['npm t', 'npm test'],
  ['CI=true TOKEN=abc pnpm test', 'npm test'],
  ['time cargo test -p x', 'cargo test'],
  ['npx vitest run', 'vitest'],
  ['python -m pytest -k name', 'pytest'],
  ['uv run pytest', 'pytest'],
  ['go test ./...', 'go test'],
  ['./gradlew :app:test', null],
  ['./gradlew clean test', 'gradle test'],
  ['node --experimental-x --test', 'node --test'],
  ['make -j4 check', 'make test'],
  ['bundle exec rspec spec/a_spec.rb', 'rspec'],
  ['npm install test', null],
  ['git commit -m "npm test"', null],
  ['echo pytest', null],
  ['testing', null],
  ['', null],
];

describe('a command line in a terminal', () => {
  for (const [line, name] of table) {
    it(`${JSON.stringify(line)} runs ${name ?? 'no tests'}`, () => assert.equal(testRunner(line), name));
  }
});
