import { oc } from '@orpc/contract';
import { WIRE_ERRORS, type WireErrorCode } from './errors.ts';

/**
 * What a caller must be allowed to do. `public` needs no token; a browser session holds `read` and `write`;
 * the token of the discovery file holds all. `agent` is for the door of agents alone, and all that their tokens hold.
 */
export type Permission = 'public' | 'read' | 'write' | 'sense' | 'admin' | 'agent';

/** Which bucket of the rate limiter a call draws from; the sizes stand in the config schema. */
export type RateClass = 'auth' | 'read' | 'write' | 'sense' | 'heavy' | 'agent';

export interface ProcedureMeta {
  permission: Permission;
  rate: RateClass;
  /** Errors this procedure raises beyond those that any may raise. */
  errors: readonly WireErrorCode[];
}

/** Errors that any procedure may raise. */
export const COMMON_ERRORS = [
  'bad_input',
  'unauthorized',
  'forbidden',
  'hello_required',
  'rate_limited',
  'internal',
  'shutting_down',
] as const satisfies readonly WireErrorCode[];

export interface Declaration {
  /** Method and path of the REST door, for example `GET /v1/brief`. */
  route: `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;
  summary: string;
  permission: Permission;
  rate: RateClass;
  errors?: readonly WireErrorCode[];
}

const base = oc.$meta<ProcedureMeta>({ permission: 'admin', rate: 'heavy', errors: [] });

/** Declares a procedure once; RPC, REST, OpenAPI and the documents come from this. Add `.input` and `.output`. */
export function procedure({ route, summary, permission, rate, errors = [] }: Declaration) {
  const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PATCH' | 'DELETE', `/${string}`];
  const declared = Object.fromEntries(
    [...COMMON_ERRORS, ...errors].map((code) => [
      code,
      { status: WIRE_ERRORS[code].status, message: WIRE_ERRORS[code].meaning },
    ]),
  );
  return base
    .route({ method, path, summary, tags: [path.split('/')[2] ?? 'system'] })
    .meta({ permission, rate, errors })
    .errors(declared);
}
