// One stop: who it is about, each case's question with its answers as large buttons, and what an answer asks for besides.
import { mount as offerPlaces } from '@platform/places';
import { pad } from '@platform/signature';
import { dataUrl, shrink } from '@platform/photo';
import { el, type words } from './dom';
import type { DayChoice, DayData, DayItem, DayQuestion, DayVisit, Kept } from './types';

const notHome: DayChoice = { code: 'not_home', text: '', style: 'quiet' };

/** An item that takes back what was sent last, and whether one stands for what is kept of a question. */
export const takeBack = 'take_back';
const isBack = (answer: Kept | undefined): boolean => answer?.item.answer === takeBack && (answer.state === 'queued' || answer.state === 'taken');

export interface VisitDesk {
  day: DayData;
  t: ReturnType<typeof words>;
  /** The latest answer kept for a question, if any. */
  answered(visit: DayVisit, question: DayQuestion): Kept | undefined;
  keep(items: DayItem[]): Promise<void>;
  /** What waits never leaves the phone; what was sent is taken back on the server, now or when there is network. */
  takeBack(visit: DayVisit, question: DayQuestion, answer: Kept | undefined): Promise<void>;
  drop(answer: Kept): Promise<void>;
  state(answer: Kept | undefined, visit: DayVisit): HTMLElement;
}

export const drawStop = (stop: DayVisit[], desk: VisitDesk): HTMLElement => {
  const first = stop[0] as DayVisit;
  return el('div', { class: 'stack' },
    el('p', {}, el('a', { href: '#day' }, `← ${desk.t('back')}`)),
    head(stop, desk),
    el('h1', { tabindex: '-1' }, first.address),
    first.misses ? null : el('p', { class: 'quiet' }, first.household),
    ...stop.map((visit) => drawVisit(visit, desk)),
    first.misses ? null : drawNotHome(stop, desk),
    // What is rarer than an answer (a photo, a question to the supervisor) is done on the case's own page, with network.
    first.misses && first.href ? el('p', {}, el('a', { href: first.href }, desk.t('more'))) : null,
  );
};

/** Which door it is and whom to call, in sight however far one has read. */
const head = (stop: DayVisit[], { t }: VisitDesk): HTMLElement => {
  const numbers = [...new Set(stop.map((visit) => visit.telephone).filter((number): number is string => !!number))];
  return el('div', { class: 'day-head' },
    el('span', { class: 'order number' }, String(stop[0]?.order ?? '')),
    ...numbers.map((number) => el('a', { href: `tel:${number}` }, number)),
    numbers.length === 0 ? el('span', { class: 'quiet' }, t('no_number')) : null);
};

/** A shut door stands once for every question behind it that is still open, as on the page without script. */
const drawNotHome = (stop: DayVisit[], desk: VisitDesk): HTMLElement | null => {
  const open = stop.filter((visit) => visit.questions.some((question) => {
    const answer = desk.answered(visit, question);
    return isBack(answer) || (!answer && !visit.done);
  }));
  const first = open[0];
  if (!first) return null;
  const asked = askMore(notHome, false, first, `not-home-${first.caseId}`, desk);
  const form = el('form', { class: 'form', novalidate: true }, asked.element,
    el('button', { class: 'button second large' }, desk.t('not_home')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void desk.keep(open.map((visit) => ({
      key: crypto.randomUUID(), caseId: visit.caseId, version: visit.version, question: null, answer: notHome.code,
      at: new Date().toISOString(), ...asked.given(),
    })));
  });
  return el('section', { class: 'card stack day-not-home' }, el('h2', {}, desk.t('not_home')), form);
};

const drawVisit = (visit: DayVisit, desk: VisitDesk): HTMLElement =>
  el('section', { class: 'card stack' },
    el('ul', { class: 'day-people', 'aria-label': desk.t('people') }, ...visit.persons.map((person) =>
      el('li', {}, el('strong', {}, person.name), ' ',
        person.nameTibetan ? el('span', { lang: 'bo' }, person.nameTibetan) : null, ' ',
        person.line ? el('span', { class: 'quiet' }, person.line) : null))),
    ...visit.questions.map((question) => drawQuestion(visit, question, desk)),
  );

