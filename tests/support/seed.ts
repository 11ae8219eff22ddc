import fc from 'fast-check';

// The suite draws the same random examples on every run, so that what makes it fail is the change and not the day. The soak
// draws new ones (FC_SEED=random), and what it finds is kept as an example.
const { FC_SEED = '20261122' } = process.env;
if (FC_SEED !== 'random') fc.configureGlobal({ seed: Number(FC_SEED) });
