import { ORPCError } from '@orpc/server';
import type { Logger } from '../kernel/index.ts';
import { isWireErrorCode, ProgenyError, WIRE_ERRORS, type WireErrorCode } from '../protocol/index.ts';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
}

/** What leaves the companion for an error: the contract's own as they are, anything else as `internal`. */
export function toWireError(
  error: unknown,
  requestId: string,
  logger: Logger,
): ORPCError<WireErrorCode, unknown> {
  if (error instanceof ProgenyError) return wire(error.code, error.message, error.details);
  if (error instanceof ORPCError) {
    if (isWireErrorCode(error.code)) return wire(error.code, error.message, error.data);
    if (error.code === 'BAD_REQUEST') return badInput(error);
    if (error.code === 'CLIENT_CLOSED_REQUEST') return wire('cancelled', 'The caller cancelled it.', {});
    if (error.code === 'PAYLOAD_TOO_LARGE')
      return wire('too_large', 'The body is larger than the limit.', {});
  }
  if (error instanceof Error && error.name === 'AbortError')
    return wire('cancelled', 'The caller cancelled it.', {});
  logger.error(
    { requestId, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    'defect',
  );
  return wire(
    'internal',
    `Something is broken in the companion. The log has it under request ${requestId}.`,
    {
      requestId,
    },
  );
}

/** The body of every error on the REST door. */
export function errorBody(code: string, message: string, details: unknown): object {
  return { code, message, details: details ?? {} };
}

function wire(code: WireErrorCode, message: string, data: unknown): ORPCError<WireErrorCode, unknown> {
  return new ORPCError(code, { status: WIRE_ERRORS[code].status, message, data });
}

function badInput(error: ORPCError<string, unknown>): ORPCError<WireErrorCode, unknown> {
  const issues = ((error.data as { issues?: Issue[] } | undefined)?.issues ?? []).slice(0, 20);
  const fields = issues.map((issue) => ({ path: pathOf(issue), message: issue.message }));
  const first = fields[0];
  const message = first
    ? `${first.path || 'The input'}: ${first.message}`
    : 'The input could not be read: it is no JSON of the declared shape.';
  return wire('bad_input', message, { fields });
}

function pathOf(issue: Issue): string {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}
