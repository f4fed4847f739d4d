import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { clip } from '../kernel/index.ts';
import {
  answersTemplate,
  heritageCore,
  heritagePreferences,
  ProgenyError,
  type SetupTemplate,
  settingsPatch,
  templateSheet,
  voiceProfile,
} from '../protocol/index.ts';

const SHEET = 'template.json';

/** How each JSON file of a template is read; what is not named here is text, and taken as it is. */
const SCHEMAS = {
  'core.json': heritageCore,
  'preferences.json': heritagePreferences,
  'answers.json': answersTemplate,
  'settings.json': settingsPatch,
  'profile.json': voiceProfile,
} as const;
export type TemplateSchema = keyof typeof SCHEMAS;

/** A template that was read: what it says of itself, and the text of each of its files. */
export interface Template extends SetupTemplate {
  readonly texts: ReadonlyMap<string, string>;
}

/** The templates that ship with the product: a folder each, with a sheet and files. */
export class Templates {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<SetupTemplate[]> {
    const all = await Promise.all((await this.#names()).map((name) => this.read(name)));
    return all.map(({ texts, ...template }) => template);
  }

  /** Throws `not_found`, naming those there are. */
  async read(name: string): Promise<Template> {
    const names = await this.#names();
    if (!names.includes(name)) {
      const message = `There is no template "${clip(name, 60)}". There are ${names.join(', ')}.`;
      throw new ProgenyError('not_found', message);
    }
    const folder = path.join(this.#folder, name);
    const files = (await readdir(folder)).filter((file) => file !== SHEET).sort();
    const texts = await Promise.all(
      files.map(
        async (file): Promise<[string, string]> => [file, await readFile(path.join(folder, file), 'utf8')],
      ),
    );
    const { title, summary } = templateSheet.parse(await readJson(path.join(folder, SHEET)));
    return { name, title, summary, files, texts: new Map(texts) };
  }

  async #names(): Promise<string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  }
}

/** A JSON file of a template, held to its schema; null where the template has none of that name. */
export function contentOf<F extends TemplateSchema>(
  template: Template,
  file: F,
): z.output<(typeof SCHEMAS)[F]> | null {
  const text = template.texts.get(file);
  if (text === undefined) return null;
  return SCHEMAS[file].parse(JSON.parse(text)) as z.output<(typeof SCHEMAS)[F]>;
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
