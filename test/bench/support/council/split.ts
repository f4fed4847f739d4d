/**
 * Repositories by what they were used for, drawn up by name before any comment of an evaluation repository was read.
 * Utilities, thresholds and words were chosen on the first list alone, and the regression is fitted on it.
 */
export const DEVELOPMENT: readonly string[] = [
  'pallets/flask',
  'fastify/fastify',
  'BurntSushi/ripgrep',
  'psf/requests',
  'vitejs/vite',
  'sindresorhus/execa',
  'git/git',
  'tokio-rs/tokio',
  'webpack/webpack',
  'gohugoio/hugo',
  'redis/redis',
  'ipython/ipython',
  'babel/babel',
  'helm/helm',
  'containerd/containerd',
  'pola-rs/polars',
];

export const EVALUATION: readonly string[] = [
  'prettier/prettier',
  'caddyserver/caddy',
  'prometheus/prometheus',
  'celery/celery',
  'rust-lang/cargo',
  'scrapy/scrapy',
  'jestjs/jest',
  'etcd-io/etcd',
  'pypa/pip',
  'square/okhttp',
  'typescript-eslint/typescript-eslint',
  'astral-sh/ruff',
  'helix-editor/helix',
  'rust-lang/rust-clippy',
  'nodejs/undici',
  'apache/arrow-rs',
  'sqlalchemy/sqlalchemy',
  'tmux/tmux',
];
