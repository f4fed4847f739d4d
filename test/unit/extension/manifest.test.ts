import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from '../../../companion/protocol/index.ts';
import { type CommandDeclaration, commands } from '../../../extension/manifest/commands.ts';
import { manifest } from '../../../extension/manifest/manifest.ts';
import { keybindings, menus } from '../../../extension/manifest/menus.ts';
import { viewsWelcome } from '../../../extension/manifest/views.ts';
import { walkthroughs } from '../../../extension/manifest/walkthrough.ts';

const root = path.join(import.meta.dirname, '../../..');
const packageJson = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const ids = new Set<string>(commands.map(({ id }) => id));
const generated = JSON.parse(JSON.stringify(manifest()));

/** The commands that links in a text run. */
const linked = (text: string) => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id as string);

describe('the manifest', () => {
  for (const key of Object.keys(generated)) {
    it(`[F10] has ${key} in package.json as the tables say`, () => {
      assert.deepEqual(packageJson[key], generated[key], 'run `npm run manifest`');
    });
  }

  it('gives every command a title and no id twice', () => {
    const all: readonly CommandDeclaration[] = commands;
    assert.equal(ids.size, all.length);
    for (const { id, title } of all) assert.match(title, /^[A-Z].{3,}/, id);
  });

  it('never disables a command because the companion is down: it must be able to say so', () => {
    const all: readonly CommandDeclaration[] = commands;
    for (const { id, needs, enablement = '' } of all) {
      if (needs === 'companion') assert.doesNotMatch(enablement, /progeny\.state/, id);
    }
  });

  it('names only commands that exist in menus, keys, welcomes and the walkthrough', () => {
    const named = [
      ...Object.values(menus).flatMap((items) => items.map(({ command }) => command)),
      ...keybindings.map(({ command }) => command),
      ...viewsWelcome.flatMap(({ contents }) => linked(contents)),
      ...walkthroughs.flatMap(({ steps }) => steps.flatMap(({ description }) => linked(description))),
    ];
    for (const id of named)
      assert.ok(ids.has(id) || /^(workbench|vscode)\./.test(id), `unknown command ${id}`);
  });

  it('welcomes with exactly one text in every state', () => {
    const whens = viewsWelcome.map(({ when }) => when);
    assert.equal(new Set(whens).size, whens.length);
    for (const state of ['noFolder', 'virtual', 'starting', 'down', 'incompatible', 'connected']) {
      assert.ok(
        whens.some((when) => when.includes(`progeny.state == ${state}`)),
        state,
      );
    }
  });

  it('points only at files that exist', () => {
    const files = [
      generated.icon,
      ...walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ];
    const { activitybar } = generated.contributes.viewsContainers;
    for (const file of [...files, activitybar[0].icon]) assert.ok(existsSync(path.join(root, file)), file);
  });

  it('offers every setting of the companion with words, type and default', () => {
    const sections: {
      properties: Record<string, { description?: string; default?: unknown; scope?: string }>;
    }[] = generated.contributes.configuration;
    const offered = Object.assign({}, ...sections.map(({ properties }) => properties));
    const defaults = settings.parse({}) as Record<string, Record<string, unknown>>;
    for (const [room, values] of Object.entries(defaults)) {
      for (const [name, value] of Object.entries(values)) {
        const property = offered[`progeny.${room}.${name}`];
        assert.ok(property, `${room}.${name} is not offered`);
        assert.ok(property.description, `${room}.${name} has no description`);
        assert.deepEqual(property.default, value);
      }
    }
  });

  it('lets no workspace change a setting: the companion serves the user, not a folder', () => {
    for (const { properties } of generated.contributes.configuration) {
      for (const [key, { scope }] of Object.entries<{ scope: string }>(properties)) {
        assert.ok(scope === 'application' || scope === 'machine', `${key} has scope ${scope}`);
      }
    }
  });
});