const drawQuestion = (visit: DayVisit, question: DayQuestion, desk: VisitDesk): HTMLElement => {
  const answer = desk.answered(visit, question);
  if (answer && isBack(answer)) return el('div', { class: 'stack' }, drawBack(answer, desk), drawForm(visit, question, desk));
  if (!answer && !visit.done) return drawForm(visit, question, desk);
  const choices = [...question.answers, ...(visit.misses ?? []),
    { ...notHome, text: desk.t('not_home') }, { ...notHome, code: takeBack, text: desk.t('take_back') }];
  const given = answer ? choices.find((choice) => choice.code === answer.item.answer)?.text : visit.said;
  const box = el('div', { class: 'stack' },
    el('h2', {}, question.text), el('p', {}, el('strong', {}, given ?? ''), ' ', desk.state(answer, visit)));
  if (!answer || answer.state === 'taken' || answer.state === 'queued') {
    if (!answer && !visit.takeBack) return box;
    const back = el('button', { class: 'button second', type: 'button' }, desk.t('take_back'));
    back.addEventListener('click', () => void desk.takeBack(visit, question, answer));
    box.append(el('p', {}, back));
    return box;
  }
  box.append(el('p', { class: 'notice warn' }, answer.message));
  const drop = el('button', { class: 'button second', type: 'button' }, desk.t('drop'));
  drop.addEventListener('click', () => void desk.drop(answer));
  const again = el('button', { class: 'button', type: 'button' }, desk.t('again'));
  again.addEventListener('click', () => box.replaceWith(drawForm(visit, question, desk)));
  box.append(el('div', { class: 'row' }, again, drop));
  return box;
};

/** Above the question that is asked again: that what was sent is taken back, and while that waits, the way back from it. */
const drawBack = (answer: Kept, desk: VisitDesk): HTMLElement => {
  const waits = answer.state === 'queued';
  const notice = el('div', { class: 'notice' }, el('p', {}, desk.t(waits ? 'taken_back.queued' : 'taken_back')));
  if (!waits) return notice;
  const leave = el('button', { class: 'button second', type: 'button' }, desk.t('keep_sent'));
  leave.addEventListener('click', () => void desk.drop(answer));
  notice.append(el('p', {}, leave));
  return notice;
};

const drawForm = (visit: DayVisit, question: DayQuestion, desk: VisitDesk): HTMLElement => {
  const { t } = desk;
  const id = `q-${visit.caseId}-${question.code}`;
  const misses = visit.misses ?? [];
  const choices = [...question.answers, ...misses];
  const more = el('div', { class: 'stack' });
  const form = el('form', { class: 'form day-question', novalidate: true },
    el('fieldset', { class: 'field' },
      el('legend', {}, el('h2', {}, question.text)),
      el('div', { class: 'choices' }, ...choices.map((choice) =>
        el('label', { class: `choice ${choice.style}` },
          el('input', { type: 'radio', name: id, value: choice.code }), el('span', {}, choice.text))))),
    more,
    el('button', { class: 'button large' }, t('save')),
  ) as HTMLFormElement;

  let chosen: DayChoice | undefined;
  let asked: Asked | undefined;
  form.addEventListener('change', (event) => {
    const input = event.target as HTMLInputElement;
    if (input.type !== 'radio') return;
    chosen = choices.find((choice) => choice.code === input.value);
    if (!chosen) return;
    asked = askMore(chosen, !misses.includes(chosen), visit, id, desk);
    more.replaceChildren(asked.element);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const problems = chosen && asked ? asked.problems() : [t('need.answer')];
    form.querySelector('.error-summary')?.remove();
    if (!chosen || !asked || problems.length > 0) {
      const summary = el('div', { class: 'error-summary', role: 'alert', tabindex: '-1' },
        el('h3', {}, t('problem')), el('ul', {}, ...problems.map((p) => el('li', {}, p))));
      form.prepend(summary);
      summary.focus();
      return;
    }
    void desk.keep([{
      key: crypto.randomUUID(),
      caseId: visit.caseId,
      version: visit.version,
      question: misses.includes(chosen) ? null : question.code,
      answer: chosen.code,
      at: new Date().toISOString(),
      ...asked.given(),
    }]);
  });
  return form;
};

interface Asked {
  element: HTMLElement;
  problems(): string[];
  given(): Pick<DayItem, 'details' | 'note' | 'evidence' | 'attempt'>;
}

const field = (id: string, label: string, control: HTMLElement, optional: string | null, hint?: string): HTMLElement => {
  control.id = id;
  if (hint) control.setAttribute('aria-describedby', `${id}-hint`);
  return el('div', { class: 'field' }, el('label', { for: id }, label, optional ? el('span', { class: 'quiet' }, ` ${optional}`) : null),
    hint ? el('span', { class: 'hint', id: `${id}-hint` }, hint) : null, control);
};

