import { useState } from 'preact/hooks';
import type { Guild, Mask } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { TONE_WORDS } from '../../model/council-words.ts';
import { problemOf } from '../../model/problem.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Checkbox, TextField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';
import { FormEnd } from '../loops/new-thread.tsx';

type Role = Guild['members'][number]['role'];
type GuildTone = keyof typeof TONE_WORDS | 'none';

interface Props {
  guild: Guild;
  masks: readonly Mask[];
  onClose(): void;
  changed(): void;
}

const ROLES: Readonly<Record<Role, string>> = { lead: 'Leads', voter: 'Votes', observer: 'Does not vote' };
const TONES = new Map<GuildTone, string>([
  ['none', 'No tone'],
  ...(Object.entries(TONE_WORDS) as [GuildTone, string][]),
]);

/** Name, members, roles and tone of a panel. */
export function EditGuild({ guild, masks, onClose, changed }: Props) {
  const { client, notify } = useSession();
  const [name, setName] = useState(guild.name);
  const [tone, setTone] = useState<GuildTone>(guild.tone ?? 'none');
  const [roles, setRoles] = useState<ReadonlyMap<string, Role>>(
    new Map(guild.members.map(({ member, role }) => [member, role])),
  );
  const [problem, setProblem] = useState<string | null>(null);
  const present = masks.filter(({ id, status }) => status === 'active' || roles.has(id));
  const candidates = [{ id: 'creator', name: 'You' }, ...present];
  const put = (member: string, role: Role | null) => {
    const next = new Map(roles);
    if (role === null) next.delete(member);
    else next.set(member, role);
    setRoles(next);
  };
  const submit = async () => {
    if (name.trim() === '') return setProblem('It needs a name.');
    if (roles.size < 2) return setProblem('It takes two members at least.');
    const before = new Map(guild.members.map(({ member, role }) => [member, role]));
    try {
      const { id } = guild;
      await client.api.guilds.update({
        id,
        name: name.trim(),
        tone: tone === 'none' ? null : tone,
        add: [...roles.keys()].filter((member) => !before.has(member)),
        remove: [...before.keys()].filter((member) => !roles.has(member)),
      });
      for (const [member, role] of roles)
        if ((before.get(member) ?? 'voter') !== role)
          await client.api.guilds.update({ id, role: { member, role } });
      onClose();
      notify({ tone: 'done', text: `Changed: ${name.trim()}` });
    } catch (error) {
      setProblem(`Not changed. ${problemOf(error).text}`);
    }
    changed();
  };
  return (
    <Dialog title="Change the panel" subtitle="guild" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField label="Name" value={name} onInput={setName} maxLength={60} autofocus />
        <Select label="Tone" value={tone} options={TONES} onChange={setTone} />
        <fieldset class="members">
          <legend>Who is in it, and as what</legend>
          {candidates.map(({ id, name: who }) => {
            const role = roles.get(id);
            return (
              <div key={id} class="member-row">
                <Checkbox
                  label={who}
                  checked={role !== undefined}
                  onChange={(wanted) => put(id, wanted ? 'voter' : null)}
                />
                {role !== undefined && (
                  <Select
                    bare
                    label={`Role of ${who}`}
                    value={role}
                    options={ROLES}
                    onChange={(next: Role) => put(id, next)}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
        <FormEnd problem={problem} action="Save" />
      </form>
    </Dialog>
  );
}
