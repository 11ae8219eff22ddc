import { text, type View } from '../view';
import { plainView } from './parts';

/** What is newly wrong with who is there when it counts. */
export function coverageView(says: readonly string[]): View {
  return {
    ...plainView(`Coverage: ${says.join(' ')}`.slice(0, 1000)),
    title: [text('Nobody is there when it counts')],
    tone: 'warning',
    sections: [{ kind: 'lines', lines: says.map((say) => [text(`• ${say}`)]) }],
    footer: [text('Told once; `npx baton coverage` shows the whole of the next two weeks. Mend it in the desk file.')],
  };
}
