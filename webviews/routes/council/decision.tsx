import { useState } from 'preact/hooks';
import type { Proposal } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { overrules } from '../../model/council-words.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextArea } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { FormEnd } from '../loops/new-thread.tsx';
import { useAct } from './use-council.ts';

interface Props {
  proposal: Proposal;
  saved(proposal: Proposal): void;
}

/** The last word: one button an option; against the council it asks for a reason. */
export function Decision({ proposal, saved }: Props) {
  const { client } = useSession();
  const { busy, run } = useAct();
  const [chosen, setChosen] = useState<string | null>(null);
  const { id, decision, options, choice } = proposal;
  if (decision) {
    return (
      <p class="decided">
        <Icon name="pass" />
        <span>
          You chose <strong>{decision.choice}</strong>
          {decision.overruled && ', against the council'} <Moment at={decision.at} />
          {decision.reason !== '' && (
            <>
              {': '}
              <bdi>{decision.reason}</bdi>
            </>
          )}
        </span>
      </p>
    );
  }
  const decide = (option: string) => {
    if (option !== choice) return setChosen(option);
    run(async () => saved(await client.api.council.decide({ id, choice: option })), `Decided: ${option}`);
  };
  return (
    <section class="your-call" aria-label="Your call">
      <h3>Your call</h3>
      <div class="control-row">
        {options.map((option) => (
          <Button
            key={option}
            {...(option === choice && { icon: 'check' as const })}
            aria-disabled={busy}
            onClick={() => decide(option)}
          >
            {option}
          </Button>
        ))}
      </div>
      {chosen !== null && (
        <ReasonDialog proposal={proposal} chosen={chosen} onClose={() => setChosen(null)} saved={saved} />
      )}
    </section>
  );
}

/** Why not as the council said: its advisers are scored by it. */
function ReasonDialog({ proposal, chosen, onClose, saved }: Props & { chosen: string; onClose(): void }) {
  const { client, notify } = useSession();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const against = overrules(proposal, chosen);
  const submit = async () => {
    if (reason.trim() === '') {
      return setProblem(against ? 'Overruling the council needs a reason.' : 'Say in a few words why.');
    }
    try {
      const { id } = proposal;
      saved(await client.api.council.decide({ id, choice: chosen, reason: reason.trim() }));
      onClose();
      notify({ tone: 'done', text: `Decided: ${chosen}` });
    } catch (error) {
      setProblem(`Not decided. ${problemOf(error).text}`);
    }
  };
  return (
    <Dialog title={against ? 'Overrule the council' : 'Decide'} subtitle={chosen} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>
          {against
            ? `The council chose ${proposal.choice}. You choose ${chosen}.`
            : `The council did not agree. You choose ${chosen}.`}
        </p>
        <TextArea label="Why?" value={reason} onInput={setReason} maxLength={1000} autofocus />
        <p class="quiet">Your reason is kept with the votes. What happens later shows who was right.</p>
        <FormEnd problem={problem} action={against ? 'Overrule' : 'Decide'} />
      </form>
    </Dialog>
  );
}
