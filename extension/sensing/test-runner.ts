const runners: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['npm test', /^(npm|pnpm|yarn|bun)( run)? (test|t)\b/],
  ['node --test', /^node\b.* --test\b/],
  ['deno test', /^deno (task )?test\b/],
  ['jest', /^(npx |pnpm |yarn |bunx )?jest\b/],
  ['vitest', /^(npx |pnpm |yarn |bunx )?vitest\b/],
  ['mocha', /^(npx |pnpm |yarn |bunx )?mocha\b/],
  ['playwright test', /^(npx |pnpm |yarn |bunx )?playwright test\b/],
  ['pytest', /^(python3? -m |uv run |poetry run )?pytest\b/],
  ['unittest', /^python3? -m unittest\b/],
  ['tox', /^(tox|nox)\b/],
  ['cargo test', /^cargo (test|nextest)\b/],
  ['go test', /^go test\b/],
  ['dotnet test', /^dotnet test\b/],
  ['gradle test', /^(\.\/)?gradlew?\b.* test\b/],
  ['maven test', /^(\.\/)?mvnw?\b.* (test|verify)\b/],
  ['make test', /^make\b.* (test|check)\b/],
  ['ctest', /^ctest\b/],
  ['rspec', /^(bundle exec )?rspec\b/],
  ['rake test', /^(bundle exec )?rake test\b/],
  ['phpunit', /^(\.\/)?(vendor\/bin\/)?phpunit\b/],
  ['mix test', /^mix test\b/],
  ['swift test', /^swift test\b/],
  ['bazel test', /^bazel(isk)? test\b/],
];

/**
 * The name of the test runner that a command line starts, or null. Only this name leaves the window: the
 * command line itself may hold paths, names and secrets.
 */
export function testRunner(commandLine: string): string | null {
  const command = commandLine.trim().replace(/^((?:[A-Za-z_][A-Za-z0-9_]*=\S*|time|command|env)\s+)*/, '');
  return runners.find(([, pattern]) => pattern.test(command))?.[0] ?? null;
}
