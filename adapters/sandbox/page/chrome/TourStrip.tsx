import { useEffect, useState } from 'preact/hooks';
import type { TourStepId } from '../../uiState';
import { Icon } from '../common/Icon';
import { useSandbox, type World } from '../sandbox';
import { ClockControl } from './ClockControl';
import { STEPS, type Step } from './steps';

/** The guided tour, which ticks itself off, and the clock that can be pushed. */
export function TourStrip({
  done,
  onBe,
  clock,
}: {
  done: TourStepId[];
  onBe: (key: string) => void;
  clock: World['clock'];
}) {
  const [open, setOpen] = useState(true);
  const [picked, setPicked] = useState<TourStepId | null>(null);
  useEffect(() => setPicked(null), [done.length]);
  const next = STEPS.find((step) => !done.includes(step.id));
  const step = STEPS.find((one) => one.id === picked) ?? next;
  return (
    <section class="strip" aria-label="Guided tour and clock" data-testid="tour">
      <div class="strip-row">
        <button
          type="button"
          class="tour-toggle"
          aria-expanded={open}
          data-testid="tour-toggle"
          onClick={() => setOpen(!open)}
        >
          <span class={open ? 'turned' : ''}>
            <Icon name="down" size={14} />
          </span>
          <span class="wide-only">Guided tour</span>
          <span class="narrow-only">Tour</span>
          <span class="tour-count">
            {done.length}/{STEPS.length}
            <span class="sr-only"> done</span>
          </span>
        </button>
        {open && <StepList done={done} shown={step} onPick={setPicked} />}
        <ClockControl clock={clock} />
      </div>
      {open && (step ? <StepWords step={step} done={done.includes(step.id)} onBe={onBe} /> : <AllDone />)}
    </section>
  );
}

function StepList(props: { done: TourStepId[]; shown: Step | undefined; onPick: (id: TourStepId | null) => void }) {
  return (
    <ol class="steps">
      {STEPS.map((step, index) => {
        const ticked = props.done.includes(step.id);
        const state = ticked ? 'done' : props.shown?.id === step.id ? 'now' : 'later';
        return (
          <li key={step.id}>
            <button
              type="button"
              class={`step ${state}`}
              aria-current={props.shown?.id === step.id ? 'step' : undefined}
              aria-label={`${step.title}${ticked ? ', done' : ''}`}
              data-testid={`step-${step.id}`}
              data-done={ticked}
              onClick={() => props.onPick(step.id)}
            >
              <span class="step-mark" aria-hidden="true">
                {ticked ? '✓' : index + 1}
              </span>
              {step.title}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function StepWords({ step, done, onBe }: { step: Step; done: boolean; onBe: (key: string) => void }) {
  const { me, setup, goTo } = useSandbox();
  const person = setup.people.find((one) => one.key === step.as);
  return (
    <p class="step-words" aria-live="polite">
      <span>
        {done && <b>Done. </b>}
        {(setup.hasNextWarning && step.withNextWarning) || step.words}
      </span>
      {person && me.key !== person.key && (
        <button type="button" class="soft-button" data-testid="tour-be" onClick={() => onBe(person.key)}>
          Be {person.name.split(' ')[0]}
        </button>
      )}
      <button type="button" class="soft-button" data-testid="tour-go" onClick={() => goTo(step.room)}>
        Go to {step.room[0]?.toUpperCase()}
        {step.room.slice(1)}
      </button>
    </p>
  );
}

function AllDone() {
  return (
    <p class="step-words" aria-live="polite">
      <span>
        <b>That was the whole way of a case,</b> and the same case stands on both platforms. <code>/case why</code> (in
        Teams <code>case why</code>) with its reference says how its time was counted.
      </span>
    </p>
  );
}
