import type { HeritageContents, Settings, SettingsPatch, SetupApplied } from '../protocol/index.ts';
import { contentOf, type Template } from './templates.ts';

type File = 'core' | 'preferences';

/** Where a template goes. Nothing here may overwrite what exists. */
export interface ApplyPorts {
  heritage: {
    readonly current: Pick<HeritageContents, File>;
    change<F extends File>(
      file: F,
      patch: Partial<Omit<HeritageContents[F], 'version'>>,
      cause: { source: 'template'; reason: string },
    ): unknown;
  };
  settings: { current(): Settings; defaults: Settings; update(patch: SettingsPatch): void };
  answers: {
    /** Whether nothing was answered to this question. Throws `not_found` for an unknown one. */
    isFree(question: string): boolean;
    answer(question: string, answer: Record<string, string>): void;
  };
  /** Takes texts for working files that are not there yet. */
  layOut(texts: ReadonlyMap<string, string>): Promise<{ taken: string[]; left: string[] }>;
  /** Puts a file beside the data, for the user to take. Null where one of that name is there; else its path. */
  place(file: string, text: string): Promise<string | null>;
}

/** Names of files that become working files of a folder. */
const WORKING_FILES = ['now.md', 'open_loops.json', 'decisions.json', 'tuning.md'];
/** Names of files that go into the store. */
const INTO_STORE = ['core.json', 'preferences.json', 'answers.json', 'settings.json'];

/** Whether a template needs a folder to apply it to. */
export function needsFolder({ files }: Template): boolean {
  return files.some((file) => WORKING_FILES.includes(file));
}

/** Applies a template part by part; says what it took and what it left as it was. */
export async function applyTemplate(template: Template, ports: ApplyPorts): Promise<SetupApplied> {
  const done: SetupApplied = { template: template.name, applied: [], left: [] };
  applyHeritage(template, 'core', ports, done);
  applyHeritage(template, 'preferences', ports, done);
  applyAnswers(template, ports, done);
  applySettings(template, ports, done);
  const working = [...template.texts].filter(([file]) => WORKING_FILES.includes(file));
  if (working.length > 0) {
    const { taken, left } = await ports.layOut(new Map(working));
    done.applied.push(...taken);
    done.left.push(...left.map((file) => `${file}: it is there already`));
  }
  for (const [file, text] of template.texts) {
    if (WORKING_FILES.includes(file) || INTO_STORE.includes(file)) continue;
    const place = await ports.place(file, text);
    if (place === null) done.left.push(`${file}: it is there already`);
    else done.applied.push(`${file}: ${place}`);
  }
  return done;
}

function applyHeritage(template: Template, file: File, { heritage }: ApplyPorts, done: SetupApplied): void {
  const content = contentOf(template, `${file}.json`);
  if (!content) return;
  const current = heritage.current[file] as Record<string, unknown>;
  const patch: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(content)) {
    if (field === 'version' || isEmpty(value)) continue;
    if (isEmpty(current[field])) {
      patch[field] = value;
      done.applied.push(`${file}: ${field}`);
    } else done.left.push(`${file}: ${field} has been filled in`);
  }
  if (Object.keys(patch).length === 0) return;
  const reason = `Template "${template.name}"`;
  heritage.change(file, patch, { source: 'template', reason });
}

function applyAnswers(template: Template, { answers }: ApplyPorts, done: SetupApplied): void {
  const content = contentOf(template, 'answers.json');
  for (const [question, answer] of Object.entries(content?.answers ?? {})) {
    if (answers.isFree(question)) {
      answers.answer(question, answer);
      done.applied.push(`answer: ${question}`);
    } else done.left.push(`answer: ${question} has been answered`);
  }
}

/** A setting that differs from its default was chosen by somebody. */
function applySettings(template: Template, { settings }: ApplyPorts, done: SetupApplied): void {
  const wanted = contentOf(template, 'settings.json');
  if (!wanted) return;
  const current = settings.current() as Record<string, Record<string, unknown>>;
  const defaults = settings.defaults as Record<string, Record<string, unknown>>;
  const patch: Record<string, Record<string, unknown>> = {};
  for (const [section, values] of Object.entries(wanted))
    for (const [key, value] of Object.entries(values ?? {})) {
      const name = `${section}.${key}`;
      const now = current[section]?.[key];
      if (JSON.stringify(now) !== JSON.stringify(defaults[section]?.[key])) {
        done.left.push(`setting: ${name} is ${JSON.stringify(now)}`);
        continue;
      }
      patch[section] = { ...patch[section], [key]: value };
      done.applied.push(`setting: ${name}`);
    }
  if (Object.keys(patch).length > 0) settings.update(patch as SettingsPatch);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return (
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
  );
}
