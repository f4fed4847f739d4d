import { Mark } from '../parts/mark.tsx';
import { Command } from '../parts/states.tsx';

export type LoginReason = 'no-address' | 'code-refused' | 'offline' | 'ended';

const WORDS: Record<LoginReason, { title: string; text: string }> = {
  'no-address': {
    title: 'This page needs an address from your companion',
    text: 'It shows your work, so it opens only with a one-use address.',
  },
  'code-refused': {
    title: 'This address has been used, or is too old',
    text: 'An address works once, and only for a short time.',
  },
  offline: { title: 'The companion is not running', text: 'Nothing answered at this address.' },
  ended: { title: 'This session has ended', text: 'It was too old, or the companion has started anew.' },
};

/** Why a browser may not come in, and how to get in. */
export function LoginPage({ reason }: { reason: LoginReason }) {
  const { title, text } = WORDS[reason];
  return (
    <main class="login">
      <Mark />
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        Get one in a terminal with <Command>progeny status</Command>, or start anew with{' '}
        <Command>npm start</Command>, and open what it prints.
      </p>
    </main>
  );
}
