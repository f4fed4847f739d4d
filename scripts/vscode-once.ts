import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Reads VS Code's API once. esbuild would wrap `require('vscode')` anew for each file that imports it, every time
 * with a getter for each of its hundreds of names: most of the time that it took to load the extension.
 */
export function vscodeOnce(root: string): Plugin {
  return {
    name: 'vscode-once',
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
        namespace === 'vscode-once'
          ? { path: 'vscode', external: true }
          : { path: 'vscode', namespace: 'vscode-once' },
      );
      build.onLoad({ filter: /.*/, namespace: 'vscode-once' }, () => {
        const types = readFileSync(path.join(root, 'node_modules/@types/vscode/index.d.ts'), 'utf8');
        const names = types.matchAll(
          /^\s{1,4}export (?:abstract )?(?:namespace|class|enum|const|function|let) (\w+)/gm,
        );
        const exported = [...new Set([...names].map(([, name]) => name))];
        const lines = exported.map((name) => `export const ${name} = /* @__PURE__ */ of('${name}');`);
        const contents = ["const api = require('vscode');", 'const of = (name) => api[name];', ...lines].join(
          '\n',
        );
        return { contents, loader: 'js' };
      });
    },
  };
}
