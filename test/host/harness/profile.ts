const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.dialogStyle': 'custom',
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'js/ts.tsserver.automaticTypeAcquisition.enabled': false,
};

/** User settings in which VS Code asks, fetches and shows nothing of its own accord. */
export function settingsFor(
  trust: 'off' | 'restricted',
  settings: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const restricted = {
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  };
  const trustSettings = trust === 'restricted' ? restricted : { 'security.workspace.trust.enabled': false };
  return { ...quietSettings, ...trustSettings, ...settings };
}

/** The test's own home: what the server and the extension write lands there, nothing of the user's is read. */
export function environmentFor(home: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: home,
    TMPDIR: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_STATE_HOME: home,
    XDG_CACHE_HOME: home,
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
  };
}
