/** Facts about the extension as a whole. */
export const identity = {
  main: './dist/extension.cjs',
  icon: 'media/icon.png',
  categories: ['Other', 'Visualization', 'SCM Providers'],
  keywords: ['local-first', 'notes', 'todo', 'context', 'git', 'open threads', 'where was I'],
  activationEvents: ['onStartupFinished'],
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
