/** Facts about the extension as a whole. */
export const identity = {
  main: './dist/extension.cjs',
  icon: 'media/icon.png',
  categories: ['Other', 'Visualization', 'SCM Providers'],
  keywords: ['local-first', 'notes', 'todo', 'context', 'git', 'open threads', 'where was I'],
  // A window that is loaded again waits for the editors that were open in it.
  activationEvents: [
    'onStartupFinished',
    'onWebviewPanel:progeny.app',
    'onWebviewPanel:progeny.convergence',
    'onWebviewPanel:progeny.wheel',
  ],
  // Where the files are: sensors, git and the companion all live there.
  extensionKind: ['workspace'],
  capabilities: {
    untrustedWorkspaces: {
      supported: 'limited',
      description:
        'In restricted mode Progeny shows its status, but reads nothing in the folder, senses nothing and acts on nothing.',
      restrictedConfigurations: ['progeny.dataDirectory'],
    },
    virtualWorkspaces: {
      supported: 'limited',
      description: 'Progeny needs a folder with a file system. In a virtual workspace it says so and rests.',
    },
  },
} as const;