/** The hint of a text that has one. */
const hintOf = (t: VisitDesk['t'], key: string): string | undefined => (t(key) === key ? undefined : t(key));

const askMore = (choice: DayChoice, met: boolean, visit: DayVisit, id: string, desk: VisitDesk): Asked => {
  const { t } = desk;
  const details = new Map<string, HTMLInputElement>();
  const element = el('div', { class: 'stack' });
  for (const name of [...(choice.asks ?? []), ...(choice.maySay ?? [])]) {
    const input = el('input', { type: name === 'by_date' ? 'date' : 'text', autocomplete: 'off' }) as HTMLInputElement;
    if (name === 'place') offerPlaces(input);
    details.set(name, input);
    element.append(field(`${id}-${name}`, t(`detail.${name}`), input, choice.asks?.includes(name) ? null : t('optional'),
      hintOf(t, `detail.${name}.hint`)));
  }
  const next = el('input', { type: 'datetime-local' }) as HTMLInputElement;
  if (!met) element.append(field(`${id}-next`, t(visit.misses ? 'next_call' : 'next'), next, t('optional'), t('next.hint')));
  const evidence = askEvidence(choice, id, desk);
  if (choice.evidence?.length || (!met && !visit.misses)) element.append(evidence.element);
  const note = el('textarea', { rows: '2', maxlength: '500' }) as HTMLTextAreaElement;
  element.append(field(`${id}-note`, t('note'), note, t('optional')));

  return {
    element,
    problems: () => [
      ...(choice.asks ?? []).filter((name) => !details.get(name)?.value.trim()).map((name) => t('need.detail', t(`detail.${name}`))),
      ...(evidence.kinds() < (choice.evidenceMin ?? 0) ? [t('need.evidence', choice.evidenceMin ?? 0)] : []),
    ],
    given: () => {
      const said = [...details].filter(([, input]) => input.value.trim()).map(([name, input]) => [name, input.value.trim()]);
      return {
        details: said.length > 0 ? (Object.fromEntries(said) as Record<string, string>) : null,
        note: note.value.trim() || null,
        evidence: evidence.taken(),
        attempt: met ? null : { next: next.value || null },
      };
    },
  };
};

const askEvidence = (choice: DayChoice, id: string, { t }: VisitDesk) => {
  const taken: { photo?: string; signature?: string } = {};
  const allowed = choice.evidence?.length ? choice.evidence : ['photo'];
  const element = el('div', { class: 'stack' });
  const typed = el('input', { type: 'text', autocomplete: 'off' }) as HTMLInputElement;
  if (allowed.includes('photo')) {
    const input = el('input', { type: 'file', accept: 'image/*', capture: 'environment' }) as HTMLInputElement;
    const shown = el('p', { role: 'status' });
    input.addEventListener('change', () => void (async () => {
      const file = input.files?.[0];
      delete taken.photo;
      shown.replaceChildren();
      if (!file) return;
      try {
        taken.photo = await dataUrl(await shrink(file));
        shown.replaceChildren(el('img', { class: 'thumb', src: taken.photo, alt: t('photo') }));
      } catch {
        input.value = '';
        shown.replaceChildren(t('photo.bad'));
      }
    })());
    element.append(field(`${id}-photo`, t('photo'), input, null), shown);
  }
  if (allowed.includes('signature')) {
    const canvas = el('canvas', { role: 'img', 'aria-label': t('signature') }) as HTMLCanvasElement;
    const drawn = pad(canvas, (png) => (taken.signature = png));
    const clear = el('button', { type: 'button', class: 'button second' }, t('signature.clear'));
    clear.addEventListener('click', () => drawn.clear());
    element.append(el('fieldset', { class: 'field pad' }, el('legend', {}, t('signature')), canvas, clear,
      field(`${id}-typed`, t('typed'), typed, t('optional'))));
  }
  const list = (): DayItem['evidence'] => [
    ...(taken.photo ? [{ kind: 'photo' as const, dataUrl: taken.photo }] : []),
    ...(taken.signature ? [{ kind: 'signature' as const, dataUrl: taken.signature }] : []),
    ...(!taken.signature && typed.value.trim() ? [{ kind: 'typed_name' as const, dataUrl: typed.value.trim() }] : []),
  ];
  return { element, taken: list, kinds: () => list().length };
};
