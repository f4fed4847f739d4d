import { useState } from 'preact/hooks';
import { type Appearance, THEMES, type ThemeChoice } from '../host/appearance.ts';
import { EDITORS, type Editor } from '../host/editor-links.ts';
import { Menu, type MenuItem } from '../parts/menu.tsx';

/** How the page looks and what opens its files; only where the place does not decide it. */
export function AppearanceMenu({ appearance }: { appearance: Appearance }) {
  const [, renew] = useState(0);
  const chosen = (change: () => void) => () => {
    change();
    renew((n) => n + 1);
  };
  const themes = (Object.entries(THEMES) as [ThemeChoice, string][]).map(
    ([theme, label]): MenuItem => ({
      id: theme,
      label,
      group: 'Theme',
      checked: appearance.theme === theme,
      run: chosen(() => {
        appearance.theme = theme;
      }),
    }),
  );
  const editors = (Object.entries(EDITORS) as [Editor, string][]).map(
    ([editor, label]): MenuItem => ({
      id: editor,
      label,
      group: 'Files open with',
      checked: appearance.editor === editor,
      run: chosen(() => {
        appearance.editor = editor;
      }),
    }),
  );
  return <Menu label="Appearance" icon="color-mode" items={[...themes, ...editors]} />;
}
