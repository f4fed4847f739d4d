import { EDITORS, type Editor } from './editor-links.ts';

export const THEMES = {
  auto: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
} as const;
export type ThemeChoice = keyof typeof THEMES;

/** What the system asks for. */
export interface SystemLook {
  dark: boolean;
  contrast: boolean;
}

/** The theme to show for a choice: `contrast` follows the system's light or dark. */
export function themeFor(choice: ThemeChoice, system: SystemLook): 'light' | 'dark' | 'hc-light' | 'hc-dark' {
  const dark = choice === 'dark' || (choice !== 'light' && system.dark);
  const contrast = choice === 'contrast' || (choice === 'auto' && system.contrast);
  if (contrast) return dark ? 'hc-dark' : 'hc-light';
  return dark ? 'dark' : 'light';
}

/** The reader's choices in a browser, kept for this origin. */
export interface Appearance {
  theme: ThemeChoice;
  editor: Editor;
}

const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(prefers-contrast: more)';

/** Applies the choice of theme now and whenever it or the system's look changes. */
export function browserAppearance(storage: Storage): Appearance {
  const read = <K extends string>(key: string, known: Record<K, string>, otherwise: K): K => {
    const value = storage.getItem(key);
    return value !== null && Object.hasOwn(known, value) ? (value as K) : otherwise;
  };
  const apply = () => {
    const system = { dark: matchMedia(DARK).matches, contrast: matchMedia(CONTRAST).matches };
    document.documentElement.dataset.theme = themeFor(appearance.theme, system);
  };
  const appearance: Appearance = {
    get theme() {
      return read('progeny.theme', THEMES, 'auto');
    },
    set theme(choice) {
      storage.setItem('progeny.theme', choice);
      apply();
    },
    get editor() {
      return read('progeny.editor', EDITORS, 'vscode');
    },
    set editor(editor) {
      storage.setItem('progeny.editor', editor);
    },
  };
  for (const query of [DARK, CONTRAST]) matchMedia(query).addEventListener('change', apply);
  apply();
  return appearance;
}
