import type { implement } from '@orpc/server';
import type { contract, Guild } from '../../../companion/protocol/index.ts';
import type { ScriptedCouncil } from '../../support/scripted-council.ts';
import { type Around, plainly } from './fake-mind.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** Advisers, their votes and panels, out of a script. `titleOf` names a loop for a question about its fate. */
export function councilAnswers(
  os: Implementer,
  council: ScriptedCouncil,
  titleOf: (loop: string) => string,
  around: Around = plainly,
) {
  return {
    council: {
      ask: os.council.ask.handler(({ input, signal }) =>
        around(
          'council.ask',
          input,
          () =>
            council.sit(
              { kind: 'question', subject: null, question: input.question, options: input.options },
              { workspace: input.workspace ?? null, guild: input.guild, correction: input.correction },
            ),
          signal,
        ),
      ),
      fate: os.council.fate.handler(({ input, signal }) =>
        around(
          'council.fate',
          input,
          () =>
            council.sit(
              {
                kind: 'loop_fate',
                subject: input.loop,
                question: `Keep or drop “${titleOf(input.loop)}”?`,
                options: ['preserve', 'fork', 'discard'],
              },
              { workspace: null, guild: input.guild, correction: input.correction },
            ),
          signal,
        ),
      ),
      list: os.council.list.handler(({ input, signal }) =>
        around('council.list', input, () => council.proposals, signal),
      ),
      get: os.council.get.handler(({ input, signal }) =>
        around('council.get', input, () => council.proposal(input.id), signal),
      ),
      decide: os.council.decide.handler(({ input }) =>
        around('council.decide', input, () => council.decide(input.id, input.choice, input.reason)),
      ),
    },
    advisers: {
      list: os.advisers.list.handler(({ input, signal }) =>
        around('advisers.list', input, () => council.masks, signal),
      ),
      offers: os.advisers.offers.handler(({ input }) =>
        around('advisers.offers', input, () => council.offers),
      ),
      spawn: os.advisers.spawn.handler(({ input }) =>
        around('advisers.spawn', input, () => council.spawn(input.offer)),
      ),
      decline: os.advisers.decline.handler(({ input }) =>
        around('advisers.decline', input, () => {
          council.decline(input.id);
          return {};
        }),
      ),
      fork: os.advisers.fork.handler(({ input }) =>
        around('advisers.fork', input, () => council.fork(input.id, input.name, input.priorities)),
      ),
      details: os.advisers.details.handler(({ input, signal }) =>
        around('advisers.details', input, () => council.details(input.id), signal),
      ),
      favour: os.advisers.favour.handler(({ input }) =>
        around('advisers.favour', input, () => council.favour(input.id, input.favourite)),
      ),
      retire: os.advisers.retire.handler(({ input }) =>
        around('advisers.retire', input, () => council.retire(input.id)),
      ),
    },
    guilds: {
      list: os.guilds.list.handler(({ input, signal }) =>
        around('guilds.list', input, () => council.guilds, signal),
      ),
      create: os.guilds.create.handler(({ input }) =>
        around('guilds.create', input, () => council.createGuild(input.name, input.members)),
      ),
      update: os.guilds.update.handler(({ input }) =>
        around('guilds.update', input, () => {
          const { id, name, tone, status } = input;
          const change = Object.entries({ name, tone, status }).filter(([, value]) => value !== undefined);
          const members = changedMembers(council, input);
          return council.updateGuild(id, { ...(Object.fromEntries(change) as Partial<Guild>), members });
        }),
      ),
    },
  };
}

type GuildChange = Parameters<Parameters<Implementer['guilds']['update']['handler']>[0]>[0]['input'];

function changedMembers(
  { guilds, masks }: ScriptedCouncil,
  { id, add, remove, role }: GuildChange,
): Guild['members'] {
  const known = guilds.find((each) => each.id === id)?.members ?? [];
  const nameOf = (member: string) => masks.find((mask) => mask.id === member)?.name ?? 'You';
  const added = add
    .filter((member) => !known.some((each) => each.member === member))
    .map((member) => ({ member, name: nameOf(member), role: 'voter' as const }));
  return [...known, ...added]
    .filter(({ member }) => !remove.includes(member))
    .map((each) => (role?.member === each.member ? { ...each, role: role.role } : each));
}
