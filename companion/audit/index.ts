/** The audit log: hash-chained rows of what was done with leave, and what tells that one was tampered with. */
export { AuditLog, type AuditLogOptions } from './audit-log.ts';
export { type AuditFacts, hashOf, NO_ROWS } from './canonical.ts';
