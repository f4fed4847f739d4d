import type { Migration } from '../migrate.ts';
import { hub001 } from './hub-001.ts';
import { hub002 } from './hub-002.ts';
import { hub003 } from './hub-003.ts';
import { hub004 } from './hub-004.ts';
import { mind001 } from './mind-001.ts';
import { mind002 } from './mind-002.ts';
import { mind003 } from './mind-003.ts';
import { mind004 } from './mind-004.ts';
import { mind005 } from './mind-005.ts';
import { mind006 } from './mind-006.ts';
import { mind007 } from './mind-007.ts';
import { mind008 } from './mind-008.ts';
import { mind009 } from './mind-009.ts';
import { mind010 } from './mind-010.ts';

export const hubMigrations: readonly Migration[] = [hub001, hub002, hub003, hub004];
export const mindMigrations: readonly Migration[] = [
  mind001,
  mind002,
  mind003,
  mind004,
  mind005,
  mind006,
  mind007,
  mind008,
  mind009,
  mind010,
];
