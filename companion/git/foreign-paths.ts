import { nameMatcher } from '../kernel/index.ts';

/** Names of what a project carries but nobody of it writes: packages, builds, generated and minified files. */
export const FOREIGN_NAMES: readonly string[] = [
  'node_modules',
  'bower_components',
  'vendor',
  'vendors',
  'vendored',
  'third_party',
  'third-party',
  'thirdparty',
  'Pods',
  'dist',
  '.venv',
  'site-packages',
  '__pycache__',
  '.yarn',
  '*.min.*',
  '*.bundle.js',
  '*.map',
  '*.lock',
  '*-lock.json',
  '*-lock.yaml',
  'npm-shrinkwrap.json',
  'go.sum',
  '*.svg',
  '*.snap',
  '*.po',
  '*.pb.go',
  '*_pb2.py',
  '*.generated.*',
  '*.g.dart',
];

/** True for a path that is somebody else's text or a machine's. */
export const isForeign: (path: string) => boolean = nameMatcher(FOREIGN_NAMES);
