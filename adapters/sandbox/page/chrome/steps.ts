import type { Room, TourStepId } from '../../uiState';

export type Step = {
  id: TourStepId;
  title: string;
  /** Key of the person who does it. */
  as: string;
  room: Room;
  words: string;
  /** Said instead where the clock can jump to the next warning. */
  withNextWarning?: string;
};

/** The tour: one sentence a step, saying exactly what to do now. Either platform ticks a step off. */
export const STEPS: Step[] = [
  {
    id: 'capture',
    title: 'Capture',
    as: 'ravi',
    room: 'support',
    words: 'As Ravi, point at a message in Support, open its ⋯ menu and choose “Open a case”, then press “Open case”.',
  },
  {
    id: 'triage',
    title: 'Triage',
    as: 'alice',
    room: 'triage',
    words: 'As Alice, go to Triage and react to the case card with 🔴: the case becomes P1.',
  },
  {
    id: 'take',
    title: 'Take',
    as: 'alice',
    room: 'triage',
    words: 'As Alice, press “Take” on the case card: you own the case now.',
  },
  {
    id: 'warn',
    title: 'Warn',
    as: 'lena',
    room: 'leads',
    words:
      'As Lena, push the clock by +1 h, three times (a P1 is to be solved in four), and read in Leads that the case is at risk.',
    withNextWarning: 'As Lena, press “Next warning” beside the clock and read in Leads that the case is at risk.',
  },
  {
    id: 'escalate',
    title: 'Escalate',
    as: 'alice',
    room: 'triage',
    words: 'As Alice, press “Escalate” on the card, answer the three questions and press “Hand over”.',
  },
  {
    id: 'accept',
    title: 'Accept',
    as: 'carol',
    room: 'triage',
    words:
      'As Carol, find the hand-over (in Triage or in your chat with Baton) and press “Accept”: you own the case now.',
  },
  {
    id: 'resolve',
    title: 'Resolve',
    as: 'carol',
    room: 'triage',
    words: 'As Carol, press “Resolve” on the card and say how it was solved: Ravi is told.',
  },
];
