// On pages that everyone has: sends what these hands gave at doors in a name that is not theirs any more, and says what became of it.
import { all, drop } from './day/kept';
import { el } from './day/dom';
import { handsOf, send } from './day/send';
import type { Kept } from './day/types';

export const mount = async (root: HTMLElement): Promise<void> => {
  const hands = root.dataset.hands ?? '';
  const mine = async (): Promise<Kept[]> => (await all()).filter((answer) => handsOf(answer.worker) === hands);
  const draw = async (): Promise<void> => {
    const kept = await mine();
    const waiting = kept.filter((answer) => answer.state === 'queued').length;
    // What these hands may still see on their day page is told there.
    const not = kept.filter((answer) => answer.item.as && (answer.state === 'refused' || answer.state === 'contradicted'));
    root.replaceChildren(
      ...(waiting > 0 ? [el('div', { class: 'notice', role: 'status' }, (root.dataset.waiting ?? '').replace('{0}', String(waiting)))] : []),
      ...not.map((answer) => {
        const seen = el('button', { class: 'button second', type: 'button' }, root.dataset.seen ?? '');
        seen.addEventListener('click', () => void drop(answer.key).then(draw));
        return el('div', { class: 'notice warn', role: 'status' }, el('p', {}, answer.message), el('p', {}, seen));
      }));
  };
  const go = async (): Promise<void> => {
    await draw();
    if ((await mine()).some((answer) => answer.state === 'queued')) await send('/api/day/answers', hands);
    await draw();
  };
  window.addEventListener('online', () => void go());
  await go();
};
