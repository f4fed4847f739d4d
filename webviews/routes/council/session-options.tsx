import { Checkbox } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';
import { useGuilds } from './use-council.ts';

interface Props {
  guild: string;
  setGuild(id: string): void;
  correction: boolean;
  setCorrection(wanted: boolean): void;
}

/** Who votes, and whether there is a second round. */
export function SessionOptions({ guild, setGuild, correction, setCorrection }: Props) {
  const guilds = useGuilds().data?.filter(({ status }) => status === 'active') ?? [];
  return (
    <>
      {guilds.length > 0 && (
        <Select
          label="Who votes"
          value={guild}
          options={new Map([['', 'All advisers'], ...guilds.map(({ id, name }) => [id, name] as const)])}
          onChange={setGuild}
        />
      )}
      <Checkbox
        label="A second round, in which each sees the others’ reasons"
        checked={correction}
        onChange={setCorrection}
      />
    </>
  );
}
