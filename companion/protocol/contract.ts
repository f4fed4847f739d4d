import { councilProcedures } from './council-procedures.ts';
import { globeProcedures } from './globe-procedures.ts';
import { mindProcedures } from './mind-procedures.ts';
import { selfProcedures } from './self-procedures.ts';
import { serviceProcedures } from './service-procedures.ts';
import { storyProcedures } from './story-procedures.ts';
import { thoughtProcedures } from './thought-procedures.ts';
import { wheelProcedures } from './wheel-procedures.ts';
import { workProcedures } from './work-procedures.ts';

/** Every procedure and stream of the companion. All doors (RPC, REST, OpenAPI, command line) are made from it. */
export const contract = {
  ...serviceProcedures,
  ...workProcedures,
  ...selfProcedures,
  ...mindProcedures,
  ...councilProcedures,
  ...storyProcedures,
  ...globeProcedures,
  ...thoughtProcedures,
  ...wheelProcedures,
};

export type Contract = typeof contract;
